"""The views of ``khkr evaluate`` on the toy corpus."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kh_kr_corpus import load

from .conftest import Run


def test_scores_have_intervals_and_keep_their_columns(khkr: Run, toy_root: Path) -> None:
    rows = khkr("evaluate", "--corpus", toy_root, "--format", "json").rows
    assert list(rows[0]) == ["measure", "label", "precision", "recall", "f1", "low", "high", "n", "en_core_web_sm"]
    text = khkr("evaluate", "--corpus", toy_root, "--no-baseline", "--resamples", 7, "--seed", 3).out
    assert "7 resamples of the articles (seed 3)" in text
    assert "no intervals" in khkr("evaluate", "--corpus", toy_root, "--no-baseline", "--resamples", 0).out


def test_several_prefixes_choose_the_texts_of_all(khkr: Run, toy_root: Path) -> None:
    def gold(*options: str) -> int:
        rows = khkr("evaluate", "--corpus", toy_root, "--no-baseline", *options, "--format", "json").rows
        return int(next(row["n"] for row in rows if row["label"] == "micro"))

    ids = sorted({article.id for article in load(toy_root).articles if article.text is not None})
    one, other = ids[0], ids[-1]
    assert gold("--prefix", f"{one}, {other}") == gold("--prefix", one) + gold("--prefix", other) <= gold()


@pytest.mark.parametrize(("by", "groups"), [("origin", {"brief", "genuine"}), ("seen", {"seen", "unseen"})])
def test_scores_apart(khkr: Run, toy_root: Path, copies: Path, by: str, groups: set[str]) -> None:
    outcome = khkr("evaluate", "--corpus", toy_root, "--texts", copies, "--by", by, "--format", "json")
    assert {row[by] for row in outcome.rows} <= groups
    assert {"low", "high", "f1"} <= set(outcome.rows[0])


def test_the_error_report_keeps_other_peoples_words(khkr: Run, toy_root: Path, copies: Path) -> None:
    outcome = khkr("evaluate", "--corpus", toy_root, "--texts", copies, "--errors", 500)
    text = next(copies.glob("*.txt")).read_text("utf-8")
    assert "(2021-clinic-opens" in outcome.out, "it makes errors on the external text too"
    words = text.split()
    windows = {" ".join(words[n : n + 4]) for n in range(len(words) - 3)}
    assert not [window for window in windows if window in outcome.out]


def test_ablation_has_a_row_for_each_component(khkr: Run, toy_root: Path) -> None:
    rows = khkr("evaluate", "--corpus", toy_root, "--ablation", "--format", "json").rows
    assert rows[0]["without"] == "nothing"
    assert len(rows) > 4
    assert all(row["note"] or row["span f1"] is not None for row in rows)


def test_calibration_is_told_and_drawn(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    plot = tmp_path / "img" / "reliability.svg"
    for _ in range(2):  # it can be drawn again
        outcome = khkr("evaluate", "--corpus", toy_root, "--calibration", "--plot", plot)
        assert outcome.code == 0 and "expected calibration error" in outcome.out
    assert ET.fromstring(plot.read_text("utf-8")).tag.endswith("svg")  # noqa: S314 - our own SVG


def test_the_sweep_only_gets_shorter(khkr: Run, toy_root: Path) -> None:
    rows = khkr("evaluate", "--corpus", toy_root, "--sweep", "--format", "json").rows
    counts = [row["mentions"] for row in rows]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]


@pytest.mark.parametrize(
    "arguments", [("--ablation", "--sweep"), ("--by", "genre", "--errors", "5"), ("--plot", "a.svg")]
)
def test_what_can_not_be_meant(khkr: Run, toy_root: Path, arguments: tuple[str, ...]) -> None:
    outcome = khkr("evaluate", "--corpus", toy_root, *arguments)
    assert outcome.code == 2 and "--" in outcome.err
