"""Table ``participations``: one row an actor's role in an activity or in a text's report of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kh_kr_corpus.models import Activity, Article, Initiative, Participation
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import DECIDED, Column, TableSpec, edtf, first_part, year_between

__all__ = ["PARTICIPATIONS", "Part"]


class Part(NamedTuple):
    """A participation with what it is a part in."""

    item: Participation
    owner: Activity | Initiative
    article: Article | None
    entity_name: str | None


def _records(contents: Contents) -> Iterator[Part]:
    names = {entity.id: entity.name for entity in contents.entities.values()}
    for activity in contents.activities.values():
        for part in activity.participants:
            yield Part(part, activity, None, names.get(part.entity))
    for article in contents.articles.values():
        for initiative in article.initiatives:
            for part in initiative.actors:
                yield Part(part, initiative, article, names.get(part.entity))


def _activity(part: Part) -> str | None:
    return part.owner.id if isinstance(part.owner, Activity) else None


def _initiative(part: Part) -> str | None:
    return f"{part.article.id}#{part.owner.id}" if part.article else None


PARTICIPATIONS: TableSpec[Part, Participation] = TableSpec(
    name="participations",
    noun="participation",
    meaning=(
        "Who does what, one row a role: in an activity (initiative is null), or in a text's report of one. "
        "Keep to one of the two when counting: where(initiative=None)."
    ),
    columns=(
        Column("entity", "string", "The actor's id.", lambda p: p.item.entity, match="entity"),
        Column("entity_name", "string", "The actor's preferred English name.", lambda p: p.entity_name, match="text"),
        Column("role", "string", "What it does.", lambda p: p.item.role, vocabulary="roles"),
        Column(
            "activity",
            "string",
            "The activity, null for a row of a report: a sum over activities must meet each part once.",
            _activity,
            refers="activities",
        ),
        Column("initiative", "string", "The report, null for a row of an activity.", _initiative, refers="initiatives"),
        Column("kind", "string", "Kind of the activity or report.", lambda p: p.owner.kind, vocabulary="kinds"),
        *edtf("date", "Where its period begins.", lambda p: first_part(p.owner.period), shown=True),
        year_between(lambda p: first_part(p.owner.period), "The year in which its period begins."),
        Column(
            "review", "string", "Of the activity or report.", lambda p: p.owner.review.state, vocabulary="review_states"
        ),
    ),
    records=_records,
    model=lambda record: record.item,
    brief=("entity_name", "role", "activity", "initiative", "kind", "date"),
    key="",
    defaults=DECIDED,
)
