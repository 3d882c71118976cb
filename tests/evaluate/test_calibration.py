"""What scores mean: bins, the expected error, and what a least score leaves."""

from __future__ import annotations

import pytest

from kh_kr_corpus.evaluate import Reading, calibration, error_of, judged, sweep

from .gold import article, initiative, mention

GOLD = article(
    mention("Dara", entity="person/dara"),
    mention("Minsu", entity="person/minsu"),
    initiatives=(initiative("training", 0, 24),),
)
GOT = article(
    mention("Dara", entity="person/dara", score=0.95),
    mention("Minsu", entity="person/dara", score=0.85),
    mention("Seoul", "GPE", score=0.15),
    initiatives=(initiative("training", 0, 24, score=0.7), initiative("training", 25, 46, score=0.3)),
)


def test_each_scored_suggestion_is_judged() -> None:
    assert judged([Reading(GOLD, GOT)]) == {
        "mention": [(0.95, True), (0.85, True), (0.15, False)],
        "link": [(0.95, True), (0.85, False)],
        "initiative": [(0.7, True), (0.3, False)],
    }


def test_what_nobody_scored_is_not_judged() -> None:
    assert judged([Reading(GOLD, GOLD)]) == {"mention": [], "link": [], "initiative": []}


def test_honest_scores_have_no_error_and_boasts_have_one() -> None:
    honest = [(0.8, True)] * 8 + [(0.8, False)] * 2 + [(0.3, True)] * 3 + [(0.3, False)] * 7
    assert error_of(calibration(honest)) == pytest.approx(0)
    assert error_of(calibration([(0.99, right) for _, right in honest])) == pytest.approx(0.99 - 11 / 20)
    assert error_of(calibration([])) is None


def test_bounds_fall_into_one_bin_each() -> None:
    bins = calibration([(0.0, True), (0.1, True), (0.3, True), (0.7, True), (1.0, True)])
    assert [(b.low, b.n) for b in bins] == [(0.0, 1), (0.1, 1), (0.3, 1), (0.7, 1), (0.9, 1)]


def test_a_least_score_leaves_out_what_is_below() -> None:
    rows = {row["min score"]: row for row in sweep([Reading(GOLD, GOT)])}
    assert [rows[score]["mentions"] for score in (0.0, 0.15, 0.2, 0.9)] == [3, 3, 2, 1]
    assert rows[0.2]["precision"] == 1.0 and rows[0.0]["precision"] == pytest.approx(2 / 3)
    assert [rows[score]["initiatives"] for score in (0.0, 0.5, 0.75)] == [2, 1, 0]
