"""Record sets: the rows of somebody else's CSV file, each with our coding from the file beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import EnvironmentFailure, InputError, InvalidFileError, UnknownNameError
from kh_kr_corpus.findings import Finding, Location
from kh_kr_corpus.models import Record, RecordSet
from kh_kr_corpus.store import files
from kh_kr_corpus.store.reader import read_folder

__all__ = ["CODING", "Trouble", "read_records", "read_rows"]

CODING = ("record", "number", "kind", "themes", "sectors", "modality", "activity", "read_from", "note")
"""The columns of ``<set>.coding.csv``; themes and sectors have spaces between them."""
LIMIT = 50_000_000


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a file of a record set, and on which line (0 for the file)."""

    path: Path
    line: int
    message: str
    fix: str = ""
    field: str = "rows"
    """The field of the set that the file does not agree with."""


def read_records(root: Path) -> Mapping[str, Record]:
    """All records of the corpus at ``root`` by id, in the order of their files.

    Raises :class:`InvalidFileError` with all findings where one of the files is not what it should be.
    """
    contents = read_folder(root, "records")
    found: dict[str, Record] = {}
    findings: list[Finding] = []
    for loaded in contents.files:
        for row in read_rows(loaded.model, loaded.path.parent) if isinstance(loaded.model, RecordSet) else ():
            if isinstance(row, Trouble):
                findings.append(Finding("KC161", "error", Location(str(row.path), row.line or 1), row.message, row.fix))
            else:
                found[row.id] = row
    if findings:
        raise InvalidFileError(str(root / "records"), tuple(findings))
    return found


def read_rows(listed: RecordSet, folder: Path) -> Iterator[Record | Trouble]:
    """The records of one set in ``folder``, and what is wrong with its files; a row with a fault gives no record."""
    theirs, ours = folder / f"{listed.id}.csv", folder / f"{listed.id}.coding.csv"
    try:
        data = files.read_bytes(theirs, LIMIT)
        if (found := files.revision_of(data)) != listed.sha256:
            fix = f"restore it, or write sha256: {found}"
            yield Trouble(theirs, 0, "the file is not the one that was received", fix, "sha256")
        rows = _table(files.decode(data, str(theirs)), theirs)
        coding = _table(files.read_text(ours, LIMIT), ours)
        yield from _missing(listed, theirs, rows, ours, coding)
        for (line, row), (at, coded) in zip(rows[1:], coding[1:], strict=False):
            yield from _record(listed, dict(zip(rows[0][1], row, strict=False)), theirs, line, coded, ours, at)
    except InputError as error:
        yield Trouble(Path(error.where), error.line or 0, error.message, error.fix)
    except UnknownNameError as error:
        yield Trouble(theirs, 0, str(error), "see khkr schema --crosswalk all", "purposes")
    except EnvironmentFailure as error:
        yield Trouble(
            Path(error.where), 0, error.message, "a set has its rows in ID.csv and our coding in ID.coding.csv"
        )


def _table(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file with the line on which each ends; blank lines are no rows."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        return [(reader.line_num, row) for row in reader if row] or [(1, [])]
    except csv.Error as error:
        raise InputError(str(path), f"no CSV: {error}", "", reader.line_num) from None


def _missing(
    listed: RecordSet, theirs: Path, rows: list[tuple[int, list[str]]], ours: Path, coding: list[tuple[int, list[str]]]
) -> Iterator[Trouble]:
    plain = listed.columns.model_dump(exclude={"money"}).values()
    wanted = {column for column in plain if column} | {one.column for one in listed.columns.money}
    if lost := sorted(wanted - set(rows[0][1])):
        raise InputError(str(theirs), f"no column {', '.join(lost)}", "correct `columns` in the set's YAML file", 1)
    if tuple(coding[0][1]) != CODING:
        raise InputError(str(ours), f"the columns are {', '.join(coding[0][1])}", f"they are {', '.join(CODING)}", 1)
    for path, table in ((theirs, rows), (ours, coding)):
        if len(table) - 1 != listed.rows:
            yield Trouble(path, 0, f"{len(table) - 1:,} rows, and the set has {listed.rows:,}", "add what is missing")
        width = len(table[0][1])
        yield from (Trouble(path, line, f"{len(row)} fields, not {width}") for line, row in table if len(row) != width)


def _record(
    listed: RecordSet, row: Mapping[str, str], theirs: Path, line: int, coded: list[str], ours: Path, at: int
) -> Iterator[Record | Trouble]:
    coding = dict(zip(CODING, coded, strict=False))
    number = row[listed.columns.number].strip()
    if coding.get("number") != number:
        yield Trouble(
            ours, at, f"number {coding.get('number')!r} stands beside row {number!r}", "keep the rows in order"
        )
        return
    try:
        yield Record.model_validate_json(to_json(_fields(listed, row, coding)))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            field = ".".join(map(str, problem["loc"])) or "the row"
            path, place = (ours, at) if field.partition(".")[0] in (*CODING, "id", "the row") else (theirs, line)
            yield Trouble(path, place, f"{field}: {problem['msg']}")


def _fields(listed: RecordSet, row: Mapping[str, str], coding: Mapping[str, str]) -> dict[str, Any]:
    columns = listed.columns
    told = {
        name: " ".join(row[column].split()) for name, column in columns.model_dump(exclude={"money"}).items() if column
    }
    purpose = told.get("purpose", "")
    year, money = told["year"], [(one.currency, row[one.column].strip()) for one in columns.money]
    period = told.get("period", "").replace("~", "/")
    ours = {name: coding[name] for name in ("kind", "modality", "activity", "read_from", "note")}
    fields = {
        **{name: told.get(name) for name in ("number", "title", "cooperation", "recipient", "purpose")},
        "recoded": told.get("recoded", "").removesuffix(".0"),
        **ours, "id": f"record/{listed.id}/{coding['record']}", "set": listed.id, "source": listed.source,
        "year": int(year) if year.isdecimal() else year, "period": period,
        "amounts": [{"amount": _number(value), "currency": currency} for currency, value in money if value],
        "crs": _code(listed.purposes, purpose), "themes": coding["themes"].split(),
        "sectors": coding["sectors"].split(), "review": listed.review.model_dump(mode="json", exclude_none=True),
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _number(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def _code(purposes: str | None, purpose: str) -> str | None:
    """The code of a purpose by its name, where the crosswalk has one."""
    walk = vocab.crosswalk(purposes, "oecd-dac-crs-5") if purposes else {}
    links = walk.get(purpose, ())
    return links[0].code.code if links and links[0].code else None
