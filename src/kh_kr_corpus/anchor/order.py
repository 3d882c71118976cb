"""Which of the places where a sentence stands in a copy is the one that the annotator read, or none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from kh_kr_corpus._folding import Folded, fold
from kh_kr_corpus.anchor.units import Unit, found_short

__all__ = ["place"]

_NEAR = 4
"""Characters by which two sentences may have drifted apart and still stand as they stood."""
_LOOK = 40
"""Characters around a sentence that are looked at."""
_ENDED = re.compile(r"[.!?…។៕。][')\]]*\Z")
_AFTER_END = re.compile(r"[.!?…។៕。][')\]]*[ '(\[-]*\Z")
_WORD = re.compile(r"\w+")
_LINE_START = re.compile(r"\W*(?:\w{1,4}[.)])?\W*")
_ALIKE = 0.6
"""The share of words in common from which a sentence may be an edited form of another."""
Places = dict[int, int]
"""The number of a sentence, and where it stands in the folded copy."""


def place(units: Sequence[Unit], found: Mapping[int, Sequence[int]], copy: Folded, whole: str) -> Places:
    """Where each sentence stands beyond doubt; the others are left out.

    A sentence counts when it stands once as a sentence of its own, in the order of the text, with nothing between it
    and its neighbours that could be an edited form of it. One that the text or the copy has several times, and a short
    one, count where only one place lies between their neighbours, and at its distance from one of them. ``whole`` is
    the copy itself.
    """
    longs = [n for n, unit in enumerate(units) if unit.long]
    own = {n: [at for at in found.get(n, ()) if _is_sentence(at, units[n].length, copy, whole)] for n in longs}
    times = Counter(units[n].sha256 for n in longs)
    sure = [n for n in longs if times[units[n].sha256] == 1 and len(own[n]) == 1]
    kept = _in_order([own[n][0] for n in sure])
    chain = {n: own[n][0] for n, keep in zip(sure, kept, strict=True) if keep}
    placed = {n: at for n, at in chain.items() if not _edited(n, at, units, chain, copy)}
    for n in longs:
        if n not in sure:
            _resolve(n, own[n], units, placed)
    return placed | _short_places(units, placed, copy, whole)


def _is_sentence(at: int, length: int, copy: Folded, whole: str) -> bool:
    """Whether what stands there begins and ends as a sentence does, so that it is no part of a longer one: "Nobody
    says that ..." would make another sentence of it."""
    start, end = copy.bounds(at, at + length)
    begin = whole.rfind("\n", 0, start) + 1
    before = fold(whole[max(begin, start - _LOOK) : start]).text
    if not (_AFTER_END.search(before) or (start - begin <= _LOOK and _LINE_START.fullmatch(before))):
        return False
    rest = whole[end : end + _LOOK].partition("\n")
    follows = fold(rest[0]).text.lstrip(" '")[:1]
    if _ENDED.search(copy.text[at : at + length]):
        return not follows.islower()
    return not follows


def _in_order(starts: Sequence[int]) -> list[bool]:
    """Which of the places belong to every longest run of rising ones: what could as well be left out is."""
    up = _rising(starts)
    down = list(reversed(_rising([-start for start in reversed(starts)])))
    best = max(up, default=0)
    full = [a + b - 1 == best for a, b in zip(up, down, strict=True)]
    level = Counter(a for a, one in zip(up, full, strict=True) if one)
    return [one and level[a] == 1 for a, one in zip(up, full, strict=True)]


def _rising(values: Sequence[int]) -> list[int]:
    """For each value the length of the longest rising run that ends with it."""
    tails: list[int] = []
    lengths = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        lengths.append(at + 1)
    return lengths


def _around(n: int, placed: Mapping[int, int]) -> tuple[int | None, int | None]:
    """The nearest placed sentences before and after."""
    return max((m for m in placed if m < n), default=None), min((m for m in placed if m > n), default=None)


def _stands(n: int, at: int, units: Sequence[Unit], placed: Mapping[int, int]) -> bool:
    """Whether a sentence has kept its distance from the one before or the one after."""
    drifts = (at - placed[m] - (units[n].at - units[m].at) for m in _around(n, placed) if m is not None)
    return any(abs(drift) <= _NEAR for drift in drifts)


def _region(n: int, units: Sequence[Unit], placed: Mapping[int, int]) -> tuple[int, int | None]:
    """The part of the copy between a sentence's placed neighbours; without end where none is behind it."""
    before, after = _around(n, placed)
    begin = 0 if before is None else placed[before] + units[before].length
    return begin, None if after is None else placed[after]


def _edited(n: int, at: int, units: Sequence[Unit], placed: Mapping[int, int], copy: Folded) -> bool:
    """Whether another sentence between the neighbours looks like this one, so that this may be a quotation of it."""
    begin, end = _region(n, units, placed)
    own = _WORD.findall(copy.text[at : at + units[n].length])
    pieces = copy.text[begin:at], copy.text[at + units[n].length : end]
    return any(_alike(own, _WORD.findall(piece)) for piece in pieces)


def _alike(own: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some stretch of ``words`` that is as long as ``own`` has most of its words, in whatever order."""
    wanted, seen, common = Counter(own), Counter[str](), 0
    for n, word in enumerate(words):
        seen[word] += 1
        common += seen[word] <= wanted[word]
        if n >= len(own):
            gone = words[n - len(own)]
            common -= seen[gone] <= wanted[gone]
            seen[gone] -= 1
        if common >= _ALIKE * len(own):
            return True
    return False


def _resolve(n: int, found: Sequence[int], units: Sequence[Unit], placed: Places) -> None:
    """Place a sentence that the text or the copy has several times, if its neighbours leave one place for one."""
    before, after = _around(n, placed)
    begin = -1 if before is None else placed[before]
    end = None if after is None else placed[after]
    inside = [at for at in found if begin < at and (end is None or at < end)]
    first, last = -1 if before is None else before, len(units) if after is None else after
    rivals = sum(1 for m in range(first + 1, last) if units[m].long and units[m].sha256 == units[n].sha256)
    if len(inside) == 1 and rivals == 1 and _stands(n, inside[0], units, placed):
        placed[n] = inside[0]


def _short_places(units: Sequence[Unit], placed: Places, copy: Folded, whole: str) -> Places:
    """Where the short sentences stand, each known by its hash together with a longer one beside it."""
    found = {n: _known(n, units, placed, copy, whole) for n, unit in enumerate(units) if not unit.long}
    claims = Counter(at for places in found.values() for at in places)
    return {
        n: places[0]
        for n, places in found.items()
        if len(places) == 1 and claims[places[0]] == 1 and _stands(n, places[0], units, placed)
    }


def _known(n: int, units: Sequence[Unit], placed: Places, copy: Folded, whole: str) -> list[int]:
    """Every place between its longer neighbours where a short sentence stands."""
    keys = []
    for step in (-1, 1):
        m = n + step
        while 0 <= m < len(units) and not units[m].long:
            m += step
        if m in placed:
            keys.append(copy.text[placed[m] : placed[m] + units[m].length])
    found = found_short(units[n], copy.text, _region(n, units, placed), keys) if keys else []
    return [at for at in found if _is_sentence(at, units[n].length, copy, whole)]
