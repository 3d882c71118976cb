"""Where a quotation stands in a text, if it does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kh_kr_corpus._offsets import token_bounds
from kh_kr_corpus._sentences import sentences

__all__ = ["Span", "evidence_spans", "places"]

Span = tuple[int, int]
_SHORTEST = 20
"""Code points of a quotation; a shorter one is no sentence and may stand anywhere."""
_MOST_SENTENCES = 8


def places(text: str, quote: str) -> list[Span]:
    """Where ``quote`` stands word for word; how its words are spaced and lines broken does not matter.

    >>> places("KOICA built a\\nschool. KOICA left.", "built a school")
    [(6, 20)]
    """
    words = quote.split()
    if not words:
        return []
    found = re.finditer(r"\s+".join(map(re.escape, words)), text)
    return [match.span() for match in found if token_bounds(text, *match.span())]


def evidence_spans(text: str, quotes: Sequence[str]) -> list[Span] | str:
    """The sentences that hold the quotations, in text order, or why they are no evidence.

    A quotation that stands in several places is the one nearest to the others; with none to go by, nothing tells.
    """
    if not quotes:
        return "no evidence"
    found = [places(text, quote) for quote in quotes]
    if not all(found):
        return "its evidence does not stand in the text"
    if any(len(quote.strip()) < _SHORTEST for quote in quotes):
        return "its evidence is too short to be a sentence"
    certain = [spans[0] for spans in found if len(spans) == 1]
    if not certain:
        return "its evidence stands in several places"
    chosen = [min(spans, key=lambda span: min(_gap(span, sure) for sure in certain)) for spans in found]
    whole = [one for one in sentences(text) if any(one[0] < end and start < one[1] for start, end in chosen)]
    if len(whole) > _MOST_SENTENCES:
        return f"its evidence is over {_MOST_SENTENCES} sentences"
    return _joined(text, whole)


def _gap(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1])


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Sentences that follow each other in one line are one span."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start].strip(" ") == "":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
