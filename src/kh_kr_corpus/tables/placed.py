"""Mentions and initiatives together with the article they stand in, as queries over a corpus give them."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from kh_kr_corpus.models import Article, Initiative, Mention
from kh_kr_corpus.models.base import ArticleId
from kh_kr_corpus.tables.column import Column

__all__ = [
    "InArticle", "PlacedInitiative", "PlacedMention", "doubt_of", "placed_initiative", "placed_mention", "reviewed",
]  # fmt: skip

T = TypeVar("T", Mention, Initiative)


class InArticle(NamedTuple, Generic[T]):
    """A part of an article with its article, and the name of the entity it links to."""

    article: Article
    item: T
    entity_name: str | None = None
    sentence: str | None = None
    """The id of the sentence that it begins in."""


class PlacedMention(Mention):
    """A mention that knows its article's id."""

    article: ArticleId


class PlacedInitiative(Initiative):
    """An initiative that knows its article's id."""

    article: ArticleId


def placed_mention(record: InArticle[Mention]) -> PlacedMention:
    """The mention with its article's id; it was validated when its file was read, so it is not again."""
    return PlacedMention.model_construct(**record.item.__dict__, article=record.article.id)


def placed_initiative(record: InArticle[Initiative]) -> PlacedInitiative:
    """The initiative with its article's id; not validated a second time."""
    return PlacedInitiative.model_construct(**record.item.__dict__, article=record.article.id)


def reviewed() -> tuple[Column[InArticle[Any]], ...]:
    """The columns that every annotation has: how sure a machine was, what has become of it, and where it stands."""
    return (
        Column(
            "score",
            "number",
            "A machine's confidence, null where a person wrote it.",
            lambda r: r.item.score,
            unit="0 to 1",
        ),
        Column(
            "doubt",
            "number",
            "How little the score decides: 1 at a score of 0.5, 0 at 0 and at 1; null once somebody has decided.",
            lambda r: doubt_of(r.item),
            unit="0 to 1",
        ),
        Column(
            "reason",
            "string",
            "Why a machine suggested it, null where a person wrote it.",
            lambda r: r.item.suggestion and r.item.suggestion.reason,
            match="text",
        ),
        Column("review", "string", "What has become of it.", lambda r: r.item.review.state, vocabulary="review_states"),
        Column("decided_by", "string", "Who decided.", lambda r: r.item.review.by, match="text"),
        Column("origin", "string", "Of the article.", lambda r: r.article.origin, vocabulary="origins"),
    )


def doubt_of(item: Mention | Initiative) -> float | None:
    """Twice the distance of the score from the nearer of 0 and 1 (margin sampling: Settles, Active Learning, 2012)."""
    if item.review.decided or item.score is None:
        return None
    return round(1 - abs(2 * item.score - 1), 6)
