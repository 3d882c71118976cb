"""A map of the provinces of Cambodia, drawn from outlines in the package: nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import altair as alt

from kh_kr_corpus.charts.style import INK, captioned, inline, title

__all__ = ["MERGED", "province_map"]

_FEW = 5
"""Where nothing has more, the darkest shade is kept for this many: one activity should look like little."""
MERGED = {"KH-25": "KH-3"}
"""Tboung Khmum was split from Kampong Cham at the end of 2013; the outlines are older."""
# Where a name would stand on its neighbour's: moved by degrees east and north.
_MOVED = {
    "KH-12": (-0.03, 0.2),
    "KH-23": (-0.05, -0.22),
    "KH-18": (-0.42, -0.16),
    "KH-24": (-0.28, -0.14),
    "KH-8": (0.22, -0.30),
}


@cache
def _outlines() -> dict[str, Any]:
    text = files("kh_kr_corpus.charts").joinpath("geometry/provinces.geojson").read_text(encoding="utf-8")
    outlines: dict[str, Any] = json.loads(text)
    return outlines


def province_map(counts: Mapping[str, int], names: Mapping[str, str], caption: str, heading: str) -> Any:
    """Shades and numbers for each province; ``counts`` and ``names`` by ISO 3166-2 code."""
    merged: dict[str, int] = {}
    for code, n in counts.items():
        merged[MERGED.get(code, code)] = merged.get(MERGED.get(code, code), 0) + n
    features, labels = [], []
    for feature in _outlines()["features"]:
        code = feature["id"]
        n = merged.get(code, 0)
        name = _name(code, names)
        features.append({**feature, "properties": {"name": name, "activities": n}})
        east, north = _middle(feature["geometry"]["coordinates"])
        dx, dy = _MOVED.get(code, (0.0, 0.0))
        number = f"{n}" if n else "–"
        labels.append({"name": name, "number": number, "lon": east + dx, "lat": north + dy})
    most = max(_FEW, *merged.values()) if merged else _FEW
    form: Any = {"type": "json", "property": "features"}
    shape = alt.InlineData(values={"type": "FeatureCollection", "features": features}, format=form)
    colour = _shade(most)
    land = (
        alt.Chart(shape)
        .mark_geoshape(stroke="white", strokeWidth=1.1)
        .encode(color=colour, tooltip=["properties.name:N", "properties.activities:Q"])
    )
    base = alt.Chart(inline(labels)).encode(longitude="lon:Q", latitude="lat:Q")
    names_of, numbers = _words(base, "name", 9.5, -6), _words(base, "number", 11, 6)
    chart = (
        alt.layer(land, *names_of, *numbers).project("mercator").properties(width=680, height=560, title=title(heading))
    )
    return captioned(chart, caption, 700)


def _words(base: Any, field: str, size: float, down: int) -> list[Any]:
    """Words that can be read on any shade: dark, on a white edge."""
    look: dict[str, Any] = {"fontSize": size, "dy": down, "fontWeight": "bold" if field == "number" else "normal"}
    edge = base.mark_text(**look, stroke="white", strokeWidth=3, strokeJoin="round", opacity=0.75)
    return [mark.encode(text=f"{field}:N") for mark in (edge, base.mark_text(**look, color=INK))]


def _shade(most: int) -> Any:
    legend = alt.Legend(
        orient="none", legendX=470, legendY=500, direction="horizontal", gradientLength=120, tickCount=4
    )
    return alt.Color(
        "properties.activities:Q",
        title="activities",
        scale=alt.Scale(scheme="blues", type="sqrt", domain=[0, most]),
        legend=legend,
    )


def _name(code: str, names: Mapping[str, str]) -> str:
    own = names.get(code, code).removesuffix(" Province")
    joined = [names.get(part, part) for part, whole in MERGED.items() if whole == code]
    return " and ".join([own, *joined])


def _middle(polygons: list[list[list[list[float]]]]) -> tuple[float, float]:
    """The centre of gravity of the largest outline."""
    best, place = 0.0, (0.0, 0.0)
    for ring, *_ in polygons:
        area = east = north = 0.0
        for (x1, y1), (x2, y2) in pairwise(ring):
            cross = x1 * y2 - x2 * y1
            area, east, north = area + cross, east + (x1 + x2) * cross, north + (y1 + y2) * cross
        if abs(area) > best:
            best, place = abs(area), (east / (3 * area), north / (3 * area))
    return place
