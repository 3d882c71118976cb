"""The columns of a batch that the tables of a corpus lack."""

from __future__ import annotations

from typing import Any, NamedTuple

from kh_kr_corpus import tables
from kh_kr_corpus.annotate.relevance import Relevance
from kh_kr_corpus.batch.documents import Document
from kh_kr_corpus.models import Article
from kh_kr_corpus.reprints import signature
from kh_kr_corpus.tables.column import Column

__all__ = ["ARTICLES", "ERRORS", "MINHASH", "Annotated", "Failed", "minhash"]


class Annotated(NamedTuple):
    """A document and the article made of it."""

    document: Document
    article: Article
    relevance: Relevance
    split: None = None

    @property
    def words(self) -> int:
        """Words of its text."""
        return len((self.article.text or "").split())


class Failed(NamedTuple):
    """A document, why there is no article, and what can be done about it."""

    document: Document
    problem: str
    fix: str


def minhash(one: Annotated) -> bytes:
    """The signature of its text; see :mod:`kh_kr_corpus.reprints`."""
    numbers: bytes = signature(one.article.text or "").tobytes()
    return numbers


ARTICLES: tuple[Column[Any], ...] = (
    *tables.ARTICLES.shown,
    Column("document", "string", "What the source calls it, null where it gives no id.", lambda a: a.document.key),
    Column("place", "string", "Where it stands in the source.", lambda a: a.document.place),
    Column("words", "integer", "Words of its text, told apart by white space.", lambda a: a.words),
    Column(
        "about",
        "boolean",
        "Whether it is about Korea–Cambodia relations rather than only naming both; see docs/batch.md.",
        lambda a: a.relevance.about,
    ),
    Column(
        "meetings",
        "integer",
        "Sentences that name the Korean side with the Cambodian one in them or beside them.",
        lambda a: a.relevance.meetings,
    ),
    Column("sentences", "integer", "Sentences of its text.", lambda a: a.relevance.sentences),
    Column(
        "record",
        "string",
        "The article with its mentions and initiatives as JSON, without the text.",
        lambda a: a.article.model_dump_json(exclude={"text"}, exclude_unset=True),
    ),
)

MINHASH = "MinHash signature of its runs of five words: 128 numbers of 32 bits, the lowest byte first."

ERRORS: tuple[Column[Failed], ...] = (
    Column("id", "string", "The id that the article would have.", lambda f: f.document.id),
    Column("document", "string", "What the source calls it, null where it gives no id.", lambda f: f.document.key),
    Column("place", "string", "Where it stands in the source.", lambda f: f.document.place),
    Column("problem", "string", "Why it was not annotated; never words of its text.", lambda f: f.problem),
    Column("fix", "string", "What would help.", lambda f: f.fix or None),
)
