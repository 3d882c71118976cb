"""An article's mentions and evidence on a copy of its text: exact, moved and unique, or orphans with candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kh_kr_corpus._folding import Folded, fold
from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus.anchor.order import Places
from kh_kr_corpus.anchor.units import Unit
from kh_kr_corpus.models import Article, Evidence, Initiative, Mention
from kh_kr_corpus.models.prints import evidence_print, prints_of

__all__ = ["Moved", "Orphan", "move", "on_same_text"]

_CANDIDATES = 5
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Orphan:
    """A span that has no sure place. ``candidates`` are spans of the attached text for a person to choose from; the
    text itself is not quoted, but for the surface of a mention, which the corpus has anyway."""

    span: str
    """``m3``, ``i2 evidence 1`` or, where no evidence is left and the initiative goes with it, ``i2``."""
    surface: str
    reason: str
    candidates: tuple[Span, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether it is a span, and not an initiative that lost all of them."""
        return self.span.startswith("m") or " " in self.span


@dataclass(frozen=True, slots=True)
class Moved:
    """An article with a copy of its text, and what became of its spans."""

    article: Article = field(repr=False)
    exact: int
    moved: int
    orphans: tuple[Orphan, ...] = ()
    same_text: bool = False
    """Whether it is the very text that was annotated; fingerprints are of the copy otherwise."""


def on_same_text(article: Article, text: str) -> Moved:
    """The article with the very text that was annotated."""
    count = len(article.mentions) + sum(len(one.evidence) for one in article.initiatives)
    return Moved(article.model_copy(update={"text": text}), count, 0, same_text=True)


def move(article: Article, units: Sequence[Unit], placed: Places, copy: Folded, whole: str) -> Moved:
    """The article on the part of ``whole`` that is its text, with every span that has one sure place in it.

    A mention's ``text`` is what stands in the copy, which may differ from the stored one in typography.
    """
    begin, end = _frame(article, units, placed, copy, whole)
    text = whole[begin:end]
    if article.fingerprints and fingerprint(text) == article.fingerprints.text:
        return on_same_text(article, text)
    mover = _Mover(units, placed, copy, text, begin)
    mentions = [(one, mover.mention(one)) for one in article.mentions]
    initiatives = [(one, [(e, mover.evidence(e)) for e in one.evidence]) for one in article.initiatives]
    kept = [new for _, new in mentions if new is not None]
    reports = [(one, [new for _, new in spans if new is not None]) for one, spans in initiatives]
    changes = {
        "text": text,
        "fingerprints": prints_of(text),
        "mentions": tuple(kept),
        "initiatives": tuple(one.model_copy(update={"evidence": tuple(spans)}) for one, spans in reports if spans),
    }
    pairs: list[tuple[Mention | Evidence, Mention | Evidence | None]] = [*mentions]
    pairs += [pair for _, spans in initiatives for pair in spans]
    exact = sum(1 for old, new in pairs if new is not None and _same(old, new))
    count = sum(1 for _, new in pairs if new is not None)
    orphans = tuple(_orphans(mentions, initiatives, mover))
    return Moved(article.model_copy(update=changes), exact, count - exact, orphans)


def _same(old: Mention | Evidence, new: Mention | Evidence) -> bool:
    surfaces = [getattr(one, "text", "") for one in (old, new)]
    return (old.start, old.end) == (new.start, new.end) and surfaces[0] == surfaces[1]


def _frame(article: Article, units: Sequence[Unit], placed: Places, copy: Folded, whole: str) -> Span:
    """Where the article's text begins and ends in the copy: what frames it on a page is no part of it. An end that
    is not recognised is not cut."""
    begin, end = 0, len(whole)
    length = article.fingerprints.length if article.fingerprints else 0
    if 0 in placed:
        begin = max(0, copy.starts[placed[0]] - units[0].start)
    last = len(units) - 1
    if last in placed:
        end = min(end, copy.ends[placed[last] + units[last].length - 1] + length - units[last].end)
    framed = whole[begin:end]
    begin, end = begin + len(framed) - len(framed.lstrip()), end - len(framed) + len(framed.rstrip())
    return (begin, end) if normalise(whole[begin:end]) == whole[begin:end] else (0, len(whole))


