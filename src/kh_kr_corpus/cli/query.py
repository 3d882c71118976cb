"""``khkr query``: questions to a corpus, with the filters of the Python API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, say, show_table
from kh_kr_corpus.errors import InputError, UnknownNameError, near

if TYPE_CHECKING:
    from kh_kr_corpus.query import Query
    from kh_kr_corpus.tables import Table

# What a person reads first; everything is there with --columns or --format json.
_SHOWN = {
    "articles": "id date origin genre title",
    "sentences": "article start text entities",
    "mentions": "article label text entity value",
    "initiatives": "article kind status assertion title",
    "activities": "date kind status title",
    "participations": "entity_name role activity initiative",
    "amounts": "activity stage amount currency date",
    "entities": "id name country",
    "offices": "name title term attested",
    "sources": "id date publisher title",
    "records": "id year kind cooperation title amount_usd",
}
TABLES = tuple(_SHOWN)
_PAGE = 50
"""Rows that a person gets to see without --limit; a program gets all."""

TableName = Annotated[str, typer.Argument(help=f"one of {', '.join(TABLES)}; or a SELECT statement")]
Filters = Annotated[
    list[str] | None, typer.Argument(help="field=value; a,b for any of; 2015..2026 for a range; field= for none")
]
Sort = Annotated[str | None, typer.Option("--sort", help="a column; -column for descending")]
CountBy = Annotated[str | None, typer.Option("--count-by", help="columns, separated by commas")]
Columns = Annotated[str | None, typer.Option("--columns", help="columns to show, separated by commas")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="rows to show; without it 50, and all as JSON")]


def run(
    table: TableName,
    filters: Filters = None,
    sort: Sort = None,
    count_by: CountBy = None,
    columns: Columns = None,
    limit: Limit = None,
    corpus_path: CorpusOption = None,
    output: FormatOption = Format.text,
) -> int:
    """Ask a corpus: `khkr query activities kind=training actor=KOICA year=2015..2026 --count-by status`.

    Instead of a table's name, a SELECT statement is run as DuckDB SQL over the same tables.
    """
    from kh_kr_corpus.corpus import load

    if table not in TABLES and not _is_sql(table):
        raise UnknownNameError("table", table, near(table, TABLES) or TABLES)
    corpus = load(corpus_path)
    most = limit or (None if output is Format.json else _PAGE)
    if table not in TABLES:
        if filters or sort or count_by or columns:
            raise InputError("query", "a statement takes no filters, --sort, --count-by or --columns", "say it in SQL")
        _show_table(corpus.sql(table), most, output)
        return 0
    query = getattr(corpus, table).where(**to_filters(filters or ()))
    if count_by:
        if sort or columns:
            raise InputError("query", "--count-by shows its own columns, most first", "leave out --sort and --columns")
        _show_table(query.count_by(*_listed(count_by)), most, output)
        return 0
    if sort:
        query = query.sort(sort.removeprefix("-"), desc=sort.startswith("-"))
    _show_rows(query, table, columns, most, output)
    return 0


def _is_sql(text: str) -> bool:
    return len(text.split()) > 1 or text.casefold().startswith("select")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def to_filters(texts: Iterable[str]) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    for text in texts:
        field, value = _to_filter(text)
        if field in filters:
            raise InputError(text, f"{field} is filtered twice", f"write {field}=a,b for any of them")
        filters[field] = value
    return filters


def _to_filter(text: str) -> tuple[str, Any]:
    """``year=2015..2026`` as a range, ``kind=a,b`` as any of, ``kind=`` as none, everything else as it stands."""
    field, equals, value = text.partition("=")
    if not equals or not field:
        raise InputError(text, "is no filter", "write field=value")
    if ".." in value:
        low, _, high = value.partition("..")
        return field, (low or None, high or None)
    return field, _listed(value) if "," in value else value or None


def _show_table(table: Table, most: int | None, output: Format) -> None:
    left = len(table) - len(table.rows[:most])
    notes = [f"{len(table):,} rows, the first {most} shown"] if left else []
    notes += [table.note] if table.note else []
    show_table(table.columns, table.rows[:most], output=output, note="; ".join(notes))
    if notes and output is Format.json:
        say("; ".join(notes), error=True)


def _show_rows(query: Query[Any], table: str, columns: str | None, most: int | None, output: Format) -> None:
    rows = query.to_dicts()
    known = query.columns
    wanted = _listed(columns) if columns else list(known) if output is Format.json else _SHOWN[table].split()
    for name in wanted:
        if name not in known:
            raise UnknownNameError(f"column of {table}", name, near(name, known) or known)
    shown = [[row[name] for name in wanted] for row in rows[:most]]
    note = f"{len(rows):,} {table}" + (f", the first {most} shown" if len(shown) < len(rows) else "")
    undated = query.undated
    if not rows and query.note:  # what is left out by default may be all there is, as in a batch
        note += f"; {query.note}"
    elif undated:
        note += f"; {undated} more have no date and were left out by the date filter"
    show_table(wanted, shown, output=output, note=note)
    if (undated or not rows) and output is Format.json:
        say(note, error=True)
