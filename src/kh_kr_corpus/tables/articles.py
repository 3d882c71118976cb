"""Table ``articles``: one row a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kh_kr_corpus.models import Article
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import Column, TableSpec, edtf, year_between
from kh_kr_corpus.tables.sentences import decided, entities_of

__all__ = ["ARTICLES"]


class Text(NamedTuple):
    """A text and the split that it belongs to."""

    article: Article
    split: str | None


def _records(contents: Contents) -> Iterator[Text]:
    splits = {article_id: name for name, ids in contents.splits.items() for article_id in ids}
    return (Text(article, splits.get(article.id)) for article in contents.articles.values())


ARTICLES: TableSpec[Text, Article] = TableSpec(
    name="articles",
    noun="article",
    meaning="The texts, one row each.",
    columns=(
        Column("id", "string", "The article's permanent id.", lambda t: t.article.id),
        Column("title", "string", "Its headline or title.", lambda t: t.article.title, match="text"),
        Column("language", "string", "BCP 47 tag of the text.", lambda t: t.article.language, vocabulary="languages"),
        Column("origin", "string", "Whether somebody published it.", lambda t: t.article.origin, vocabulary="origins"),
        Column("genre", "string", "What sort of text it is.", lambda t: t.article.genre, vocabulary="genres"),
        *edtf("date", "When it was published, or written for a brief.", lambda t: t.article.date, shown=True),
        year_between(lambda t: t.article.date, "The year of its date."),
        Column("author", "string", "Its author as printed.", lambda t: t.article.author, match="text"),
        Column("source", "string", "Where a genuine text was published.", lambda t: t.article.source, refers="sources"),
        Column(
            "sources",
            "string",
            "What a brief rests on.",
            lambda t: list(t.article.sources),
            singular="cited_source",
            refers="sources",
        ),
        Column("split", "string", "train, dev or test; null for a text in none.", lambda t: t.split),
        Column(
            "rights", "string", "Whether its text may travel.", lambda t: t.article.rights.text, vocabulary="rights"
        ),
        Column("licence", "string", "SPDX id of an included text.", lambda t: t.article.rights.licence),
        Column("abstract", "string", "Our own summary.", lambda t: t.article.abstract, match="text"),
        Column(
            "codebook", "string", "Version of the codebook that the annotation follows.", lambda t: t.article.codebook
        ),
        Column("attached", "boolean", "Whether the text is at hand.", lambda t: t.article.attached),
        Column("length", "integer", "Length of the text.", lambda t: _length(t.article), unit="code points"),
        Column(
            "mentions", "integer", "How many mentions it has, in any review state.", lambda t: len(t.article.mentions)
        ),
        Column(
            "initiatives",
            "integer",
            "How many initiatives it has, in any review state.",
            lambda t: len(t.article.initiatives),
        ),
        Column(
            "entities",
            "string",
            "Entities that it names in accepted and corrected mentions.",
            lambda t: entities_of(decided(t.article.mentions)),
            singular="entity",
            match="entity",
        ),
        Column(
            "text",
            "string",
            "The normalised text, null where it is not at hand.",
            lambda t: t.article.text,
            match="text",
        ),
    ),
    records=_records,
    model=lambda record: record.article,
    brief=("id", "date", "origin", "language", "title", "mentions", "initiatives"),
)


def _length(article: Article) -> int | None:
    if article.text is not None:
        return len(article.text)
    return article.fingerprints.length if article.fingerprints else None
