"""Table ``sources``: one row an entry of the bibliography."""

from __future__ import annotations

from kh_kr_corpus.models import Source
from kh_kr_corpus.tables.column import Column, TableSpec, edtf, year_between

__all__ = ["SOURCES"]

SOURCES: TableSpec[Source, Source] = TableSpec(
    name="sources",
    noun="source",
    meaning="The bibliography, one row an entry.",
    columns=(
        Column("id", "string", "What everything else cites.", lambda s: s.id),
        Column("publisher", "string", "Who published it.", lambda s: s.publisher, match="text"),
        Column("title", "string", "Its title as printed.", lambda s: s.title, match="text"),
        Column("url", "string", "Where it stands.", lambda s: s.url, match="text"),
        *edtf("date", "Of publication, as printed.", lambda s: s.date, shown=True),
        year_between(lambda s: s.date, "The year of its date."),
        Column("language", "string", "BCP 47 tag of the page.", lambda s: s.language, vocabulary="languages"),
        Column("type", "string", "What sort of publisher it has.", lambda s: s.type, vocabulary="source_types"),
        Column(
            "repost_of",
            "string",
            "The source that it copies, null for an original.",
            lambda s: s.repost_of,
            refers="sources",
        ),
        Column(
            "story",
            "string",
            "Itself or the original that it copies: what counts once.",
            lambda s: s.repost_of or s.id,
            refers="sources",
        ),
        *edtf("read", "When it was read for this corpus.", lambda s: s.read),
    ),
    records=lambda contents: contents.sources.values(),
    model=lambda record: record,
    brief=("id", "date", "type", "publisher", "title"),
)
