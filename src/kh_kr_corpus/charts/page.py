"""The tables of the coverage page, written between two marks of a Markdown file that people write."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.tables import Table

__all__ = ["BEGIN", "COLUMNS", "END", "coverage_tables", "fill", "markdown"]

BEGIN, END = "<!-- khkr stats: begin -->", "<!-- khkr stats: end -->"
COLUMNS = "<!-- khkr columns: begin -->", "<!-- khkr columns: end -->"
"""Between these stand the columns of every table instead."""

_TABLES: Sequence[tuple[str, str]] = (
    (
        "Activities by kind",
        (
            "select kind, count(*) as activities, min(year) as first, max(year) as last, "
            "count(*) filter (where year is null) as undated, round(avg(health), 1) as health, "
            "count(*) filter (where stories = 1) as one_source, sum(disagreements) as contradictions "
            "from activities group by kind order by activities desc, kind"
        ),
    ),
    (
        "Activities by theme and decade (an activity has one kind and often several themes)",
        (
            "select theme, count(*) as activities, count(*) filter (where year < 1990) as before_1990, "
            'count(*) filter (where year between 1990 and 1999) as "1990s", '
            'count(*) filter (where year between 2000 and 2009) as "2000s", '
            'count(*) filter (where year between 2010 and 2019) as "2010s", '
            'count(*) filter (where year >= 2020) as "2020s", count(*) filter (where year is null) as no_year '
            "from (select unnest(themes) as theme, year from activities) group by theme order by activities desc, theme"
        ),
    ),
    (
        "Activities by decade",
        (
            "select coalesce(cast(cast(floor(year / 10) * 10 as int) as varchar) || 's', 'no year') as decade, "
            "count(*) as activities from activities group by all order by decade"
        ),
    ),
    (
        "Amounts that count in totals, by stage and currency",
        (
            "select case when private then 'private' else 'public' end as funds, stage, currency, count(*) as amounts, "
            "sum(amount) as total from amounts where counts_in_totals group by all order by all"
        ),
    ),
    (
        "Texts",
        (
            "select origin, genre, count(*) as texts, sum(mentions) as mentions, sum(initiatives) as initiatives, "
            "count(*) filter (where initiatives = 0) as without_initiative from articles group by all order by all"
        ),
    ),
    (
        "Initiatives by kind, as texts report them",
        (
            "select kind, count(*) as initiatives, count(distinct article) as texts from initiatives "
            "group by kind order by initiatives desc, kind"
        ),
    ),
    (
        "Sources by type",
        (
            "select type, count(*) as sources, count(distinct story) as originals, "
            "count(*) filter (where read is null) as not_read from sources group by type order by sources desc, type"
        ),
    ),
)


def coverage_tables(ask: Callable[[str], Table]) -> str:
    """What the corpus holds, as Markdown tables; ``ask`` answers a SELECT statement as ``corpus.sql`` does."""
    return "\n\n".join(f"### {title}\n\n{markdown(ask(query))}" for title, query in _TABLES)


def fill(page: str, tables: str, name: str = "page", marks: tuple[str, str] = (BEGIN, END)) -> str:
    """``page`` with ``tables`` between its two marks; raises :class:`InputError` for a page without them.

    >>> fill(f"a {BEGIN} old {END} z", "new") == f"a {BEGIN}\\n\\nnew\\n\\n{END} z"
    True
    """
    first, last = marks
    head, begin, rest = page.partition(first)
    _, end, tail = rest.partition(last)
    if not (begin and end):
        raise InputError(name, "has no place for the tables", f"put {first} and {last} where they belong")
    return f"{head}{first}\n\n{tables}\n\n{last}{tail}"


def markdown(table: Table) -> str:
    """A table in Markdown, numbers to the right."""
    rows = [[_cell(value) for value in row] for row in table.rows]
    right = [any(isinstance(row[n], (int, float)) for row in table.rows) for n in range(len(table.columns))]
    marks = ["--:" if number else "---" for number in right]
    heads = [column.replace("_", " ") for column in table.columns]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, marks, *rows))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    return "" if value is None else str(value)
