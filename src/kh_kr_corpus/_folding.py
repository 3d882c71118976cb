"""What stays of a text when its typography is taken away: the form in which two copies of one text are compared.

Quotation marks, dashes, white space and invisible characters are what copying, saving and typesetting change. All
else counts: a letter, a digit, a full stop more or less is another text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import repeat

__all__ = ["Folded", "fold"]

# Zero-width spaces and joiners, soft hyphen, marks of direction, byte-order mark, variation selectors.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_DASHES = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_QUOTES = "\"'`\u00ab\u00b4\u00bb\u2018-\u201f\u2032-\u2036\u2039\u203a\u301d-\u301f\uff02\uff07"
# A run may mix: "word \u200b– word" and "word—word" are the same dash.
_RUN = re.compile(
    rf"[\s{_INVISIBLE}{_DASHES}]+|[{_QUOTES}][{_QUOTES}{_INVISIBLE}]*|\.[{_INVISIBLE}]*+\.[{_INVISIBLE}]*+\."
)
_DASH, _QUOTE = re.compile(rf"[{_DASHES}]"), re.compile(rf"[{_QUOTES}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; its character ``n`` stands for ``[starts[n], ends[n])`` of the text that was folded."""

    text: str = field(repr=False)
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where ``[start, end)`` of the folded text, which is not empty, stands in the text that was folded."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """``text`` without its typography, and where each of its characters was.

    A run of white space is one space, one of dashes, with the spaces around it, one hyphen, one of quotation marks
    one apostrophe; three full stops are an ellipsis; invisible characters go. It is never longer than ``text``, and
    folding it again changes nothing.

    >>> fold("“Go\\u200b on”\\u00a0 – he said...").text
    "'Go on'-he said…"
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _RUN.finditer(text):
        begin, stop = match.span()
        pieces.append(text[at:begin])
        starts += range(at, begin)
        ends += range(at + 1, begin + 1)
        at = stop
        sign, start, end = _sign(match.group(), begin, stop)
        pieces.append(sign)
        starts += repeat(start, len(sign))
        ends += repeat(end, len(sign))
    pieces.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return Folded("".join(pieces), starts, ends)


def _sign(run: str, begin: int, stop: int) -> tuple[str, int, int]:
    """The one character, or none, that a run is folded to, and the bounds that it stands for."""
    for pattern, sign in ((_DASH, "-"), (_QUOTE, "'")):
        if found := [match.start() for match in pattern.finditer(run)]:
            return sign, begin + found[0], begin + found[-1] + 1
    if run[0] == ".":
        return "…", begin, stop
    return (" " if any(map(str.isspace, run)) else ""), begin, stop
