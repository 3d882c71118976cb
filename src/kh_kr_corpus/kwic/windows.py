"""How much stands around a hit: words, characters or the sentence, never half a letter."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from kh_kr_corpus.kwic.texts import Text
from kh_kr_corpus.tables.sentences import sentence_of

__all__ = ["WORD", "Unit", "around"]

Unit = Literal["token", "char", "sentence"]
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST = 40
"""Characters that a word is given room for; what is longer is no word."""
_COENG = "\u17d2"


def around(text: Text, start: int, end: int, unit: Unit, window: int) -> tuple[int, int]:
    """The bounds of a hit's context in its text."""
    if unit == "sentence":
        first, last = sentence_of(start, text.sentences) or (start, end)
        return min(first, start), max(last, end)
    if unit == "char":
        words = text.text
        first, last = max(0, start - window), min(len(words), end + window)
        return _whole(words, first, -1), _whole(words, last, 1)
    if not window:
        return start, end
    room = window * _LONGEST
    left = [match.start() for match in WORD.finditer(text.text, max(0, start - room), start)][-window:]
    right = [match.end() for _, match in zip(range(window), WORD.finditer(text.text, end, end + room), strict=False)]
    return (left[0] if left else start), (right[-1] if right else end)


def _whole(text: str, place: int, step: int) -> int:
    """``place``, moved outwards until it cuts no letter from its marks, nor a Khmer consonant from the one below."""
    while 0 < place < len(text) and (unicodedata.category(text[place])[0] == "M" or text[place - 1] == _COENG):
        place += step
    return place
