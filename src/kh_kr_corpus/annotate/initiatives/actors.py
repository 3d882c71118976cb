"""Who takes which part in an initiative, and who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.fields import unit_names
from kh_kr_corpus.annotate.initiatives.units import Genre, Unit

__all__ = ["actors_of", "speaker_of"]

_CAPITALS = {"place/seoul": "place/south-korea", "place/phnom-penh": "place/cambodia"}
"""Capitals that stand for their governments (codebook §3, metonyms; an unnamed national actor is its country)."""

_RECEIVES = re.compile(
    r"\b(?:to|for|at|behind|received|receives|benefit(?:s|ing)?|help|train(?:ed|ing)?|supports?|of)[ ]"
    r"(?:the )?(?:[\w’-]+ ){0,3}$",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"\b(?:sign\w*|met|talks|consultation|agree\w*|joint\w*|between|cooperat\w*|partner\w*|exchange\w*)\b",
    re.IGNORECASE,
)
_HOSTS = re.compile(r"^[^.]{0,40}\b(?:host(?:ed|s)?|conven(?:ed|es)|invit(?:ed|es))\b", re.IGNORECASE)
_SAYS = r"(?:said|says|told|announced|added|noted|explained|informed|stated|pledged|promised|confirmed|urged|stressed)"


def actors_of(text: str, draft: Draft) -> tuple[tuple[str, str], ...]:
    """Entries of the knowledge base with their roles; a country where only its adjective stands."""
    names = unit_names(draft.units)
    country = {n: c for u in draft.units for n, c in zip(u.names, u.countries, strict=True)}
    bodies = [n for n in names if n.label == "ORG" and n.entity]
    funds = [
        n
        for n in names
        if n.label == "PROGRAM" and n.entity and re.search(r"fund|edcf|volunteer|world-friends", n.entity)
    ]
    roles: dict[str, str] = {}
    for name in [*bodies, *funds]:
        if not _speaks(text, name):
            roles.setdefault(name.entity, _role(text, name, draft, country.get(name, "")))
    capitals = {_CAPITALS[n.entity] for n in names if n.entity in _CAPITALS}
    if not bodies and any(u.sides.joint for u in draft.units):
        capitals |= set(_CAPITALS.values())
    seen = {country.get(n, "") for n in [*bodies, *funds]}
    for code, entity, role in (("KR", "place/south-korea", "funder"), ("KH", "place/cambodia", "beneficiary")):
        nation = any(n.entity == entity and not _is_language(text, n) for n in names) or entity in capitals
        if code not in seen and nation:
            mutual = draft.kind in ("policy-dialogue", "trade-investment") or _MEETS.search(draft.text)
            roles.setdefault(
                entity,
                "partner" if mutual else role if role != "funder" or cues.says("funds", draft.text) else "implementer",
            )
    cities = [
        n
        for n in names
        if n.label == "GPE"
        and n.entity
        and country.get(n) == "KR"
        and n.entity not in ("place/south-korea", *_CAPITALS)
    ]
    if not any(c == "KR" for n, c in country.items() if n.entity in roles) and cities:
        roles.setdefault(cities[0].entity, "funder" if cues.says("funds", draft.text) else "partner")
    return tuple(roles.items())[:5]


def _is_language(text: str, name: Candidate) -> bool:
    return name.label == "NORP" and bool(
        re.search(r"\b(?:in|speak\w*|learn\w*|teach\w*|and|or|,) $", text[max(0, name.start - 12) : name.start])
    )


def _speaks(text: str, name: Candidate) -> bool:
    """A body that only reports ("..., the ministry said") has no part in it."""
    return bool(re.match(rf"[^.;]{{0,12}}\b{_SAYS}\b(?! (?:to|it will))", text[name.end : name.end + 30]))


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


def speaker_of(text: str, draft: Draft, genre: Genre, assertion: str, units: Sequence[Unit]) -> tuple[str, str]:
    """Entity and office of whose word it is; both empty where it is the author's or the document's own."""
    if assertion in ("document", "author-reports"):
        return "", ""
    if assertion == "author-recommends":
        last = [n for u in units[-3:] for n in u.names if n.label == "PERSON"]
        return (last[0].entity, "") if last else ("", "")
    if genre.speech or genre.interview:
        first = next((n for u in units for n in u.names if n.label == "PERSON"), None)
        return (first.entity, _office(text, first)) if first else ("", "")
    persons = [n for n in unit_names(draft.units) if n.label == "PERSON" and _is_source(text, n)]
    if persons:
        full = _first_mention(text, persons[0], units)
        return persons[0].entity or full.entity, _office(text, full)
    bodies = [n for n in unit_names(draft.units) if n.label == "ORG" and _speaks(text, n)]
    return (bodies[0].entity, "") if bodies else ("", "")


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
