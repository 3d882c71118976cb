"""A text and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kh_kr_corpus import _html
from kh_kr_corpus.models.base import ArticleId, Edtf, EntityId, Model, Plain, Sha256, ShortSha256, SourceId, Term
from kh_kr_corpus.models.initiative import Evidence, Initiative
from kh_kr_corpus.models.money import Money
from kh_kr_corpus.models.review import Review, Suggestion
from kh_kr_corpus.models.waiver import Waiver

__all__ = ["Article", "Fingerprints", "FoldedPrint", "Mention", "Rights", "SentencePrint", "ShortPrint"]


class Mention(Model):
    """A named span: ``text`` is exactly ``article.text[start:end]``, in code points."""

    id: Annotated[str, StringConstraints(pattern=r"^m[1-9][0-9]*$")]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    text: Plain
    label: Annotated[str, Term("labels")]
    entity: EntityId | None = None
    """The entry of the knowledge base, None when there is none (NIL) or the label is never linked."""
    value: Edtf | Money | None = None
    """EDTF for a DATE, an amount for MONEY; None where the text does not decide it."""
    suggestion: Suggestion | None = None
    review: Review = Review()

    @property
    def score(self) -> float | None:
        """The machine's confidence from 0 to 1, None where a person wrote it."""
        return self.suggestion.score if self.suggestion else None

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        if self.end - self.start != len(self.text):
            raise PydanticCustomError(
                "span_length",
                "[{start}, {end}) covers {covered} code points but the quoted text has {length}",
                {"start": self.start, "end": self.end, "covered": self.end - self.start, "length": len(self.text)},
            )
        return self


class Rights(Model):
    """Whether the text may travel (``design: rights as data``)."""

    text: Annotated[str, Term("rights")]
    """``included`` (ours), ``external`` (somebody else's, never stored), ``local`` (a user's own copy)."""
    licence: Plain | None = None
    """SPDX id, for included texts."""
    holder: Plain | None = None
    """Who holds the rights, where known."""


class FoldedPrint(Model):
    """What a sentence is recognised by in a copy with other typography (:func:`kh_kr_corpus._folding.fold`)."""

    length: Annotated[int, Field(ge=1)]
    """Code points of the folded sentence."""
    sha256: ShortSha256


class SentencePrint(Model):
    """Bounds and fingerprint of one sentence of at least eight words."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    sha256: Sha256
    folded: FoldedPrint | None = None


class ShortPrint(Model):
    """Bounds and fingerprint of a shorter sentence. A hash of a few words could be undone by guessing, so this one is
    of the words behind a longer sentence beside them: whoever does not have that can't test a guess."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    folded: FoldedPrint


class Fingerprints(Model):
    """What stands for an external text: enough to recognise a copy, too little to rebuild it."""

    text: Sha256
    """Of the whole normalised text."""
    length: Annotated[int, Field(ge=1)]
    """Code points."""
    sentences: tuple[SentencePrint, ...] = ()
    short: tuple[ShortPrint, ...] = ()


class Article(Model):
    """One text with its metadata, rights, mentions and initiatives."""

    id: ArticleId
    title: Plain
    language: Annotated[str, Term("languages")] = "en"
    origin: Annotated[str, Term("origins")]
    genre: Annotated[str, Term("genres")] | None = None
    date: Edtf | None = None
    """Of publication, or of writing for a brief."""
    author: Plain | None = None
    source: SourceId | None = None
    """Where a genuine text was published."""
    sources: tuple[SourceId, ...] = ()
    """What a brief rests on."""
    abstract: Plain | None = None
    """Our own summary."""
    rights: Rights
    codebook: Plain | None = None
    """Version of the codebook that the annotation follows; None while nothing has been decided."""
    note: Plain | None = None
    waivers: tuple[Waiver, ...] = ()
    """Rules of the linter that don't hold here."""
    fingerprints: Fingerprints | None = None
    """Of an external text."""
    text: Annotated[str | None, Field(repr=False)] = None
    """Normalised (codebook §1); None for an external text that is not attached."""
    mentions: tuple[Mention, ...] = ()
    initiatives: tuple[Initiative, ...] = ()

    @property
    def attached(self) -> bool:
        """Whether the text is at hand."""
        return self.text is not None

    def covered(self, span: Mention | Evidence) -> str | None:
        """The text under a mention or evidence span, None where the text is not at hand."""
        return None if self.text is None else self.text[span.start : span.end]

    def _repr_html_(self) -> str:
        """The article in a notebook: its text with coloured mentions, a table of initiatives, and what the mentions
        are linked to; all escaped."""
        linked: dict[str, list[Mention]] = {}
        for mention in sorted(self.mentions, key=lambda mention: mention.start):
            if mention.entity:
                linked.setdefault(mention.entity, []).append(mention)
        number = {entity: n for n, entity in enumerate(linked, 1)}
        marks = [
            _html.Mark(m.start, m.end, m.label, m.entity or "not linked", m.review.state, number.get(m.entity or ""))
            for m in self.mentions
        ]
        links = [
            (number[e], e, _once(m.label for m in ms), _once(m.text for m in ms), len(ms)) for e, ms in linked.items()
        ]
        proofs = [(e.start, e.end) for i in self.initiatives for e in i.evidence]
        facts = [("id", self.id), ("date", self.date), ("origin", self.origin), ("source", self.source)]
        facts += [("author", self.author), ("rights", self.rights.text), ("abstract", self.abstract)]
        rows = [
            (i.id, i.title, i.kind, ", ".join(i.sectors), i.status, i.assertion, i.review.state)
            for i in self.initiatives
        ]
        return _html.article(self.title, facts, self.text, marks, proofs, rows, links)


def _once(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
