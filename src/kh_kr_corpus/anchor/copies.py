"""Which of a user's files is a copy of which external text. Nothing is ever guessed, and no text is quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kh_kr_corpus._folding import Folded, fold
from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus.anchor.move import Moved, move, on_same_text
from kh_kr_corpus.anchor.order import place
from kh_kr_corpus.anchor.units import Sought, Unit
from kh_kr_corpus.models import Article

__all__ = ["ENOUGH", "FEWEST", "Copy", "Recognised", "Shelf", "recognise"]

ENOUGH = 0.5
"""Of an article's longer sentences a file must have more than this share to be taken for a copy. A teaser in front of
a paywall and another report that quotes the same words have fewer."""
FEWEST = 3
"""And this many, or all of two: that somebody quotes a sentence makes no copy."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that may hold a copy: its name, and its text or why there is none; ``note`` says how it was read."""

    file: str
    text: str | None = field(repr=False)
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What became of one file; ``moved`` is the article with its text and spans where it is to be attached."""

    file: str
    article: str | None = None
    moved: Moved | None = None
    reason: str = ""

    @property
    def attaches(self) -> bool:
        """Whether the file's text belongs to the article."""
        return self.moved is not None


@dataclass(frozen=True, slots=True)
class _Match:
    """One file as a copy of one article: how many of its longer sentences have a sure place, of how many."""

    moved: Moved = field(repr=False)
    sure: int
    total: int


def recognise(copies: Iterable[Copy], articles: Iterable[Article]) -> list[Recognised]:
    """For each copy, in order, the external articles that it is a copy of, or why there is none.

    Each article gets the best of its copies: the one with most of its sentences, an exact one before all, the first of
    equals. Articles that have their text already get none.
    """
    return Shelf(articles).recognise(copies)


def _rank(match: _Match) -> tuple[bool, int]:
    return match.moved.same_text, match.sure


def _won(copy: Copy, name: str, match: _Match) -> Recognised:
    moved = match.moved
    if moved.same_text:
        reason = "exact copy"
    elif match.sure == match.total and not moved.orphans:
        reason = "the whole text, set otherwise or within other text"
    else:
        reason = f"{match.sure} of {match.total} sentences"
    return Recognised(copy.file, name, moved, "; ".join(filter(None, (reason, copy.note))))


def _lost(copy: Copy, name: str, other: Copy) -> Recognised:
    return Recognised(copy.file, name, reason=f"the text is attached already, from {other.file}")


@dataclass(frozen=True, slots=True)
class _Read:
    """One file: what it is a copy of, or why of nothing."""

    copy: Copy
    matches: Mapping[str, _Match] = field(default_factory=dict)
    near: str | None = None
    reason: str = ""


class Shelf:
    """The articles that wait for their text, ready for any number of copies."""

    def __init__(self, articles: Iterable[Article]) -> None:
        known = [(one, one.fingerprints) for one in articles if one.rights.text == "external" and one.fingerprints]
        self._taken = {prints.text: one.id for one, prints in known if one.attached}
        self._awaited = {one.id: one for one, _ in known if not one.attached}
        awaited = {one.id: prints for one, prints in known if not one.attached}
        self._whole: dict[str, list[str]] = defaultdict(list)
        for name, prints in awaited.items():
            self._whole[prints.text].append(name)
        self._sought = Sought(awaited)

    def recognise(self, copies: Iterable[Copy]) -> list[Recognised]:
        """See :func:`recognise`."""
        read = [self._read(copy) for copy in copies]
        best: dict[str, int] = {}
        for n, one in enumerate(read):
            for name, match in one.matches.items():
                if name not in best or _rank(match) > _rank(read[best[name]].matches[name]):
                    best[name] = n
        told = []
        for n, one in enumerate(read):
            told += [
                _won(one.copy, name, match) if best[name] == n else _lost(one.copy, name, read[best[name]].copy)
                for name, match in one.matches.items()
            ]
            if not one.matches:
                told.append(Recognised(one.copy.file, one.near, reason=one.reason))
        return told

    def _read(self, copy: Copy) -> _Read:
        """What ``copy`` is a copy of."""
        if copy.text is None:
            return _Read(copy, reason=copy.problem)
        text = normalise(copy.text)
        if not text.strip():
            return _Read(copy, reason="empty")
        key = fingerprint(text)
        if key in self._taken:
            return _Read(copy, near=self._taken[key], reason="the text is attached already, from an earlier copy")
        if key in self._whole:
            exact = {name: on_same_text(self._awaited[name], text) for name in self._whole[key]}
            return _Read(copy, {name: _Match(moved, *_all(self._sought.units[name])) for name, moved in exact.items()})
        return self._in_parts(copy, text)

    def _in_parts(self, copy: Copy, text: str) -> _Read:
        folded = fold(text)
        matches: dict[str, _Match] = {}
        few: list[tuple[int, int, str]] = []
        for name, found in self._sought.find(folded).items():
            match = self._match(name, found, folded, text)
            if isinstance(match, _Match):
                matches[name] = match
            else:
                few.append((*match, name))
        if matches or not few:
            return _Read(copy, matches, reason="no sentence of an external article is in it")
        sure, total, name = max(few)
        reason = (
            f"only {sure} of {total} sentences have a sure place in it: part of the text, as in front of a paywall, "
            "an edited one, or another text with the same words"
        )
        return _Read(copy, near=name, reason=reason)

    def _match(self, name: str, found: Mapping[int, list[int]], copy: Folded, text: str) -> _Match | tuple[int, int]:
        units = self._sought.units[name]
        placed = place(units, found, copy, text)
        sure = sum(units[n].long for n in placed)
        _, total = _all(units)
        if sure <= ENOUGH * total or sure < min(FEWEST, max(2, total)):
            return sure, total
        return _Match(move(self._awaited[name], units, placed, copy, text), sure, total)


def _all(units: Sequence[Unit]) -> tuple[int, int]:
    total = sum(unit.long for unit in units)
    return total, total
