"""The documents of one file, a few at a time whatever its size; what can't be read is a document with a problem."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from kh_kr_corpus.batch.documents import Document, Settings, id_of

if TYPE_CHECKING:
    import pyarrow as pa
    from fsspec import AbstractFileSystem

__all__ = ["ENDINGS", "Opened", "read_documents"]

ENDINGS = (".parquet", ".jsonl", ".jsonl.zst", ".jsonl.gz", ".ndjson", ".ndjson.zst", ".ndjson.gz", ".txt")
_CODECS = {".zst": "zstd", ".gz": "gzip"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d")
_BLOCK = 1 << 20
_READ = 1 << 16
"""Bytes read at once: what is lost of a compressed file that breaks off."""
_ROWS = 32
"""Rows of a Parquet file that are in memory at once, besides the page that they stand on."""


class Opened(NamedTuple):
    """A file to be read."""

    fs: AbstractFileSystem
    path: str
    name: str
    """Its path in the source."""
    size: int

    def stream(self) -> pa.NativeFile:
        """Its bytes."""
        from pyarrow import fs

        return fs.PyFileSystem(fs.FSSpecHandler(self.fs)).open_input_file(self.path)


def read_documents(file: Opened, settings: Settings) -> Iterator[Document]:
    """The documents of ``file``. When it breaks off or is none of its kind, the last one says so."""
    ending = PurePosixPath(file.name).suffix
    read = {".parquet": _rows, ".txt": _text}.get(ending, _objects)
    seen = 0
    try:
        for document in read(file, settings):
            yield document
            seen += 1
    except (OSError, ValueError) as error:  # ArrowInvalid is a ValueError
        problem = f"cannot be read after {seen:,} documents: {type(error).__name__}"
        if not seen:
            problem = f"cannot be read as {ending.lstrip('.')}: {type(error).__name__}"
        yield Document(file.name, id_of(file.name), problem=problem, done=file.size)


# -- JSON lines ----------------------------------------------------------------------------------------------


def _objects(file: Opened, settings: Settings) -> Iterator[Document]:
    import pyarrow as pa

    with file.stream() as raw:
        codec = _CODECS.get(PurePosixPath(file.name).suffix)
        stream = pa.CompressedInputStream(raw, codec) if codec else raw
        # in JSON a character takes up to twelve bytes, and there are other fields
        for number, line in _lines(stream, 12 * settings.longest + _BLOCK):
            place = f"{file.name}:{number}"
            fields, problem = _parsed(line)
            if fields is not None or problem:
                yield _document(place, fields or {}, problem, settings, raw.tell())


def _lines(stream: pa.NativeFile, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers, ended by a line feed and nothing else; None for one over the limit."""
    rest, number, is_over = bytearray(), 1, False
    while block := stream.read(_READ):
        *whole, last = block.split(b"\n")
        for line in whole:
            rest += line
            yield number, None if is_over or len(rest) > limit else bytes(rest)
            rest, number, is_over = bytearray(), number + 1, False
        if is_over or len(rest) + len(last) > limit:
            rest, is_over = bytearray(), True
        else:
            rest += last
    if rest or is_over:
        yield number, None if is_over else bytes(rest)


def _parsed(line: bytes | None) -> tuple[dict[str, Any] | None, str]:
    """The object of a line, or what is wrong with it; neither for an empty line."""
    if line is None:
        return None, "the line is too long"
    try:
        text = line.decode("utf-8-sig").strip()
        value = json.loads(text) if text else None
    except UnicodeDecodeError as error:
        return None, _not_utf8(error)
    except (ValueError, RecursionError) as error:
        return None, f"no JSON: {getattr(error, 'msg', type(error).__name__)}"
    if value is None and not text:
        return None, ""
    return (value, "") if isinstance(value, dict) else (None, "no JSON object")


# -- Parquet -------------------------------------------------------------------------------------------------


def _rows(file: Opened, settings: Settings) -> Iterator[Document]:
    from pyarrow import parquet

    with file.stream() as raw:
        table = parquet.ParquetFile(raw, buffer_size=_BLOCK, pre_buffer=False)
        names = table.schema_arrow.names
        if settings.text not in names:
            problem = f"no column {settings.text!r}; there are {', '.join(names[:20])}"
            yield Document(file.name, id_of(file.name), problem=problem, done=file.size)
            return
        total, number = table.metadata.num_rows, 0
        columns = [name for name in settings.fields if name in names]
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
            for row in range(batch.num_rows):
                number += 1
                fields, problem = _row(batch, row)
                done = file.size * number // total
                yield _document(f"{file.name}:{number}", fields, problem, settings, done)


def _row(batch: pa.RecordBatch, row: int) -> tuple[dict[str, Any], str]:
    fields = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            value = column[row].as_py()
            fields[name] = value.decode() if isinstance(value, bytes) else value
        except UnicodeDecodeError as error:
            return fields, f"{name}: {_not_utf8(error)}"
    return fields, ""


# -- text files ----------------------------------------------------------------------------------------------


def _text(file: Opened, settings: Settings) -> Iterator[Document]:
    with file.stream() as raw:
        data = raw.read(4 * settings.longest + 4)
    try:
        # what is cut off in the middle of a character is too long anyway
        fields, problem = {settings.text: data.decode("utf-8")}, ""
    except UnicodeDecodeError as error:
        fields, problem = {}, "" if len(data) > 4 * settings.longest else _not_utf8(error)
        problem = problem or _too_long(settings)
    yield _document(file.name, {**fields, settings.id: file.name.removesuffix(".txt")}, problem, settings, file.size)


# -- one document --------------------------------------------------------------------------------------------


def _document(place: str, fields: Mapping[str, Any], problem: str, settings: Settings, done: int) -> Document:
    text = fields.get(settings.text)
    key, date = _plain(fields.get(settings.id)), _plain(fields.get(settings.date))
    problem = problem or _problem(text, settings)
    return Document(
        place,
        id_of(key or place),
        None if problem else text,
        key,
        _plain(fields.get(settings.title)),
        date[:10] if date and _MOMENT.match(date) else date,
        _plain(fields.get(settings.genre)),
        _plain(fields.get(settings.author)),
        problem,
        done,
    )


def _problem(text: object, settings: Settings) -> str:
    if text is None:
        return f"no {settings.text!r}"
    if not isinstance(text, str):
        return f"{settings.text!r} is no text but {type(text).__name__}"
    return _too_long(settings) if len(text) > settings.longest else ""


def _too_long(settings: Settings) -> str:
    return f"the text is longer than {settings.longest:,} characters"


def _plain(value: object) -> str | None:
    """A field as a string: a moment is its day; None for nothing and for what holds more than one value."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        told = str(value).strip()[:1000]
        return told.encode("utf-8", "replace").decode() or None
    return None


def _not_utf8(error: UnicodeDecodeError) -> str:
    return f"not UTF-8: byte 0x{error.object[error.start]:02x} at offset {error.start:,}"
