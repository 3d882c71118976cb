"""Cue words of kinds, sectors, modalities, statuses and instruments: ``lexicon/cues.yaml``, compiled once."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from kh_kr_corpus.annotate import lexicon

__all__ = [
    "KINDS",
    "acts",
    "first_act",
    "found",
    "kind_scores",
    "opens",
    "ranked",
    "says",
    "says_exactly",
    "search",
    "strong",
    "without",
]

KINDS = (
    "training", "e-government", "anti-corruption", "resilience", "cultural-exchange", "infrastructure",
    "trade-investment", "tourism-promotion", "labour-mobility", "humanitarian-aid", "policy-dialogue",
    "security-cooperation",
)  # fmt: skip


def _compile(words: str) -> re.Pattern[str]:
    """Over text in lower case: far quicker than ``re.IGNORECASE``."""
    return re.compile(rf"(?<![\w-])(?:{words.lower()})")


@cache
def _pattern(group: str, key: str) -> re.Pattern[str]:
    words = str(lexicon.table("cues")[group][key])
    for place, country in (("KR_PLACE", "cities_kr"), ("KH_PLACE", "cities_kh")):
        if place in words:
            cities = "|".join(re.escape(city) for city in sorted(lexicon.names("places", country)))
            words = words.replace(place, cities)
    return _compile(words)


@cache
def _kind_patterns() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    kinds = lexicon.table("cues")["kinds"]
    return tuple((kind, float(weight), _compile(kinds[kind][weight])) for kind in KINDS for weight in kinds[kind])


def kind_scores(text: str) -> Counter[str]:
    """Weight of evidence for each kind; the same words count once, repeated cues of one weight less each time."""
    return Counter(_kind_hits(text)[0])


def strong(text: str) -> bool:
    """Whether any cue of a kind stands in the text that is more than a vague word."""
    return _kind_hits(text)[1]


@lru_cache(maxsize=64)
def _kind_hits(text: str) -> tuple[Counter[str], bool]:
    low = text.lower()
    scores: Counter[str] = Counter()
    strongest = 0.0
    for kind, weight, pattern in _kind_patterns():
        hits = len(set(pattern.findall(low)))
        if hits:
            strongest = max(strongest, weight)
            scores[kind] += sum(weight / (1 + 0.6 * n) for n in range(hits))  # type: ignore[assignment]
    return scores, strongest >= 2


@cache
def _phrases(key: str, exact: bool = False) -> re.Pattern[str]:
    words = "|".join(lexicon.table("phrases")[key])
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)") if exact else _compile(words)


@cache
def _openings(key: str) -> re.Pattern[str]:
    return re.compile(rf"[“\"‘]?(?:{'|'.join(lexicon.table('phrases')[key])})")


def search(key: str, text: str) -> re.Match[str] | None:
    """The first phrase of a list of ``lexicon/phrases.yaml``, case aside."""
    return _phrases(key).search(text.lower())


def says(key: str, text: str) -> bool:
    """Whether a text holds a phrase of a list, case aside."""
    return _phrases(key).search(text.lower()) is not None


def says_exactly(key: str, text: str) -> bool:
    """Whether a text holds one of the names of a list, as it is written."""
    return _phrases(key, True).search(text) is not None


def opens(key: str, text: str) -> bool:
    """Whether a text opens with a phrase of a list, behind a quotation mark or not; case counts."""
    return _openings(key).match(text) is not None


@lru_cache(maxsize=256)
def without(key: str, text: str) -> str:
    """A text with the phrases of a list taken out, in lower case."""
    return _phrases(key).sub(" ", text.lower())


def ranked(group: str, text: str) -> list[tuple[str, int]]:
    """The terms of a group whose cues the text holds, with how many different ones, most first."""
    table, low = lexicon.table("cues")[group], text.lower()
    counts = {term: len(set(_pattern(group, term).findall(low))) for term in table}
    return sorted(((t, n) for t, n in counts.items() if n), key=lambda item: -item[1])


def found(group: str, term: str, text: str) -> re.Match[str] | None:
    """The first cue of one term."""
    return _pattern(group, term).search(text.lower())


@cache
def _acts() -> re.Pattern[str]:
    return _compile(str(lexicon.table("cues")["acts"]))


def acts(text: str) -> int:
    """How many different verbs of doing a text has."""
    return len(set(_acts().findall(text.lower())))


@cache
def _auxiliary_and_act() -> re.Pattern[str]:
    acts = str(lexicon.table("cues")["acts"]).lower()
    auxiliaries = "will|would|has|have|had|is|are|was|were|to"
    return re.compile(rf"(?<![\w-])(?:(?:{auxiliaries}) )?(?:been |be )?(?:{acts})[a-z]*")


def first_act(text: str) -> re.Match[str] | None:
    """The first verb of doing with its auxiliaries; offsets are those of ``text``."""
    return _auxiliary_and_act().search(text.lower())
