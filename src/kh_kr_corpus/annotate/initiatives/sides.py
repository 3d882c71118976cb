"""Who stands on which side: the country of each name, and which countries a sentence involves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.people import person_score
from kh_kr_corpus.annotate.words import Word
from kh_kr_corpus.kb import KnowledgeBase

__all__ = ["Sides", "countries_of_names"]

_KR = re.compile(
    r"\b(?:South Korea|Korea|Korean|ROK|R\.O\.K\.|KOICA|KOTRA|EDCF|KOFIH|KEXIM|Eximbank|Saemaul)(?:n|ns)?\b"
)
_KH = re.compile(r"\b(?:Cambodian?s?|Khmer|Royal Government|Kingdom|Samdech|Oknha)\b")
_KP = re.compile(r"\b(?:North Korean?s?|DPRK|Pyongyang|Workers[’'] Party of Korea)\b")


_WE = re.compile(r"\b(?:our|we|us)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"\b(?:Korean|Khmer)[- ](?:language|style|speaking|script|version)\b")


@dataclass(frozen=True, slots=True)
class Sides:
    """What one sentence says about the parties."""

    korean: bool
    cambodian: bool
    joint: bool
    other: bool
    northern: bool


def countries_of_names(text: str, names: Iterable[Candidate], kb: KnowledgeBase) -> dict[Candidate, str]:
    """ISO code of each name's country, empty where neither the knowledge base nor the words tell it."""
    by_surface: dict[str, str] = {}
    countries = {}
    for name in names:
        surface = text[name.start : name.end]
        country = _country(text, name, surface, kb)
        if country:
            by_surface.setdefault(surface, country)
        countries[name] = country
    return {n: c or by_surface.get(text[n.start : n.end], "") for n, c in countries.items()}


def _country(text: str, name: Candidate, surface: str, kb: KnowledgeBase) -> str:
    if name.entity and name.entity in kb:
        entity = kb[name.entity]
        if entity.country:
            return entity.country
    if _KP.search(surface):
        return "KP"
    if _KR.search(surface) and not (_KH.search(surface) and name.label != "AGREEMENT"):
        return "KR"
    if surface in lexicon.names("places", "cities_kr") or surface in lexicon.names("bodies", "korean"):
        return "KR"
    if surface in lexicon.names("places", "cities_kh") or _KH.search(surface):
        return "KH"
    first = surface.split()[0]
    if name.label == "ORG" and (first in lexicon.names("places", "cities_kr")):
        return "KR"
    if name.label == "ORG":
        return _beside(text, name)
    if name.label == "PERSON":
        parts = [Word(w, 0, len(w), False) for w in surface.split()]
        return "KR" if person_score(parts) >= 0.95 else ""
    return ""


def _beside(text: str, name: Candidate) -> str:
    """The country of a body by the place behind it ("... College in Gangwon Province") or the demonym in front."""
    before = text[max(0, name.start - 24) : name.start]
    if re.search(r"\b(?:South )?Korean? (?:[a-z]+ ){0,2}$|Korea[’']s $", before) and not re.search(
        r"North Korean? ", before
    ):
        return "KR"
    if re.search(r"\bCambodian? (?:[a-z]+ ){0,2}$|\b[Oo]ur $", before):
        return "KH"
    behind = re.match(
        r"(?: \([^)]*\))?,? (?:in|of|from|based in) (?:the )?([A-Z]\w+(?: [A-Z]\w+)?)", text[name.end : name.end + 50]
    )
    if behind:
        for place in (behind[1], behind[1].split()[0]):
            if place in lexicon.names("places", "cities_kr") or place in ("South Korea", "Korea"):
                return "KR"
            if place in lexicon.names("places", "cities_kh"):
                return "KH"
    return ""


def sides_of(text: str, countries: Iterable[str], *, we: bool = False) -> Sides:
    """The parties of one sentence, from its words and its names' countries; ``we``: "we" is the Cambodian one."""
    codes = set(countries)
    text = _LANGUAGE.sub(" ", text)
    southern = bool(re.search(r"(?<!North )\bKorean?s?\b|\bROK\b", text)) or "KR" in codes
    return Sides(
        korean=southern,
        cambodian="KH" in codes or bool(_KH.search(text)) or (we and bool(_WE.search(text))),
        joint=cues.says("joint", text),
        other=cues.says_exactly("other_donors", text) or bool(codes - {"KR", "KH", "KP", ""}),
        northern=bool(_KP.search(text)) or "KP" in codes,
    )


__all__ += ["sides_of"]
