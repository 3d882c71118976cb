"""Looking things up by place in the text without walking through everything each time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

__all__ = ["Occupied", "SpanIndex", "occurrences"]

_STARTS = re.compile(r"(?<![\w-])\w+")


class Occupied:
    """Half-open spans without overlaps, and whether a further one would fit."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def fits(self, start: int, end: int) -> bool:
        """Whether no span shares a code point with ``[start, end)``."""
        i = bisect_right(self._starts, start)
        before = i == 0 or self._ends[i - 1] <= start
        return before and (i == len(self._starts) or self._starts[i] >= end)

    def add(self, start: int, end: int) -> None:
        """Take ``[start, end)``, which fits."""
        insort(self._starts, start)
        insort(self._ends, end)


class SpanIndex:
    """Any spans, found by the window that they touch."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(set(spans))
        self._starts = [start for start, _ in self._spans]
        self._longest = max((end - start for start, end in self._spans), default=0)

    def touching(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans that share a code point with ``[start, end)``, in order."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [(a, b) for a, b in self._spans[first:last] if b > start]


def occurrences(text: str, surfaces: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Each place in which one of ``surfaces`` stands as whole words; one walk through the text for all.

    >>> list(occurrences("Oh, the Oh family", ["Oh"]))
    [('Oh', 0, 2), ('Oh', 8, 10)]
    """
    by_word: dict[str, list[str]] = {}
    for surface in surfaces:
        first = re.match(r"\w+", surface)
        if first:
            by_word.setdefault(first.group(), []).append(surface)
    for found in _STARTS.finditer(text):
        for surface in by_word.get(found.group(), ()):
            end = found.start() + len(surface)
            if text.startswith(surface, found.start()) and not re.match(r"\w", text[end : end + 1]):
                yield surface, found.start(), end
