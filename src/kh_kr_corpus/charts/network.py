"""Who works with whom: a graph of actors with weights, and a picture of its heaviest part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import altair as alt
import networkx as nx

from kh_kr_corpus.charts.style import BLUE, GREY, INK, ORANGE, captioned, inline, title

__all__ = ["graph", "picture"]

_SIDES = {"KR": ("Korean", 0.0, BLUE), "KH": ("Cambodian", 1.0, ORANGE)}
_ELSEWHERE = ("other", 0.5, GREY)
_STEPS = 24
_MOST = 14
"""Actors of one side in a picture: more can't be read in print."""


def graph(parts: Iterable[Mapping[str, Any]], about: Mapping[str, Mapping[str, Any]]) -> Any:
    """A directed graph of actors; ``parts`` have ``activity, entity, role``, ``about`` says who an entity is.

    From who funds to who implements and on to who benefits, and both ways between partners and conveners. Every
    activity gives 1 to each relation that it has, shared out among the pairs, so that a conference with twenty
    partners weighs no more than a loan between two. An edge has ``weight`` (the sum of its shares), ``activities``
    (how many activities it rests on) and ``relations`` (its weight by relation); a node ``name, country, type`` and
    ``activities``.
    """
    made = nx.DiGraph()
    by_activity: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in parts:
        by_activity[part["activity"]][part["role"]].add(part["entity"])
    for activity, roles in by_activity.items():
        for entity in set().union(*roles.values()):
            made.add_node(entity, **about.get(entity, {"name": entity}))
            made.nodes[entity].setdefault("in_activities", set()).add(activity)
        for relation, pairs in _relations(roles).items():
            for one, other in pairs:
                _add(made, one, other, relation, 1 / len(pairs), activity)
    for _, facts in made.nodes(data=True):
        facts["activities"] = len(facts.pop("in_activities"))
    for *_, facts in made.edges(data=True):
        facts["activities"] = len(facts.pop("in_activities"))
    return made


def _relations(roles: Mapping[str, set[str]]) -> dict[str, list[tuple[str, str]]]:
    """The pairs of one activity by relation; money goes straight to who benefits where nobody implements."""
    funders, doers, served = (roles.get(role, set()) for role in ("funder", "implementer", "beneficiary"))
    equals = roles.get("partner", set()) | roles.get("convener", set())
    both_ways = [pair for one, other in combinations(sorted(equals), 2) for pair in ((one, other), (other, one))]
    found = {
        "funds": [(a, b) for a in sorted(funders) for b in sorted(doers or served | equals) if a != b],
        "works for": [(a, b) for a in sorted(doers) for b in sorted(served | equals) if a != b],
        "works with": both_ways,
    }
    return {relation: pairs for relation, pairs in found.items() if pairs}


def _add(made: Any, one: str, other: str, relation: str, share: float, activity: str) -> None:
    if not made.has_edge(one, other):
        made.add_edge(one, other, weight=0.0, relations={}, in_activities=set())
    facts = made.edges[one, other]
    facts["weight"] += share
    facts["relations"][relation] = facts["relations"].get(relation, 0.0) + share
    facts["in_activities"].add(activity)


def picture(made: Any, caption: str, *, most: int = _MOST) -> Any:
    """The ``most`` busiest actors of each side, Korean on the left and Cambodian on the right, and what joins them."""
    kept, places = _placed(made, most)
    edges = sorted(_edges(made, places), key=lambda edge: edge["weight"])
    nodes = [
        {"name": facts.get("name", node), "x": x, "y": y, "side": side, "activities": facts["activities"]}
        for node, facts in kept.items()
        for x, y, side in [places[node]]
    ]
    lines = [
        {"edge": n, "order": step, "x": x, "y": y, **{k: edge[k] for k in ("told", "weight")}}
        for n, edge in enumerate(edges)
        for step, (x, y) in enumerate(edge["points"])
    ]
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1]))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 1]))
    width = alt.StrokeWidth("weight:Q", scale=alt.Scale(type="sqrt", range=[0.4, 9]), legend=None)
    curves = (
        alt.Chart(inline(lines))
        .mark_line(color="#5b6472", opacity=0.38, interpolate="linear")
        .encode(x=across, y=down, detail="edge:N", order="order:Q", strokeWidth=width, tooltip=["told:N"])
    )
    base = alt.Chart(inline(nodes)).encode(x=across, y=down, tooltip=["name:N", "activities:Q"])
    dots = _dots(base)
    names = [_labels(base, side) for side in ("Korean", "other", "Cambodian")]
    head = title(
        "Who works with whom",
        "a line's width is its weight (an activity counts 1, shared out among its pairs), a dot's size its activities",
    )
    chart = alt.layer(curves, dots, *names).properties(width=430, height=max(240, 34 * _rows(places)), title=head)
    return captioned(chart.properties(title=head), caption, 960)


