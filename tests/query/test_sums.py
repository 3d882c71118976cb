"""Groups and sums of money: what is added up, what is refused, and what is said about it."""

from __future__ import annotations

from typing import Any

import pytest

from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.query import Rates

CLINIC = "2021-floating-clinic-phnom-penh"


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The corpus of the library: the toy has too little money."""
    return load()


def test_one_group_a_value(toy: Corpus) -> None:
    groups = toy.activities.group_by("theme")
    sizes = {theme: len(group) for theme, group in groups}
    assert sizes == {"humanitarian-aid": 2, "infrastructure": 2, "training": 1}
    assert len(groups) == 3
    assert [a.id for _, group in toy.activities.group_by("place", "kind") for a in group.where(year=2021)] == [CLINIC]
    assert repr(groups) == repr(toy.activities.count_by("theme"))
    assert "humanitarian-aid" in groups._repr_html_()
    with pytest.raises(InputError):
        toy.activities.group_by()


def test_groups_keep_to_the_query(toy: Corpus) -> None:
    """A group of suggested mentions holds suggested ones, and one of the accepted none of these."""
    suggested = {label: len(group) for label, group in toy.mentions.where(review="suggested").group_by("label")}
    decided = {label: len(group) for label, group in toy.mentions.group_by("label")}
    assert sum(suggested.values()) == len(toy.mentions.where(review="suggested"))
    assert sum(decided.values()) == len(toy.mentions)


def test_a_sum_names_what_it_is_of(toy: Corpus) -> None:
    table = toy.activities.sum(stage="committed")
    assert table.to_dicts() == [
        {"stage": "committed", "currency": "USD", "private": False, "sum": 2.5e6, "amounts": 1, "activities": 1}
    ]
    assert "2 activities have no such amount" in table.note and "nominal" in table.note


def test_stages_currencies_and_funds_are_never_mixed(shipped: Corpus) -> None:
    with pytest.raises(InputError, match=r"several stages: .*say stage="):
        shipped.activities.sum()
    with pytest.raises(InputError, match=r"several currencies: .*say currency='USD'"):
        shipped.activities.sum(stage="committed")
    with pytest.raises(InputError, match=r"private or not: .*say private=False"):
        shipped.activities.sum(stage="disbursed", currency="USD")
    assert len(shipped.activities.sum(stage="disbursed", currency="USD", private=False)) == 1
    with pytest.raises(InputError, match="several currencies"):
        shipped.activities.group_by("kind").sum(stage="committed")


def test_what_does_not_count_is_left_out_and_said(toy: Corpus, shipped: Corpus) -> None:
    assert toy.activities.sum(stage="pledged").rows == ()
    assert "1 amounts left out because they don't count" in toy.activities.sum(stage="pledged").note
    # adding up the column by hand counts ceilings whose parts are there
    by_hand = sum(
        amount.amount
        for activity in shipped.activities
        for amount in activity.amounts
        if amount.stage == "committed" and amount.currency == "USD"
    )
    assert shipped.activities.sum(stage="committed", currency="USD")["sum"][0] < by_hand


def test_every_amount_once_however_many_rows_its_activity_has(shipped: Corpus) -> None:
    wanted: dict[str, Any] = {"stage": "disbursed", "currency": "USD", "private": False}
    total = shipped.activities.sum(**wanted)["sum"][0]
    assert sum(shipped.activities.group_by("kind").sum(**wanted)["sum"]) == pytest.approx(total)
    by_sector = shipped.activities.group_by("sector").sum(**wanted)
    assert sum(by_sector["sum"]) > total
    assert "groups don't add up" in by_sector.note
    assert shipped.amounts.sum(**wanted)["sum"] == [total]


def test_groups_may_tell_stages_apart(toy: Corpus) -> None:
    table = toy.amounts.group_by("stage", "currency").sum()
    assert table.columns == ("stage", "currency", "private", "sum", "amounts", "activities")
    assert [row[:2] for row in table] == [("disbursed", "KRW"), ("committed", "USD")]


def test_reports_are_no_money(toy: Corpus) -> None:
    with pytest.raises(InputError, match=r"sum corpus\.activities"):
        toy.initiatives.sum()
    with pytest.raises(UnknownNameError, match="committed"):
        toy.activities.sum(stage="comitted")


def test_the_note_counts_what_has_no_date(toy: Corpus) -> None:
    assert "1 without a date left out" in toy.activities.where(year=2021).sum(stage="committed").note


RATES = Rates("an invented table, read never", 2020, {("KRW", 2021): 1100.0}, {2020: 100.0, 2021: 110.0})


def test_a_conversion_names_its_rates(toy: Corpus) -> None:
    table = toy.activities.sum(stage="disbursed", rates=RATES)
    assert table["sum"] == [pytest.approx(2750000000.5 / 1100 * 100 / 110)]
    assert table["currency"] == ["constant 2020 US dollars"]
    assert "an invented table, read never" in table.note
    none = toy.activities.sum(stage="disbursed", rates=Rates("x", 2020, {}, {2020: 1.0}))
    assert none["sum"] == [None] and "1 without a year or rate left out" in none.note


@pytest.mark.parametrize(
    "wrong",
    [
        ("", 2020, {}, {2020: 1.0}),
        ("x", 2019, {}, {2020: 1.0}),
        ("x", 2020, {("KRW", 2020): 0.0}, {2020: 1.0}),
        ("x", 2020, {}, {2020: float("nan")}),
    ],
)
def test_rates_without_a_source_or_a_base_are_none(wrong: Any) -> None:
    with pytest.raises(InputError):
        Rates(*wrong)
