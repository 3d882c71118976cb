"""Sentence bounds by rule: the unit of evidence and of fingerprints, the same on every machine.

A rule-based splitter, not the statistical one of the pipeline: fingerprints of external texts are stored
in the corpus, so the bounds must not move when a model changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["sentences"]

# A full stop after one of these does not end a sentence. ("Sen." is not here: Hun Sen ends many.)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof h.e st gen lt col maj sgt gov rep hon rev jr sr co corp inc ltd plc vs e.g i.e "
    "u.s u.k u.n r.o.k jan feb mar apr jun jul aug sep sept oct nov dec approx est dept".split()
)
# After these only when a number follows: "National Road No. 5", but "They said no."
_BEFORE_NUMBER = frozenset("no nos art fig vol pp".split())
_END = re.compile(r"(?<![.!?…។៕。])[.!?…។៕。]++[\"'”’»)\]]*+(?=\s|\Z)|\n+")
# The mark in front of a list item is no part of its sentence.
_BULLET = re.compile(r"(?:[-–—•*·▪○]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")
_CLOSERS = "\"'”’»)]"


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation or an initial."""
    word = re.search(r"[\w.]*\w$", text[max(0, stop - 12) : stop])
    if word is None:
        return False
    token = word.group().casefold()
    line = ("\n" if stop <= 6 else "") + text[max(0, stop - 6) : stop]
    if re.search(r"\n[ \t]*\d{1,3}$", line):  # the number of a list item
        return True
    if token in _BEFORE_NUMBER:
        return text[stop + 1 : stop + 3].lstrip()[:1].isdigit()
    is_initial = len(token) == 1 and text[stop - 1].isupper()
    return token in _ABBREVIATIONS or is_initial


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The half-open code-point bounds of each sentence, without white space around it.

    A line break always ends a sentence: headings and list items are sentences of their own, and a run-in
    heading ("Training: ...") stays with the sentence that follows it (codebook §4, evidence).

    >>> text = "H.E. Hun Many met Dr. Kim. They spoke."
    >>> [text[a:b] for a, b in sentences(text)]
    ['H.E. Hun Many met Dr. Kim.', 'They spoke.']
    """
    start = 0
    for match in _END.finditer(text):
        mark = match.group()
        stop = match.end()
        if not mark.startswith("\n"):
            follows = text[stop : stop + 9].lstrip(" \t")[:1]
            bare = mark.rstrip(_CLOSERS)
            goes_on = bare[-1] in ".!?…" and follows.islower()
            if goes_on or (bare == "." and _is_abbreviation(text, match.start())):
                continue
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begins_line = start == 0 or text[start - 1] == "\n"  # a line break ends a sentence, so none lies between
    while start < end and text[start].isspace():
        start += 1
    if begins_line and (bullet := _BULLET.match(text, start, end)):
        start = bullet.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
