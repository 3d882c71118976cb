"""The pictures: what they are drawn from, that they render, and what their captions say."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
import vl_convert

from kh_kr_corpus.charts.flows import flows
from kh_kr_corpus.charts.network import graph
from kh_kr_corpus.charts.provinces import MERGED, province_map
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError

PICTURES: dict[str, Callable[[Corpus], Any]] = {
    "timeline": lambda corpus: corpus.timeline(),
    "heatmap": lambda corpus: corpus.heatmap(),
    "network": lambda corpus: corpus.network_chart(),
    "flows": lambda corpus: corpus.flows(),
    "money": lambda corpus: corpus.flows(stage="committed"),
    "map": lambda corpus: corpus.map(),
    "nothing": lambda corpus: corpus.timeline(corpus.activities.where(kind="resilience")),
}


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The corpus of the library."""
    return load()


def _caption(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"]["text"])


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_renders_and_says_what_it_is_drawn_from(toy: Corpus, name: str) -> None:
    chart = PICTURES[name](toy)
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 - our own SVG
    assert "no sample" in _caption(chart)
    assert "http" not in json.dumps(chart.to_dict()["vconcat"]), "nothing is fetched"


def test_captions_say_who_is_not_in_the_picture(toy: Corpus) -> None:
    assert "3 activities, 1 of them without a year and not shown" in _caption(toy.timeline())
    in_2021 = toy.heatmap(toy.activities.where(year=2021))
    assert "a filter left out 1 without a date" in _caption(in_2021)
    assert "1 activities and a known funder; 2 more name no funder" in _caption(toy.flows())


def test_every_dated_activity_is_one_dot(shipped: Corpus) -> None:
    dated = shipped.activities - shipped.activities.where(year=None)
    spec = json.dumps(shipped.timeline().to_dict(), ensure_ascii=False)
    assert all(json.dumps(activity.title, ensure_ascii=False) in spec for activity in dated)
    assert spec.count('"came"') - spec.count('"came:N"') >= len(dated)


def test_an_activity_weighs_one_however_many_take_part() -> None:
    parts = [{"activity": "fair", "entity": f"organisation/p{n}", "role": "partner"} for n in range(20)]
    parts += [{"activity": "loan", "entity": "organisation/bank", "role": "funder"}]
    parts += [{"activity": "loan", "entity": "organisation/ministry", "role": "beneficiary"}]
    made = graph(parts, {})
    assert made.edges["organisation/bank", "organisation/ministry"]["weight"] == 1
    of_fair = [facts["weight"] for a, b, facts in made.edges(data=True) if "/p" in a and "/p" in b]
    assert sum(of_fair) == pytest.approx(1) and len(of_fair) == 380, "counted naively, the fair weighs 380"
    assert made.nodes["organisation/p3"]["activities"] == 1
    assert not made.has_edge("organisation/ministry", "organisation/bank")


def test_money_goes_through_who_implements(toy: Corpus) -> None:
    made = toy.network(toy.activities.where(kind="infrastructure"))
    koica, ministry = "organisation/koica", "organisation/ministry-of-health-cambodia"
    assert made.edges[koica, ministry]["relations"].keys() == {"works for"}
    assert made.nodes[koica]["name"] == "Korea International Cooperation Agency"
    assert (made.nodes[koica]["country"], made.nodes[ministry]["country"]) == ("KR", "KH")
    every = toy.network()
    assert len(every) > len(made)
    assert every.edges["place/south-korea", "place/cambodia"]["relations"].keys() == {"works with"}


def test_the_whole_is_kept_when_small_flows_are_put_together() -> None:
    rows = [{"source": f"funder {n}", "target": "health", "value": float(n)} for n in range(1, 30)]
    spec = json.dumps(flows(rows, "no sample", "Flows", "units").to_dict(), ensure_ascii=False)
    total = sum(row["value"] for row in rows)  # type: ignore[misc]
    assert f"health · {total:,.0f}" in spec and "others · " in spec


def test_the_map_counts_what_lies_inside_a_province(shipped: Corpus) -> None:
    codes, names = shipped._provinces()
    assert len(codes) == 25 and set(MERGED) <= set(names)
    assert shipped._province_of("place/siem-reap", codes) == "KH-17"
    assert shipped._province_of("place/dangkor", codes) == "KH-12"
    assert shipped._province_of("place/cambodia", codes) is None
    placed = re.match(r"(\d+) of", _caption(shipped.map()))
    assert placed and 0 < int(placed[1]) < len(shipped.activities)
    assert shipped._province_of("place/busan", codes) is None
    chart = province_map({"KH-3": 2, "KH-25": 3}, names, "no sample", "Map")
    counts = dict(re.findall(r'"properties": {"name": "([^"]+)", "activities": (\d+)}', json.dumps(chart.to_dict())))
    assert counts["Kampong Cham and Tboung Khmum"] == "5" and len(counts) == 24


def test_only_activities_are_drawn(toy: Corpus) -> None:
    wrong: Any = toy.initiatives
    with pytest.raises(InputError, match="are no activities"):
        toy.timeline(wrong)
    with pytest.raises(InputError, match="several currencies"):
        load().flows(stage="committed", currency=None)  # type: ignore[arg-type]


def test_a_missing_extra_is_asked_for_kindly(toy: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    monkeypatch.delitem(sys.modules, "kh_kr_corpus.charts.network", raising=False)
    with pytest.raises(InputError, match=r"kh-kr-corpus\[charts\]"):
        toy.network()
