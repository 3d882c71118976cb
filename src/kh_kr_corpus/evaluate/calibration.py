"""Whether a score means what it says: of the suggestions scored about 0.8, are about eight in ten right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kh_kr_corpus.evaluate.initiatives import matched
from kh_kr_corpus.evaluate.mentions import decided
from kh_kr_corpus.evaluate.run import Reading, total
from kh_kr_corpus.evaluate.scores import Row
from kh_kr_corpus.models import Article

__all__ = ["Bin", "Judged", "calibration", "error_of", "judged", "sweep"]

Judged = tuple[float, bool]
"""A suggestion's score and whether it was right."""
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The suggestions whose score lies in ``[low, high)``; the last bin has its upper bound too."""

    low: float
    high: float
    n: int
    score: float
    """Their mean score."""
    right: float
    """The share of them that is right."""


def judged(readings: Iterable[Reading]) -> dict[str, list[Judged]]:
    """Every scored suggestion: a mention is right with strict span and label, a link with the gold entity on such a
    mention, an initiative when it is matched with a gold one by kind and evidence."""
    found: dict[str, list[Judged]] = {"mention": [], "link": [], "initiative": []}
    for reading in readings:
        gold = {(m.start, m.end, m.label): m for m in decided(reading.gold.mentions)}
        for mention in reading.predicted.mentions:
            if mention.score is not None:
                there = gold.get((mention.start, mention.end, mention.label))
                found["mention"].append((mention.score, there is not None))
                if mention.entity and there:
                    found["link"].append((mention.score, there.entity == mention.entity))
        right = {id(b) for _, b in matched(reading.gold, reading.predicted)}
        scored = [i for i in reading.predicted.initiatives if i.score is not None]
        found["initiative"] += [(i.score or 0.0, id(i) in right) for i in scored]
    return found


def calibration(suggestions: Sequence[Judged], bins: int = _BINS) -> list[Bin]:
    """The suggestions in bins of equal width, empty bins left out.

    >>> calibration([(0.75, True), (0.75, False), (0.4, True)])[-1]
    Bin(low=0.7, high=0.8, n=2, score=0.75, right=0.5)
    """
    sorted_in: dict[int, list[Judged]] = {}
    for score, right in suggestions:
        sorted_in.setdefault(min(int(score * bins + 1e-9), bins - 1), []).append((score, right))
    return [
        Bin(
            k / bins, (k + 1) / bins, len(inside), sum(s for s, _ in inside) / len(inside),
            sum(right for _, right in inside) / len(inside),
        )
        for k, inside in sorted(sorted_in.items())
    ]  # fmt: skip


def error_of(bins: Iterable[Bin]) -> float | None:
    """Expected calibration error: the mean distance of score and share right, each bin by its size (Naeini et al.,
    AAAI 2015); None where there is nothing.

    >>> error_of(calibration([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]))
    0.0
    """
    listed = list(bins)
    n = sum(b.n for b in listed)
    return sum(b.n * abs(b.score - b.right) for b in listed) / n if n else None


def sweep(readings: Sequence[Reading], steps: int = 20) -> list[Row]:
    """What is left and how good it is when suggestions below a score are left out, for ``steps`` such scores."""
    rows: list[Row] = []
    for threshold in (k / steps for k in range(steps)):
        scores = total(Reading(reading.gold, _from(reading.predicted, threshold)) for reading in readings)
        names, evidence = scores.micro, scores.initiatives.evidence
        rows.append(
            {
                "min score": threshold,
                "mentions": names.right + names.extra,
                "precision": names.precision,
                "recall": names.recall,
                "f1": names.f1,
                "initiatives": evidence.right + evidence.extra,
                "initiative precision": evidence.precision,
                "initiative recall": evidence.recall,
                "initiative f1": evidence.f1,
            }
        )
    return rows


def _from(article: Article, threshold: float) -> Article:
    mentions = tuple(m for m in article.mentions if (m.score or 0) >= threshold)
    initiatives = tuple(i for i in article.initiatives if (i.score or 0) >= threshold)
    return article.model_copy(update={"mentions": mentions, "initiatives": initiatives})
