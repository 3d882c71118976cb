"""Activities over time: one dot an activity, and a heat map of kinds by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from kh_kr_corpus.charts.style import INK, STATUS, captioned, inline, title

__all__ = ["heatmap", "timeline"]

_DOT = 9
"""Pixels from one dot to the next above it."""


def timeline(rows: Sequence[Mapping[str, Any]], caption: str, names: Mapping[str, str]) -> Any:
    """One dot an activity, in the lane of its kind and the column of the year in which it begins.

    ``rows`` have ``title, kind, status, year, date``; ``names`` the words for each kind. Those without a year are
    counted in the caption by whoever calls.
    """
    dated = sorted((row for row in rows if row["year"]), key=lambda row: (row["kind"], row["year"], row["status"]))
    group = {status: told for statuses, _, told in STATUS.values() for status in statuses}
    height: Counter[tuple[str, int]] = Counter()
    dots = []
    for row in dated:
        place = (row["kind"], row["year"])
        facts = {"kind": names.get(row["kind"], row["kind"]), "year": row["year"], "level": height[place]}
        dots.append({**facts, "title": row["title"], "date": row["date"], "came": group.get(row["status"], "other")})
        height[place] += 1
    lanes = [names.get(kind, kind) for kind, _ in Counter(row["kind"] for row in dated).most_common()]
    tallest = {names.get(k, k): max(n for (kind, _), n in height.items() if kind == k) for k, _ in height}
    told = [told for _, _, told in STATUS.values()]
    colour = alt.Color(
        "came:N",
        title="as last reported",
        scale=alt.Scale(domain=told, range=[colour for _, colour, _ in STATUS.values()]),
        legend=alt.Legend(orient="bottom", direction="horizontal", symbolSize=70, titleLimit=300, labelLimit=260),
    )
    years = [dot["year"] for dot in dots] or [2000]
    span = alt.Scale(domain=[min(years) - 1, max(years) + 1], nice=False)
    charts = [_lane(dots, lane, tallest[lane], colour, span, last=lane == lanes[-1]) for lane in lanes]
    body = alt.vconcat(*charts, spacing=2) if charts else alt.Chart(inline([])).mark_point()
    head = title(
        "Activities by kind and year",
        "one dot an activity, at the year in which it begins; dots above one another share a year",
    )
    return captioned(body.properties(title=head), caption, 860)


def _lane(dots: Sequence[Mapping[str, Any]], lane: str, tallest: int, colour: Any, span: Any, *, last: bool) -> Any:
    axis = alt.Axis(
        format="d", title=None, grid=True, tickCount=12, labels=last, ticks=last, domain=last, gridColor="#eceef1"
    )
    height = max(16, _DOT * tallest)
    levels = alt.Scale(domain=[-0.6, max(1, tallest) - 0.4], nice=False)
    words: dict[str, Any] = {"title": lane, "titleAngle": 0, "titleAlign": "right", "titleX": -8, "titleY": height - 6}
    words |= {"titleBaseline": "middle", "titleFontWeight": "normal", "titleFontSize": 12, "titleLimit": 170}
    label = alt.Axis(**words, labels=False, ticks=False, grid=False, domain=False)
    return (
        alt.Chart(inline([dict(dot) for dot in dots if dot["kind"] == lane]))
        .mark_circle(size=48, opacity=1)
        .encode(
            x=alt.X("year:Q", scale=span, axis=axis),
            y=alt.Y("level:Q", scale=levels, axis=label),
            color=colour,
            tooltip=["title:N", "date:N", "came:N"],
        )
        .properties(width=680, height=height)
    )


def heatmap(rows: Sequence[Mapping[str, Any]], caption: str, names: Mapping[str, str]) -> Any:
    """How many activities of each kind begin in each year, as shades with the numbers in them."""
    counts = Counter((names.get(row["kind"], row["kind"]), row["year"]) for row in rows if row["year"])
    cells = [{"kind": kind, "year": year, "activities": n} for (kind, year), n in counts.items()]
    years = [cell["year"] for cell in cells] or [2000]
    # every year stands on the axis, the empty ones too
    axis = alt.Axis(labelAngle=-90, grid=False, labelFontSize=10)
    base = alt.Chart(inline(cells)).encode(
        x=alt.X("year:O", title=None, scale=alt.Scale(domain=list(range(min(years), max(years) + 1))), axis=axis),
        y=alt.Y(
            "kind:N",
            title=None,
            axis=alt.Axis(grid=False, labelLimit=200),
            sort=alt.EncodingSortField("activities", op="sum", order="descending"),
        ),
        tooltip=["kind:N", "year:O", "activities:Q"],
    )
    most = max(5, *(cell["activities"] for cell in cells)) if cells else 5
    colour = alt.Color("activities:Q", legend=None, scale=alt.Scale(scheme="blues", type="sqrt", domain=[0, most]))
    shades = base.mark_rect(stroke="white", strokeWidth=1).encode(color=colour)
    ink = alt.condition(f"datum.activities > {most / 3.2}", alt.value("white"), alt.value(INK))
    numbers = base.mark_text(fontSize=10).encode(text="activities:Q", color=ink)
    kinds = len({kind for kind, _ in counts})
    chart = (shades + numbers).properties(
        width=min(760, 19 * (max(years) - min(years) + 1)) if len(years) > 1 else 200,
        height=max(40, 24 * kinds),
        title=title(
            "Activities by kind and year", "how many of each kind begin in a year; an empty cell is none found"
        ),
    )
    return captioned(chart, caption, 880)
