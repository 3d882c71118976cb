"""The sentences that an external text is recognised by, and where they stand in a copy."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kh_kr_corpus._folding import Folded
from kh_kr_corpus.models import Fingerprints
from kh_kr_corpus.models.prints import folded_hash

__all__ = ["Sought", "Unit", "found_short", "units_of"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of the text that was annotated. ``at`` is where it would stand had only the sentences before it
    been folded: distances between sentences are compared in these."""

    start: int
    end: int
    length: int
    """Folded."""
    sha256: str
    long: bool
    at: int

    @property
    def slack(self) -> int:
        """How many characters folding takes away; never negative."""
        return self.end - self.start - self.length


def units_of(prints: Fingerprints) -> list[Unit]:
    """The sentences with a folded fingerprint, in the order of the text."""
    both = [(one, True) for one in prints.sentences] + [(one, False) for one in prints.short]
    units, lost = [], 0
    for one, long in sorted(both, key=lambda pair: pair[0].start):
        if one.folded is not None:
            unit = Unit(one.start, one.end, one.folded.length, one.folded.sha256, long, one.start - lost)
            units.append(unit)
            lost += unit.slack
    return units


class Sought:
    """All longer sentences of some articles, known by their fingerprints, to be looked for in any number of copies."""

    def __init__(self, articles: Mapping[str, Fingerprints]) -> None:
        self.units = {name: units_of(prints) for name, prints in articles.items()}
        self._by_length: dict[int, dict[str, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
        for name, units in self.units.items():
            for n, unit in enumerate(units):
                if unit.long:
                    self._by_length[unit.length][unit.sha256].append((name, n))

    def find(self, copy: Folded) -> Mapping[str, Mapping[int, list[int]]]:
        """For each article with a sentence in the copy: the number of the sentence, and where it stands, folded."""
        found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        text, (starts, ends) = copy.text, _edges(copy.text)
        for length, wanted in self._by_length.items():
            for start in starts:
                if start + length in ends:
                    words = text[start : start + length]
                    for article, n in wanted.get(hashlib.sha256(words.encode()).hexdigest()[:16], ()):
                        found[article][n].append(start)
        return found


def _edges(text: str, begin: int = 0, stop: int | None = None) -> tuple[list[int], frozenset[int]]:
    """Where a sentence may begin and where it may end: never within a word."""
    stop = len(text) if stop is None else stop
    letter = [False, *map(str.isalnum, text[begin:stop]), False]
    inner = {begin + n for n in range(len(letter) - 1) if letter[n] and letter[n + 1]}
    free = [at for at in range(begin, stop + 1) if at not in inner]
    starts = [at for at in free if at < stop and text[at] != " "]
    return starts, frozenset(at for at in free if at > begin and text[at - 1] != " ")


def found_short(unit: Unit, text: str, region: tuple[int, int | None], keys: Iterable[str]) -> list[int]:
    """Where a short sentence stands within ``region`` of a folded text, given the longer ones beside it."""
    starts, ends = _edges(text, *region)
    places = [at for at in starts if at + unit.length in ends]
    known = list(keys)
    return [at for at in places if any(folded_hash(text[at : at + unit.length], key) == unit.sha256 for key in known)]
