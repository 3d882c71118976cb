"""Table ``offices``: one row an office that a person held: who was what, when, for whom, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Entity, Office
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import Column, TableSpec, edtf

__all__ = ["OFFICES", "Held"]


class Held(NamedTuple):
    """An office with the person who held it."""

    person: Entity
    item: Office
    successors: tuple[str, ...]


def _records(contents: Contents) -> Iterator[Held]:
    kb = KnowledgeBase(contents.entities.values())
    for entity in contents.entities.values():
        for office in entity.offices:
            yield Held(entity, office, kb.successors(entity.id, office))


def _years(office: Office) -> list[int]:
    """Years of the term, where both ends are known, and of the sightings."""
    found = set()
    for value in (office.term, *office.attested):
        first, last = bounds(value) if value else (None, None)
        known = (first or last), (last or first)
        if known[0] and known[1]:
            found |= set(range(known[0].year, known[1].year + 1))
    return sorted(found)


OFFICES: TableSpec[Held, Office] = TableSpec(
    name="offices",
    noun="office",
    meaning=(
        "Who held which office when, one row a person and office. `attested` are days on which a source saw the "
        "person in office; `term` is the whole time, and null unless a source states it."
    ),
    columns=(
        Column("person", "string", "The holder's id.", lambda h: h.person.id, match="entity"),
        Column("name", "string", "The holder's preferred English name.", lambda h: h.person.name, match="text"),
        Column("title", "string", "The office.", lambda h: h.item.title, match="text"),
        Column("organisation", "string", "The body it is an office of.", lambda h: h.item.organisation, match="entity"),
        Column("country", "string", "Whom it represents.", lambda h: h.item.country, unit="ISO 3166-1 alpha-2"),
        Column(
            "accredited_to",
            "string",
            "To whom an ambassador or envoy is sent.",
            lambda h: list(h.item.accredited_to),
            singular="accreditation",
            match="entity",
        ),
        Column(
            "attested",
            "string",
            "When sources saw the holder in office.",
            lambda h: list(h.item.attested),
            unit="EDTF",
            singular="day",
        ),
        *edtf("term", "The whole time in office, where a source states it.", lambda h: h.item.term, shown=True),
        Column(
            "years",
            "integer",
            "The years in which the holder is known in it: those of the term, and of every sighting.",
            lambda h: _years(h.item),
            unit="year",
            singular="year",
        ),
        Column(
            "since", "string", "When the holder is first known in it; sorts by time.", lambda h: h.item.since or None
        ),
        Column("predecessor", "string", "Who held it before.", lambda h: h.item.predecessor, match="entity"),
        Column(
            "successors",
            "string",
            "Who held it next, by the successors' own rows.",
            lambda h: list(h.successors),
            singular="successor",
            match="entity",
        ),
        Column(
            "sources", "string", "Who says so.", lambda h: list(h.item.sources), singular="source", refers="sources"
        ),
    ),
    records=_records,
    model=lambda record: record.item,
    brief=("name", "title", "country", "term", "attested", "predecessor"),
    key="",
)
"""Who held which office when."""
