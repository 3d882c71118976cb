"""An extract of the OECD's Creditor Reporting System that a user has: CSV, text with bars, or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.reconcile.entry import Entry, Sum, modalities_of, sectors_of_purpose
from kh_kr_corpus.store.files import read_bytes
from kh_kr_corpus.tables.parquet import read_parquet

__all__ = ["LIMIT", "read_crs"]

LIMIT = 200_000_000
"""The most bytes of a file that are read: an extract, not the whole of the CRS."""
KOREA, CAMBODIA = "742", "728"
_NEEDED = ("year", "projecttitle")
_KNOWN = (
    *_NEEDED, "crsid", "projectnumber", "donorcode", "recipientcode", "agencyname", "shortdescription", "purposecode",
    "usdcommitment", "usddisbursement", "channelname", "channelreportedname", "aidt", "coopmodality", "financet",
    "financetype", "geography",
)  # fmt: skip
"""The columns that are used, without case and underscores: ``USD_Commitment`` and ``usd_commitment`` are one."""


def read_crs(path: Path) -> list[Entry]:
    """The projects of Korea in Cambodia in a CRS extract, rows of one project put together.

    Columns are known by their CRS names in either spelling (``ProjectTitle`` or ``project_title``); the separator
    (comma, semicolon, tab or bar) and the encoding (UTF-8, UTF-16 or Windows-1252) are found out. Rows of other givers
    and receivers are left out where the file has their codes. Amounts are the CRS's millions of US dollars.
    Raises :class:`InputError` for a file that is none, :class:`EnvironmentFailure` for one that can't be read.
    """
    projects: dict[str, list[Mapping[str, str]]] = {}
    for row in _parquet_rows(path) if path.suffix.casefold() in (".parquet", ".pq") else _csv_rows(path):
        if row.get("donorcode", KOREA) in (KOREA, "") and row.get("recipientcode", CAMBODIA) in (CAMBODIA, ""):
            name = row.get("crsid") or row.get("projectnumber") or row.get("projecttitle")
            if name:
                projects.setdefault(name, []).append(row)
    return [_to_entry(name, rows) for name, rows in projects.items()]


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _parquet_rows(path: Path) -> Iterator[Mapping[str, str]]:
    arrow = read_parquet(path)
    names = {name: _plain(name) for name in arrow.column_names}
    _require(names.values(), path)
    kept = [name for name, plain in names.items() if plain in _KNOWN]
    for row in arrow.select(kept).to_pylist():
        yield {names[name]: _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _csv_rows(path: Path) -> Iterator[Mapping[str, str]]:
    text = _decoded(read_bytes(path, LIMIT))
    head = text.partition("\n")[0]
    separator = max(",;|\t", key=lambda one: len({_plain(name) for name in head.split(one)} & set(_KNOWN)))
    # the OECD's text files have bars and no quoting: a quotation mark there is a quotation mark
    quoted = '"' in head or separator != "|"
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    try:
        names = [_plain(name) for name in next(reader, [])]
        _require(names, path)
        for row in reader:
            if row:
                yield {name: value.strip() for name, value in zip(names, row, strict=False) if name in _KNOWN}
    except csv.Error as error:
        raise InputError(str(path), f"no CSV: {error}", "", reader.line_num) from None


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _require(names: Any, path: Path) -> None:
    if lost := [name for name in _NEEDED if name not in set(names)]:
        fix = "a CRS extract has ProjectTitle and Year among its columns"
        raise InputError(str(path), f"no column {' and '.join(lost)}", fix, 1)


def _to_entry(name: str, rows: list[Mapping[str, str]]) -> Entry:
    years = [year for row in rows if (year := _year(row)) is not None]
    titles = [row.get(key, "") for key in ("projecttitle", "shortdescription") for row in rows]
    actors = [row.get(key, "") for key in ("agencyname", "channelname", "channelreportedname") for row in rows]
    return Entry(
        id=name,
        titles=tuple(dict.fromkeys(title for title in titles if title)),
        years=(min(years), max(years)) if years else None,
        sums=tuple(_sums(rows)),
        actors=tuple(dict.fromkeys(actor for actor in actors if actor)),
        sectors=frozenset(s for row in rows for s in sectors_of_purpose(row.get("purposecode", "")[:5])),
        modalities=modalities_of(_values(rows, "aidt", "coopmodality"), _values(rows, "financet", "financetype")),
        places=tuple(dict.fromkeys(row["geography"] for row in rows if row.get("geography"))),
    )


def _sums(rows: list[Mapping[str, str]]) -> Iterator[Sum]:
    for key in ("usdcommitment", "usddisbursement"):
        paid = [(amount, _year(row)) for row in rows if (amount := _millions(row.get(key, ""))) > 0]
        yield from (Sum(amount, "USD", year) for amount, year in paid)
        if len(paid) > 1:
            yield Sum(sum(amount for amount, _ in paid), "USD")


def _year(row: Mapping[str, str]) -> int | None:
    year = row.get("year", "")
    return int(year) if len(year) == 4 and year.isascii() and year.isdecimal() else None


def _millions(text: str) -> float:
    """Dollars of the CRS's millions; a single comma in a number without a point is a decimal one."""
    try:
        amount = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return 0.0
    return round(amount * 1e6, 2) if isfinite(amount) else 0.0


def _values(rows: list[Mapping[str, str]], *names: str) -> set[str]:
    return {row.get(name, "") for row in rows for name in names} - {""}
