"""Words in their context: a concordance as one tidy table, and what is measured on wording."""

from kh_kr_corpus.kwic.concordance import Concordance, concordance
from kh_kr_corpus.kwic.measures import collocations, dispersion, keyness
from kh_kr_corpus.kwic.pattern import Pattern, to_pattern
from kh_kr_corpus.kwic.texts import Text, WordingWarning, measured, texts_of

__all__ = [
    "Concordance",
    "Pattern",
    "Text",
    "WordingWarning",
    "collocations",
    "concordance",
    "dispersion",
    "keyness",
    "measured",
    "texts_of",
    "to_pattern",
]
