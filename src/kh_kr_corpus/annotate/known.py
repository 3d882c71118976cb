"""What is known before a capitalised sequence is named: head nouns, acronyms, the gazetteer, the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.chunks import Chunk
from kh_kr_corpus.annotate.spans import SpanIndex
from kh_kr_corpus.annotate.words import singular

__all__ = ["Known", "head_label", "is_acronym", "veto"]

_HEADS = ("AGREEMENT", "EVENT", "PROGRAM", "FAC", "GPE", "LOC", "ORG")
_ACRONYM = re.compile(
    r"(?:[A-Z]{2,8}s?|[A-Z][a-z]?[A-Z][A-Za-z]*[A-Z]|(?:[A-Z]\.){2,}|[A-Z]+(?:-[A-Z]+)+|[A-Z]{1,5}\d{1,2})\Z"
)


class Known:
    """What other components said: labels by span from the gazetteer, and the model's spans."""

    def __init__(self, listed: Mapping[tuple[int, int], str], model: Iterable[Candidate]) -> None:
        self.listed = listed
        self._model = {(c.start, c.end): c.label for c in model}
        self._listed_index, self._model_index = SpanIndex(listed), SpanIndex(self._model)

    def opinion(self, start: int, end: int) -> tuple[str, float]:
        """The model's label for a span, and the share of the two that overlaps (1 for the same bounds)."""
        found, share = "", 0.0
        for a, b in self._model_index.touching(start, end):
            part = (min(end, b) - max(start, a)) / (max(end, b) - min(start, a))
            if part > share:
                found, share = self._model[a, b], part
        return found, share

    def tiles(self, chunk: Chunk) -> bool:
        """Whether two or more listed names fill the chunk: "Cambodia-Korea" is two names."""
        own = (chunk.start, chunk.end)
        touching = self._listed_index.touching(*own)
        inside = [(a, b) for a, b in touching if chunk.start <= a and b <= chunk.end and (a, b) != own]
        filled = {point for a, b in inside for point in range(a, b)}
        letters = {p for w in chunk.inner for p in range(w.start, w.end) if w.text[p - w.start].isalnum()}
        return len(inside) > 1 and letters <= filled

    def pair(self, chunk: Chunk) -> list[Candidate]:
        """The listed names in a chunk that they fill."""
        inside = [(a, b) for a, b in self._listed_index.touching(chunk.start, chunk.end) if a >= chunk.start]
        return [Candidate(a, b, self.listed[a, b], 0.9, "rule:pair") for a, b in inside if b <= chunk.end]

    def inside(self, start: int, end: int) -> bool:
        """Whether the gazetteer has something in the span."""
        return any(start <= a and b <= end for a, b in self._listed_index.touching(start, end))


@lru_cache(65536)
def head_label(word: str) -> str:
    """The label that a head noun gives a name, empty for any other word."""
    for form in (word.rstrip("."), singular(word)):
        for label in _HEADS:
            if form in lexicon.words("heads", label):
                return label
    return ""


def is_acronym(word: str) -> bool:
    """Whether a word is an acronym: ``KOICA``, ``MoWRAM``, ``U.N.``; not ``I``, ``USD`` or a Roman number."""
    return bool(_ACRONYM.match(word)) and word not in lexicon.words("words", "bare")


def veto(start: int, end: int) -> Candidate:
    """Says that the model's opinion on a span is not to be believed."""
    return Candidate(start, end, "", 0.0, "rule:no-name")
