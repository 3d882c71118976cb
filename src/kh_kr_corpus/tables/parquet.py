"""Tables as Parquet files: the same columns out and in, each with its meaning and unit in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.store.files import read_bytes, replace_file, revision_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["described", "dump_parquet", "nested", "read_parquet", "write_parquet"]

_MAGIC = b"PAR1"
_LIMIT = 4_000_000_000


def described(arrow: pa.Table, meanings: Mapping[str, str], note: str) -> pa.Table:
    """``arrow`` with the meaning of each column and a remark on the whole as metadata."""
    import pyarrow as pa

    fields = [field.with_metadata({"meaning": meanings.get(field.name, "")}) for field in arrow.schema]
    return arrow.cast(pa.schema(fields, metadata={"note": note}))


def nested(records: Sequence[Mapping[str, Any]], columns: Mapping[str, Any]) -> pa.Table:
    """Records with lists in them as a table. ``columns`` says the type of each: ``string``, ``int64`` or ``float64``,
    ``[type]`` for a list, a mapping of names to types for a list of records."""
    import pyarrow as pa

    def type_of(kind: Any) -> Any:
        if isinstance(kind, Mapping):
            return pa.list_(pa.struct([(name, type_of(inner)) for name, inner in kind.items()]))
        return pa.list_(type_of(kind[0])) if isinstance(kind, list) else getattr(pa, kind)()

    schema = pa.schema([(name, type_of(kind)) for name, kind in columns.items()])
    return pa.Table.from_pylist(list(records), schema=schema)


def write_parquet(arrow: pa.Table, path: str | Path) -> None:
    """Write a Parquet file, in place of an older one; raises :class:`InputError` where another file is."""
    place = Path(path)
    there = read_bytes(place, _LIMIT) if place.exists() else None
    if there is not None and not there.startswith(_MAGIC):
        raise InputError(str(place), "this file is there already, and it is no Parquet file", "name another file")
    replace_file(place, dump_parquet(arrow), None if there is None else revision_of(there))


def dump_parquet(arrow: pa.Table) -> bytes:
    """The bytes of a Parquet file."""
    import pyarrow as pa
    from pyarrow import parquet

    sink = pa.BufferOutputStream()
    parquet.write_table(arrow, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def read_parquet(path: str | Path) -> pa.Table:
    """The table in a Parquet file; raises :class:`InputError` for a file that is none."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return parquet.read_table(pa.BufferReader(read_bytes(Path(path), _LIMIT)))
    except pa.ArrowInvalid as error:
        raise InputError(str(path), "is no Parquet file that can be read") from error
