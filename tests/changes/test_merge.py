"""Merging: symmetric, loses nothing, never invents; and what people disagree on becomes a conflict."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus.changes import Merged, merge
from kh_kr_corpus.changes.parts import ANNOTATIONS, frozen

Record = dict[str, Any]

LABELS = st.sampled_from(["PERSON", "ORG", "GPE"])
PEOPLE = st.sampled_from(["human:A", "human:B", "model:m@1"])


@st.composite
def mention(draw: st.DrawFn) -> Record:
    start = draw(st.integers(0, 60))
    end = start + draw(st.integers(1, 12))
    return {"start": start, "end": end, "label": draw(LABELS), "review": {"state": "accepted", "by": draw(PEOPLE)}}


@st.composite
def initiative(draw: st.DrawFn) -> Record:
    start = draw(st.integers(0, 4)) * 20
    kind, status = draw(st.sampled_from(["training", "resilience"])), draw(st.sampled_from(["pledged", "agreed"]))
    return {"kind": kind, "status": status, "evidence": [{"start": start, "end": start + 20}]}


def numbered(items: list[Record], letter: str) -> list[Record]:
    return [{"id": f"{letter}{n}", **item} for n, item in enumerate(items, start=1)]


@st.composite
def edited(draw: st.DrawFn, items: list[Record], fresh: st.SearchStrategy[Record], letter: str) -> list[Record]:
    """What one person made of a list: removed, changed and added items, with ids that go on from the list's."""
    kept: list[Record] = []
    for item in items:
        act = draw(st.sampled_from(["keep", "keep", "keep", "change", "remove"]))
        kept += [] if act == "remove" else [item if act == "keep" else {"id": item["id"], **draw(fresh)}]
    added = draw(st.lists(fresh, max_size=4))
    return [*kept, *({"id": f"{letter}{len(items) + n}", **item} for n, item in enumerate(added, start=1))]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Record, Record, Record]:
    """A base and two people's versions of an article or an activity."""
    subset = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)
    plain = {"title": st.sampled_from(["x", "y", "z"]), "note": st.none() | st.sampled_from(["n", "m"])}
    base: Record = {"record": "article", "id": "t", "text": "x" * 90}
    base |= {key: draw(value) for key, value in plain.items()} | {"sources": draw(subset)}
    parts = {"mentions": (mention(), "m"), "initiatives": (initiative(), "i")}
    for key, (fresh, letter) in parts.items():
        base[key] = numbered(draw(st.lists(fresh, max_size=4)), letter)
    sides = []
    for _ in range(2):
        side = dict(base) | {key: draw(value) for key, value in plain.items() if draw(st.booleans())}
        side |= {"sources": draw(subset)} if draw(st.booleans()) else {}
        side |= {key: draw(edited(base[key], *parts[key])) for key in parts}
        sides.append(side)
    return tuple({key: value for key, value in one.items() if value not in (None, [])} for one in (base, *sides))  # type: ignore[return-value]


def contents(side: Record, key: str) -> set[str]:
    return {frozen({k: v for k, v in item.items() if k != "id"}) for item in side.get(key, [])}


@settings(max_examples=150)
@given(histories())
def test_who_is_called_ours_decides_nothing(history: tuple[Record, Record, Record]) -> None:
    base, ours, theirs = history
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert (one.ours, one.theirs) == (other.theirs, other.ours)
    assert {c.what for c in one.conflicts} == {c.what for c in other.conflicts}


@settings(max_examples=150)
@given(histories())
def test_nothing_is_invented(history: tuple[Record, Record, Record]) -> None:
    """Every annotation is somebody's, whole; every other value is one that a side has."""
    base, ours, theirs = history
    merged = merge(base, ours, theirs)
    for view in (merged.ours, merged.theirs):
        for key in ANNOTATIONS:
            assert contents(view, key) <= contents(ours, key) | contents(theirs, key)
        for key in ("title", "note"):
            assert view.get(key) in (ours.get(key), theirs.get(key))
        assert set(view.get("sources", [])) <= {*ours.get("sources", []), *theirs.get("sources", [])}


@settings(max_examples=150)
@given(histories())
def test_nothing_is_lost(history: tuple[Record, Record, Record]) -> None:
    """What a side added or changed is in the result, or in the conflict's view of that side."""
    base, ours, theirs = history
    merged = merge(base, ours, theirs)
    for side, view in ((ours, merged.ours), (theirs, merged.theirs)):
        for key in ANNOTATIONS:
            assert contents(side, key) - contents(base, key) <= contents(view, key)
        assert set(side.get("sources", [])) - set(base.get("sources", [])) <= set(view.get("sources", []))
    if not merged.conflicts:
        assert merged.ours == merged.theirs


