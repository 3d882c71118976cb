"""Code points and UTF-16 units: programs in a browser count the latter, and don't always say so."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

__all__ = ["Units"]


class Units:
    """How the offsets of a file count the characters of ``text``, found out by the words that they should cover.

    ``quotes`` are (start, end, covered words) as a file has them. The standards say code points, so UTF-16 it is only
    where more of the words are found that way. Whoever places a span by it still compares the words.

    >>> units = Units("🛶 Seoul", [(3, 8, "Seoul")])
    >>> units.point(3), units.point(1)
    (2, None)
    """

    def __init__(self, text: str, quotes: Iterable[tuple[int, int, str]]) -> None:
        self._points: dict[int, int] | None = None
        if text.isascii() or max(text) <= "\uffff":
            return  # both ways count alike
        ends = accumulate((1 + (char > "\uffff") for char in text), initial=0)
        points = {unit: point for point, unit in enumerate(ends)}
        told = list(quotes)
        as_points = sum(text[start:end] == words for start, end, words in told)
        as_units = sum(text[points.get(start, 0) : points.get(end, 0)] == words for start, end, words in told)
        if as_units > as_points:
            self._points = points

    def point(self, offset: int) -> int | None:
        """The code point at ``offset`` of the file; None inside a character or outside of the text."""
        return offset if self._points is None else self._points.get(offset)
