"""What a corpus is called, who made it, which versions of it there were, and which ids were withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kh_kr_corpus.models.base import Model, Plain, Term

__all__ = ["Creator", "Release", "Version", "Withdrawn"]

IN_PREPARATION = "-dev"
"""What stands behind the number of a version that is still being worked on."""

RecordId = Annotated[
    str, StringConstraints(pattern=r"^(article|activity|entity|source):[a-z0-9/-]+(#[a-z][a-z0-9]*)?$")
]


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("release_day", "{day} is no day", {"day": repr(value)}) from None
    return value


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)]


class Creator(Model):
    """Who is cited for the corpus: a person or a body."""

    name: Plain
    """A body's name, or a person's family name."""
    given: Plain | None = None
    """A person's given names; None for a body."""
    orcid: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")] | None = None

    @property
    def full(self) -> str:
        """Family name first, as lists of references have it."""
        return f"{self.name}, {self.given}" if self.given else self.name


class Version(Model):
    """One version of the data; without a date it is still being worked on."""

    version: Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$")]
    """Year, month and correction, as in ``2026.11.0``; the library's version is another thing."""
    date: Day | None = None
    """When it was released; from then on its files don't change."""
    library: Annotated[str, StringConstraints(pattern=r"^\d+(\.\w+)*$")] | None = None
    """The first version of the library that carries it."""
    changes: Annotated[tuple[Plain, ...], Field(min_length=1)]
    """What is new for those who use the data, one sentence each."""


class Withdrawn(Model):
    """A released id whose record is gone. It is never given to anything else."""

    id: RecordId
    """``article:``, ``activity:``, ``entity:`` or ``source:`` and the record's id; ``article:ID#m4`` for a part."""
    to: RecordId | None = None
    """The record that took its place."""
    why: Plain


class Release(Model):
    """``release.yaml``: everything that a citation of the corpus says, and its history."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    """Short, for keys and catalogues."""
    title: Plain
    description: Plain
    creators: Annotated[tuple[Creator, ...], Field(min_length=1)]
    publisher: Plain
    licence: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.+-]+$")]
    """SPDX id."""
    licence_url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    languages: Annotated[tuple[Annotated[str, Term("languages")], ...], Field(min_length=1)]
    keywords: tuple[Plain, ...] = ()
    homepage: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]
    """Newest first; only the first may be without a date."""
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def head(self) -> Version:
        """The version that these files are, or will be."""
        return self.versions[0]

    @property
    def version(self) -> str:
        """The version of these files; one that is still being worked on ends in ``-dev``."""
        return self.head.version if self.head.date else self.head.version + IN_PREPARATION

    def withdrawn_to(self, record_id: str) -> str | None:
        """What took the place of a withdrawn id, through all later replacements; None where nothing did."""
        to = {one.id: one.to for one in self.withdrawn}
        at, seen = to.get(record_id), {record_id}
        while at in to and at not in seen:
            seen.add(at)
            at = to[at]
        return None if at in seen else at

    @model_validator(mode="after")
    def _history(self) -> Self:
        numbers = [one.version for one in self.versions]
        if len(set(numbers)) != len(numbers):
            raise PydanticCustomError("release_history", "a version is listed twice", {})
        dates = [one.date for one in self.versions[0 if self.head.date else 1 :]]
        if None in dates or dates != sorted(dates, key=str, reverse=True):
            raise PydanticCustomError("release_history", "versions stand newest first, and all but the first dated", {})
        return self
