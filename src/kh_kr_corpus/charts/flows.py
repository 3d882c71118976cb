"""From who pays to what it is for: bands whose width is a number of activities, or money of one stage and currency."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from kh_kr_corpus.charts.style import BLUE, GREEN, GREY, INK, ORANGE, PINK, SKY, captioned, inline, title

__all__ = ["flows"]

_COLOURS = (BLUE, ORANGE, GREEN, SKY, PINK, GREY, "#7A5195", "#B8A200")
_STEPS = 30
_GAP = 0.012
_EDGES = (0.0, 1.0)
Stack = Mapping[str, tuple[float, float, float]]
"""Top, height and value of each block."""
_LEAST = 0.025
"""Share of the whole below which a block has no room for its name."""
REST = "others"


def flows(
    rows: Sequence[Mapping[str, Any]], caption: str, heading: str, unit: str, *, left: int = 7, right: int = 12
) -> Any:
    """Bands from ``source`` to ``target`` as wide as ``value``; beyond the largest, the rest stands together."""
    bands = _folded(rows, left, right)
    total = sum(bands.values()) or 1.0
    sources = _stacked(_sums(bands, 0), total)
    targets = _stacked(_sums(bands, 1), total)
    colour = {name: _COLOURS[n % len(_COLOURS)] for n, name in enumerate(sources)}
    colour[REST] = GREY
    areas = _areas(bands, sources, targets, unit)
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=list(_EDGES), nice=False))
    shown = alt.Scale(domain=[0, 1], nice=False)
    ribbons = (
        alt.Chart(inline(areas))
        .mark_area(opacity=0.62, line=False)
        .encode(
            x=across,
            y=alt.Y("top:Q", axis=None, scale=shown),
            y2="low:Q",
            detail="band:N",
            color=alt.Color("source:N", legend=None, scale=alt.Scale(domain=list(colour), range=list(colour.values()))),
            tooltip=["told:N"],
        )
    )
    ends = [_ends(stack, at, unit) for stack, at in ((sources, 0.0), (targets, 1.0))]
    rows_shown = max(len(sources), len(targets))
    chart = alt.layer(ribbons, *ends).properties(width=420, height=max(220, 34 * rows_shown), title=title(heading))
    return captioned(chart, caption, 900)


def _areas(bands: Mapping[tuple[str, str], float], sources: Stack, targets: Stack, unit: str) -> list[dict[str, Any]]:
    """The edges of every band, from left to right in steps; bands keep the order of their blocks."""
    total = sum(bands.values()) or 1.0
    areas: list[dict[str, Any]] = []
    used: tuple[dict[str, float], ...] = (defaultdict(float), defaultdict(float))
    order = {name: n for n, name in enumerate((*sources, *targets))}
    for n, ((source, target), value) in enumerate(sorted(bands.items(), key=lambda band: _rank(band[0], order))):
        high = value / total * (1 - _GAP * max(len(sources), len(targets)))
        tops = [
            stack[name][0] - use[name]
            for stack, use, name in zip((sources, targets), used, (source, target), strict=True)
        ]
        used[0][source] += high
        used[1][target] += high
        told = f"{source} → {target}: {_told(value)} {unit}"
        for step in range(_STEPS + 1):
            t = step / _STEPS
            top = tops[0] + (tops[1] - tops[0]) * (3 * t * t - 2 * t**3)
            areas.append({"band": n, "x": t, "top": top, "low": top - high, "source": source, "told": told})
    return areas


def _folded(rows: Sequence[Mapping[str, Any]], left: int, right: int) -> dict[tuple[str, str], float]:
    kept = []
    for name, most in (("source", left), ("target", right)):
        sums: Counter[str] = Counter()
        for row in rows:
            sums[row[name]] += row["value"]
        least = _LEAST * sums.total()
        kept.append({value for value, total in sums.most_common(most) if total >= least})
    bands: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        source = row["source"] if row["source"] in kept[0] else REST
        target = row["target"] if row["target"] in kept[1] else REST
        bands[source, target] += row["value"]
    return dict(bands)


def _sums(bands: Mapping[tuple[str, str], float], side: int) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for names, value in bands.items():
        sums[names[side]] += value
    return dict(sorted(sums.items(), key=lambda item: (item[0] == REST, -item[1], item[0])))


def _stacked(sums: Mapping[str, float], total: float) -> dict[str, tuple[float, float, float]]:
    """Top, height and value of each block, from the top down; gaps between them share what is left of 1."""
    room = 1 - _GAP * len(sums)
    top, blocks = 1.0, {}
    for name, value in sums.items():
        high = value / total * room
        blocks[name] = (top, high, value)
        top -= high + _GAP
    return blocks


def _rank(band: tuple[str, str], order: Mapping[str, int]) -> tuple[int, int]:
    return order[band[0]], order[band[1]]


def _told(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _ends(stack: Stack, at: float, unit: str) -> Any:
    rows = [
        {"x": at, "y": top - high / 2, "top": top, "low": top - high, "text": f"{name} · {_told(value)}", "told": unit}
        for name, (top, high, value) in stack.items()
    ]
    base = alt.Chart(inline(rows)).encode(x="x:Q")
    blocks = base.mark_rule(strokeWidth=7, color=INK).encode(y="top:Q", y2="low:Q")
    align: Any
    align, shift = ("right", -10) if at == 0 else ("left", 10)
    words = base.mark_text(align=align, dx=shift, fontSize=11, color=INK, limit=320).encode(y="y:Q", text="text:N")
    return blocks + words
