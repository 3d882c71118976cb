"""Entries of the knowledge base and of the bibliography: who is who, and who says so."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kh_kr_corpus.models.base import Edtf, EntityId, Model, Plain, SourceId, Term

__all__ = ["Entity", "Identifier", "Name", "Office", "Source", "script_of"]

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
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
    sources: tuple[SourceId, ...] = ()

    @property
    def script(self) -> str:
        """ISO 15924 code of its script."""
        return script_of(self.text)


class Office(Model):
    """An office that somebody held. A sighting is not a term."""

    title: Plain
    organisation: EntityId | None = None
    country: Country | None = None
    attested: tuple[Edtf, ...] = ()
    """Dates at which a source saw the person in office."""
    term: Edtf | None = None
    """The term itself, only where a source states it."""
    sources: tuple[SourceId, ...] = ()


class Identifier(Model):
    """An identifier in somebody else's list, only with a source."""

    scheme: Annotated[str, Term("schemes")]
    value: Plain
    source: Plain
    """Where the identifier was confirmed."""
    checked: Edtf | None = None


class Entity(Model):
    """One person, body, place or thing that texts name."""

    id: EntityId
    """``type/slug``, for ever."""
    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Exactly one English name has kind ``preferred``."""
    country: Country | None = None
    """ISO 3166-1 alpha-2: nationality, seat or location."""
    demonyms: tuple[Plain, ...] = ()
    """Words for its people and things, for a country, region or group: ``Cambodian``."""
    titles: tuple[Plain, ...] = ()
    """Honorifics seen in front of the name."""
    parent: EntityId | None = None
    """What it is part of or lies in."""
    offices: tuple[Office, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    distinct_from: tuple[EntityId, ...] = ()
    """Namesakes and look-alikes that are somebody else."""
    sources: tuple[SourceId, ...] = ()
    note: Plain | None = None

    @property
    def type(self) -> str:
        """The part of the id before the slash, a term of vocabulary ``entity_types``."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The preferred English name."""
        return next(name.text for name in self.names if name.kind == "preferred")

    @model_validator(mode="after")
    def _one_preferred(self) -> Self:
        preferred = [name for name in self.names if name.kind == "preferred"]
        if len(preferred) != 1 or preferred[0].lang != "en":
            raise PydanticCustomError("preferred_name", "exactly one English name must have kind preferred", {})
        return self


class Source(Model):
    """One entry of the bibliography; everything else cites its id."""

    id: SourceId
    publisher: Plain
    title: Plain | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    date: Edtf | None = None
    """Of publication, as printed."""
    language: Annotated[str, Term("languages")]
    type: Annotated[str, Term("source_types")]
    read: Edtf | None = None
    """When it was read for this corpus; None where an earlier list of facts is relied on."""
    note: Plain | None = None
