"""All of training in order: taggers that have not seen a text propose its names, and the rest learns from those."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import spacy
from spacy.tokens import Doc

from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.annotate.candidates import settled, text_of
from kh_kr_corpus.annotate.initiatives.detect import Reading, read_units
from kh_kr_corpus.annotate.initiatives.heads import Heads
from kh_kr_corpus.annotate.initiatives.signals import affair_of
from kh_kr_corpus.annotate.initiatives.units import Genre, units_of
from kh_kr_corpus.annotate.selector import Selector
from kh_kr_corpus.annotate.tagger import Tagger
from kh_kr_corpus.models import Article
from kh_kr_corpus.train.initiatives import fit_heads
from kh_kr_corpus.train.readings import read_text
from kh_kr_corpus.train.selector import fit_selector, name_rows
from kh_kr_corpus.train.sentences import read_bank
from kh_kr_corpus.train.tagger import train_tagger

if TYPE_CHECKING:
    from kh_kr_corpus.corpus import Corpus

__all__ = ["FOLDS", "dumps_heads", "train"]

FOLDS = 4
"""Parts of the training texts; the names of each are proposed by a tagger trained on the other parts."""
_EPOCHS = 20
Report = Callable[[str], None]


def train(corpus: Corpus, *, epochs: int = _EPOCHS, seed: int = 0, report: Report = lambda _: None) -> dict[str, bytes]:
    """The files of a model, by name, from the train split of ``corpus`` (exercises included).

    ``report`` gets a line before each step. Nothing of the other splits is looked at, apart from the names of the
    activities that they report, which are left out. Deterministic for the same corpus, seed and machine.
    """
    texts = [a for a in corpus.articles if a.text is not None and corpus.splits.of(a.id) == "train"]
    proposed: list[tuple[Article, Doc]] = []
    for fold in range(FOLDS):
        report(f"tagger {fold + 1} of {FOLDS + 1}, on the texts outside of part {fold + 1}")
        tagger = train_tagger([a for a in texts if _fold(a) != fold], epochs=epochs, seed=seed)
        proposed += _proposed(tagger, [a for a in texts if _fold(a) == fold], corpus)
    report(f"tagger {FOLDS + 1} of {FOLDS + 1}, on all {len(texts)} texts")
    tagger = train_tagger(texts, epochs=epochs, seed=seed)
    report("selector")
    weights = fit_selector(row for article, doc in proposed for row in name_rows(doc, article))
    report("initiatives")
    rest = _after_proposals(Annotator(kb=corpus.kb), Selector(weights))
    reads = [read_text(article, rest(doc), corpus.kb) for article, doc in proposed]
    reader = _Reader(tagger, Selector(weights), corpus)
    bank = [(sentence, readings) for sentence in read_bank() if (readings := reader(sentence.text))]
    heads = fit_heads(reads, bank, list(_titles(corpus, reader)))
    return {
        "tagger.bin": tagger.to_bytes(),
        "selector.json": (json.dumps(weights, indent=0, sort_keys=True) + "\n").encode(),
        "initiatives.npz": dumps_heads(heads),
    }


def _fold(article: Article) -> int:
    return int(hashlib.sha256(article.id.encode()).hexdigest(), 16) // 7 % FOLDS


_PROPOSING = ("khkr_labels", "khkr_gazetteer", "khkr_rules", "khkr_consistency")


def _proposed(tagger: Tagger, articles: Iterable[Article], corpus: Corpus) -> Iterator[tuple[Article, Doc]]:
    """Each article with a document in which the names are proposed but not yet chosen."""
    nlp, components = spacy.blank("en"), Annotator(kb=corpus.kb).components
    for article in articles:
        doc = tagger(nlp(article.text or ""))
        doc.user_data["khkr_date"] = article.date
        for name in _PROPOSING:
            doc = components[name](doc)
        yield article, doc


def _after_proposals(annotator: Annotator, selector: Selector) -> Callable[[Doc], Doc]:
    linker = annotator.components["khkr_linker"]
    return lambda doc: linker(selector(doc))


class _Reader:
    """Reads single sentences as the annotator would."""

    def __init__(self, tagger: Tagger, selector: Selector, corpus: Corpus) -> None:
        self.nlp, self.tagger, self.kb = spacy.blank("en"), tagger, corpus.kb
        annotator = Annotator(kb=corpus.kb)
        self.proposing = [annotator.components[name] for name in _PROPOSING]
        self.rest = _after_proposals(annotator, selector)

    def __call__(self, text: str) -> list[Reading]:
        doc = self.tagger(self.nlp(normalise(text)))
        for component in self.proposing:
            doc = component(doc)
        doc = self.rest(doc)
        units = units_of(text_of(doc), settled(doc), self.kb, Genre())
        return read_units(units, Genre(), affair_of(units))


def _titles(corpus: Corpus, reader: _Reader) -> Iterator[tuple[Reading, str, tuple[str, ...]]]:
    """Titles of activities as sentences, without those that texts of the other splits report."""
    others = {i.activity for a in corpus.articles if corpus.splits.of(a.id) != "train" for i in a.initiatives}
    for activity in corpus.activities:
        readings: Sequence[Reading] = reader(activity.title.rstrip(".") + ".") if activity.id not in others else ()
        if readings:
            yield readings[0], activity.kind, tuple(activity.sectors)


def dumps_heads(heads: Heads) -> bytes:
    """The file that :func:`load_heads` reads."""
    names = "\n".join(sorted(heads.rows, key=lambda name: heads.rows[name]))
    outcomes = json.dumps({head: list(terms) for head, terms in heads.outcomes.items()})
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        names=np.frombuffer(names.encode(), dtype=np.uint8), weights=heads.weights.astype(np.float16),
        meaning=heads.meaning.astype(np.float16),
        outcomes=np.frombuffer(outcomes.encode(), dtype=np.uint8),
    )  # fmt: skip
    return buffer.getvalue()
