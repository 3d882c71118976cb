"""Entries of the knowledge base and of the bibliography: who is who, and who says so."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kh_kr_corpus import _html
from kh_kr_corpus.models.base import Edtf, EntityId, Model, Plain, SourceId, Term
from kh_kr_corpus.models.waiver import Waiver

__all__ = ["Entity", "Identifier", "Name", "Namesake", "Office", "Source", "script_of"]

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
_RANKS = frozenset(
    "ambassador minister president director chair chairman chairwoman chairperson governor mayor secretary speaker "
    "commander commissioner counsellor king head chief representative rector dean".split()
)
_NAME_COLUMNS = ("name", "language", "kind", "in use", "sources")
_OFFICE_COLUMNS = ("office", "for", "term", "seen in office", "predecessor", "sources")
_SCRIPTS = {"HANGUL": "Hang", "KHMER": "Khmr", "CJK": "Hani", "LATIN": "Latn"}


def script_of(text: str) -> str:
    """ISO 15924 code of the script of ``text``'s first letter: Latn, Hang, Khmr, Hani, or Zyyy.

    >>> script_of("한국국제협력단"), script_of("ភ្នំពេញ")
    ('Hang', 'Khmr')
    """
    for char in text:
        if char.isalpha():
            return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0], "Zyyy")
    return "Zyyy"


class Name(Model):
    """One spelling of an entity's name; titles and honorifics are kept apart from it."""

    text: Plain
    lang: Annotated[str, Term("languages")]
    kind: Annotated[str, Term("name_kinds")]
    valid: Edtf | None = None
    """When the name was in use, for renamings."""
    coined: Literal[True] | None = None
    """Our own form, for an entry that every source names in another script or by its acronym only: something must
    be shown, and nobody asserts it."""
    sources: tuple[SourceId, ...] = ()

    @property
    def script(self) -> str:
        """ISO 15924 code of its script."""
        return script_of(self.text)

    def row(self) -> tuple[str | None, ...]:
        """The name as a row of a card: see the columns there."""
        kind = f"{self.kind}, our own form" if self.coined else self.kind
        return (self.text, self.lang, kind, self.valid, ", ".join(self.sources))


class Office(Model):
    """An office that somebody held. A sighting is not a term."""

    title: Plain
    organisation: EntityId | None = None
    country: Country | None = None
    """Whose office it is: the country that its holder represents."""
    accredited_to: tuple[EntityId, ...] = ()
    """The countries or bodies that an ambassador or envoy is sent to."""
    attested: tuple[Edtf, ...] = ()
    """Dates at which a source saw the person in office."""
    term: Edtf | None = None
    """The term itself, only where a source states it."""
    predecessor: EntityId | None = None
    """Who held it immediately before, only where a source shows it; the successor follows from it."""
    sources: tuple[SourceId, ...] = ()

    @property
    def since(self) -> str:
        """When the holder is first known in it, as EDTF; empty where nothing is known. Sorts by time."""
        starts = (one.partition("/")[0] for one in (self.term, *self.attested) if one)
        return min((start for start in starts if start != ".."), default="")

    def row(self) -> tuple[str | None, ...]:
        """The office as a row of a card: see the columns there."""
        sent = f"{self.country} → {', '.join(self.accredited_to)}" if self.accredited_to else self.country
        return (self.title, sent, self.term, ", ".join(self.attested), self.predecessor, ", ".join(self.sources))

    def same_as(self, other: Office) -> bool:
        """Whether two people's records mean one office: one country's, and the same title, or the same body and the
        same rank (an ambassador is not followed by a counsellor of the embassy)."""
        if self.country != other.country:
            return False
        body = bool(self.organisation) and self.organisation == other.organisation
        return self.title == other.title or (body and bool(self._rank() & other._rank()))

    def _rank(self) -> frozenset[str]:
        return _RANKS & set(self.title.casefold().replace(",", " ").replace("-", " ").split())


class Identifier(Model):
    """An identifier in somebody else's list, only with a source."""

    scheme: Annotated[str, Term("schemes")]
    value: Plain
    source: SourceId
    """Where the identifier was confirmed."""
    checked: Edtf
    """When it was."""


class Namesake(Model):
    """Somebody or something else that bears the same name or one that looks alike."""

    entity: EntityId
    by: Annotated[tuple[Annotated[str, Term("deciders")], ...], Field(min_length=1)]
    """What tells in a text which of the two is meant."""


