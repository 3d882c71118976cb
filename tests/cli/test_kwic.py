"""``khkr kwic`` and the wider filters of ``khkr query``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_hits_as_text_and_json(khkr: Run, toy_root: Path) -> None:
    outcome = khkr("kwic", "the", "origin=brief", "--corpus", toy_root, "--window", 2)
    assert outcome.code == 0 and "hits in 1 of 1 texts" in outcome.out
    outcome = khkr("kwic", "--label", "MONEY", "--corpus", toy_root, "--format", "json")
    assert {row["label"] for row in outcome.rows} == {"MONEY"}
    assert "not searched" in outcome.err
    outcome = khkr("kwic", r"\$\d+", "--regex", "--corpus", toy_root, "--format", "json", "--limit", 1)
    assert len(outcome.rows) == 1


def test_a_filter_may_stand_for_the_words(khkr: Run, toy_root: Path) -> None:
    outcome = khkr("kwic", "language=ko", "--entity", "KOICA", "--corpus", toy_root, "--format", "json")
    assert {row["article"] for row in outcome.rows} <= {"2023-boat-diary-ko"}


def test_what_can_not_be_searched_is_refused(khkr: Run, toy_root: Path) -> None:
    for arguments, told in ((("(", "--regex"), "no regular expression"), ((), "nothing to look for")):
        outcome = khkr("kwic", *arguments, "--corpus", toy_root)
        assert outcome.code == 2 and told in outcome.err


def test_texts_of_ones_own(khkr: Run, toy_root: Path, copies: Path) -> None:
    without = khkr("kwic", "clinic", "--corpus", toy_root, "--format", "json").rows
    with_own = khkr("kwic", "clinic", "--corpus", toy_root, "--format", "json", "--texts", copies).rows
    assert len(with_own) > len(without)


def test_filters_reach_into_other_tables(khkr: Run, toy_root: Path) -> None:
    outcome = khkr("query", "activities", "amounts.stage=pledged", "--corpus", toy_root, "--format", "json")
    assert [row["id"] for row in outcome.rows] == ["2020-river-clinics-ceiling"]
    outcome = khkr(
        "query", "mentions", "entity=KOICA", "sentence.label=MONEY", "--corpus", toy_root, "--format", "json"
    )
    assert len(outcome.rows) > 0


def test_counts_say_how_many_have_no_date(khkr: Run, toy_root: Path) -> None:
    outcome = khkr("query", "activities", "year=2021", "--count-by", "kind", "--corpus", toy_root)
    assert "1 without a date left out" in outcome.out
    outcome = khkr(
        *("query", "activities", "year=2021", "--count-by", "kind", "--corpus", toy_root, "--format", "json")
    )
    assert "1 without a date left out" in outcome.err and outcome.rows
