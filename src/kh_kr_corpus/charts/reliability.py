"""Whether scores mean what they say, as a picture: the share that is right over the score, with the diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from kh_kr_corpus.charts.style import BLUE, GREEN, GREY, ORANGE, inline, plain

__all__ = ["reliability_chart"]


def reliability_chart(rows: Sequence[dict[str, Any]], subtitle: str = "") -> Any:
    """An Altair chart of bins, one mapping each: ``what``, ``score`` (mean, 0 to 1), ``right`` (share), ``n``.

    >>> chart = reliability_chart([{"what": "mention", "score": 0.93, "right": 0.9, "n": 41}])
    >>> chart.to_dict()["layer"][1]["mark"]["type"]
    'line'
    """
    kinds = list(dict.fromkeys(row["what"] for row in rows))
    axis = alt.Scale(domain=[0, 1])
    diagonal = (
        alt.Chart(inline([{"x": 0, "y": 0}, {"x": 1, "y": 1}]))
        .mark_line(color=GREY, strokeDash=[4, 4])
        .encode(x=alt.X("x:Q", scale=axis), y=alt.Y("y:Q", scale=axis))
    )
    base = alt.Chart(inline(list(rows))).encode(
        x=alt.X("score:Q", scale=axis, title="mean score of the bin"),
        y=alt.Y("right:Q", scale=axis, title="share that is right"),
        color=alt.Color(
            "what:N",
            sort=kinds,
            title=None,
            scale=alt.Scale(domain=kinds, range=[BLUE, ORANGE, GREEN][: len(kinds)]),
            legend=alt.Legend(orient="top"),
        ),
    )
    size = alt.Size("n:Q", title="suggestions", scale=alt.Scale(type="log", range=[20, 400]))
    points = base.mark_circle(opacity=0.85).encode(size=size)
    title = alt.TitleParams("How often suggestions of a score are right", subtitle=subtitle)
    return plain((diagonal + base.mark_line() + points).properties(width=420, height=420, title=title))
