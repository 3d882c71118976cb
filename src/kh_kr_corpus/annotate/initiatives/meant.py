"""Whom a text means without a name: "the agency", "both ministries", and the bodies that a text is mostly about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives.units import Unit

__all__ = ["leading_bodies", "meant_by"]

_NOUNS = (
    "agency|ministry|ministries|unit|commission|bank|fund|foundation|university|universities|institute|company|firm|"
    "city|cities|province|district|embassy|council|committee|authority|authorities|centre|center|association|chamber|"
    "hospital|school|college|corporation|service|police|museum|academy|federation|union|party|office|department|body|"
    "agencies|bodies|institutes|chambers|administration"
)
_DEFINITE = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Bb]oth|[Tt]he two|[Ii]ts|[Oo]ur|[Mm]y) (?:[a-z]+ ){{0,1}}?({_NOUNS})\b(?! of [A-Z])"
)
_SINGULAR = {"ministries": "ministry", "universities": "university", "cities": "city", "authorities": "authority",
             "agencies": "agency", "bodies": "body", "institutes": "institute", "chambers": "chamber"}  # fmt: skip
_ANY = ("body", "office")
"""Nouns that any organisation may be called by."""
_NATIONS = ("place/south-korea", "place/cambodia", "place/north-korea")


def meant_by(unit: Unit, units: Sequence[Unit]) -> Iterator[Candidate]:
    """The names in front that the definite nouns of a sentence go back to: the last that bears the noun, the last
    two where it stands in the plural."""
    for found in _DEFINITE.finditer(unit.text):
        noun = found[1]
        single, many = _SINGULAR.get(noun, noun), noun in _SINGULAR
        place = unit.start + found.start()
        named: list[Candidate] = []
        for name in _before(units, place):
            if name.entity and name.entity not in {n.entity for n in named} and _bears(name, single):
                named.append(name)
            if len(named) > many:
                break
        yield from named


def _before(units: Sequence[Unit], place: int) -> Iterator[Candidate]:
    for unit in reversed(units):
        if unit.start < place:
            yield from (n for n in reversed(unit.names) if n.end <= place and n.label in ("ORG", "GPE", "PROGRAM"))


def _bears(name: Candidate, noun: str) -> bool:
    """Whether a body or place is one of that sort, by the words of its id."""
    type_, _, slug = name.entity.partition("/")
    if noun in _ANY:
        return name.label == "ORG"
    if noun == "city":
        return type_ == "place" and name.entity not in _NATIONS and not slug.endswith("province")
    return {"center": "centre"}.get(noun, noun) in slug.split("-")


def leading_bodies(units: Iterable[Unit]) -> dict[str, str]:
    """The body of each country, by its code, that a text names most often, where it does so more than once."""
    counts: Counter[tuple[str, str]] = Counter()
    for unit in units:
        for name, country in zip(unit.names, unit.countries, strict=True):
            if name.label == "ORG" and name.entity and country in ("KR", "KH"):
                counts[country, name.entity] += 1
    leading: dict[str, str] = {}
    for (country, entity), count in counts.most_common():
        if count > 1:
            leading.setdefault(country, entity)
    return leading
