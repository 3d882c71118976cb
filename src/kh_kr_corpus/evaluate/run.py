"""Run a predictor over gold articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.evaluate.initiatives import InitiativeScores, score_initiatives
from kh_kr_corpus.evaluate.mentions import MentionScores, score_mentions
from kh_kr_corpus.evaluate.scores import Scores
from kh_kr_corpus.models import Article

__all__ = ["Predict", "Reading", "evaluate", "read", "total"]

Predict = Callable[[Article], Article]


@dataclass(frozen=True, slots=True)
class Reading:
    """One gold article and what a predictor made of its text: what every measure is taken from."""

    gold: Article
    predicted: Article

    @property
    def scores(self) -> Scores:
        """The counts of this article alone."""
        gold, predicted = self.gold, self.predicted
        return Scores(score_mentions(gold, predicted), score_initiatives(gold, predicted), 1)


def read(gold: Iterable[Article], predict: Predict) -> Iterator[Reading]:
    """Have ``predict`` read each text of ``gold``; it gets the article without its mentions and initiatives.

    Raises :class:`InputError` for an article whose text is not at hand, and for a prediction about another text.
    """
    for article in gold:
        if article.text is None:
            raise InputError(article.id, "its text is not at hand", "attach your copy first: corpus.attach(FOLDER)")
        predicted = predict(article.model_copy(update={"mentions": (), "initiatives": ()}))
        if predicted.text != article.text:
            raise InputError(article.id, "the prediction has another text", "annotate the text as it stands")
        yield Reading(article, predicted)


def total(readings: Iterable[Reading]) -> Scores:
    """The counts of all readings together."""
    return sum((reading.scores for reading in readings), Scores(MentionScores(), InitiativeScores(), 0))


def evaluate(gold: Iterable[Article], predict: Predict) -> Scores:
    """Score ``predict`` on ``gold``; only decided annotations count as gold. Raises as :func:`read` does."""
    return total(read(gold, predict))
