"""Nothing that is written down repeats a sentence of a text that is somebody else's (rights.text: external)."""

from __future__ import annotations

from kh_kr_corpus import vocab
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Initiative
from kh_kr_corpus.review.changes import Change, Item

__all__ = ["require_own_words", "require_own_words_in", "retitled"]

_WORDS = 8
"""A shorter sentence may be a name or a title, as the linter has it (KC732)."""


def require_own_words(article: Article, *texts: str | None) -> None:
    """Raise :class:`InputError` when one of ``texts`` holds a sentence of an external text that is at hand."""
    written = [_plain(text) for text in texts if text]
    taken = _sentences(article) if written else []
    for text in written:
        if any(sentence in text for sentence in taken):
            raise InputError(
                "wording", "this repeats a sentence of a text that is not ours", "say it in your own words"
            )


def require_own_words_in(article: Article, change: Change) -> None:
    """The same for what a change writes anew."""
    before = _texts(change.before)
    require_own_words(article, *(text for text in _texts(change.after) if text not in before))


def retitled(article: Article, found: tuple[Initiative, ...]) -> tuple[Initiative, ...]:
    """What a program suggests, with the name of its kind for a title that repeats a sentence of the text."""
    taken, kinds = _sentences(article), vocab.load("kinds")
    return tuple(
        one.model_copy(update={"title": kinds[one.kind].label["en"]})
        if any(sentence in _plain(one.title) for sentence in taken)
        else one
        for one in found
    )


def _sentences(article: Article) -> list[str]:
    if article.rights.text != "external" or article.text is None:
        return []
    every = (_plain(article.text[start:end]).strip(".!?។ ") for start, end in sentences(article.text))
    return [sentence for sentence in every if len(sentence.split()) >= _WORDS]


def _texts(item: Item | None) -> tuple[str | None, ...]:
    if item is None:
        return ()
    if isinstance(item, Initiative):
        return item.title, item.review.note, item.speaker.office if item.speaker else None
    return item.text, item.review.note


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