class _Mover:
    """Takes spans from the annotated text to the copy."""

    def __init__(self, units: Sequence[Unit], placed: Places, copy: Folded, text: str, begin: int) -> None:
        self._units, self._placed, self._copy, self._text, self._begin = units, placed, copy, text, begin

    def mention(self, old: Mention) -> Mention | None:
        surface = fold(old.text).text
        found = self._folded(old.start, old.end, surface)
        if found is None or self._copy.text[slice(*found)] != surface:
            return None
        start, end = self._out(found)
        return old.model_copy(update={"start": start, "end": end, "text": self._text[start:end]})

    def evidence(self, old: Evidence) -> Evidence | None:
        found = self._folded(old.start, old.end)
        if found is None:
            return None
        start, end = self._out(found)
        sha256 = evidence_print(self._text, start, end, external=True)
        return old.model_copy(update={"start": start, "end": end, "sha256": sha256})

    def _out(self, folded: Span) -> Span:
        start, end = self._copy.bounds(*folded)
        return start - self._begin, end - self._begin

    def over(self, start: int, end: int) -> list[int]:
        """The numbers of the sentences that a span touches."""
        return [n for n, unit in enumerate(self._units) if unit.start < end and start < unit.end]

    def _folded(self, start: int, end: int, surface: str = "") -> Span | None:
        """Where a span stands in the folded copy; None unless that is certain."""
        over = self.over(start, end)
        if not over or not all(n in self._placed for n in over) or not self._unbroken(over):
            return None
        first, last = self._units[over[0]], self._units[over[-1]]
        if start < first.start or last.end < end:
            return None
        if surface and len(over) == 1:
            return self._within(over[0], start - first.start, surface)
        left, right = _point(first, start - first.start), _point(last, end - last.start)
        if left is None or right is None:
            return None
        return self._placed[over[0]] + left, self._placed[over[-1]] + right

    def _unbroken(self, over: Sequence[int]) -> bool:
        """Whether sentences that followed each other still do, with nothing put in between."""
        for m, n in pairwise(over):
            gap = self._placed[n] - self._placed[m] - self._units[m].length
            if not 0 <= gap <= self._units[n].start - self._units[m].end:
                return False
        return True

    def _within(self, n: int, offset: int, surface: str) -> Span | None:
        """A mention in its folded sentence. Folding took at most the sentence's slack away before it, so the mention
        is in this window; alone there it is certain."""
        unit, base = self._units[n], self._placed[n]
        words = self._copy.text[base : base + unit.length]
        low, high = max(0, offset - unit.slack), offset
        found = [at for at in range(low, high + 1) if words.startswith(surface, at)]
        return (base + found[0], base + found[0] + len(surface)) if len(found) == 1 else None

    def candidates(self, old: Mention | Evidence) -> tuple[Span, ...]:
        """Spans of the attached text that a person may want to look at."""
        low = max((self._end(n) for n in self._placed if self._units[n].end <= old.start), default=0)
        after = (self._copy.starts[at] for n, at in self._placed.items() if self._units[n].start >= old.end)
        high = min((at - self._begin for at in after), default=len(self._text))
        if isinstance(old, Evidence):
            return ((low, high),) if low < high else ()
        places: list[Span] = []
        at = self._text.find(old.text, low, high)
        while at >= 0 and len(places) < _CANDIDATES:
            places.append((at, at + len(old.text)))
            at = self._text.find(old.text, at + 1, high)
        return tuple(places)

    def _end(self, n: int) -> int:
        return self._copy.ends[self._placed[n] + self._units[n].length - 1] - self._begin

    def why(self, old: Mention | Evidence) -> str:
        """Why a span has no sure place."""
        over = self.over(old.start, old.end)
        if not over:
            return "it stands in no sentence that has a fingerprint"
        if not all(n in self._placed for n in over):
            return "its sentence is not in the copy, or not in one sure place"
        return "its sentences no longer follow each other" if len(over) > 1 else "its place in its sentence is not sure"


def _point(unit: Unit, offset: int) -> int | None:
    """Where an offset into a sentence lies in the folded one; None where folding may have moved it."""
    if offset == unit.end - unit.start:
        return unit.length
    return offset if offset == 0 or unit.slack == 0 else None


def _orphans(
    mentions: Sequence[tuple[Mention, Mention | None]],
    initiatives: Sequence[tuple[Initiative, list[tuple[Evidence, Evidence | None]]]],
    mover: _Mover,
) -> Iterator[Orphan]:
    for mention, new in mentions:
        if new is None:
            yield Orphan(mention.id, mention.text, mover.why(mention), mover.candidates(mention))
    for one, spans in initiatives:
        for n, (evidence, moved) in enumerate(spans, 1):
            if moved is None:
                yield Orphan(f"{one.id} evidence {n}", "", mover.why(evidence), mover.candidates(evidence))
        if all(moved is None for _, moved in spans):
            yield Orphan(one.id, "", "none of its evidence has a place")
