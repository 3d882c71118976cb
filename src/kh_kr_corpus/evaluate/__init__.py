"""How well a predictor does against decided annotations: names, links, values, initiatives."""

from kh_kr_corpus.evaluate.ablation import Ablated, ablate
from kh_kr_corpus.evaluate.agreement import Agreement, agree, alpha, matched
from kh_kr_corpus.evaluate.baseline import Baseline
from kh_kr_corpus.evaluate.bootstrap import RESAMPLES, SEED, intervals
from kh_kr_corpus.evaluate.calibration import Bin, calibration, error_of, judged, sweep
from kh_kr_corpus.evaluate.confusions import Confusion, Place, confusions
from kh_kr_corpus.evaluate.counts import Count, Share
from kh_kr_corpus.evaluate.groups import Seen, by_field, by_seen
from kh_kr_corpus.evaluate.initiatives import InitiativeScores
from kh_kr_corpus.evaluate.mentions import MentionScores
from kh_kr_corpus.evaluate.run import Reading, evaluate, read, total
from kh_kr_corpus.evaluate.scores import Scores

__all__ = [
    "RESAMPLES",
    "SEED",
    "Ablated",
    "Agreement",
    "Baseline",
    "Bin",
    "Confusion",
    "Count",
    "InitiativeScores",
    "MentionScores",
    "Place",
    "Reading",
    "Scores",
    "Seen",
    "Share",
    "ablate",
    "agree",
    "alpha",
    "by_field",
    "by_seen",
    "calibration",
    "confusions",
    "error_of",
    "evaluate",
    "intervals",
    "judged",
    "matched",
    "read",
    "sweep",
    "total",
]
