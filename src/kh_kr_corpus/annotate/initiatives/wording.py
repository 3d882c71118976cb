"""The words of a sentence as features: names replaced by what they are, single words and pairs, who does what."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.units import Unit

__all__ = ["plain_words", "stem", "wording_of"]

Features = dict[str, float]
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*|\d[\d,.]*|[^\w\s]")
_PLAIN = re.compile(r"[a-z]{3,}")
_SIDES = frozenset({"KR", "KH", "KP"})
_ACTORS = frozenset({"ORG", "GPE", "NORP", "PERSON", "PROGRAM"})
_TELLING = frozenset({"ORG", "PROGRAM", "EVENT", "AGREEMENT", "FAC"})
"""Labels whose words say something of the subject ("Ministry of Health")."""
_ENDINGS = ("ing", "ed", "es", "s")


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without the commonest endings."""
    for ending in _ENDINGS:
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def wording_of(unit: Unit, before: Unit | None) -> Features:
    """Stems, pairs of words, and words of the sentence in front (``p:``), which counts half.

    A name is its side and label (``KR_ORG``), an amount ``MONEY``; words inside a name carry ``~``.
    """
    features: Features = {}
    words = list(_masked(unit))
    for word in words:
        features[stem(word)] = 1.0
    own = [word for word in words if word[0] != "~"]
    for one, two in itertools.pairwise(own):
        features[f"{one} {two}"] = 1.0
    if before is not None:
        for word in _masked(before):
            features[f"p:{stem(word)}"] = 0.5
    features.update(_who_does_what(unit))
    return features


def _masked(unit: Unit) -> Iterator[str]:
    position = 0
    for name, country in zip(unit.names, unit.countries, strict=True):
        begin, end = name.start - unit.start, name.end - unit.start
        yield from _words(unit.text[position:begin])
        side = country if country in _SIDES else "XX" if country else ""
        if name.label in ("MONEY", "DATE"):
            yield name.label
        else:
            yield f"{side}_{name.label}"
            if name.label not in ("NORP", "GPE"):
                yield from (f"~{word}" for word in _words(unit.text[begin:end]) if len(word) > 3)
        position = end
    yield from _words(unit.text[position:])


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        yield "#" if word[0].isdigit() else word


def _who_does_what(unit: Unit) -> Features:
    """The first verb of doing, the sides in front of it and behind it, and its auxiliary."""
    acting = [(n.start - unit.start, c or "x") for n, c in zip(unit.names, unit.countries, strict=True)
              if n.label in _ACTORS]  # fmt: skip
    features: Features = {"sides " + "".join(sorted({code for _, code in acting if code != "x"})): 1.0}
    found = cues.first_act(unit.text)
    if found is None:
        features["verb -"] = 1.0
        return features
    words = found.group().split()
    verb = stem(words[-1])
    front = [code for place, code in acting if place < found.start()]
    behind = [code for place, code in acting if place >= found.start()]
    subject, object_ = (front or ["-"])[-1], (behind or ["-"])[0]
    auxiliary = words[0] if len(words) > 1 else "-"
    named = (f"verb {verb}", f"from {subject}", f"to {object_}", f"from {subject} to {object_}",
             f"from {subject} {verb}", f"auxiliary {auxiliary}")  # fmt: skip
    features.update(dict.fromkeys(named, 1.0))
    return features


def plain_words(unit: Unit) -> Iterator[str]:
    """Lower-case words of three letters and more, without those of persons, places and nationalities."""
    position = 0
    for name in unit.names:
        begin, end = name.start - unit.start, name.end - unit.start
        yield from _PLAIN.findall(unit.text[position : end if name.label in _TELLING else begin].lower())
        position = end
    yield from _PLAIN.findall(unit.text[position:].lower())
