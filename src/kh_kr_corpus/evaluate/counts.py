"""True and false positives and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["NO_COUNT", "NO_SHARE", "Count", "Share", "compare"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many were right, wrongly proposed, and missed.

    >>> round(Count(8, 2, 0).f1, 2)
    0.89
    """

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of the proposed that is right, None where nothing was proposed."""
        return self.right / (self.right + self.extra) if self.right + self.extra else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found, None where there is no gold."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both, None where there is neither gold nor a proposal."""
        total = 2 * self.right + self.extra + self.missed
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def rate(self) -> float | None:
        """From 0 to 1, None of none."""
        return self.right / self.of if self.of else None

    @property
    def f1(self) -> float | None:
        """The same: what stands in the column of that name where there is neither precision nor recall."""
        return self.rate


NO_COUNT = Count()
NO_SHARE = Share()


def compare(gold: Iterable[object], predicted: Iterable[object]) -> Count:
    """Two bags of hashable things."""
    wanted, got = Counter(gold), Counter(predicted)
    right = sum((wanted & got).values())
    return Count(right, sum(got.values()) - right, sum(wanted.values()) - right)
