"""CSV for spreadsheets: a folder with one file a table, in which no cell can be taken for a formula.

A text that begins like a formula gets an apostrophe in front, and so does one that begins with an apostrophe: taking
one away gives back the very text, which :func:`read_tables` does. Lists are JSON; an empty cell is no value.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kh_kr_corpus.formats.contract import REJECTED, Format, Loss, NotCarried, Selection
from kh_kr_corpus.formats.output import put_folder
from kh_kr_corpus.formats.rows import tables_of
from kh_kr_corpus.store.files import read_text, require
from kh_kr_corpus.tables import TABLES, Column

__all__ = ["FORMAT", "read_tables", "write"]

# What spreadsheets take for the beginning of a formula, full-width forms and white space in front of one included.
_DANGEROUS = tuple("=+-@\t\r\n ＝＋－＠'")
_CELL = 32_767
"""Characters that a cell of Excel or LibreOffice holds; the file holds more."""


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The folder ``path`` with one ``.csv`` a table: UTF-8 with a byte order mark, which spreadsheets need."""
    files = {}
    for spec, records in tables_of(selection):
        out = io.StringIO(newline="")
        writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
        writer.writerow(column.name for column in spec.shown)
        for record in records:
            cells = [_cell(column, record) for column in spec.shown]
            writer.writerow(cells)
            for column, cell in zip(spec.shown, cells, strict=True):
                if len(cell) > _CELL:
                    name = spec.key_of(record) if spec.key else ""
                    yield NotCarried("long-cell", name, f"{spec.name}.{column.name}", f"{len(cell):,} characters")
        files[f"{spec.name}.csv"] = b"\xef\xbb\xbf" + out.getvalue().encode()
    put_folder(path, files)


def _cell(column: Column[Any], record: Any) -> str:
    value = column.get(record)
    if column.many:
        return json.dumps(value, ensure_ascii=False) if value else ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if column.type != "string":
        return value.isoformat() if isinstance(value, date) else repr(value)
    text = str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) or not text else text


def read_tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a folder of ours by table, with the values that went in.

    Raises :class:`EnvironmentFailure` and :class:`InputError` for what can't be read, :class:`KeyError` for a column
    that is none.
    """
    require(path, folder=True)
    tables = {}
    for spec in TABLES.values():
        columns = {column.name: column for column in spec.shown}
        text = read_text(path / f"{spec.name}.csv", 2_000_000_000).removeprefix("\ufeff")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        tables[spec.name] = [{name: _value(columns[name], cell) for name, cell in row.items()} for row in rows]
    return tables


def _value(column: Column[Any], cell: str) -> Any:
    if column.many:
        return json.loads(cell) if cell else []
    if not cell:
        return None
    if column.type == "string":
        return cell.removeprefix("'")
    return _READ[column.type](cell)


_READ: dict[str, Callable[[str], Any]] = {
    "integer": int, "number": float, "boolean": "true".__eq__, "day": date.fromisoformat
}  # fmt: skip

FORMAT = Format(
    name="csv",
    suffix="",
    what="all tables, one file each",
    consumer="Excel, LibreOffice, R, pandas",
    losses=(
        REJECTED,
        Loss("long-cell", "cells of more than 32,767 characters",
             "the file holds them, but Excel and LibreOffice cut them off"),
        Loss("fingerprints", "fingerprints, waivers and notes of articles", "the tables have no columns for them",
             fields=("fingerprints", "waivers", "note")),
    ),
    write=write,
    needs_text=False,
)  # fmt: skip
