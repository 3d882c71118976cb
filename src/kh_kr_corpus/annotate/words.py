"""Words with offsets, and what can be told from a word alone: the units from which names are built.

Not spaCy's tokens: those split "Dong-chul" and keep "US$18.5m", and another pipeline may split otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate._model import english_lemmas

__all__ = ["NUMBERS", "Word", "is_common", "is_opener", "sentence_words", "singular"]

NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        1,
    )
}
NUMBERS |= {word: 10 * n for n, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.N., R.O.K.
    r"|[^\W\d_]\.(?=[ ][^\W\d_a-z])"  # an initial
    r"|[^\W_]+(?:(?:[-‐‑][^\W_]+)|(?:[’'](?!s\b|S\b)[^\W\d_]{2,}))*\+?"
    r"|[’'][sS]\b|[’']|\S"
)
_ABBREVIATED = frozenset(
    "Mr Mrs Ms Dr Prof Gen Lt Col Maj Gov Sen Rep St Mt No Ven Rev Hon Jr Sr Co Ltd Inc Corp".split()
)


class Word(NamedTuple):
    """One word or mark; ``first`` says that it opens a sentence, a quotation or a list item."""

    text: str
    start: int
    end: int
    first: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def alpha(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


def sentence_words(text: str) -> Iterator[list[Word]]:
    """The words of each sentence."""
    for begin, end in sentences(text):
        words: list[Word] = []
        opens = True
        abbreviated = False
        for found in _WORD.finditer(text, begin, end):
            surface = found.group()
            start, end = found.span()
            if abbreviated and surface == "." and words[-1].end == start:
                abbreviated = False
                continue
            abbreviated = surface.rstrip(".") in _ABBREVIATED
            words.append(Word(surface, start, end, opens))
            if surface[0].isalnum():
                opens = False
            elif surface in '“"‘:•' or (surface in "–-—*" and len(words) == 1):
                opens = True
        yield words


@lru_cache(65536)
def is_opener(word: str) -> bool:
    """Whether a capitalised word is a function word, or one that only opens sentences."""
    low = word.casefold().replace("'", "’")
    return low in STOP_WORDS or low in lexicon.words("words", "openers")


@lru_cache(65536)
def is_common(word: str) -> bool:
    """Whether a word is in the dictionary of common English (WordNet's lemmas, as shipped with the model)."""
    lemmas = english_lemmas()
    low = word.casefold()
    if low in lemmas or low in STOP_WORDS:
        return True
    if "-" in low:
        return all(is_common(part) for part in low.split("-") if part)
    return any(low.endswith(end) and _stem(low, end, add) in lemmas for end, add in _ENDINGS)


_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ves", "f"),
    ("ves", "fe"),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
)


def _stem(word: str, end: str, add: str) -> str:
    return word[: len(word) - len(end)] + add


def singular(word: str) -> str:
    """Without a plural's s, for look-up only."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
