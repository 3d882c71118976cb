"""Table ``activities``: one row a thing that happened, however many texts report it."""

from __future__ import annotations

from typing import NamedTuple

from kh_kr_corpus.models import Activity
from kh_kr_corpus.tables.column import DECIDED, Column, TableSpec, edtf, first_part, year_between
from kh_kr_corpus.tables.health import Health, health_of

__all__ = ["ACTIVITIES"]


class Rated(NamedTuple):
    """An activity and the health of its record."""

    activity: Activity
    health: Health


ACTIVITIES: TableSpec[Rated, Activity] = TableSpec(
    name="activities",
    noun="activity",
    meaning="What happened, one row an activity; sums and counts of what happened run over these.",
    columns=(
        Column("id", "string", "The activity's permanent id.", lambda r: r.activity.id),
        Column("title", "string", "In our own words.", lambda r: r.activity.title, match="text"),
        Column("kind", "string", "Its main purpose.", lambda r: r.activity.kind, vocabulary="kinds"),
        Column(
            "themes",
            "string",
            "Every subject, the kind's own included.",
            lambda r: list(r.activity.themes),
            singular="theme",
            vocabulary="kinds",
        ),
        Column(
            "sectors",
            "string",
            "The fields it serves.",
            lambda r: list(r.activity.sectors),
            singular="sector",
            vocabulary="sectors",
        ),
        Column(
            "modalities",
            "string",
            "How it is delivered.",
            lambda r: list(r.activity.modalities),
            singular="modality",
            vocabulary="modalities",
        ),
        Column("status", "string", "How far it has come.", lambda r: r.activity.status, vocabulary="statuses"),
        *edtf("as_of", "When the status held.", lambda r: r.activity.as_of),
        Column("instrument", "string", "What was signed.", lambda r: r.activity.instrument, vocabulary="instruments"),
        *edtf("period", "When it takes place.", lambda r: r.activity.period),
        *edtf("date", "Where the period begins.", lambda r: first_part(r.activity.period), shown=True),
        year_between(lambda r: first_part(r.activity.period), "The year in which the period begins."),
        Column(
            "actors",
            "string",
            "Entities that take part; their roles are in participations.",
            lambda r: list(dict.fromkeys(p.entity for p in r.activity.participants)),
            singular="actor",
            match="entity",
        ),
        Column("places", "string", "Where.", lambda r: list(r.activity.place), singular="place", match="entity"),
        Column(
            "part_of", "string", "The programme or ceiling above it.", lambda r: r.activity.part_of, refers="activities"
        ),
        Column(
            "counts_in_totals",
            "boolean",
            "False for ceilings whose parts are listed, pledges once committed, anything cancelled.",
            lambda r: r.activity.counts_in_totals,
        ),
        Column(
            "sources", "string", "Who says so.", lambda r: list(r.activity.sources), singular="source", refers="sources"
        ),
        Column(
            "disagreements",
            "integer",
            "On how many points its sources differ.",
            lambda r: len(r.activity.disagreements),
        ),
        Column("stories", "integer", "How many independent reports it rests on.", lambda r: r.health.sources),
        Column(
            "health",
            "integer",
            "How well it is attested and how complete its record is (AidData TUFF 1.3, see tables/health.py).",
            lambda r: r.health.points,
            unit="points, 0 to 23",
        ),
        Column(
            "review", "string", "What has become of it.", lambda r: r.activity.review.state, vocabulary="review_states"
        ),
    ),
    records=lambda contents: (Rated(a, health_of(a, contents.sources)) for a in contents.activities.values()),
    model=lambda record: record.activity,
    brief=("id", "date", "kind", "status", "title", "actors"),
    defaults=DECIDED,
)
