"""Candidate names and the one place where they compete for the text.

Every component proposes candidates with a score and a reason; they are kept, as plain tuples that survive
``Doc.to_bytes``, in ``doc.user_data["khkr_candidates"]``. :func:`settle` picks the best set without overlaps
and writes it to ``doc.ents``. Offsets are code points into ``doc.text``, so a name that does not fall on
spaCy's token bounds is kept too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kh_kr_corpus._offsets import token_bounds
from kh_kr_corpus.annotate.spans import Occupied

__all__ = ["DATE_KEY", "KEY", "LATER", "Candidate", "best", "pool", "propose", "settle", "settled", "store", "text_of"]

KEY = "khkr_candidates"
LATER = "khkr_settle_later"
DATE_KEY = "khkr_date"
_TEXT, _CHOSEN = "khkr_text", "khkr_chosen"
_STRONG = 0.6


class Candidate(NamedTuple):
    """One proposed name; ``value`` is EDTF for a DATE, a mapping for MONEY."""

    start: int
    end: int
    label: str
    score: float
    reason: str
    entity: str = ""
    value: str | dict[str, str | float] | None = None

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.label, self.reason))

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


def text_of(doc: Doc) -> str:
    """``doc.text``, built once: spaCy joins all tokens anew each time that it is asked."""
    text: str = doc.user_data.setdefault(_TEXT, "") or doc.text
    doc.user_data[_TEXT] = text
    return text


def pool(doc: Doc) -> list[Candidate]:
    """All candidates proposed so far; the entities that are there on the first call join as ``model``."""
    rows = doc.user_data.get(KEY)
    if rows is None:
        rows = [Candidate(e.start_char, e.end_char, e.label_, 0.5, "model", e.kb_id_) for e in doc.ents]
    return [Candidate(*row) for row in rows]


def store(doc: Doc, candidates: Iterable[Candidate]) -> None:
    """Replace the candidates of ``doc``."""
    doc.user_data[KEY] = [tuple(candidate) for candidate in candidates]
    doc.user_data.pop(_CHOSEN, None)


def propose(doc: Doc, candidates: Iterable[Candidate]) -> None:
    """Add candidates, apart from those that cut a word in two, and let all compete again."""
    text = text_of(doc)
    store(doc, [*pool(doc), *(c for c in candidates if token_bounds(text, c.start, c.end))])
    settle(doc)


def best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The chosen set without overlaps, in text order: amounts and dates first, then well-founded names, the
    longest first ("the longest name that is one name", codebook §2), then the doubtful ones by score."""
    chosen: list[Candidate] = []
    taken = Occupied()
    for candidate in sorted(candidates, key=_rank):
        if candidate.score > 0 and taken.fits(candidate.start, candidate.end):
            taken.add(candidate.start, candidate.end)
            chosen.append(candidate)
    return sorted(chosen)


def _rank(candidate: Candidate) -> tuple[float, float, float, str]:
    if candidate.reason in ("rule:money", "rule:date"):
        tier = 0
    elif candidate.score >= _STRONG:
        tier = 1
    else:
        tier = 2
    length = candidate.end - candidate.start
    if tier == 2:
        return (tier, -candidate.score, -length, candidate.label)
    return (tier, -length, -candidate.score, candidate.label)


def settle(doc: Doc) -> None:
    """Write the best set to ``doc.ents``. Names off the token bounds stay in the pool only.

    Where more of our components follow (:data:`LATER` is set), the last one does it for all.
    """
    if doc.user_data.get(LATER):
        return
    spans: list[Span] = []
    for candidate in settled(doc):
        span = doc.char_span(candidate.start, candidate.end, candidate.label, kb_id=candidate.entity)
        if span is not None:
            spans.append(span)
    doc.set_ents(spans)


def settled(doc: Doc) -> list[Candidate]:
    """The names that hold now, in text order."""
    rows = doc.user_data.get(_CHOSEN)
    if rows is None:
        rows = [tuple(candidate) for candidate in best(pool(doc))]
        doc.user_data[_CHOSEN] = rows
    return [Candidate(*row) for row in rows]
