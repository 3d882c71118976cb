"""Table ``records``: one row a record of somebody else's database, with our coding."""

from __future__ import annotations

from kh_kr_corpus.models import Record
from kh_kr_corpus.store import read_records
from kh_kr_corpus.tables.column import Column, TableSpec, edtf

__all__ = ["RECORDS"]


def _amount(currency: str) -> Column[Record]:
    def get(record: Record) -> float | None:
        return next((paid.amount for paid in record.amounts if paid.currency == currency), None)

    meaning = "As its publisher states it, nominal; never to be added up."
    return Column(f"amount_{currency.casefold()}", "number", meaning, get, unit=currency)


RECORDS: TableSpec[Record, Record] = TableSpec(
    name="records",
    noun="record",
    meaning="Aid records of public databases, one row a row there, under their own terms; what they pay for stands in "
    "activities.",
    columns=(
        Column("id", "string", "The record's permanent id.", lambda r: r.id),
        Column("set", "string", "The set that it belongs to: a file below records/.", lambda r: r.set),
        Column("number", "string", "Its publisher's own number.", lambda r: r.number),
        Column("year", "integer", "The year it is booked in.", lambda r: r.year, unit="year", match="year"),
        Column("title", "string", "As published; empty where it has none.", lambda r: r.title, match="text"),
        Column("cooperation", "string", "The form of cooperation, as published.", lambda r: r.cooperation),
        *edtf("period", "First and last day, as published.", lambda r: r.period),
        Column("purpose", "string", "The purpose, as published.", lambda r: r.purpose, match="text"),
        Column("crs", "string", "DAC purpose code of the purpose, in the edition of its day.", lambda r: r.crs),
        Column("recoded", "string", "The purpose code that somebody else gave it later.", lambda r: r.recoded),
        Column("recipient", "string", "Who receives, hosts or teaches.", lambda r: r.recipient, match="text"),
        _amount("USD"),
        _amount("KRW"),
        Column("kind", "string", "Its main purpose; empty where undecided.", lambda r: r.kind, vocabulary="kinds"),
        Column(
            "themes", "string", "Every subject.", lambda r: list(r.themes), singular="theme", vocabulary="kinds"
        ),
        Column(
            "sectors", "string", "The fields it serves.", lambda r: list(r.sectors), singular="sector",
            vocabulary="sectors",
        ),
        Column("modality", "string", "How it is delivered.", lambda r: r.modality, vocabulary="modalities"),
        Column("activity", "string", "What it is a payment for.", lambda r: r.activity, refers="activities"),
        Column("read_from", "string", "What kind, themes and sectors were read from.", lambda r: r.read_from),
        Column("source", "string", "Who publishes it.", lambda r: r.source, refers="sources"),
        Column("review", "string", "Of our coding.", lambda r: r.review.state, vocabulary="review_states"),
    ),
    records=lambda contents: read_records(contents.root).values(),
    model=lambda record: record,
    brief=("id", "year", "kind", "cooperation", "title", "amount_usd"),
    caution="rows of other people's databases, here a sample drawn by title: they count what was taken into it, "
    "never what was given",
)  # fmt: skip
