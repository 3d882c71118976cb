"""What a text reports (initiative) and what happened (activity); codebook §4 keeps the two apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Self, TypeVar

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kh_kr_corpus import _html
from kh_kr_corpus.models.base import ActivityId, Edtf, EntityId, Model, Plain, ShortSha256, SourceId, Term
from kh_kr_corpus.models.money import Money, StagedAmount
from kh_kr_corpus.models.review import Review, Suggestion
from kh_kr_corpus.models.waiver import Waiver

__all__ = ["Activity", "Evidence", "Initiative", "Participation", "Speaker"]

_M = TypeVar("_M", bound=Model)
Kind = Annotated[str, Term("kinds")]
Sector = Annotated[str, Term("sectors")]
Modality = Annotated[str, Term("modalities")]
Status = Annotated[str, Term("statuses")]
Instrument = Annotated[str, Term("instruments")]


class Participation(Model):
    """Somebody's part in an initiative or activity."""

    entity: EntityId
    role: Annotated[str, Term("roles")]


class Evidence(Model):
    """Whole sentences that make a reader accept the initiative, anchored by offset and fingerprint."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    """Half-open, in code points of the article's text."""
    sha256: ShortSha256 | None = None
    """First 16 hexadecimal digits of the SHA-256 of the covered text; None only for an external text's span of
    fewer than eight words, which could be guessed from its hash."""


class Speaker(Model):
    """Whose word it is."""

    entity: EntityId | None = None
    office: Plain | None = None
    """As the text gives it."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.entity is None and self.office is None:
            raise PydanticCustomError("speaker", "a speaker has an entity or an office", {})
        return self


class Initiative(Model):
    """One text's report of a specific cooperative activity, with evidence."""

    id: Annotated[str, StringConstraints(pattern=r"^i[1-9][0-9]*$")]
    title: Plain
    kind: Kind
    """Its main purpose."""
    themes: Annotated[tuple[Kind, ...], Field(min_length=1)]
    """Every subject, the kind's own row included."""
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    modalities: tuple[Modality, ...] = ()
    status: Status
    as_of: Edtf | None = None
    """When the status held; the text's date unless the text says otherwise."""
    instrument: Instrument | None = None
    assertion: Annotated[str, Term("assertions")]
    speaker: Speaker | None = None
    actors: tuple[Participation, ...] = ()
    amount: Money | None = None
    period: Edtf | None = None
    """Of the thing itself, never the article's date."""
    place: tuple[EntityId, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    activity: ActivityId | None = None
    """The activity that it reports, None while that is not settled."""
    suggestion: Suggestion | None = None
    review: Review = Review()

    @property
    def score(self) -> float | None:
        """The machine's confidence from 0 to 1, None where a person wrote it."""
        return self.suggestion.score if self.suggestion else None

    @model_validator(mode="after")
    def _kind_is_a_theme(self) -> Self:
        return _require_kind_among_themes(self, self.kind, self.themes)


class Activity(Model):
    """One thing in the world, reported by any number of texts; all sums and counts run over these."""

    id: ActivityId
    title: Plain
    kind: Kind
    themes: Annotated[tuple[Kind, ...], Field(min_length=1)]
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    modalities: tuple[Modality, ...] = ()
    status: Status
    as_of: Edtf
    instrument: Instrument | None = None
    period: Edtf | None = None
    place: tuple[EntityId, ...] = ()
    participants: Annotated[tuple[Participation, ...], Field(min_length=1)]
    amounts: tuple[StagedAmount, ...] = ()
    part_of: ActivityId | None = None
    """The programme, ceiling or agreement that it belongs to."""
    counts_in_totals: bool
    """False for ceilings whose parts are listed, for pledges once committed, for anything cancelled."""
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    disagreements: tuple[Plain, ...] = ()
    """What the sources disagree on."""
    note: Plain | None = None
    waivers: tuple[Waiver, ...] = ()
    """Rules of the linter that don't hold here."""
    review: Review = Review()

    def _repr_html_(self) -> str:
        """A card in a notebook: what it is, who takes part, its money by stage, who says so and where they differ."""
        return self.card({})

    def card(self, names: Mapping[str, str], *more: tuple[Sequence[str], Sequence[Sequence[object]]]) -> str:
        """The card as HTML, all escaped, with names for the ids in ``names`` and ``more`` tables at its end."""
        facts = [
            ("id", self.id), ("kind", self.kind), ("themes", ", ".join(self.themes)),
            ("sectors", ", ".join(self.sectors)), ("how", ", ".join(self.modalities)),
            ("status", f"{self.status} as of {self.as_of}"),
            ("signed", self.instrument), ("period", self.period or "not known"),
            ("place", ", ".join(names.get(place, place) for place in self.place)), ("part of", self.part_of),
            ("in totals", None if self.counts_in_totals else "no: adding it up would count money twice"),
            ("note", self.note), ("review", self.review.state),
        ]  # fmt: skip
        parts = [(part.role, names.get(part.entity, part.entity)) for part in self.participants]
        money = [
            (a.stage, a.qualifier, a.amount, a.amount_max, a.currency, a.date, ", ".join(a.sources))
            for a in self.amounts
        ]
        tables = (
            (("role", "who"), parts),
            (("stage", "", "amount", "up to", "currency", "date", "sources"), money),
            (("sources disagree",), [(text,) for text in self.disagreements]),
            (("source",), [(names.get(source, source),) for source in self.sources]),
        )
        return _html.card(self.title, "", facts, (*tables, *more))

    @model_validator(mode="after")
    def _kind_is_a_theme(self) -> Self:
        return _require_kind_among_themes(self, self.kind, self.themes)


def _require_kind_among_themes(record: _M, kind: str, themes: tuple[str, ...]) -> _M:
    if kind not in themes:
        raise PydanticCustomError("kind_not_theme", "kind {kind} is missing among the themes", {"kind": kind})
    return record
