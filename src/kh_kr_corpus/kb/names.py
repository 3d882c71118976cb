"""The form in which names are compared, and what stands in front of or behind a person's name."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["LIKENESS", "SCORES", "Alias", "Match", "folded", "name_key", "without_honorifics"]

_SEPARATORS = re.compile(r"[\s\-‐‑–—_/]+")
# Zero-width spaces and soft hyphens are invisible, and Khmer is written with and without them.
_DROPPED = re.compile(r"[.,'’‘“”\"()\u200b\u200c\u00ad\ufeff]")
# Two ways to write one cluster: coeng da and coeng ta look alike in print (សម្ដេច, សម្តេច).
_COENG_DA, _COENG_TA = "\u17d2\u178a", "\u17d2\u178f"

_LATIN = frozenset(
    "mr mrs ms miss mme madam sir dr prof professor he hrh hm her his excellency excellencies royal highness majesty "
    "honourable honorable hon samdech oknha neak lok chumteav preah king queen prince princess rev reverend venerable "
    "gen general lt col colonel maj major capt captain brigadier ambassador minister president premier".split()
)
_KOREAN = re.compile(
    r"\s+(?:씨|님|여사|박사|교수|의원|대통령|총리|부총리|국무총리|장관|차관|대사|총영사|의장|회장|사장|이사장|위원장|소장|국왕|시장|지사)+$"
)
_KHMER = re.compile(
    "^(?:សម្តេច|ឯកឧត្តម|លោកជំទាវ|លោកស្រី|អ្នកស្រី|លោក|អ្នកឧកញ៉ា|ឧកញ៉ា|បណ្ឌិត|កញ្ញា|ព្រះករុណា|ព្រះបាទ|អគ្គមហាសេនាបតី|"
    "តេជោ|មហាបវរធិបតី|នាយករដ្ឋមន្ត្រី|រដ្ឋមន្ត្រី)[\\s\u200b]*"
)


SCORES = {"without honorific": 0.98, "order swapped": 0.97, "spaced otherwise": 0.96, "romanised otherwise": 0.9,
           "read from Hangul": 0.85}  # fmt: skip
"""What a match is worth when one thing had to be changed to get there."""
LIKENESS = 0.8
"""The score of a likeness of 100 of 100: below that of every match by key."""


class Alias(NamedTuple):
    """One name of one entity; ``kind`` is a term of ``name_kinds``, or ``demonym``."""

    text: str
    entity: str
    kind: str
    lang: str


class Match(NamedTuple):
    """An entity that a name may mean.

    ``score`` runs from 1 (the very name) to 0; ``reasons`` say what was changed to get there; ``name`` is the name
    that fits; ``needs`` says what must decide where others fit as well (terms of ``deciders``).
    """

    entity: str
    name: str
    score: float
    reasons: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def by_key(self) -> bool:
        """Whether it rests on a key, not on a mere likeness."""
        return self.score > LIKENESS

    @property
    def certain(self) -> bool:
        """Whether the name is the same but for title, order and spacing; never true of a mere likeness."""
        return self.score > SCORES["romanised otherwise"] and not self.needs


def name_key(name: str) -> str:
    """The form in which names are compared: NFC, casefold, "and" for &, no points or quotes, one space for any
    separator.

    >>> name_key("KIM Yong-Ha") == name_key("Kim Yong Ha")
    True
    """
    text = unicodedata.normalize("NFC", name).casefold().replace("&", " and ")
    text = _SEPARATORS.sub(" ", _DROPPED.sub("", text)).strip()
    return text.replace(_COENG_DA, _COENG_TA).removeprefix("the ")


def without_honorifics(key: str, more: frozenset[str] = frozenset()) -> str:
    """A name key without the titles around it; ``more`` are further title words that stand in front.

    >>> without_honorifics(name_key("H.E. Dr. Sok Siphana"))
    'sok siphana'
    """
    if key.isascii():
        words = key.split()
        n = 0
        while n < len(words) - 1 and (words[n] in _LATIN or words[n] in more):
            n += 1
        return " ".join(words[n:])
    text = _KOREAN.sub("", key)
    while (shorter := _KHMER.sub("", text)) != text and shorter:
        text = shorter
    return text


def folded(key: str) -> str:
    """A name key in Latin script without its diacritics; others as they are.

    >>> folded("sâmdéch"), folded("훈 센")
    ('samdech', '훈 센')
    """
    if key.isascii():
        return key
    bare = "".join(char for char in unicodedata.normalize("NFD", key) if not unicodedata.combining(char))
    return bare if bare.isascii() else key