@settings(max_examples=150)
@given(histories())
def test_ids_stay_one_each_and_those_of_the_base_stay(history: tuple[Record, Record, Record]) -> None:
    base, ours, theirs = history
    merged = merge(base, ours, theirs)
    for view in (merged.ours, merged.theirs):
        for key in ANNOTATIONS:
            ids = [item["id"] for item in view.get(key, [])]
            assert len(ids) == len(set(ids))
            known = {item["id"] for item in base.get(key, [])}
            untouched = {
                i["id"]: i for i in base.get(key, []) if all(i in side.get(key, []) for side in (ours, theirs))
            }
            assert set(untouched) <= known & set(ids)
            assert all(item in view[key] for item in untouched.values())


@settings(max_examples=100)
@given(histories())
def test_what_one_removed_and_the_other_left_alone_is_gone(history: tuple[Record, Record, Record]) -> None:
    base, ours, theirs = history
    merged = merge(base, ours, theirs)
    for side, other in ((ours, theirs), (theirs, ours)):
        for key in ANNOTATIONS:
            ids = {item["id"] for item in side.get(key, [])}
            gone = [i["id"] for i in base.get(key, []) if i["id"] not in ids and i in other.get(key, [])]
            told = {c.what.split()[-1] for c in merged.conflicts}
            left = {item["id"] for item in merged.ours.get(key, [])}
            assert not {name for name in gone if name not in told} & left


@settings(max_examples=100)
@given(histories())
def test_one_side_alone_is_taken_as_it_is(history: tuple[Record, Record, Record]) -> None:
    base, ours, _ = history
    assert merge(base, ours, base) == merge(base, base, ours) == merge(base, ours, ours) == Merged(ours, ours, [])


def naive(base: Record, ours: Record, theirs: Record) -> Record:
    """The control: ours with what only theirs has by id, as a merge by ids alone would do it."""
    merged = json.loads(json.dumps(ours))
    for key in ANNOTATIONS:
        known = {item["id"] for item in merged.get(key, [])}
        merged[key] = [*merged.get(key, []), *(i for i in theirs.get(key, []) if i["id"] not in known)]
    return dict(merged)


def test_the_naive_merge_loses_a_mention() -> None:
    base: Record = {"record": "article", "id": "t", "text": "x" * 90, "mentions": []}
    ours = base | {"mentions": [{"id": "m1", "start": 0, "end": 5, "label": "ORG"}]}
    theirs = base | {"mentions": [{"id": "m1", "start": 50, "end": 55, "label": "GPE"}]}
    assert len(naive(base, ours, theirs)["mentions"]) == 1
    merged = merge(base, ours, theirs)
    assert [(m["id"], m["start"]) for m in merged.ours["mentions"]] == [("m1", 0), ("m2", 50)]
    assert merged.conflicts == []


BASE: Record = {
    "record": "article", "id": "t", "text": "x" * 90, "title": "T",
    "mentions": [{"id": "m1", "start": 0, "end": 5, "label": "ORG"}],
    "initiatives": [{"id": "i1", "kind": "training", "evidence": [{"start": 0, "end": 20}]}],
}  # fmt: skip
M1 = BASE["mentions"][0]
NEW = M1 | {"id": "m2", "start": 30, "end": 40}
TEXT = "the text: one of the two changed it, the other annotated the text as it was"


def with_mentions(*items: Record) -> Record:
    return BASE | {"mentions": list(items)}


@pytest.mark.parametrize(
    ("ours", "theirs", "conflicts"),
    [
        (with_mentions(M1 | {"label": "GPE"}), with_mentions(M1 | {"label": "LOC"}), ["mention m1"]),
        (with_mentions(M1 | {"label": "GPE"}), with_mentions(), ["mention m1"]),
        (with_mentions(M1 | {"label": "GPE"}), with_mentions(M1 | {"label": "GPE"}), []),
        (with_mentions(M1, NEW), with_mentions(M1, NEW | {"start": 35, "end": 45}), ["mention m2", "mention m3"]),
        (BASE | {"title": "A"}, BASE | {"title": "B"}, ["title"]),
        (BASE | {"title": "A"}, with_mentions(), []),
        (BASE | {"text": "y" * 90}, with_mentions(), [TEXT]),
    ],
)  # fmt: skip
def test_what_is_a_conflict(ours: Record, theirs: Record, conflicts: list[str]) -> None:
    assert sorted(c.what for c in merge(BASE, ours, theirs).conflicts) == conflicts


