"""Table ``activities``: one row a thing that happened, however many texts report it."""

from __future__ import annotations

from kh_kr_corpus.models import Activity
from kh_kr_corpus.tables.column import DECIDED, Column, TableSpec, edtf, first_part, year_between

__all__ = ["ACTIVITIES"]

ACTIVITIES: TableSpec[Activity, Activity] = TableSpec(
    name="activities",
    noun="activity",
    meaning="What happened, one row an activity; sums and counts of what happened run over these.",
    columns=(
        Column("id", "string", "The activity's permanent id.", lambda a: a.id),
        Column("title", "string", "In our own words.", lambda a: a.title, match="text"),
        Column("kind", "string", "Its main purpose.", lambda a: a.kind, vocabulary="kinds"),
        Column(
            "themes",
            "string",
            "Every subject, the kind's own included.",
            lambda a: list(a.themes),
            singular="theme",
            vocabulary="kinds",
        ),
        Column(
            "sectors",
            "string",
            "The fields it serves.",
            lambda a: list(a.sectors),
            singular="sector",
            vocabulary="sectors",
        ),
        Column(
            "modalities",
            "string",
            "How it is delivered.",
            lambda a: list(a.modalities),
            singular="modality",
            vocabulary="modalities",
        ),
        Column("status", "string", "How far it has come.", lambda a: a.status, vocabulary="statuses"),
        *edtf("as_of", "When the status held.", lambda a: a.as_of),
        Column("instrument", "string", "What was signed.", lambda a: a.instrument, vocabulary="instruments"),
        *edtf("period", "When it takes place.", lambda a: a.period),
        *edtf("date", "Where the period begins.", lambda a: first_part(a.period), shown=True),
        year_between(lambda a: first_part(a.period), "The year in which the period begins."),
        Column(
            "actors",
            "string",
            "Entities that take part; their roles are in participations.",
            lambda a: list(dict.fromkeys(p.entity for p in a.participants)),
            singular="actor",
            match="entity",
        ),
        Column("places", "string", "Where.", lambda a: list(a.place), singular="place", match="entity"),
        Column("part_of", "string", "The programme or ceiling above it.", lambda a: a.part_of, refers="activities"),
        Column(
            "counts_in_totals",
            "boolean",
            "False for ceilings whose parts are listed, pledges once committed, anything cancelled.",
            lambda a: a.counts_in_totals,
        ),
        Column("sources", "string", "Who says so.", lambda a: list(a.sources), singular="source", refers="sources"),
        Column("disagreements", "integer", "On how many points its sources differ.", lambda a: len(a.disagreements)),
        Column("review", "string", "What has become of it.", lambda a: a.review.state, vocabulary="review_states"),
    ),
    records=lambda contents: contents.activities.values(),
    model=lambda record: record,
    brief=("id", "date", "kind", "status", "title", "actors"),
    defaults=DECIDED,
)
