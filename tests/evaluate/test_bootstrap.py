"""Intervals: as wide as the articles differ, the same for the same seed, none where too little is known."""

from __future__ import annotations

import pytest

from kh_kr_corpus.evaluate import Count, InitiativeScores, MentionScores, Scores, intervals


def scores(right: int, missed: int, label: str = "GPE") -> Scores:
    return Scores(MentionScores({label: Count(right, 0, missed)}, Count(right, 0, missed)), InitiativeScores(), 1)


def test_the_interval_is_as_wide_as_the_articles_differ() -> None:
    alike = intervals([scores(5, 5)] * 20)["span", "micro"]
    unlike = intervals([scores(10, 0), scores(0, 10)] * 10)["span", "micro"]
    assert alike[0] == alike[1] == pytest.approx(2 / 3)
    assert unlike[1] - unlike[0] > 0.2
    assert unlike[0] < 2 / 3 < unlike[1]


def test_the_interval_of_a_mean_is_what_the_books_say() -> None:
    """With one name in each of 100 articles, half of them found, recall's standard error is 0.05; F1 follows it."""
    low, high = intervals([scores(1, 0), scores(0, 1)] * 50, resamples=4000)["span", "micro"]
    recall_low, recall_high = low / (2 - low), high / (2 - high)
    assert recall_low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
    assert recall_high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)


def test_articles_are_drawn_and_not_names() -> None:
    """Ten names that stand or fall together say as much as one: counting names would claim ten times as much."""
    bundled = intervals([scores(10, 0), scores(0, 10)] * 10)["span", "micro"]
    single = intervals([scores(1, 0), scores(0, 1)] * 10)["span", "micro"]
    assert bundled == single


def test_the_seed_decides() -> None:
    parts = [scores(n, 9 - n) for n in range(10)]
    assert intervals(parts, seed=1) == intervals(parts, seed=1)
    assert intervals(parts, seed=1, resamples=50) != intervals(parts, seed=2, resamples=50)


def test_few_articles_get_no_interval() -> None:
    parts = [scores(3, 1, "GPE") for _ in range(10)] + [scores(1, 0, "FAC") for _ in range(4)]
    found = intervals(parts)
    assert ("span", "GPE") in found and ("span", "macro") in found
    assert ("span", "FAC") not in found
    assert ("link", "accuracy") not in found
    assert intervals(parts[:4]) == intervals([]) == {}
