"""What the heads learn from: sentences, pairs of sentences, texts and parties, each with what a reader decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kh_kr_corpus.annotate.candidates import settled, text_of
from kh_kr_corpus.annotate.initiatives.detect import Reading, read_units
from kh_kr_corpus.annotate.initiatives.signals import Affair, affair_of
from kh_kr_corpus.annotate.initiatives.units import Genre, Unit, genre_of, units_of
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article, Initiative

__all__ = ["ReadText", "decided", "read_text", "sentences_of"]


@dataclass(slots=True)
class ReadText:
    """A text as the annotator sees it, with its decided initiatives."""

    article: Article
    text: str
    genre: Genre
    units: list[Unit]
    affair: Affair
    readings: list[Reading]
    initiatives: list[Initiative]
    gold: dict[int, list[int]] = field(default_factory=dict)
    """For the number of each sentence that is evidence, the initiatives that rest on it."""


def decided(article: Article) -> list[Initiative]:
    """The initiatives that somebody accepted or corrected."""
    return [i for i in article.initiatives if i.review.state in ("accepted", "corrected")]


def read_text(article: Article, doc: Doc, kb: KnowledgeBase) -> ReadText:
    """The sentences of an annotated document beside the gold of its article."""
    text = text_of(doc)
    genre = genre_of(text, article.title, None)
    units = units_of(text, settled(doc), kb, genre)
    initiatives = decided(article)
    affair = affair_of(units)
    read = ReadText(article, text, genre, units, affair, read_units(units, genre, affair), initiatives)
    for reading in read.readings:
        rest = [n for n, initiative in enumerate(initiatives) if _rests_on(initiative, reading.unit)]
        if rest:
            read.gold[reading.number] = rest
    return read


def _rests_on(initiative: Initiative, unit: Unit) -> bool:
    """Whether more than half of a sentence is evidence of an initiative."""
    most = max((min(unit.end, e.end) - max(unit.start, e.start) for e in initiative.evidence), default=0)
    return most > 0.5 * (unit.end - unit.start)


def sentences_of(read: ReadText) -> Iterator[tuple[Initiative, list[Reading]]]:
    """Each initiative with the sentences it rests on."""
    for number, initiative in enumerate(read.initiatives):
        found = [r for r in read.readings if number in read.gold.get(r.number, ())]
        if found:
            yield initiative, found


def evidence_of(reads: Iterable[ReadText]) -> Iterator[tuple[ReadText, Sequence[Reading]]]:
    """Each text with its evidence in order."""
    for read in reads:
        yield read, [r for r in read.readings if r.number in read.gold]


__all__ += ["evidence_of"]
