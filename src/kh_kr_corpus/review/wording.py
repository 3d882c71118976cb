"""Nothing that is written down keeps the wording of a text that is somebody else's (rights.text: external)."""

from __future__ import annotations

from functools import lru_cache

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Initiative
from kh_kr_corpus.models.prints import word_runs
from kh_kr_corpus.review.changes import Change, Item

__all__ = ["require_own_words", "require_own_words_in", "retitled"]


def require_own_words(article: Article, *texts: str | None) -> None:
    """Raise :class:`InputError` when one of ``texts`` shares eight words in a row with an external text at hand."""
    taken = _runs_of_others(article) if any(texts) else frozenset()
    if any(not taken.isdisjoint(word_runs(text)) for text in texts if text):
        problem = "eight words in a row of this stand in a text that is not ours"
        raise InputError("wording", problem, "say it in your own words")


def require_own_words_in(article: Article, change: Change) -> None:
    """The same for what a change writes anew."""
    before = _texts(change.before)
    require_own_words(article, *(text for text in _texts(change.after) if text not in before))


def retitled(article: Article, found: tuple[Initiative, ...]) -> tuple[Initiative, ...]:
    """What a program suggests, with the name of its kind for a title that repeats eight words of the text."""
    taken, kinds = _runs_of_others(article), vocab.load("kinds")
    return tuple(
        one if taken.isdisjoint(word_runs(one.title)) else one.model_copy(update={"title": kinds[one.kind].label["en"]})
        for one in found
    )


def _runs_of_others(article: Article) -> frozenset[str]:
    is_other = article.rights.text == "external" and article.text is not None
    return _runs(article.text or "") if is_other else frozenset()


@lru_cache(maxsize=2)  # every decision asks, mostly of the same text
def _runs(text: str) -> frozenset[str]:
    return frozenset(word_runs(text))


def _texts(item: Item | None) -> tuple[str | None, ...]:
    if item is None:
        return ()
    if isinstance(item, Initiative):
        return item.title, item.review.note, item.speaker.office if item.speaker else None
    return item.text, item.review.note
