"""Who takes which part in an initiative, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.fields import unit_names
from kh_kr_corpus.annotate.initiatives.units import Genre, Passage, Unit

__all__ = ["actors_by_rule", "is_body", "is_joint", "is_language", "is_scene", "speaker_of", "speaks"]

_CAPITALS = {"place/seoul": "place/south-korea", "place/phnom-penh": "place/cambodia"}
"""Capitals that stand for their governments (codebook §3, metonyms; an unnamed national actor is its country)."""

_RECEIVES = re.compile(
    r"\b(?:to|for|at|behind|received|receives|benefit(?:s|ing)?|help|train(?:ed|ing)?|supports?|of)[ ]"
    r"(?:the )?(?:[\w’-]+ ){0,3}$",
    re.IGNORECASE,
)
_BODY_NOUN = r"(ministry|agency|embassy|university|bank|commission|foundation|city|council|committee|authority)"
_NOUN_SAYS = re.compile(
    rf"\b[Tt]he {_BODY_NOUN} (?:said|says|announced|added|reported|noted|explained)\b"
    rf"|\baccording to (?:an?|the) {_BODY_NOUN}(?:[’']s)? (?:statement|release|notice)"
)
_MEETS = re.compile(
    r"\b(?:sign\w*|met|talks|consultation|agree\w*|joint\w*|between|cooperat\w*|partner\w*|exchange\w*)\b",
    re.IGNORECASE,
)
_HOSTS = re.compile(r"^[^.]{0,40}\b(?:host(?:ed|s)?|conven(?:ed|es)|invit(?:ed|es))\b", re.IGNORECASE)
_SAYS = (
    r"(?:said|says|told|announced|added|noted|explained|informed|stated|pledged|promised|confirmed|urged|stressed|"
    r"reiterated|reaffirmed|emphasi[sz]ed|underlined)"
)


def actors_by_rule(text: str, draft: Draft, units: Sequence[Unit]) -> tuple[tuple[str, str], ...]:
    """Entries of the knowledge base with their roles; a country where only its adjective stands.

    A hint for :mod:`parties`, which decides.
    """
    names = unit_names(draft.units, spoken=False)
    country = {n: c for u in draft.units for n, c in zip(u.names, u.countries, strict=True)}
    acting = [n for n in names if is_body(n) and not speaks(text, n) and not is_joint(text, n)]
    roles: dict[str, str] = {}
    for name in acting:
        if name.entity:
            roles.setdefault(name.entity, _role(text, name, draft, country.get(name, "")))
    for entity, role in _countries(text, draft, names, {country.get(n, "") for n in acting}):
        roles.setdefault(entity, role)
    for city in _cities(text, draft, names, country):
        roles.setdefault(city.entity, "funder" if cues.says("funds", draft.text) else "partner")
    if not any(country.get(n) == "KR" for n in acting) and "place/south-korea" not in roles:
        for name in _carried(draft, units):
            roles.setdefault(name.entity, "funder" if cues.says("funds", draft.text) else "implementer")
    return tuple(roles.items())[:5]


def _carried(draft: Draft, units: Sequence[Unit]) -> list[Candidate]:
    """The Korean body whose "we" or "project" a sentence goes on about: the last one named shortly before."""
    if not re.search(r"\b[Ww]e\b", draft.units[0].text) and not cues.says("of_the_same", draft.units[0].text):
        return []
    before = [u for u in units if u.end <= draft.units[0].start][-5:]
    named = [n for u in before for n, c in zip(u.names, u.countries, strict=True) if c == "KR" and is_body(n)]
    return [name for name in named if name.entity][-1:]


def is_body(name: Candidate) -> bool:
    """An organisation, or a fund or volunteer corps that acts like one."""
    fund = name.label == "PROGRAM" and re.search(r"fund|edcf|volunteer|world-friends", name.entity)
    return name.label == "ORG" or bool(fund)


def is_joint(text: str, name: Candidate) -> bool:
    """A committee of both countries is what they do, not a third that does it."""
    surface = text[name.start : name.end]
    return "Korea" in surface and "Cambodia" in surface


def _countries(text: str, draft: Draft, names: Sequence[Candidate], seen: set[str]) -> Iterator[tuple[str, str]]:
    """The countries that stand for an unnamed actor of theirs."""
    capitals = {_CAPITALS[n.entity] for n in names if n.entity in _CAPITALS and not is_scene(text, n)}
    if not seen and any(u.sides.joint for u in draft.units):
        capitals |= set(_CAPITALS.values())
    mutual = draft.kind in ("policy-dialogue", "trade-investment") or _MEETS.search(draft.text)
    for code, entity, role in (("KR", "place/south-korea", "funder"), ("KH", "place/cambodia", "beneficiary")):
        nation = entity in capitals or any(n.entity == entity and _acts(text, n) for n in names)
        if code not in seen and nation:
            own = role if role != "funder" or cues.says("funds", draft.text) else "implementer"
            yield entity, "partner" if mutual else own


def _cities(text: str, draft: Draft, names: Sequence[Candidate], country: dict[Candidate, str]) -> Iterator[Candidate]:
    """Cities and provinces that act themselves: the one of Korea where nobody else does, both of a sister pact."""
    twins = re.search(r"\b(?:[Ss]ister|[Tt]win|[Ff]riendship)\b", draft.text)
    korean = any(country.get(n) == "KR" and is_body(n) for n in names)
    for name in names:
        if name.label != "GPE" or not name.entity or name.entity in _NATIONS or name.entity in _CAPITALS:
            continue
        if twins or (country.get(name) == "KR" and not korean and not is_scene(text, name)):
            yield name


_NATIONS = frozenset({"place/south-korea", "place/cambodia", "place/north-korea"})
_PEOPLE_OR_THING = re.compile(
    r"(?:-|[ ](?:tourists?|visitors?|travell?ers|arrivals|markets?|language|cultur\w+|nationals?|food|films?|history|"
    r"war|classes|lessons|style|won|time|peninsula|dramas?)\b)",
    re.IGNORECASE,
)


def _acts(text: str, name: Candidate) -> bool:
    """Whether a country or its adjective stands for an actor, not for a place, a language or a named body's home."""
    if is_language(text, name) or _PEOPLE_OR_THING.match(text, name.end):
        return False
    if re.match(r"(?:[’']s)?[ ][A-Z][a-z]", text[name.end : name.end + 5]):
        return False  # "Cambodian Red Cross", "Korea's Board of Audit"
    return name.label == "NORP" or not is_scene(text, name)