def _dots(base: Any) -> Any:
    sides = {"Korean": BLUE, "other": GREY, "Cambodian": ORANGE}
    return base.mark_circle(opacity=1, stroke="white", strokeWidth=1).encode(
        size=alt.Size("activities:Q", scale=alt.Scale(type="sqrt", range=[30, 620]), legend=None),
        color=alt.Color(
            "side:N",
            title=None,
            scale=alt.Scale(domain=list(sides), range=list(sides.values())),
            legend=alt.Legend(orient="bottom", symbolType="circle"),
        ),
    )


def _labels(base: Any, side: str) -> Any:
    align, shift = {"Korean": ("right", -16), "Cambodian": ("left", 16), "other": ("center", 0)}[side]
    text = alt.Text("name:N")
    mark = base.transform_filter(f"datum.side == '{side}'").mark_text(
        align=align, dx=shift, dy=-15 if side == "other" else 0, fontSize=11, color=INK, limit=300
    )
    halo = base.transform_filter(f"datum.side == '{side}'").mark_text(
        align=align, dx=shift, dy=-15 if side == "other" else 0, fontSize=11, limit=300,
        stroke="white", strokeWidth=4, strokeJoin="round", opacity=0.85,
    )  # fmt: skip
    return halo.encode(text=text) + mark.encode(text=text)


def _rows(places: Mapping[str, tuple[float, float, str]]) -> int:
    sides = [side for *_, side in places.values()]
    return max((sides.count(side) for side in sides), default=1)


def _placed(made: Any, most: int) -> tuple[dict[str, Any], dict[str, tuple[float, float, str]]]:
    """The busiest actors of each side, and where each stands: sides in columns, neighbours at like heights."""
    columns: dict[str, list[str]] = defaultdict(list)
    busiest = sorted(made.nodes(data=True), key=lambda node: (-node[1]["activities"], node[0]))
    for node, facts in busiest:
        side = _SIDES.get(facts.get("country") or "", _ELSEWHERE)[0]
        if len(columns[side]) < (most if side != "other" else most // 3):
            columns[side].append(node)
    chosen = made.subgraph(node for column in columns.values() for node in column)
    # who works with nobody in the picture has no place in it
    columns = {side: [node for node in column if chosen.degree(node)] for side, column in columns.items()}
    kept = {node: made.nodes[node] for column in columns.values() for node in column}
    heights = _heights(made.subgraph(kept), columns)
    middle = {name: at for name, at, _ in (*_SIDES.values(), _ELSEWHERE)}
    places = {node: (middle[side], heights[node], side) for side, column in columns.items() for node in column}
    return kept, places


def _heights(part: Any, columns: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Heights from 0 to 1: each actor moves to the mean height of those it works with, some times over."""
    order = {side: list(column) for side, column in columns.items()}
    undirected = part.to_undirected()
    heights: dict[str, float] = {}
    for _ in range(12):
        heights = {n: 1 - (i + 0.5) / len(column) for column in order.values() for i, n in enumerate(column)}
        for side, column in order.items():
            mean = {
                node: _mean(
                    [(heights[other], facts["weight"]) for other, facts in undirected[node].items()], heights[node]
                )
                for node in column
            }
            order[side] = sorted(column, key=lambda node, mean=mean: (-mean[node], node))  # type: ignore[misc]
    return heights


def _mean(weighted: Sequence[tuple[float, float]], default: float) -> float:
    total = sum(weight for _, weight in weighted)
    return sum(value * weight for value, weight in weighted) / total if total else default


def _edges(made: Any, places: Mapping[str, tuple[float, float, str]]) -> Iterable[dict[str, Any]]:
    pairs: dict[tuple[str, str], list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for one, other, facts in made.edges(data=True):
        if one in places and other in places:
            first, second = sorted((one, other))
            pairs[first, second].append((one, other, facts))
    for (one, other), found in pairs.items():
        told = "; ".join(
            f"{made.nodes[a].get('name', a)} {relation} {made.nodes[b].get('name', b)}"
            for a, b, facts in found
            for relation in facts["relations"]
        )
        weight = sum(facts["weight"] for *_, facts in found)
        yield {"told": told, "weight": round(weight, 2), "points": _curve(places[one], places[other])}


def _curve(one: tuple[float, float, str], other: tuple[float, float, str]) -> list[tuple[float, float]]:
    """A flat S between two columns; within one, an arc towards the middle."""
    (x1, y1, _), (x2, y2, _) = one, other
    steps = [n / _STEPS for n in range(_STEPS + 1)]
    if x1 == x2:
        reach = 0.06 + 0.18 * abs(y1 - y2)
        way = -1 if x1 == 1 else 1
        return [(x1 + way * reach * 4 * t * (1 - t), y1 + (y2 - y1) * t) for t in steps]
    return [(x1 + (x2 - x1) * t, y1 + (y2 - y1) * (3 * t * t - 2 * t**3)) for t in steps]
