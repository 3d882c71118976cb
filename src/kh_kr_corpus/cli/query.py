"""``khkr query``: questions to a corpus, with the filters of the Python API."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, show_table
from kh_kr_corpus.errors import InputError, UnknownNameError, near

TABLES = ("articles", "mentions", "initiatives", "activities", "entities", "sources")

Table = Annotated[str, typer.Argument(help=f"one of {', '.join(TABLES)}; or a SELECT statement")]
Filters = Annotated[list[str] | None, typer.Argument(help="field=value; a,b for any of; 2015..2026 for a range")]
Sort = Annotated[str | None, typer.Option("--sort", help="a column; -column for descending")]
CountBy = Annotated[str | None, typer.Option("--count-by", help="columns, separated by commas")]
Columns = Annotated[str | None, typer.Option("--columns", help="columns to show, separated by commas")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="rows to show")]

# What a person reads first; everything is there with --columns or --format json.
_SHOWN = {
    "articles": "id date origin genre title",
    "mentions": "article label text entity value",
    "initiatives": "article kind status assertion title",
    "activities": "date kind status title",
    "entities": "id name country",
    "sources": "id date publisher title",
}


def run(
    table: Table,
    filters: Filters = None,
    sort: Sort = None,
    count_by: CountBy = None,
    columns: Columns = None,
    limit: Limit = 50,
    corpus_path: CorpusOption = None,
    output: FormatOption = Format.text,
) -> int:
    """Ask a corpus: `khkr query activities kind=training actor=KOICA year=2015..2026 --count-by status`.

    Instead of a table's name, a SELECT statement is run as DuckDB SQL over the same tables.
    """
    from kh_kr_corpus.corpus import load

    corpus = load(corpus_path)
    if table.lstrip().casefold().startswith(("select", "with")):
        result = corpus.sql(table)
        show_table(result.columns, result.rows[:limit], output=output)
        return 0
    if table not in TABLES:
        raise UnknownNameError("table", table, near(table, TABLES))
    query = getattr(corpus, table).where(**dict(_to_filter(text) for text in filters or ()))
    if count_by:
        counts = query.count_by(*count_by.split(","))
        show_table(counts.columns, counts.rows, output=output, note=counts.note)
        return 0
    if sort:
        query = query.sort(sort.lstrip("-"), desc=sort.startswith("-"))
    _show_rows(query, table, columns, limit, output)
    return 0


def _to_filter(text: str) -> tuple[str, Any]:
    """``year=2015..2026`` as a range, ``kind=a,b`` as any of, everything else as it stands."""
    field, equals, value = text.partition("=")
    if not equals or not field:
        raise InputError(text, "is no filter", "write field=value")
    if ".." in value:
        low, _, high = value.partition("..")
        return field, (_to_value(low), _to_value(high))
    if "," in value:
        return field, [_to_value(part) for part in value.split(",")]
    return field, _to_value(value)


def _to_value(text: str) -> str | int | bool | None:
    if text in ("", "true", "false"):
        return {"": None, "true": True, "false": False}[text]
    return int(text) if text.isdecimal() else text


def _show_rows(query: Any, table: str, columns: str | None, limit: int, output: Format) -> None:
    rows = query.to_dicts()
    known = query.columns
    wanted = columns.split(",") if columns else list(known) if output is Format.json else _SHOWN[table].split()
    for name in wanted:
        if name not in known:
            raise UnknownNameError(f"column of {table}", name, near(name, known))
    shown = [[row[name] for name in wanted] for row in rows[:limit]]
    note = f"{len(rows):,} {table}" + (f", the first {limit} shown" if len(rows) > limit else "")
    if query.undated:
        note += f"; {query.undated} more have no date and were left out by the date filter"
    show_table(wanted, shown, output=output, note=note)