class Entity(Model):
    """One person, body, place or thing that texts name."""

    id: EntityId
    """``type/slug``, for ever."""
    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Exactly one English name has kind ``preferred``."""
    family: Plain | None = None
    """The family name of a person as it stands in the preferred name, whatever the order of names."""
    country: Country | None = None
    """ISO 3166-1 alpha-2: nationality, seat or location."""
    date: Edtf | None = None
    """When an event took place or an agreement was signed."""
    demonyms: tuple[Plain, ...] = ()
    """Words for its people and things, for a country, region or group: ``Cambodian``."""
    titles: tuple[Plain, ...] = ()
    """Honorifics seen in front of the name."""
    parent: EntityId | None = None
    """What it is part of or lies in."""
    predecessors: tuple[EntityId, ...] = ()
    """What it was formed from, by merger or division; a mere renaming is a name with ``valid``."""
    offices: tuple[Office, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    distinct_from: tuple[Namesake, ...] = ()
    """Namesakes and look-alikes that are somebody else; said once for each pair."""
    sources: tuple[SourceId, ...] = ()
    note: Plain | None = None
    waivers: tuple[Waiver, ...] = ()
    """Rules of the linter that don't hold here."""

    @property
    def type(self) -> str:
        """The part of the id before the slash, a term of vocabulary ``entity_types``."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The preferred English name."""
        return next(name.text for name in self.names if name.kind == "preferred")

    @property
    def cited(self) -> frozenset[str]:
        """The ids of all sources that the entry cites, for itself or for a name, office or identifier."""
        parts = (part for parts in (self.names, self.offices) for part in parts)
        inner = (source for part in parts for source in part.sources)
        return frozenset((*self.sources, *inner, *(one.source for one in self.identifiers)))

    def names_in(self, script: str) -> tuple[str, ...]:
        """Its names in one script (ISO 15924: Latn, Hang, Khmr), those that nobody should copy left out."""
        return tuple(name.text for name in self.names if name.script == script and name.kind != "misprint")

    def _repr_html_(self) -> str:
        """A card in a notebook: names by script, offices, identifiers, and who says so; all escaped."""
        native = " · ".join(name for script in ("Hang", "Khmr") for name in self.names_in(script)[:1])
        facts = [
            ("id", self.id), ("country", self.country), ("date", self.date), ("family name", self.family),
            ("part of", self.parent),
            ("titles", ", ".join(self.titles)), ("formed from", ", ".join(self.predecessors)),
            ("not to be taken for", "; ".join(f"{d.entity} (by {', '.join(d.by)})" for d in self.distinct_from)),
            ("identifiers", ", ".join(f"{i.scheme} {i.value}" for i in self.identifiers)),
            ("sources", ", ".join(self.sources)), ("note", self.note),
        ]  # fmt: skip
        names = [name.row() for name in self.names]
        offices = [office.row() for office in sorted(self.offices, key=lambda office: office.since)]
        return _html.card(self.name, native, facts, [(_NAME_COLUMNS, names), (_OFFICE_COLUMNS, offices)])

    @model_validator(mode="after")
    def _one_preferred(self) -> Self:
        preferred = [name for name in self.names if name.kind == "preferred"]
        if len(preferred) != 1 or preferred[0].lang != "en":
            raise PydanticCustomError("preferred_name", "exactly one English name must have kind preferred", {})
        if self.family and f" {self.family} " not in f" {self.name} ":
            raise PydanticCustomError("family_name", "the family name must stand in the preferred name", {})
        return self


def _checked_url(url: str) -> str:
    try:
        urlsplit(url).port  # noqa: B018 - splitting and reading the port is the check
    except ValueError as error:
        raise PydanticCustomError("url", "{url} is no address: {why}", {"url": repr(url), "why": str(error)}) from None
    return url


class Source(Model):
    """One entry of the bibliography; everything else cites its id."""

    id: SourceId
    publisher: Plain
    title: Plain | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$"), AfterValidator(_checked_url)] | None = None
    date: Edtf | None = None
    """Of publication, as printed."""
    language: Annotated[str, Term("languages")]
    type: Annotated[str, Term("source_types")]
    repost_of: SourceId | None = None
    """The source that it copies or retells; the two count as one."""
    read: Edtf | None = None
    """When it was read for this corpus; None where an earlier list of facts is relied on."""
    note: Plain | None = None
    waivers: tuple[Waiver, ...] = ()
    """Rules of the linter that don't hold here."""
