"""How well a predictor does against decided annotations: names, links, values, initiatives."""

from kh_kr_corpus.evaluate.agreement import Agreement, agree, alpha, matched
from kh_kr_corpus.evaluate.baseline import Baseline
from kh_kr_corpus.evaluate.counts import Count
from kh_kr_corpus.evaluate.run import evaluate
from kh_kr_corpus.evaluate.scores import Scores

__all__ = ["Agreement", "Baseline", "Count", "Scores", "agree", "alpha", "evaluate", "matched"]
