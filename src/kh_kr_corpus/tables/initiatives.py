"""Table ``initiatives``: one row a text's report of a cooperative activity."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus.models import Initiative
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import DECIDED, Column, TableSpec, edtf, first_part, year_between
from kh_kr_corpus.tables.placed import InArticle, PlacedInitiative, placed_initiative, reviewed
from kh_kr_corpus.tables.sentences import decided, entities_of

__all__ = ["INITIATIVES"]

Record = InArticle[Initiative]


def _records(contents: Contents) -> Iterator[Record]:
    for article in contents.articles.values():
        for initiative in article.initiatives:
            yield InArticle(article, initiative)


def _speaker(record: Record) -> str | None:
    return record.item.speaker.entity if record.item.speaker else None


def _office(record: Record) -> str | None:
    return record.item.speaker.office if record.item.speaker else None


def _evidence_entities(record: Record) -> list[str]:
    spans = [(span.start, span.end) for span in record.item.evidence]
    inside = [m for m in record.article.mentions if any(a <= m.start and m.end <= b for a, b in spans)]
    return entities_of(decided(inside))


INITIATIVES: TableSpec[Record, PlacedInitiative] = TableSpec(
    name="initiatives",
    noun="initiative",
    meaning=(
        "What the texts report, one row a report; accepted and corrected ones unless review= widens. "
        "Ten texts on one loan are ten rows: count what happened in activities."
    ),
    columns=(
        Column(
            "id",
            "string",
            "The article's id, #, and the initiative's id in it.",
            lambda r: f"{r.article.id}#{r.item.id}",
        ),
        Column("article", "string", "The article's id.", lambda r: r.article.id, refers="articles"),
        Column("title", "string", "In our own words.", lambda r: r.item.title, match="text"),
        Column("kind", "string", "Its main purpose.", lambda r: r.item.kind, vocabulary="kinds"),
        Column(
            "themes",
            "string",
            "Every subject, the kind's own included.",
            lambda r: list(r.item.themes),
            singular="theme",
            vocabulary="kinds",
        ),
        Column(
            "sectors",
            "string",
            "The fields it serves.",
            lambda r: list(r.item.sectors),
            singular="sector",
            vocabulary="sectors",
        ),
        Column(
            "modalities",
            "string",
            "How it is delivered.",
            lambda r: list(r.item.modalities),
            singular="modality",
            vocabulary="modalities",
        ),
        Column("status", "string", "As the text leaves it.", lambda r: r.item.status, vocabulary="statuses"),
        *edtf("as_of", "When the status held.", lambda r: r.item.as_of),
        Column("instrument", "string", "What was signed.", lambda r: r.item.instrument, vocabulary="instruments"),
        Column("assertion", "string", "Whose word it is.", lambda r: r.item.assertion, vocabulary="assertions"),
        Column("speaker", "string", "Entity that speaks.", _speaker, match="entity"),
        Column("speaker_office", "string", "The speaker's office as the text gives it.", _office, match="text"),
        Column(
            "actors",
            "string",
            "Entities that take part; their roles are in participations.",
            lambda r: list(dict.fromkeys(p.entity for p in r.item.actors)),
            singular="actor",
            match="entity",
        ),
        Column("places", "string", "Where.", lambda r: list(r.item.place), singular="place", match="entity"),
        Column(
            "amount",
            "number",
            "As the text states it.",
            lambda r: r.item.amount.amount if r.item.amount else None,
            unit="currency",
        ),
        Column(
            "currency",
            "string",
            "ISO 4217 code of the amount.",
            lambda r: r.item.amount.currency if r.item.amount else None,
            vocabulary="currencies",
        ),
        *edtf("period", "When the thing itself takes place.", lambda r: r.item.period),
        *edtf(
            "date",
            "Where the period begins, never the article's date.",
            lambda r: first_part(r.item.period),
            shown=True,
        ),
        year_between(lambda r: first_part(r.item.period), "The year in which the period begins."),
        Column(
            "activity",
            "string",
            "The activity that it reports, null while that is not settled.",
            lambda r: r.item.activity,
            refers="activities",
        ),
        Column("evidence", "integer", "How many spans of evidence it has.", lambda r: len(r.item.evidence)),
        Column(
            "evidence_entities",
            "string",
            "Entities that its evidence names in accepted and corrected mentions.",
            _evidence_entities,
            singular="evidence_entity",
            match="entity",
        ),
        *reviewed(),
        *edtf("article_date", "Of the article.", lambda r: r.article.date),
    ),
    records=_records,
    model=placed_initiative,
    brief=("id", "date", "kind", "status", "title", "actors"),
    defaults=DECIDED,
    uncounted={"assertion": ("author-recommends",)},
)
