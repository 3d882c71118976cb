"""The facade: load a corpus, ask it, attach your own texts."""

from kh_kr_corpus.corpus.corpus import Corpus
from kh_kr_corpus.corpus.loading import load, shipped_root

__all__ = ["Corpus", "load", "shipped_root"]
