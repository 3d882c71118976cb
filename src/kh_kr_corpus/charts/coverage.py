"""What a corpus covers, as charts: kinds over time, money by stage, who takes part, who says so, which texts.

Every chart is drawn from one SELECT statement over the corpus's tables, so that it can be checked and redrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

from kh_kr_corpus.charts.style import BLUE, GREEN, GREY, ORANGE, SKY, inline, plain
from kh_kr_corpus.tables import Table

__all__ = ["coverage_charts"]

Ask = Callable[[str], Table]

_FIVE_YEARS = "cast(floor(year / 5) * 5 as int)"


def _kinds(ask: Ask) -> Any:
    rows = ask(
        f"select kind, {_FIVE_YEARS} as start, count(*) as activities from activities "  # noqa: S608 - our own words
        "where year is not null group by all order by all"
    )
    cells = [{**row, "period": _span(row["start"])} for row in rows.to_dicts()]
    starts = [row["start"] for row in cells]
    periods = [_span(start) for start in range(min(starts, default=0), max(starts, default=0) + 1, 5)]
    base = alt.Chart(inline(cells)).encode(
        # every period stands on the axis, the empty ones too
        x=alt.X("period:O", title=None, scale=alt.Scale(domain=periods), axis=alt.Axis(labelAngle=0, grid=False)),
        y=alt.Y(
            "kind:N",
            title=None,
            axis=alt.Axis(grid=False),
            sort=alt.EncodingSortField("activities", op="sum", order="descending"),
        ),
    )
    colour = alt.Color("activities:Q", legend=None, scale=alt.Scale(scheme="blues", type="sqrt", domainMin=0))
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(color=colour)
    shade = alt.condition("datum.activities > 14", alt.value("white"), alt.value("#1d2430"))
    numbers = base.mark_text(fontSize=11).encode(text="activities:Q", color=shade)
    title = alt.TitleParams("Activities by kind and five-year period", subtitle="by the year in which each begins")
    return (cells + numbers).properties(width=620, height=300, title=title)


def _money(ask: Ask) -> Any:
    rows = ask(
        f"select stage, {_FIVE_YEARS} as start, sum(amount) / 1e6 as millions from amounts "  # noqa: S608
        "where currency = 'USD' and counts_in_totals and year is not null and not private group by all order by all"
    )
    cells = [{**row, "period": _span(row["start"])} for row in rows.to_dicts()]
    stages = ["pledged", "committed", "disbursed"]
    cells = [row for row in cells if row["stage"] in stages]
    return (
        alt.Chart(inline(cells))
        .mark_bar()
        .encode(
            x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("millions:Q", title="US$ million, nominal"),
            xOffset=alt.XOffset("stage:N", sort=stages),
            color=alt.Color(
                "stage:N",
                sort=stages,
                title=None,
                scale=alt.Scale(domain=stages, range=[SKY, BLUE, ORANGE]),
                legend=alt.Legend(orient="top"),
            ),
        )
        .properties(
            width=620,
            height=240,
            title=alt.TitleParams(
                "Amounts in US dollars by stage",
                subtitle="public funds only; recorded amounts that count in totals, by their own date",
            ),
        )
    )


def _actors(ask: Ask) -> Any:
    rows = ask(
        "select e.name as actor, case e.country when 'KR' then 'Korea' when 'KH' then 'Cambodia' else 'other' end "
        "as side, count(distinct p.activity) as activities from participations p join entities e on e.id = p.entity "
        "where p.initiative is null and e.type in ('organisation', 'programme') "
        "group by all order by activities desc, actor limit 20"
    )
    sides = sorted({row["side"] for row in rows.to_dicts()}, key=["Korea", "Cambodia", "other"].index)
    return (
        alt.Chart(inline(rows.to_dicts()))
        .mark_bar()
        .encode(
            x=alt.X("activities:Q", title="activities"),
            y=alt.Y("actor:N", sort="-x", title=None, axis=alt.Axis(labelLimit=330)),
            color=alt.Color(
                "side:N",
                title=None,
                scale=alt.Scale(domain=sides, range=[BLUE, ORANGE, GREY][: len(sides)]),
                legend=alt.Legend(orient="top"),
            ),
        )
        .properties(width=420, height=400, title="The twenty bodies and funds in most activities")
    )


def _sources(ask: Ask) -> Any:
    rows = ask(
        "select type, case when language = 'en' then 'English' when language = 'ko' then 'Korean' "
        "when language = 'km' then 'Khmer' else 'other' end as language, count(*) as sources "
        "from sources group by all order by all"
    )
    languages = ["English", "Korean", "Khmer", "other"]
    return (
        alt.Chart(inline(rows.to_dicts()))
        .mark_bar()
        .encode(
            x=alt.X("sources:Q", title="entries of the bibliography"),
            y=alt.Y("type:N", title=None, sort=alt.EncodingSortField("sources", op="sum", order="descending")),
            color=alt.Color(
                "language:N",
                title=None,
                scale=alt.Scale(domain=languages, range=[BLUE, ORANGE, GREEN, GREY]),
                legend=alt.Legend(orient="top"),
            ),
            order=alt.Order("language:N"),
        )
        .properties(width=480, height=240, title="Who says so: sources by type and language")
    )


def _health(ask: Ask) -> Any:
    rows = ask("select health, count(*) as activities from activities group by all order by all")
    return (
        alt.Chart(inline(rows.to_dicts()))
        .mark_bar(color=GREEN)
        .encode(x=alt.X("health:O", title="points", axis=alt.Axis(labelAngle=0)), y=alt.Y("activities:Q"))
        .properties(width=480, height=200, title="Health of the activities' records (0 to 23 points)")
    )


_CHARTS: Mapping[str, Callable[[Ask], Any]] = {
    "kinds": _kinds,
    "amounts": _money,
    "actors": _actors,
    "sources": _sources,
    "health": _health,
}


def coverage_charts(ask: Ask) -> dict[str, Any]:
    """Altair charts by name; ``ask`` answers a SELECT statement with a table, as ``corpus.sql`` does.

    >>> import kh_kr_corpus as khkr
    >>> sorted(coverage_charts(khkr.load().sql))
    ['actors', 'amounts', 'health', 'kinds', 'sources']
    """
    return {name: plain(draw(ask)) for name, draw in _CHARTS.items()}


def _span(start: int) -> str:
    return f"{start}–{(start + 4) % 100:02d}"
