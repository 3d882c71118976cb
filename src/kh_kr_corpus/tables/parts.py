"""Tables in parts, as ``khkr batch`` writes them: a folder a table, a Parquet file a part, and who has finished what.

batch.json          the source, the settings, the annotator; and once all parts are there, how many rows they have
parts.jsonl         a line for each finished part
articles/part-000000.parquet, mentions/…, initiatives/…, errors/…
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.compiled import Records
from kh_kr_corpus.store.files import read_bytes, read_text

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "FINISHED",
    "LINES",
    "MANIFEST",
    "PARTS",
    "REPRINTS",
    "Files",
    "concatenated",
    "dumps_part",
    "is_batch",
    "name_of",
    "read_articles",
    "read_parts",
]

MANIFEST = "batch.json"
FINISHED, LINES = "parts.jsonl", "parts"
REPRINTS = "reprints.parquet"
PARTS = ("articles", "mentions", "initiatives", "errors")
"""The tables of which every part has a file."""
_LIMIT = 4_000_000_000


class Files(NamedTuple):
    """The files of a batch, wherever they lie."""

    where: str
    read: Callable[[str], bytes]
    """Gives a file by its name."""


def name_of(table: str, number: int) -> str:
    """The file of a part below its folder.

    >>> name_of("mentions", 12)
    'mentions/part-000012.parquet'
    """
    return f"{table}/part-{number:06d}.parquet"


def dumps_part(arrow: pa.Table) -> bytes:
    """The bytes of a part's file: the same for the same rows."""
    import pyarrow as pa
    from pyarrow import parquet

    # a list that was read from a file calls its items otherwise than one that was made here
    lists = {pa.types.is_list: pa.list_, pa.types.is_large_list: pa.large_list}
    fields = list(arrow.schema)
    for is_one, made in lists.items():
        fields = [one.with_type(made(one.type.value_type)) if is_one(one.type) else one for one in fields]
    arrow = arrow.cast(pa.schema(fields, arrow.schema.metadata))
    sink = pa.BufferOutputStream()
    parquet.write_table(arrow.combine_chunks(), sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def concatenated(parts: Sequence[bytes]) -> bytes:
    """One part made of several, in their order."""
    import pyarrow as pa
    from pyarrow import parquet

    if len(parts) == 1:
        return parts[0]
    return dumps_part(pa.concat_tables([parquet.read_table(pa.BufferReader(part)) for part in parts]))


def is_batch(folder: Path) -> bool:
    """Whether ``khkr batch`` has written ``folder``."""
    return (folder / MANIFEST).is_file()


def read_parts(files: Files, table: str, columns: Sequence[str], numbers: Iterable[int]) -> Iterator[pa.Table]:
    """Some columns of some parts of a table; raises :class:`InputError` for a part that is damaged."""
    import pyarrow as pa
    from pyarrow import parquet

    for number in numbers:
        name = name_of(table, number)
        try:
            yield parquet.read_table(pa.BufferReader(files.read(name)), columns=list(columns))
        except (pa.ArrowInvalid, KeyError) as error:
            raise InputError(f"{files.where}/{name}", "is no Parquet file that can be read") from error


def read_articles(folder: Path) -> Records[Article]:
    """The articles of a batch by id, each made from its record when it is first asked for.

    Raises :class:`InputError` for a batch that has not run to its end, and for a part that is damaged.
    """
    manifest: Mapping[str, Any] = json.loads(read_text(folder / MANIFEST))
    if manifest.get("parts") is None:
        raise InputError(str(folder), "this batch has not run to its end", "run khkr batch again: it goes on")
    files = Files(str(folder), lambda name: read_bytes(folder / name, _LIMIT))
    lines: dict[str, bytes] = {}
    for part in read_parts(files, "articles", ("id", "text", "record"), range(manifest["parts"])):
        columns = [part.column(name).to_pylist() for name in ("id", "text", "record")]
        for article_id, text, record in zip(*columns, strict=True):
            # the record leaves out the text, which has a column of its own
            lines[article_id] = b'{"text":' + json.dumps(text).encode() + b"," + record.encode()[1:]
    return Records(Article, lines)
