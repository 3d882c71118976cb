"""Mentions and initiatives together with the article they stand in, as queries over a corpus give them."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from kh_kr_corpus.models import Article, Initiative, Mention
from kh_kr_corpus.models.base import ArticleId

__all__ = ["InArticle", "PlacedInitiative", "PlacedMention", "placed_initiative", "placed_mention"]

T = TypeVar("T")


class InArticle(NamedTuple, Generic[T]):
    """A part of an article with its article, and the name of the entity it links to."""

    article: Article
    item: T
    entity_name: str | None = None


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
