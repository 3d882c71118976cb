"""Which of the places where a sentence stands in a copy is the one that the annotator read, or none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from kh_kr_corpus._folding import Folded
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.anchor.units import Unit, found_short

__all__ = ["place"]

_NEAR = 16
"""Characters by which two sentences may have drifted apart and still stand as they stood: no sentence of eight words
fits in."""
_ALIKE = 0.5
"""The share of words in common from which a sentence may be an edited form of another."""
Places = dict[int, int]
"""The number of a sentence, and where it stands in the folded copy."""


def place(units: Sequence[Unit], found: Mapping[int, Sequence[int]], copy: Folded, whole: str) -> Places:
    """Where each sentence stands beyond doubt; the others are left out.

    A sentence counts when it stands once, in the order of the text, and either at its distance from a neighbour or
    with nothing between it and its neighbours that could be an edited form of it. One that stands several times
    counts where only one place lies between its neighbours, and short ones only there. ``whole`` is the copy itself.
    """
    longs = [n for n, unit in enumerate(units) if unit.long]
    times = Counter(units[n].sha256 for n in longs)
    sure = [n for n in longs if times[units[n].sha256] == 1 and len(found.get(n, ())) == 1]
    kept = _in_order([found[n][0] for n in sure])
    chain = {n: found[n][0] for n, keep in zip(sure, kept, strict=True) if keep}
    placed = {
        n: at
        for n, at in chain.items()
        if len(longs) == 1 or _stands(n, at, units, chain) or not _edited(n, at, units, chain, copy, whole)
    }
    for n in longs:
        if n not in chain and n in found and n not in sure:
            _resolve(n, found[n], units, placed)
    for n in range(len(units)):
        if not units[n].long:
            _place_short(n, units, placed, copy)
    return placed


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


def _region(n: int, units: Sequence[Unit], placed: Mapping[int, int], length: int) -> tuple[int, int]:
    """The part of the copy between a sentence's placed neighbours."""
    before, after = _around(n, placed)
    begin = 0 if before is None else placed[before] + units[before].length
    return begin, length if after is None else placed[after]


def _edited(n: int, at: int, units: Sequence[Unit], placed: Mapping[int, int], copy: Folded, whole: str) -> bool:
    """Whether another sentence between the neighbours looks like this one, so that this may be a quotation of it."""
    begin, end = _region(n, units, placed, len(copy.text))
    own = copy.text[at : at + units[n].length].split()
    for left, right in ((begin, at), (at + units[n].length, end)):
        start, stop = copy.bounds(left, right) if left < right else (0, 0)
        part = whole[start:stop]
        if any(_alike(own, part[a:b].split()) for a, b in sentences(part)):
            return True
    return False


def _alike(own: Sequence[str], other: Sequence[str]) -> bool:
    matcher = SequenceMatcher(None, own, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


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


def _place_short(n: int, units: Sequence[Unit], placed: Places, copy: Folded) -> None:
    """Place a short sentence, known by its hash together with a longer one beside it."""
    keys = []
    for step in (-1, 1):
        m = n + step
        while 0 <= m < len(units) and not units[m].long:
            m += step
        if 0 <= m < len(units) and m in placed:
            keys.append(copy.text[placed[m] : placed[m] + units[m].length])
    found = found_short(units[n], copy.text, _region(n, units, placed, len(copy.text)), keys) if keys else []
    if len(found) == 1 and _stands(n, found[0], units, placed):
        placed[n] = found[0]
