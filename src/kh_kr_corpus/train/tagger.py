"""Fit the tagger: start from ``en_core_web_sm``'s network (MIT), go on with the corpus's own names."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Adam, Model, set_dropout_rate
from thinc.types import Floats2d

from kh_kr_corpus.annotate import load_ner
from kh_kr_corpus.annotate.tagger import TAGS, Tagger, build_model, to_tags
from kh_kr_corpus.models import Article
from kh_kr_corpus.train.augment import Names, Swap

__all__ = ["train_tagger"]

_RATE, _WARM_UP, _TEXTS_A_STEP, _DROPOUT = 0.001, 50, 6, 0.3
_NUMBER = {tag: number for number, tag in enumerate(TAGS)}


def train_tagger(
    articles: Iterable[Article], *, epochs: int = 30, seed: int = 0, report: Callable[[int, float], None] | None = None
) -> Tagger:
    """A tagger fitted to the decided mentions of ``articles``; ``report`` gets each epoch's number and loss.

    Deterministic for the same articles, seed and machine. Each epoch reads every text once, most of them with
    other names (:class:`Swap`).
    """
    texts = [article for article in articles if article.text]
    nlp, rng = spacy.blank("en"), random.Random(seed)  # noqa: S311
    np.random.seed(seed)
    swap = Swap(texts, rng)
    examples: list[tuple[str, Names]] = [(a.text or "", _names(a)) for a in texts]
    model = _start()
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0)
    steps, last = 0, epochs * len(examples) / _TEXTS_A_STEP
    for epoch in range(epochs):
        rng.shuffle(examples)
        loss = 0.0
        for begin in range(0, len(examples), _TEXTS_A_STEP):
            batch = [swap(text, names) for text, names in examples[begin : begin + _TEXTS_A_STEP]]
            loss += _update(model, nlp, batch)
            steps += 1
            optimizer.learn_rate = _RATE * min(1, steps / _WARM_UP) * max(0.05, 1 - steps / last)
            model.finish_update(optimizer)
        if report:
            report(epoch + 1, loss)
    return Tagger(model)


def _names(article: Article) -> Names:
    decided = (m for m in article.mentions if m.review.state in ("accepted", "corrected"))
    return [(m.start, m.end, m.label) for m in decided]


def _start() -> Model[list[Doc], list[Floats2d]]:
    """The network with the weights of ``en_core_web_sm``'s NER below and none above."""
    model = build_model()
    doc = spacy.blank("en")("A word.")
    model.initialize(X=[doc], Y=[_to_gold(doc, ())])
    source = load_ner().get_pipe("ner").model.get_ref("tok2vec").layers[0]  # type: ignore[attr-defined]
    model.layers[0].from_bytes(source.to_bytes())
    set_dropout_rate(model, _DROPOUT)
    return model


def _update(model: Model[list[Doc], list[Floats2d]], nlp: Language, batch: list[tuple[str, Names]]) -> float:
    """One step's gradients; the squared error."""
    docs = [nlp.make_doc(text) for text, _ in batch]
    gold = [_to_gold(doc, names) for doc, (_, names) in zip(docs, batch, strict=True)]
    guesses, backward = model.begin_update(docs)
    errors: list[Any] = [guess - wanted for guess, wanted in zip(guesses, gold, strict=True)]
    backward(errors)
    return sum(float((error**2).sum()) for error in errors)


def _to_gold(doc: Doc, names: Names) -> Floats2d:
    gold: Any = np.zeros((len(doc), len(TAGS)), dtype="f")
    gold[np.arange(len(doc)), [_NUMBER[tag] for tag in to_tags(doc, names)]] = 1
    return cast(Floats2d, gold)