def test_two_tellings_of_one_initiative_are_a_conflict_and_two_initiatives_are_not() -> None:
    one = {"id": "i2", "kind": "training", "evidence": [{"start": 40, "end": 60}], "status": "pledged"}
    ours = BASE | {"initiatives": [*BASE["initiatives"], one]}
    theirs = BASE | {"initiatives": [*BASE["initiatives"], one | {"status": "agreed"}]}
    assert [c.what for c in merge(BASE, ours, theirs).conflicts] == ["initiative i2", "initiative i3"]
    other = BASE | {"initiatives": [*BASE["initiatives"], one | {"evidence": [{"start": 70, "end": 90}]}]}
    merged = merge(BASE, ours, other)
    assert merged.conflicts == [] and [i["id"] for i in merged.ours["initiatives"]] == ["i1", "i2", "i3"]


def test_a_waiver_follows_the_mention_whose_number_moved() -> None:
    new = [M1 | {"id": "m2", "start": 30, "end": 40}, M1 | {"id": "m2", "start": 60, "end": 70}]
    waiver = {"rule": "KC702", "at": "m2", "why": "another thing"}
    merged = merge(BASE, with_mentions(M1, new[0]), with_mentions(M1, new[1]) | {"waivers": [waiver]})
    [moved] = [m for m in merged.ours["mentions"] if m["start"] == 60]
    assert moved["id"] == "m3" and merged.ours["waivers"] == [waiver | {"at": "m3"}] and not merged.conflicts


ACTIVITY: Record = {
    "record": "activity", "id": "a", "status": "pledged", "sources": ["x"],
    "amounts": [{"amount": 5, "currency": "USD", "stage": "pledged"}],
}  # fmt: skip


def test_an_activity_is_merged_field_by_field_and_list_by_item() -> None:
    committed = {"amount": 6, "currency": "USD", "stage": "committed"}
    ours = ACTIVITY | {"status": "agreed", "amounts": [*ACTIVITY["amounts"], committed]}
    theirs = ACTIVITY | {"sources": ["x", "y"], "note": "seen"}
    merged = merge(ACTIVITY, ours, theirs)
    assert merged.conflicts == [] and merged.ours == ours | {"sources": ["x", "y"], "note": "seen"}
    rival = ACTIVITY | {"amounts": [*ACTIVITY["amounts"], committed | {"amount": 7}]}
    assert [c.what for c in merge(ACTIVITY, ours, rival).conflicts] == ["amounts"]
    both = [ACTIVITY | {"amounts": [ACTIVITY["amounts"][0] | {"amount": n}]} for n in (8, 9)]
    assert [c.what for c in merge(ACTIVITY, *both).conflicts] == ["amounts"]


def test_entities_are_merged_one_by_one() -> None:
    def file(*entities: Record) -> Record:
        return {"record": "entities", "type": "person", "entities": list(entities)}

    a, b = {"id": "person/a", "names": [{"text": "A", "lang": "en"}]}, {"id": "person/b", "country": "KH"}
    new, later = {"id": "person/c"}, a | {"names": [*a["names"], {"text": "AA", "lang": "en"}]}
    merged = merge(file(a, b), file(later, b), file(a, b | {"country": "KR"}, new))
    assert merged.conflicts == []
    assert merged.ours == file(later, b | {"country": "KR"}, new)
    gone = merge(file(a, b), file(a), file(a, b | {"country": "KR"}))
    assert [c.what for c in gone.conflicts] == ["person/b"]
    assert merge(file(a, b), file(a), file(a, b, new)).ours == file(a, new)


def test_a_text_is_never_in_two_splits() -> None:
    base = {"record": "splits", "train": ["a", "b"], "dev": ["c"]}
    moved = [base | {"train": ["b"], "dev": ["c", "a"]}, base | {"train": ["b"], "test": ["a"]}]
    merged = merge(base, *moved)
    assert [c.what for c in merged.conflicts] == ["the split of a"]
    for view in (merged.ours, merged.theirs):
        listed = [name for split in ("train", "dev", "test") for name in view.get(split, [])]
        assert sorted(listed) == ["a", "b", "c"]
