"""Table ``mentions``: one row a named span."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kh_kr_corpus.models import Mention, Money
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import DECIDED, Column, TableSpec, edtf, year_between
from kh_kr_corpus.tables.placed import InArticle, PlacedMention, placed_mention, reviewed
from kh_kr_corpus.tables.sentences import bounds_of, sentence_id, sentence_of

__all__ = ["MENTIONS"]


def _records(contents: Contents) -> Iterator[InArticle[Mention]]:
    names = {entity.id: entity.name for entity in contents.entities.values()}
    for article in contents.articles.values():
        bounds = bounds_of(article)
        for mention in article.mentions:
            found = sentence_of(mention.start, bounds)
            sentence = sentence_id(article, found[0]) if found else None
            yield InArticle(article, mention, names.get(mention.entity or ""), sentence)


def _value(mention: Mention) -> str | None:
    if isinstance(mention.value, Money):
        return json.dumps(mention.value.model_dump(exclude_none=True))
    return mention.value


MENTIONS: TableSpec[InArticle[Mention], PlacedMention] = TableSpec(
    name="mentions",
    noun="mention",
    meaning="The named spans of the articles, one row each; accepted and corrected ones unless review= widens.",
    columns=(
        Column(
            "id", "string", "The article's id, #, and the mention's id in it.", lambda r: f"{r.article.id}#{r.item.id}"
        ),
        Column("article", "string", "The article's id.", lambda r: r.article.id, refers="articles"),
        Column(
            "sentence",
            "string",
            "The sentence that it begins in, null where its bounds are not known.",
            lambda r: r.sentence,
            refers="sentences",
        ),
        Column("label", "string", "What is named.", lambda r: r.item.label, vocabulary="labels"),
        Column("entity", "string", "The entity's id, null for none (NIL).", lambda r: r.item.entity, match="entity"),
        Column("entity_name", "string", "The entity's preferred English name.", lambda r: r.entity_name, match="text"),
        Column("text", "string", "The covered text.", lambda r: r.item.text, match="text"),
        Column(
            "start", "integer", "Where it begins in the article's text.", lambda r: r.item.start, unit="code points"
        ),
        Column("end", "integer", "Where it ends, exclusive.", lambda r: r.item.end, unit="code points"),
        Column("value", "string", "EDTF of a DATE; JSON with amount and currency of MONEY.", lambda r: _value(r.item)),
        *reviewed(),
        *edtf("date", "Of the article.", lambda r: r.article.date, shown=True),
        year_between(lambda r: r.article.date, "The year of the article's date."),
    ),
    records=_records,
    model=placed_mention,
    brief=("article", "start", "label", "text", "entity", "date"),
    defaults=DECIDED,
)
