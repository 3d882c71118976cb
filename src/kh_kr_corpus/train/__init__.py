"""Fit what the annotator has learnt: the tagger, the choice among names, the initiatives.

Layer of its own above the annotator; needs the extra ``train`` (scikit-learn).
"""

from kh_kr_corpus.train.run import train
from kh_kr_corpus.train.vectors import distil

__all__ = ["distil", "train"]
