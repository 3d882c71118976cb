"""Names of projects as sets of telling words: what is left of a title without what every title has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

from rapidfuzz import fuzz

from kh_kr_corpus.kb.names import folded

__all__ = ["Weights", "likeness", "numbers", "words"]

# What any aid project may be called, and the two countries and their agencies: it tells nothing apart.
_EMPTY = frozenset(
    "a an and at by for from in into its of on or the to with through under its as new more other "
    "project projects programme program programmes programs phase stage support supporting assistance aid cooperation "
    "cambodia cambodian cambodias cambodia's korea korean koreas republic kingdom koica edcf bank fund "
    "capacity building strengthening improvement improving improve establishment establishing establish development "
    "construction constructing construct build built building enhancement enhancing enhance implementation sent "
    "national joint funding loan loans grant grants promise promised".split()
)
_ALIKE = {
    "combodia": "", "rehabilitation": "road-works", "repair": "road-works", "rebuilt": "road-works",
    "highway": "road", "highways": "road", "route": "road", "nr": "road", "roads": "road",
    "centre": "center", "centres": "center", "paediatric": "pediatric", "paediatrician": "pediatric",
    "children": "child", "childrens": "child", "chidrens": "child", "kids": "child", "physician": "doctor",
    "expert": "expert", "experts": "expert", "adviser": "expert", "advisor": "expert", "specialist": "doctor",
    "instructors": "instructor", "taekwondo": "taekwondo", "martial": "taekwondo",
    "volunteers": "volunteer", "trainees": "trainee", "trainee": "trainee", "invited": "invitation",
    "invitational": "invitation", "kompong": "kampong", "kampung": "kampong", "chnang": "chhnang",
    "saemaul": "saemaul", "undong": "saemaul", "movement": "saemaul", "rural": "rural", "village": "village",
    "vehicles": "vehicle", "pumps": "pump", "hospitals": "hospital", "dams": "dam", "schools": "school",
    "telecommunications": "telecommunication", "ent": "throat", "otolaryngology": "throat", "ear": "throat",
    "ophthalmology": "eye", "intestinal": "parasite", "intestianl": "parasite", "oriental": "oriental",
    "sewage": "sewerage", "wastewater": "sewerage", "bridges": "bridge", "streets": "street",
    "preservation": "restoration", "conservation": "restoration", "conserving": "restoration",
    "gelogical": "geological", "resque": "rescue", "mineral": "mineral", "internships": "internship",
}  # fmt: skip
"""Words that stand for one another in titles, misprints of the databases among them; empty for words to drop."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "ii": 2, "iii": 3, "iv": 4,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_NUMBER = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th|rd|차)?\b|(?<!\w)(\d{1,3})(?=차|호)")


@lru_cache(65536)
def words(title: str) -> frozenset[str]:
    """The telling words of a title in one form; years and numbers are left to :func:`numbers`.

    >>> sorted(words("The Project for Bathey Flood Control in Cambodia"))
    ['bathey', 'control', 'flood']
    """
    text = folded(unicodedata.normalize("NFC", title).casefold().replace("’", "'").replace("'s", ""))
    found = set()
    for word in _WORD.findall(text):
        word = _ALIKE.get(word, word)
        if len(word) < 2 or word.isdigit() or word in _EMPTY or word in _ORDINALS:
            continue
        found.add(
            _ALIKE.get(word[:-1], word[:-1]) if len(word) > 4 and word.endswith("s") and word[-2] not in "su" else word
        )
    return frozenset(found)


@lru_cache(65536)
def numbers(title: str) -> frozenset[int]:
    """The numbers that tell one road, phase or section from another; years are none.

    >>> sorted(numbers("National Road No. 56, second section, 2009-2015"))
    [2, 56]
    """
    text = re.sub(r"\b(?:19|20)\d\d\b", " ", title.casefold())
    found = {int(a or b) for a, b in _NUMBER.findall(text)}
    return frozenset(found | {_ORDINALS[word] for word in re.findall(r"\w+", text) if word in _ORDINALS})


class Weights:
    """How telling a word is: the rarer among the titles at hand, the more."""

    def __init__(self, titles: Iterable[str]) -> None:
        listed = [words(title) for title in titles]
        self._counts = Counter(word for one in listed for word in one)
        self._total = max(1, len(listed))

    def __call__(self, word: str) -> float:
        return log(1 + self._total / (1 + self._counts[word]))


def likeness(first: frozenset[str], second: frozenset[str], weigh: Weights) -> tuple[float, tuple[str, ...]]:
    """How alike two sets of words are, from 0 to 1, and the words in common: the weight of what they share against
    the weight of both (Dice), half raised by how much of the shorter one is in the longer."""
    if not first or not second:
        return 0.0, ()
    shared = [word for word in first if _found(word, second)]
    common = sum(weigh(word) for word in shared)
    mine, theirs = sum(map(weigh, first)), sum(map(weigh, second))
    dice, inside = 2 * common / (mine + theirs), min(1.0, common / min(mine, theirs))
    return min(1.0, 0.5 * dice + 0.5 * dice**0.5 * inside), tuple(sorted(shared))


def _found(word: str, words_: frozenset[str]) -> str:
    if word in words_:
        return word
    if len(word) < 5:
        return ""
    return next(
        (other for other in words_ if len(other) >= 5 and other[0] == word[0] and fuzz.ratio(word, other) >= 84), ""
    )