def is_scene(text: str, name: Candidate) -> bool:
    """Whether a place is only where it happens or where somebody is from."""
    before = text[max(0, name.start - 40) : name.start]
    return bool(
        re.search(
            r"\b(?:in|at|near|from|around|between|across|outside) $|\b(?:between|from) [^.,]*\b(?:and|to) $", before
        )
    )


def is_language(text: str, name: Candidate) -> bool:
    return name.label == "NORP" and bool(
        re.search(r"\b(?:in|speak\w*|learn\w*|teach\w*|and|or|,) $", text[max(0, name.start - 12) : name.start])
    )


def speaks(text: str, name: Candidate) -> bool:
    """A body that only reports ("..., the ministry said") has no part in it."""
    return bool(
        re.match(rf"[^.;]{{0,12}}\b{_SAYS}\b(?! (?:to|it will|it would|it had))", text[name.end : name.end + 30])
    )


def _role(text: str, name: Candidate, draft: Draft, country: str) -> str:
    before = text[max(0, name.start - 60) : name.start].split("\n")[-1]
    after = text[name.end : name.end + 60].split("\n")[0]
    if draft.kind == "policy-dialogue":
        return "convener" if _HOSTS.match(after) else "partner"
    if _RECEIVES.search(before) and country == "KH" and not re.search(r"\bby (?:the )?$", before):
        return "beneficiary"
    if country == "KR" and (
        cues.says("funds", after[:40])
        or re.search(r"(?:funded|financed|paid for|provided|donated) by (?:the )?$|from (?:the )?$", before)
    ):
        return "funder"
    if _MEETS.search(draft.text) and not cues.says("funds", draft.text):
        return "partner"
    if country == "KR" and any(n.label == "MONEY" for u in draft.units for n in u.names):
        return "funder"
    return "implementer" if country == "KR" or not _RECEIVES.search(before) else "beneficiary"


