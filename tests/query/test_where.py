"""Filters: what they match, and what they refuse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError, KhkrError, UnknownNameError

CEILING, CLINIC, COURSE = "2020-river-clinics-ceiling", "2021-floating-clinic-phnom-penh", "nurse-course"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "training"}, {COURSE}),
        ({"kind": ["training", "infrastructure"]}, {COURSE, CLINIC}),
        ({"kind": {"training"}}, {COURSE}),
        ({"kind": []}, set()),
        ({"theme": "humanitarian-aid"}, {CEILING, CLINIC}),
        ({"themes": "humanitarian-aid", "kind": "infrastructure"}, {CLINIC}),
        ({"sector": "transport"}, {CLINIC}),
        ({"modality": ["in-kind", "agreement"]}, {CLINIC, CEILING}),
        ({"actor": "KOICA"}, {CLINIC}),
        ({"actor": "한국국제협력단"}, {CLINIC}),
        ({"actor": "organisation/koica"}, {CLINIC}),
        ({"actor": "ក្រសួងសុខាភិបាល"}, {CLINIC}),
        ({"actor": "Ministry of Health"}, {CLINIC, COURSE}),
        ({"actor": ["koica", "South Korean"]}, {CLINIC, CEILING}),
        ({"place": "ភ្នំពេញ"}, {CLINIC}),
        ({"part_of": None}, {CEILING, COURSE}),
        ({"part_of": CEILING}, {CLINIC}),
        ({"place": None}, {COURSE}),
        ({"counts_in_totals": False}, {CEILING}),
        ({"counts_in_totals": "true"}, {CLINIC, COURSE}),
        ({"title": "CLINIC"}, {CEILING, CLINIC, COURSE}),
        ({"title": ["nurses", "framework"]}, {CEILING, COURSE}),
        ({"disagreements": (1, None)}, {CLINIC}),
        ({"disagreements": 0}, {CEILING, COURSE}),
        ({"year": 2021}, {CLINIC}),
        ({"year": "2021"}, {CLINIC}),
        ({"year": [2020, 2021]}, {CEILING, CLINIC}),
        ({"year": (2015, 2026)}, {CEILING, CLINIC}),
        ({"year": (2021, None)}, {CLINIC}),
        ({"year": (None, 2020)}, {CEILING}),
        ({"date": "2021"}, {CLINIC}),
        ({"date": "2021-03"}, {CLINIC}),
        ({"date": "2021-03-01"}, set()),
        ({"date": "202X"}, {CEILING, CLINIC}),
        ({"date": ("2020-10", "2021-02")}, {CEILING}),
        ({"date": date(2020, 10, 5)}, {CEILING}),
        ({"date": None}, {COURSE}),
        ({"date_from": (date(2021, 1, 1), None)}, {CLINIC}),
        ({"period": "2021"}, {CLINIC}),
        ({"as_of": ("2021", None)}, {CLINIC, COURSE}),
        ({"id": COURSE}, {COURSE}),
        ({"source": "toy-database"}, {CLINIC}),
    ],
)
def test_activities(toy: Corpus, filters: dict[str, Any], found: set[str]) -> None:
    query = toy.activities.where(**filters)
    assert {activity.id for activity in query} == found
    assert len(query) == len(found)
    assert bool(query) == bool(found)


def test_filters_add_up_and_leave_the_first_query_alone(toy: Corpus) -> None:
    health = toy.activities.where(sector="health")
    assert len(health.where(kind="training")) == 1
    assert len(health.where(kind="training").where(kind="infrastructure")) == 0
    assert len(health) == 3


def test_text_is_found_in_any_case_and_script(toy: Corpus) -> None:
    assert [a.id for a in toy.articles.where(text="mekong")] == ["river-clinics-deserve-more"]
    assert [a.id for a in toy.articles.where(text="간호사")] == ["2023-boat-diary-ko"]
    assert {m.text for m in toy.mentions.where(text="100%")} == set()
    assert {m.text for m in toy.mentions.where(text="PHNOM")} == {"Phnom Penh"}


def test_an_entity_is_found_under_every_name(toy: Corpus) -> None:
    found = {m.text for m in toy.mentions.where(entity="KOICA")}
    assert found == {"KOICA", "한국국제협력단", "코이카"}
    assert found == {m.text for m in toy.mentions.where(entity=toy.kb["organisation/koica"])}
    assert {m.text for m in toy.mentions.where(entity=None, label=["PERSON", "FAC", "LOC"])} == {
        *("Kim Toy", "Pier Nine", "Mekong"),
    }


def test_who_did_what(toy: Corpus) -> None:
    payers = toy.participations.where(role="funder", initiative=None)
    assert [part.entity for part in payers] == ["organisation/koica"]
    assert len(toy.participations.where(initiative="2021-clinic-opens#i1")) == 2
    assert [a.stage for a in toy.amounts.where(amount=(1e7, None))] == ["pledged", "disbursed"]


def test_review_states(toy: Corpus) -> None:
    assert {m.review.state for m in toy.mentions} == {"accepted", "corrected"}
    assert [m.id for m in toy.mentions.where(review="suggested")] == ["m14"]
    assert [m.id for m in toy.mentions.where(review=["suggested", "rejected"])] == ["m11", "m14"]
    assert len(toy.mentions.where(review="any")) == len(toy.mentions) + 2
    assert len(toy.initiatives) == 6
    assert len(toy.initiatives.where(review="any")) == 8
    assert "suggested" not in repr(toy.mentions)
    assert 'review="any" for all' in repr(toy.mentions)
    assert 'review="any" for all' not in repr(toy.mentions.where(review="accepted"))


def test_records_without_a_date_are_counted(toy: Corpus) -> None:
    query = toy.initiatives.where(year=(2020, 2022))
    assert (len(query), query.undated) == (3, 2)
    assert query.where(kind="training").undated == 1
    assert "2 without a date left out" in repr(query)
    assert "2 without a date left out" in query.count_by("kind").note
    assert toy.initiatives.undated == 0
    assert toy.initiatives.where(date=None).undated == 0


def test_a_decade_lies_inside_a_decade_but_in_no_year(toy: Corpus) -> None:
    nineties = toy.mentions.where(label="DATE", value="199X")
    assert [m.text for m in nineties] == ["the 1990s"]


@pytest.mark.parametrize(
    ("filters", "near"),
    [
        ({"knd": "training"}, "kind"),
        ({"sectr": "health"}, "sector"),
        ({"kind": "trainng"}, "training"),
        ({"kind": "zzz"}, "security-cooperation"),
        ({"kind": 5}, "training"),
        ({"sector": ["health", "helth"]}, "health"),
        ({"status": "done"}, "completed"),
        ({"actor": "KOICCA"}, "KOICA"),
        ({"part_of": "2020-river-clinics"}, CEILING),
        ({"_row": 1}, "id"),
        ({"as_of_from": "2021"}, "as_of"),
    ],
)
def test_an_unknown_name_names_the_right_ones(toy: Corpus, filters: dict[str, Any], near: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        toy.activities.where(**filters)
    assert near in caught.value.near


@pytest.mark.parametrize(
    "filters",
    [
        {"kind": ("training", "resilience")},
        {"year": (None, None)},
        {"year": (2015,)},
        {"year": "20x"},
        {"year": True},
        {"date": "2026-02-30"},
        {"date": "XXXX-12"},
        {"date": 2021.5},
        {"counts_in_totals": "maybe"},
        {"disagreements": "many"},
        {"disagreements": True},
        {"title": 3.5},
        {"title": "\udcff"},
        {"date_from": "../2021"},
    ],
)
def test_a_value_of_the_wrong_sort_is_refused(toy: Corpus, filters: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=next(iter(filters))):
        toy.activities.where(**filters)


NASTY = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["'", '"', "'; drop table base.activities; --", "%", "_", "\\", "\x00", "?"]),
    st.integers(),
    st.floats(),
    st.none(),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=2),
    st.tuples(st.integers(), st.integers()),
    st.binary(max_size=3),
)


@given(field=st.sampled_from(["title", "kind", "theme", "actor", "year", "date", "id", "disagreements"]), value=NASTY)
def test_any_value_filters_or_is_refused(toy: Corpus, field: str, value: object) -> None:
    try:
        count = len(toy.activities.where(**{field: value}))
    except KhkrError:
        count = 0
    assert 0 <= count <= 3


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, "nan", "1,000", True, (float("nan"), None)])
def test_what_no_row_can_be_compared_with_is_no_number(toy: Corpus, value: object) -> None:
    with pytest.raises(InputError, match="give a number"):
        toy.amounts.where(amount=value)


def test_a_range_whose_ends_are_swapped_is_refused(toy: Corpus) -> None:
    """It would be empty whatever the corpus holds, and look like an answer."""
    for filters in ({"year": (2026, 2015)}, {"date": ("2023-02", "2023-01")}):
        with pytest.raises(InputError, match="ends before it begins"):
            toy.activities.where(**filters)
    with pytest.raises(InputError, match="ends before it begins"):
        toy.amounts.where(amount=(2, 1))
    assert len(toy.amounts.where(amount=("1", 1e12))) == len(toy.amounts)


def test_many_names_are_listed_and_few_suggested(toy: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'training'"):
        toy.activities.where(kind="trainin")
    with pytest.raises(UnknownNameError, match="there are training, e-government"):
        toy.activities.where(kind="zzz")
