"""How far two readings of the same texts agree: spans, links, initiatives, and alpha on the matched ones.

Initiatives are matched by their evidence alone, one to one, the largest overlap first: at least half of the code
points that either covers must be covered by both. Alpha is Krippendorff's for two annotators and nominal values
(Krippendorff, Content Analysis, 4th ed., 2018, ch. 12); for sets such as sectors each value is judged by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kh_kr_corpus.evaluate.counts import Count
from kh_kr_corpus.evaluate.initiatives import InitiativeScores, covered
from kh_kr_corpus.evaluate.mentions import MentionScores, decided, score_mentions
from kh_kr_corpus.evaluate.scores import Row, Scores
from kh_kr_corpus.models import Article, Initiative, Layer

__all__ = ["Agreement", "agree", "alpha", "matched"]

Pair = tuple[Initiative, Initiative]
_NOMINAL = ("kind", "status", "assertion")


def alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Krippendorff's alpha of two annotators' nominal values, None where all values are the same.

    >>> round(alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]), 3)
    0.533
    """
    values = Counter(value for pair in pairs for value in pair)
    n = values.total()
    expected = n * n - sum(count * count for count in values.values())
    if not expected:
        return None
    observed = sum(2 for a, b in pairs if a != b)
    return 1 - (n - 1) * observed / expected


@dataclass(frozen=True)
class Agreement:
    """What two layers have in common; the first counts as gold where one has to."""

    mentions: MentionScores = field(default_factory=MentionScores)
    found: Count = field(default_factory=Count)
    """Initiatives matched, only in the second, only in the first."""
    pairs: tuple[Pair, ...] = ()
    articles: int = 0

    def to_dicts(self) -> list[Row]:
        """One row a measure, as :meth:`Scores.to_dicts`: measure, label, precision, recall, f1, n."""
        names = [row for row in Scores(self.mentions, InitiativeScores(), self.articles).to_dicts() if row["n"]]
        rows = [row for row in names if row["measure"] in ("span", "bounds", "link", "value")]
        found = self.found
        rows.append(_row("initiative", "matched by evidence", found.f1, found.right + found.missed, found))
        for name in _NOMINAL:
            values = [(getattr(a, name), getattr(b, name)) for a, b in self.pairs]
            rows.append(_row("alpha", name, alpha(values), len(values)))
        rows.append(_row("alpha", "sectors", alpha(self._each(lambda i: i.sectors)), len(self.pairs)))
        rows.append(_row("alpha", "actors", alpha(self._each(lambda i: [p.entity for p in i.actors])), len(self.pairs)))
        return rows

    def _each(self, of: Callable[[Initiative], Iterable[str]]) -> list[tuple[bool, bool]]:
        """Every value that either gave a pair, and whether each of the two gave it; and what neither gave, out of
        all values that occur, so that agreeing on an absence counts too."""
        every = sorted({value for pair in self.pairs for i in pair for value in of(i)})
        return [(value in set(of(a)), value in set(of(b))) for a, b in self.pairs for value in every]


def agree(readings: Iterable[tuple[Article, Layer, Layer]]) -> Agreement:
    """Compare two layers over their articles."""
    mentions, found, pairs, n = MentionScores(), Count(), list[Pair](), 0
    for article, first, second in readings:
        one = article.model_copy(update={"mentions": first.mentions, "initiatives": first.initiatives})
        other = article.model_copy(update={"mentions": decided(second.mentions), "initiatives": second.initiatives})
        mentions += score_mentions(one, other)
        same = matched(first.initiatives, second.initiatives)
        pairs += same
        common = len(same)
        found += Count(common, len(second.initiatives) - common, len(first.initiatives) - common)
        n += 1
    return Agreement(mentions, found, tuple(pairs), n)


def matched(first: Sequence[Initiative], second: Sequence[Initiative]) -> list[Pair]:
    """Initiatives of two readings that rest on the same words."""
    options = []
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            both, either = covered(a) & covered(b), covered(a) | covered(b)
            if either and 2 * len(both) >= len(either):
                options.append((a.kind != b.kind, -len(both) / len(either), i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, _, i, j in sorted(options, key=lambda option: (option[1], option[0], option[2:])):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((first[i], second[j]))
    return pairs


def _row(measure: str, label: str, value: float | None, n: int, count: Count | None = None) -> Row:
    precision, recall = (count.precision, count.recall) if count else (None, None)
    return {"measure": measure, "label": label, "precision": precision, "recall": recall, "f1": value, "n": n}
