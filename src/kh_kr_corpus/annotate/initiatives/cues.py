"""Cue words of kinds, sectors, modalities, statuses and instruments: ``lexicon/cues.yaml``, compiled once."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.initiatives.cue_index import Cue, CueIndex

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


@cache
def _cue(group: str, key: str) -> Cue:
    words = str(lexicon.table("cues")[group][key])
    for place, country in (("KR_PLACE", "cities_kr"), ("KH_PLACE", "cities_kh")):
        if place in words:
            cities = "|".join(re.escape(city) for city in sorted(lexicon.names("places", country)))
            words = words.replace(place, cities)
    return Cue(words)


@cache
def _kind_cues() -> tuple[CueIndex, list[tuple[str, float]]]:
    kinds = lexicon.table("cues")["kinds"]
    weighed = [(kind, weight) for kind in KINDS for weight in kinds[kind]]
    return CueIndex([Cue(kinds[kind][weight]) for kind, weight in weighed]), [(k, float(w)) for k, w in weighed]


@cache
def _group_cues(group: str) -> tuple[CueIndex, list[str]]:
    terms = list(lexicon.table("cues")[group])
    return CueIndex([_cue(group, term) for term in terms]), terms


def kind_scores(text: str) -> Counter[str]:
    """Weight of evidence for each kind; the same words count once, repeated cues of one weight less each time."""
    return Counter(_kind_hits(text)[0])


def strong(text: str) -> bool:
    """Whether any cue of a kind stands in the text that is more than a vague word."""
    return _kind_hits(text)[1]


@lru_cache(maxsize=64)
def _kind_hits(text: str) -> tuple[Counter[str], bool]:
    index, weighed = _kind_cues()
    scores: Counter[str] = Counter()
    strongest = 0.0
    for n, hits in index.counts(text.lower()):
        kind, weight = weighed[n]
        strongest = max(strongest, weight)
        scores[kind] += sum(weight / (1 + 0.6 * n) for n in range(hits))  # type: ignore[assignment]
    return scores, strongest >= 2


@cache
def _phrases(key: str) -> Cue:
    return Cue("|".join(lexicon.table("phrases")[key]))


@cache
def _names(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(lexicon.table('phrases')[key])})(?!\w)")


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
    return _names(key).search(text) is not None


def opens(key: str, text: str) -> bool:
    """Whether a text opens with a phrase of a list, behind a quotation mark or not; case counts."""
    return _openings(key).match(text) is not None


@lru_cache(maxsize=256)
def without(key: str, text: str) -> str:
    """A text with the phrases of a list taken out, in lower case."""
    return _phrases(key).pattern.sub(" ", text.lower())


def ranked(group: str, text: str) -> list[tuple[str, int]]:
    """The terms of a group whose cues the text holds, with how many different ones, most first."""
    index, terms = _group_cues(group)
    counts = [(terms[n], hits) for n, hits in index.counts(text.lower())]
    return sorted(counts, key=lambda item: -item[1])


def found(group: str, term: str, text: str) -> re.Match[str] | None:
    """The first cue of one term."""
    return _cue(group, term).search(text.lower())


@cache
def _acts() -> Cue:
    return Cue(str(lexicon.table("cues")["acts"]))


def acts(text: str) -> int:
    """How many different verbs of doing a text has."""
    return _acts().count(text.lower())


@cache
def _auxiliary_and_act() -> re.Pattern[str]:
    acts = str(lexicon.table("cues")["acts"]).lower()
    auxiliaries = "will|would|has|have|had|is|are|was|were|to"
    return re.compile(rf"(?<![\w-])(?:(?:{auxiliaries}) )?(?:been |be )?(?:{acts})[a-z]*")


def first_act(text: str) -> re.Match[str] | None:
    """The first verb of doing with its auxiliaries; offsets are those of ``text``."""
    return _auxiliary_and_act().search(text.lower())
