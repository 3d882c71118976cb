"""Reading a text's names off the annotator, in the shape in which the tests write them."""

from __future__ import annotations

from kh_kr_corpus.annotate import Annotator


def names(annotator: Annotator, text: str, *labels: str, date: str | None = None) -> list[tuple[str, str]]:
    """(label, words) of each mention in order; only of ``labels`` where some are given."""
    article = annotator.annotate(text, date=date)
    return [(m.label, m.text) for m in article.mentions if not labels or m.label in labels]


def link(annotator: Annotator, text: str, surface: str) -> str | None:
    """The entity of the first mention with that surface."""
    return next(m.entity for m in annotator.annotate(text).mentions if m.text == surface)
