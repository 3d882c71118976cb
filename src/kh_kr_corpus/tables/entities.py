"""Table ``entities``: one row a person, body, place or thing that texts name."""

from __future__ import annotations

from kh_kr_corpus.models import Entity
from kh_kr_corpus.tables.column import Column, TableSpec, edtf

__all__ = ["ENTITIES"]


def _name_in(entity: Entity, lang: str) -> str | None:
    return next((name.text for name in entity.names if name.lang == lang), None)


def _identifier(entity: Entity, scheme: str) -> str | None:
    return next((i.value for i in entity.identifiers if i.scheme == scheme), None)


ENTITIES: TableSpec[Entity, Entity] = TableSpec(
    name="entities",
    noun="entity",
    meaning="Who is who, one row an entry of the knowledge base.",
    columns=(
        Column("id", "string", "Type and slug, for ever.", lambda e: e.id),
        Column("type", "string", "What it is.", lambda e: e.type, vocabulary="entity_types"),
        Column(
            "name",
            "string",
            "Preferred English name; a filter looks into every name.",
            lambda e: e.name,
            match="text",
            looks_in="aliases",
        ),
        Column("name_ko", "string", "First Korean name.", lambda e: _name_in(e, "ko"), match="text"),
        Column("name_km", "string", "First Khmer name.", lambda e: _name_in(e, "km"), match="text"),
        Column(
            "aliases",
            "string",
            "Every name in every script; a filter finds the entity whatever the spelling of the name.",
            lambda e: [n.text for n in e.names],
            singular="alias",
            match="alias",
        ),
        Column("country", "string", "Nationality, seat or location.", lambda e: e.country, unit="ISO 3166-1 alpha-2"),
        *edtf("date", "When an event took place or an agreement was signed.", lambda e: e.date, shown=True),
        Column("family", "string", "Family name of a person, whatever the order of names.", lambda e: e.family),
        Column(
            "titles",
            "string",
            "Honorifics seen in front of the name.",
            lambda e: list(e.titles),
            singular="title",
        ),
        Column("parent", "string", "What it is part of or lies in.", lambda e: e.parent, match="entity"),
        Column(
            "predecessors",
            "string",
            "What it was formed from.",
            lambda e: list(e.predecessors),
            singular="predecessor",
            match="entity",
        ),
        Column(
            "distinct_from",
            "string",
            "Namesakes and look-alikes declared in its entry.",
            lambda e: [other.entity for other in e.distinct_from],
            singular="namesake",
            match="entity",
        ),
        Column("wikidata", "string", "Wikidata id, where confirmed.", lambda e: _identifier(e, "wikidata")),
        Column("sources", "string", "Who says so.", lambda e: list(e.sources), singular="source", refers="sources"),
    ),
    records=lambda contents: contents.entities.values(),
    model=lambda record: record,
    brief=("id", "name", "name_ko", "name_km", "country"),
)
