"""Table ``sentences``: one row a sentence, with who and what is named in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.models import Article, Initiative, Mention
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import DECIDED, Column, TableSpec, edtf, year_between

__all__ = ["SENTENCES", "Sentence", "bounds_of", "decided", "entities_of", "sentence_id", "sentence_of"]

Bounds = Sequence[tuple[int, int]]


class Sentence(NamedTuple):
    """A sentence with what is named in it."""

    article: Article
    start: int
    end: int
    mentions: tuple[Mention, ...]
    initiatives: tuple[Initiative, ...]


def bounds_of(article: Article) -> Bounds:
    """The bounds of an article's sentences; of a text that is not at hand, those of eight words and more."""
    if article.text is not None:
        return list(sentences(article.text))
    return [(print_.start, print_.end) for print_ in article.fingerprints.sentences] if article.fingerprints else []


def sentence_id(article: Article, start: int) -> str:
    """The id of the sentence that begins at ``start``: the same whether the text is at hand or not."""
    return f"{article.id}@{start}"


def sentence_of(start: int, bounds: Bounds) -> tuple[int, int] | None:
    """The sentence in which a span begins; None where its bounds are not known.

    >>> sentence_of(12, [(0, 10), (11, 20)]), sentence_of(10, [(0, 10), (11, 20)])
    ((11, 20), None)
    """
    place = bisect_right(bounds, start, key=lambda one: one[0]) - 1
    return bounds[place] if place >= 0 and start < bounds[place][1] else None


def decided(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that somebody has accepted or corrected."""
    return [mention for mention in mentions if mention.review.state in DECIDED["review"]]


def entities_of(mentions: Iterable[Mention]) -> list[str]:
    """Every entity that the mentions link to, once."""
    return list(dict.fromkeys(mention.entity for mention in mentions if mention.entity))


def _records(contents: Contents) -> Iterator[Sentence]:
    for article in contents.articles.values():
        mentions = sorted(decided(article.mentions), key=lambda mention: mention.start)
        starts = [mention.start for mention in mentions]
        reports = [i for i in article.initiatives if i.review.state in DECIDED["review"]]
        for start, end in bounds_of(article):
            inside = mentions[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
            told = [i for i in reports if any(e.start < end and start < e.end for e in i.evidence)]
            yield Sentence(article, start, end, tuple(inside), tuple(told))


def _text(sentence: Sentence) -> str | None:
    text = sentence.article.text
    return None if text is None else text[sentence.start : sentence.end]


SENTENCES: TableSpec[Sentence, Sentence] = TableSpec(
    name="sentences",
    noun="sentence",
    meaning=(
        "The sentences of the articles, one row each, with what is named in them (accepted and corrected mentions). "
        "Of a text that is not at hand only those of eight words and more are known, without their words."
    ),
    columns=(
        Column("id", "string", "The article's id, @, and where it begins.", lambda s: sentence_id(s.article, s.start)),
        Column("article", "string", "The article's id.", lambda s: s.article.id, refers="articles"),
        Column("start", "integer", "Where it begins in the article's text.", lambda s: s.start, unit="code points"),
        Column("end", "integer", "Where it ends, exclusive.", lambda s: s.end, unit="code points"),
        Column("text", "string", "Its words, null where the text is not at hand.", _text, match="text"),
        Column(
            "entities",
            "string",
            "Entities named in it.",
            lambda s: entities_of(s.mentions),
            singular="entity",
            match="entity",
        ),
        Column(
            "labels",
            "string",
            "What sorts of things are named in it.",
            lambda s: list(dict.fromkeys(mention.label for mention in s.mentions)),
            singular="label",
            vocabulary="labels",
        ),
        Column(
            "initiatives",
            "string",
            "Reports of which it is evidence.",
            lambda s: [f"{s.article.id}#{initiative.id}" for initiative in s.initiatives],
            singular="initiative",
            refers="initiatives",
        ),
        Column("origin", "string", "Of the article.", lambda s: s.article.origin, vocabulary="origins"),
        *edtf("date", "Of the article.", lambda s: s.article.date, shown=True),
        year_between(lambda s: s.article.date, "The year of the article's date."),
    ),
    records=_records,
    model=lambda record: record,
    brief=("article", "start", "text", "entities"),
)
