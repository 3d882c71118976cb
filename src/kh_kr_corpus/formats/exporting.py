"""Writing a selection: the rights are asked for, and what the format can't hold is reported, article by article."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.formats.apart import apart
from kh_kr_corpus.formats.contract import NO_TEXT, OVERLAP, REJECTED, Format, Loss, NotCarried, Selection, forget
from kh_kr_corpus.formats.output import require_new
from kh_kr_corpus.models import Activity, Article, Mention, Source
from kh_kr_corpus.models.rights import refuse_unpublishable

__all__ = ["export", "select"]


def select(
    corpus: Corpus,
    *,
    articles: Iterable[Article] | None = None,
    activities: Iterable[Activity] | None = None,
    sources: Iterable[Source] | None = None,
    undecided: bool = False,
    right: str | None = None,
) -> Selection:
    """What of a corpus is to be written: these articles, activities and sources (default: all).

    Suggestions that nobody has decided on are left out unless ``undecided``. ``right`` is by what right texts that a
    user brought are published.
    """
    texts = corpus.articles if articles is None else articles
    return Selection(
        articles=tuple(texts if undecided else map(_decided, texts)),
        activities=tuple(corpus.activities.where(review="any") if activities is None else activities),
        entities={entity.id: entity for entity in corpus.entities},
        sources={source.id: source for source in (corpus.sources if sources is None else sources)},
        splits=corpus.splits,
        right=right,
    )


def _decided(article: Article) -> Article:
    mentions = tuple(mention for mention in article.mentions if mention.review.decided)
    initiatives = tuple(initiative for initiative in article.initiatives if initiative.review.decided)
    return article.model_copy(update={"mentions": mentions, "initiatives": initiatives})


def export(to: Format, selection: Selection, path: Path) -> Iterator[NotCarried]:
    """Write ``selection`` as ``to`` to the new file or folder ``path``; yields each thing that is not carried.

    Nothing is written before the first item is asked for, and the file is whole when the iterator has ended.
    Raises :class:`~kh_kr_corpus.errors.RightsRefused` for texts that may not be published,
    :class:`~kh_kr_corpus.errors.InputError` where something is at ``path``.

    >>> import tempfile
    >>> import kh_kr_corpus as khkr
    >>> from kh_kr_corpus.formats import get_format
    >>> corpus = khkr.load()
    >>> chosen = select(corpus, articles=corpus.articles.where(split="dev").limit(2))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lost = list(export(get_format("brat"), chosen, Path(folder) / "two"))
    ...     back = list(get_format("brat").read(Path(folder) / "two", {}))
    >>> sorted({one.code for one in lost}), [one.article.id for one in back] == [one.id for one in chosen.articles]
    (['initiatives', 'metadata'], True)
    """
    require_new(path)
    if to.of != "articles":  # no text is in it, and nothing of an article can be lost
        yield from to.write(dataclasses.replace(selection, articles=()), path)
        return
    refuse_unpublishable(selection.articles, selection.right)
    articles = []
    for article in selection.articles:
        if to.needs_text and not article.attached:
            yield NotCarried(NO_TEXT.code, article.id, "", "its text is not at hand, so nothing of it is written")
            continue
        for loss in to.losses:
            yield from _lost(article, loss)
        articles.append(forget(article, [REJECTED]) if REJECTED in to.losses else article)
        if OVERLAP in to.losses:
            articles[-1] = yield from _without_overlaps(articles[-1])
    yield from to.write(dataclasses.replace(selection, articles=tuple(articles)), path)


def _without_overlaps(article: Article) -> Generator[NotCarried, None, Article]:
    """The article with mentions that don't overlap; yields those that are left out."""
    kept, left = apart(article.mentions)
    yield from (NotCarried(OVERLAP.code, article.id, m.id, f"overlaps {other.id}") for m, other in left)
    if not left:
        return article
    return article.model_copy(update={"mentions": tuple(mention for mention in article.mentions if mention in kept)})


def _lost(article: Article, loss: Loss) -> Iterator[NotCarried]:
    """What of one article goes with a declared loss."""
    if loss == REJECTED:
        states = [(item.id, item.review.state) for item in article.mentions]
        states += [(item.id, item.review.state) for item in article.initiatives]
        yield from (
            NotCarried(loss.code, article.id, name, "a reviewer rejected it")
            for name, state in states
            if state == loss.code
        )
        return
    for mention in article.mentions:
        gone = [name for name in _of_mentions(loss) if getattr(mention, name) != Mention.model_fields[name].default]
        if gone:
            yield NotCarried(loss.code, article.id, mention.id, f"without its {', '.join(gone)}")
    if "initiatives" in loss.fields:
        for initiative in article.initiatives:
            yield NotCarried(loss.code, article.id, initiative.id, f"the initiative {initiative.title!r}")
    names = [name for name in loss.fields if "." not in name and name != "initiatives"]
    told = [name for name in names if getattr(article, name) != Article.model_fields[name].default]
    if told:
        yield NotCarried(loss.code, article.id, "", f"without its {', '.join(told)}")


def _of_mentions(loss: Loss) -> Iterator[str]:
    return (name.partition(".")[2] for name in loss.fields if name.startswith("mentions."))
