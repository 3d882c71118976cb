"""Table ``amounts``: one row an amount of an activity at one stage, as its sources state it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kh_kr_corpus.models import Activity, StagedAmount
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import DECIDED, Column, TableSpec, edtf, year_between

__all__ = ["AMOUNTS", "Sum"]


class Sum(NamedTuple):
    """An amount with its activity."""

    activity: Activity
    item: StagedAmount


def _records(contents: Contents) -> Iterator[Sum]:
    for activity in contents.activities.values():
        for amount in activity.amounts:
            yield Sum(activity, amount)


AMOUNTS: TableSpec[Sum, StagedAmount] = TableSpec(
    name="amounts",
    noun="amount",
    meaning="The activities' amounts by stage, one row each, never converted and never to be added across stages.",
    columns=(
        Column("activity", "string", "The activity's id.", lambda s: s.activity.id, refers="activities"),
        Column("stage", "string", "How firm it is.", lambda s: s.item.stage, vocabulary="stages"),
        Column("amount", "number", "As stated; the lower end of a range.", lambda s: s.item.amount, unit="currency"),
        Column("amount_max", "number", "The upper end of a range.", lambda s: s.item.amount_max, unit="currency"),
        Column("currency", "string", "ISO 4217 code.", lambda s: s.item.currency, vocabulary="currencies"),
        Column("qualifier", "string", "How its words bend it.", lambda s: s.item.qualifier, vocabulary="qualifiers"),
        *edtf("date", "When it was proposed, pledged, committed or disbursed.", lambda s: s.item.date, shown=True),
        year_between(lambda s: s.item.date, "The year of its date."),
        Column("kind", "string", "Kind of the activity.", lambda s: s.activity.kind, vocabulary="kinds"),
        Column(
            "private",
            "boolean",
            "Whether the activity is an investment, so that it is a company's money and no aid.",
            lambda s: "investment" in s.activity.modalities,
        ),
        Column(
            "counts_in_totals",
            "boolean",
            "False where adding it up would count money twice.",
            lambda s: s.activity.counts_in_totals,
        ),
        Column("review", "string", "Of the activity.", lambda s: s.activity.review.state, vocabulary="review_states"),
        Column(
            "sources", "string", "Who says so.", lambda s: list(s.item.sources), singular="source", refers="sources"
        ),
    ),
    records=_records,
    model=lambda record: record.item,
    brief=("activity", "stage", "amount", "currency", "date", "counts_in_totals"),
    key="",
    defaults=DECIDED,
)
