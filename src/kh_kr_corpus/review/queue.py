"""What is left to review, and where a second look pays most."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kh_kr_corpus._offsets import token_bounds
from kh_kr_corpus.models import Article, Initiative, Mention
from kh_kr_corpus.tables.placed import doubt_of

__all__ = ["row_of", "warnings_of"]


def row_of(article: Article) -> dict[str, Any]:
    """An article's line in the queue.

    ``doubt`` is that of its open suggestions together, each as in :meth:`~kh_kr_corpus.corpus.Corpus.by_doubt`: 1 at a
    score of 0.5, 0 at 0 and 1.

    >>> from kh_kr_corpus.models import Rights
    >>> row_of(Article(id="a", title="A", origin="brief", rights=Rights(text="local")))["doubt"]
    0.0
    """
    items: tuple[Mention | Initiative, ...] = (*article.mentions, *article.initiatives)
    waiting = [item for item in items if not item.review.decided]
    states = Counter(item.review.state for item in items)
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "origin": article.origin,
        "genre": article.genre,
        "open": len(waiting),
        "decided": len(items) - len(waiting),
        "human": sum((item.review.by or "").startswith("human:") for item in items),
        "programs": sum((item.review.by or "").startswith("model:") for item in items),
        "doubt": round(sum((doubt_of(item) or 0.0 for item in waiting), 0.0), 3),
        "states": dict(states),
        "kinds": sorted({initiative.kind for initiative in article.initiatives}),
    }


def warnings_of(article: Article) -> dict[str, str]:
    """What speaks against the bounds of mentions, by their ids (codebook §1 and §2)."""
    if article.text is None:
        return {}
    told: dict[str, str] = {}
    reach: Mention | None = None
    for mention in sorted(article.mentions, key=lambda m: (m.start, m.end)):
        if mention.review.state == "rejected":
            continue
        if not token_bounds(article.text, mention.start, mention.end):
            told[mention.id] = "It begins or ends inside a word."
        if reach and mention.start < reach.end:
            told[mention.id] = f"It overlaps {reach.text}: reject one of the two."
            told.setdefault(reach.id, f"It overlaps {mention.text}: reject one of the two.")
        if reach is None or mention.end > reach.end:
            reach = mention
    return told
