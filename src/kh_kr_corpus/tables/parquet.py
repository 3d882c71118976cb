"""Tables as Parquet files: the same columns out and in, each with its meaning and unit in the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.store.files import read_bytes, replace_file, revision_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["described", "read_parquet", "write_parquet"]

_MAGIC = b"PAR1"
_LIMIT = 4_000_000_000


def described(arrow: pa.Table, meanings: Mapping[str, str], note: str) -> pa.Table:
    """``arrow`` with the meaning of each column and a remark on the whole as metadata."""
    import pyarrow as pa

    fields = [field.with_metadata({"meaning": meanings.get(field.name, "")}) for field in arrow.schema]
    return arrow.cast(pa.schema(fields, metadata={"note": note}))


def write_parquet(arrow: pa.Table, path: str | Path) -> None:
    """Write a Parquet file, in place of an older one; raises :class:`InputError` where another file is."""
    import pyarrow as pa
    from pyarrow import parquet

    place = Path(path)
    there = read_bytes(place, _LIMIT) if place.exists() else None
    if there is not None and not there.startswith(_MAGIC):
        raise InputError(str(place), "this file is there already, and it is no Parquet file", "name another file")
    sink = pa.BufferOutputStream()
    parquet.write_table(arrow, sink, compression="zstd")
    replace_file(place, sink.getvalue().to_pybytes(), None if there is None else revision_of(there))


def read_parquet(path: str | Path) -> pa.Table:
    """The table in a Parquet file; raises :class:`InputError` for a file that is none."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return parquet.read_table(pa.BufferReader(read_bytes(Path(path), _LIMIT)))
    except pa.ArrowInvalid as error:
        raise InputError(str(path), "is no Parquet file that can be read") from error
