"""Controlled vocabularies: reviewed YAML beside this file, one list a file.

Definitions are the codebook's; a term's id is for ever (deprecate, never rename). Nothing is read at import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from kh_kr_corpus import _yaml
from kh_kr_corpus.errors import UnknownNameError, near
from kh_kr_corpus.vocab.outside import (
    Code,
    CodeList,
    Crosswalk,
    Link,
    codelist,
    codelists,
    crosswalk,
    crosswalks,
)

__all__ = [
    "CODEBOOK",
    "Code",
    "CodeList",
    "Crosswalk",
    "Link",
    "Term",
    "Vocabulary",
    "codelist",
    "codelists",
    "crosswalk",
    "crosswalks",
    "load",
    "names",
]

CODEBOOK = "1.3"
"""The version of the codebook whose definitions these are."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary: permanent id, labels in English, Korean and Khmer, definition."""

    id: str
    label: Mapping[str, str]
    definition: str
    entity_types: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class Vocabulary(Mapping[str, Term]):
    """A closed list of terms by id, in the codebook's order.

    >>> kinds = load("kinds")
    >>> kinds["anti-corruption"].label["ko"]
    '반부패'
    """

    name: str
    title: str
    description: str
    terms: Mapping[str, Term] = field(repr=False)

    def __getitem__(self, term_id: str) -> Term:
        try:
            return self.terms[term_id]
        except KeyError:
            raise UnknownNameError(f"term in vocabulary {self.name!r}", term_id, near(term_id, self.terms)) from None

    def __contains__(self, term_id: object) -> bool:
        return term_id in self.terms

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)


def _to_term(raw: Mapping[str, Any]) -> Term:
    return Term(raw["id"], raw["label"], raw["definition"], tuple(raw.get("entity_types", ())))


@cache
def load(name: str) -> Vocabulary:
    """The vocabulary of that name, e.g. ``kinds`` or ``sectors``; raises :class:`UnknownNameError`."""
    if name not in names():
        raise UnknownNameError("vocabulary", name, near(name, names()) or names())
    text = resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    raw = _yaml.loads(text, f"vocab/{name}.yaml").data
    terms = {term["id"]: _to_term(term) for term in raw["terms"]}
    return Vocabulary(raw["name"], raw["title"], raw["description"], terms)


@cache
def names() -> tuple[str, ...]:
    """The names of all vocabularies, in alphabetical order."""
    files = (entry.name for entry in resources.files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in files if name.endswith(".yaml")))
