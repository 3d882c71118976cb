"""How far a figure would move on other articles of the same sort: percentile intervals by resampling articles.

Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13. Articles are drawn, not mentions: what one
writer does in one text comes together, and intervals over mentions would be too narrow.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from operator import itemgetter

from kh_kr_corpus.evaluate.counts import Count, Share
from kh_kr_corpus.evaluate.scores import Key, Scores, macro

__all__ = ["FEWEST", "RESAMPLES", "SEED", "Interval", "intervals"]

Interval = tuple[float, float]
RESAMPLES = 1000
SEED = 20260101
FEWEST = 5
"""Articles that must have something to count; with fewer, a bootstrap interval says more than is known."""


def intervals(
    parts: Sequence[Scores], *, resamples: int = RESAMPLES, seed: int = SEED, level: float = 0.95
) -> dict[Key, Interval]:
    """The interval of each row's ``f1`` in :meth:`Scores.to_dicts`; ``parts`` are the scores of single articles.

    A row that fewer than :data:`FEWEST` articles have something to count for gets none, nor do counts of inventions.
    Same seed, same intervals.

    >>> from kh_kr_corpus.evaluate import Count, InitiativeScores, MentionScores
    >>> perfect = Scores(MentionScores({"GPE": Count(3)}, Count(3)), InitiativeScores(), 1)
    >>> intervals([perfect] * 6)["span", "GPE"]
    (1.0, 1.0)
    """
    cells = [part.cells() for part in parts]
    keys = {key: type(cell) for part in cells for key, cell in part.items()}
    columns = {key: _columns([part.get(key) for part in cells], kind) for key, kind in keys.items()}
    enough = {key: sum(any(row) for row in zip(*columns[key], strict=True)) >= FEWEST for key in keys}
    if not any(enough.values()):
        return {}
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    drawn: dict[Key, list[float]] = {key: [] for key in (*keys, ("span", "macro"))}
    for _ in range(resamples):
        pick = itemgetter(*chance.choices(range(len(parts)), k=len(parts)))
        sums = {key: keys[key](*(sum(pick(column)) for column in columns[key])) for key in keys}
        values = {key: cell.f1 for key, cell in sums.items()}
        labels = (cell for (measure, label), cell in sums.items() if measure == "span" and label != "micro")
        values["span", "macro"] = macro(cell for cell in labels if isinstance(cell, Count))
        for key, value in values.items():
            if value is not None:
                drawn[key].append(value)
    enough["span", "macro"] = True
    return {key: _middle(values, level) for key, values in drawn.items() if enough[key] and values}


def _columns(cells: Sequence[Count | Share | None], kind: type[Count | Share]) -> list[list[int]]:
    """The numbers of one row's counts, article by article."""
    names = ("right", "extra", "missed") if kind is Count else ("right", "of")
    return [[getattr(cell, name, 0) for cell in cells] for name in names]


def _middle(values: Sequence[float], level: float) -> Interval:
    """The part of the values that leaves out as many below as above."""
    ordered = sorted(values)
    out = round((1 - level) / 2 * (len(ordered) - 1))
    return ordered[out], ordered[len(ordered) - 1 - out]
