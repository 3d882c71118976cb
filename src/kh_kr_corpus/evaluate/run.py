"""Run a predictor over gold articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.evaluate.initiatives import InitiativeScores, score_initiatives
from kh_kr_corpus.evaluate.mentions import MentionScores, score_mentions
from kh_kr_corpus.evaluate.scores import Scores
from kh_kr_corpus.models import Article

__all__ = ["evaluate"]


def evaluate(gold: Iterable[Article], predict: Callable[[Article], Article]) -> Scores:
    """Score ``predict`` on ``gold``; only decided annotations count as gold.

    ``predict`` gets each article without its mentions and initiatives. Raises :class:`InputError` for an article
    whose text is not at hand, and for a prediction about another text.
    """
    mentions, initiatives, n = MentionScores(), InitiativeScores(), 0
    for article in gold:
        if article.text is None:
            raise InputError(article.id, "its text is not at hand", "attach your copy first: corpus.attach(FOLDER)")
        predicted = predict(article.model_copy(update={"mentions": (), "initiatives": ()}))
        if predicted.text != article.text:
            raise InputError(article.id, "the prediction has another text", "annotate the text as it stands")
        mentions += score_mentions(article, predicted)
        initiatives += score_initiatives(article, predicted)
        n += 1
    return Scores(mentions, initiatives, n)
