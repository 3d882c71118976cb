"""A text cut into sentences and tokens that begin and end where its mentions do, for formats that know only tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from kh_kr_corpus._sentences import sentences

__all__ = ["Bounds", "sentences_of", "tokens_of"]

Bounds = tuple[int, int]
_JOINED = re.compile(r"\S+")
_INVISIBLE = "\u200b\u200c\u200d"
"""Zero-width characters stay with the letters around them: alone on a line nobody would see them."""


def sentences_of(text: str, spans: Iterable[Bounds]) -> list[Bounds]:
    """The sentences of ``text``; one goes on as long as a span does, and what lies between two belongs to the first.

    >>> sentences_of("One. Two.", []), sentences_of("One. Two.", [(0, 8)])
    ([(0, 5), (5, 9)], [(0, 9)])
    """
    starts = {0}
    for _, end in sentences(text):
        found = _JOINED.search(text, end)
        starts.add(found.start() if found else len(text))
    inside = sorted(spans)
    crossed = {start for start in starts for a, b in inside if a < start < b}
    bounds = sorted((starts | {len(text)}) - crossed)
    return list(pairwise(bounds))


def tokens_of(text: str, start: int, end: int, cuts: Collection[int]) -> Iterator[Bounds]:
    """The tokens of ``text[start:end]``: words, and every other sign by itself; a token ends at each of ``cuts``.

    >>> text = "Khmer (ខ្មែរ) 한국은"
    >>> [text[a:b] for a, b in tokens_of(text, 0, len(text), [15])]
    ['Khmer', '(', 'ខ្មែរ', ')', '한', '국은']
    """
    begin = start
    for place in range(start + 1, end + 1):
        if place < end and place not in cuts and _is_word(text[place - 1]) and _is_word(text[place]):
            continue
        if not text[begin:place].isspace():
            yield begin, place
        begin = place


def _is_word(character: str) -> bool:
    """Whether a character can be joined to others: letters with their signs, digits, and what nobody sees."""
    return character.isalnum() or character in _INVISIBLE or unicodedata.category(character).startswith("M")