def speaker_of(text: str, source: Passage, genre: Genre, assertion: str, units: Sequence[Unit]) -> tuple[str, str]:
    """Entity and office of whose word it is; both empty where it is the author's or the document's own."""
    if assertion in ("document", "author-reports"):
        return "", ""
    if assertion == "author-recommends":
        last = [n for u in units[-3:] for n in u.names if n.label == "PERSON"]
        return (last[0].entity, "") if last else ("", "")
    if genre.speech or genre.interview:
        first = next((n for u in units for n in u.names if n.label == "PERSON"), None)
        return (first.entity, _office(text, first)) if first else ("", "")
    persons = [n for n in unit_names(source.units) if n.label == "PERSON" and _is_source(text, n)]
    if persons:
        full = _first_mention(text, persons[0], units)
        return persons[0].entity or full.entity, _office(text, full)
    bodies = [n for n in unit_names(source.units) if n.label == "ORG" and (speaks(text, n) or _is_source(text, n))]
    body = bodies[0] if bodies else _body_meant(text, source, units)
    return (body.entity, "") if body else ("", "")


def _body_meant(text: str, source: Passage, units: Sequence[Unit]) -> Candidate | None:
    """The body behind "the ministry said" or "according to an agency statement": the last one with that noun."""
    found = _NOUN_SAYS.search(source.text)
    if not found:
        return None
    noun = (found[1] or found[2]).capitalize()
    end = source.units[-1].end
    named = [n for u in units for n in u.names if n.label == "ORG" and n.start < end]
    return next((n for n in reversed(named) if noun in text[n.start : n.end].split()), None)


def _is_source(text: str, name: Candidate) -> bool:
    after, before = text[name.end : name.end + 60], text[max(0, name.start - 40) : name.start]
    return bool(
        re.match(rf"(?:,[^,.]{{0,50}},)? {_SAYS}\b", after)
        or re.search(rf"\b{_SAYS} [^.]{{0,38}}$|according to [^.]{{0,30}}$", before)
    )


def _first_mention(text: str, name: Candidate, units: Sequence[Unit]) -> Candidate:
    """The full name behind a second mention."""
    surface = text[name.start : name.end]
    if " " in surface:
        return name
    for unit in units:
        for other in unit.names:
            if other.label == "PERSON" and surface in text[other.start : other.end].split():
                return other
    return name


_OFFICE_AFTER = re.compile(
    r", ((?:[A-Z]?[a-z’-]+|of|the|[A-Z][\w’-]*)(?: (?:of|for|the|and|at|to|[A-Za-z][\w’-]*)){0,9})(?:,|\.| said)"
)
_OFFICE_BEFORE = re.compile(
    r"((?:(?:[A-Z][\w’-]+|of|and|for|the|deputy|vice) )*(?:[Mm]inister|[Aa]mbassador|[Gg]overnor|[Mm]ayor|[Dd]irector|"
    r"[Pp]resident|[Ss]ecretary|[Cc]hairman|[Ss]pokes\w+|[Cc]hief|[Ee]nvoy|[Rr]epresentative|Premier)"
    r"(?: (?:of|for) (?:[A-Z][\w’-]+(?:,? (?:and )?)?)+)?) (?:H\.E\. |Dr\.? |Mr\.? |Ms\.? )*$"
)


def _office(text: str, name: Candidate) -> str:
    """The office as the text gives it, in front of the name or behind a comma."""
    before = _OFFICE_BEFORE.search(text[max(0, name.start - 90) : name.start])
    if before:
        return before[1].strip()
    after = _OFFICE_AFTER.match(text[name.end : name.end + 110])
    return after[1].strip() if after and len(after[1]) > 3 else ""
