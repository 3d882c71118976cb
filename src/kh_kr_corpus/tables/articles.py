"""Table ``articles``: one row a text."""

from __future__ import annotations

from kh_kr_corpus.models import Article
from kh_kr_corpus.tables.column import Column, TableSpec, edtf, year_between

__all__ = ["ARTICLES"]

ARTICLES: TableSpec[Article, Article] = TableSpec(
    name="articles",
    noun="article",
    meaning="The texts, one row each.",
    columns=(
        Column("id", "string", "The article's permanent id.", lambda a: a.id),
        Column("title", "string", "Its headline or title.", lambda a: a.title, match="text"),
        Column("language", "string", "BCP 47 tag of the text.", lambda a: a.language, vocabulary="languages"),
        Column("origin", "string", "Whether somebody published it.", lambda a: a.origin, vocabulary="origins"),
        Column("genre", "string", "What sort of text it is.", lambda a: a.genre, vocabulary="genres"),
        *edtf("date", "When it was published, or written for a brief.", lambda a: a.date, shown=True),
        year_between(lambda a: a.date, "The year of its date."),
        Column("author", "string", "Its author as printed.", lambda a: a.author, match="text"),
        Column("source", "string", "Where a genuine text was published.", lambda a: a.source, refers="sources"),
        Column(
            "sources",
            "string",
            "What a brief rests on.",
            lambda a: list(a.sources),
            singular="cited_source",
            refers="sources",
        ),
        Column("rights", "string", "Whether its text may travel.", lambda a: a.rights.text, vocabulary="rights"),
        Column("licence", "string", "SPDX id of an included text.", lambda a: a.rights.licence),
        Column("abstract", "string", "Our own summary.", lambda a: a.abstract, match="text"),
        Column("codebook", "string", "Version of the codebook that the annotation follows.", lambda a: a.codebook),
        Column("attached", "boolean", "Whether the text is at hand.", lambda a: a.attached),
        Column("length", "integer", "Length of the text.", lambda a: _length(a), unit="code points"),
        Column("mentions", "integer", "How many mentions it has, in any review state.", lambda a: len(a.mentions)),
        Column(
            "initiatives", "integer", "How many initiatives it has, in any review state.", lambda a: len(a.initiatives)
        ),
        Column("text", "string", "The normalised text, null where it is not at hand.", lambda a: a.text, match="text"),
    ),
    records=lambda contents: contents.articles.values(),
    model=lambda record: record,
    brief=("id", "date", "origin", "language", "title", "mentions", "initiatives"),
)


def _length(article: Article) -> int | None:
    if article.text is not None:
        return len(article.text)
    return article.fingerprints.length if article.fingerprints else None
