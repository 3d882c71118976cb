"""Which of several bearers of one name is meant: by the words around it and by what the text is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.bearers import held_office, on_time
from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.people import name_country
from kh_kr_corpus.annotate.words import Word
from kh_kr_corpus.models import Entity

__all__ = ["Context", "country_of"]

_COUNTRIES = {
    "KR": r"South Korean?s?|Korean?s?|ROK|R\.O\.K\.|Republic of Korea|Seoul|Busan|Korea’s|Koreans",
    "KH": r"Cambodian?s?|Kingdom(?: of Cambodia)?|Phnom Penh|Khmer|Siem Reap|H\.E\.|Samdech|Royal Government",
    "KP": r"North Korean?s?|DPRK|Pyongyang|Kim Jong[ -][Uu]n|Kim Il[ -][Ss]ung",
    "JP": r"Japan(?:ese)?|Tokyo|JICA", "CN": r"Chin(?:a|ese)|Beijing", "VN": r"Viet ?nam(?:ese)?|Hanoi",
    "TH": r"Thai(?:land)?|Bangkok", "US": r"U\.S\.|United States|American|Washington", "LA": r"Lao(?:s|tian)?",
}  # fmt: skip
_PATTERNS = {code: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for code, words in _COUNTRIES.items()}
_SOUTH = re.compile(r"\bSouth Korea|\bROK\b|\bRepublic of Korea|\bSeoul\b")
_CAPITALS = {"KR": "Seoul", "KH": "Phnom Penh"}
_NORTH = _PATTERNS["KP"]


def country_of(words: str) -> str:
    """ISO code of the country that ``words`` name as a whole, empty for none.

    >>> country_of("North Korean")
    'KP'
    """
    for code in ("KP", *_COUNTRIES):
        if _PATTERNS[code].fullmatch(words.strip()):
            return code
    return ""


class Context:
    """The text of a document and its names, asked about one name at a time."""

    def __init__(self, text: str, names: Iterable[Candidate], date: str | None = None) -> None:
        self.text = text
        self.date = date
        self.names = tuple(names)

    @cached_property
    def weights(self) -> Counter[str]:
        """How often the text names each country, or a city of it; asked for only where namesakes compete."""
        weights = Counter({code: len(pattern.findall(self.text)) for code, pattern in _PATTERNS.items()})
        weights["KR"] -= weights["KP"]
        for name in self.names:
            surface = self.text[name.start : name.end]
            words = {surface, *surface.split()}
            weights["KR"] += not words.isdisjoint(lexicon.names("places", "cities_kr"))
            weights["KH"] += not words.isdisjoint(lexicon.names("places", "cities_kh"))
        return weights

    def decide(self, entities: list[Entity], name: Candidate) -> str:
        """The id of the one that is meant, empty where the context does not say."""
        if len(entities) == 1:
            return entities[0].id if self._fits(entities[0], name) else ""
        scores = Counter({entity.id: self._score(entity, name) for entity in entities})
        (first, top), (_, second) = scores.most_common(2)
        return first if top - second >= 1.0 else ""

    def is_language(self, name: Candidate) -> bool:
        """Whether a word like "Khmer" means the language here."""
        before, after = self._near(name, 40)
        languages = r"(?:English|Korean|Khmer|French|Chinese|Japanese|Bunong|Thai|Vietnamese)"
        verbs = r"in|into|speaks?|speaking|fluent|taught|teach(?:es|ing)?|learn(?:s|ing)?|from"
        in_front = rf"\b(?:{verbs}|{languages},? (?:and|or)|{languages},)[ ]$"
        nouns = r"language|translation|version|script|text|lessons?|class(?:es)?|subtitles?|interpreter"
        behind = rf"(?:-language|-speaking|[ ](?:{nouns})|,? (?:and|or) {languages})"
        return bool(re.search(in_front, before) or re.match(behind, after))

    def _near(self, name: Candidate, width: int = 60) -> tuple[str, str]:
        before = re.split(r"\n|[.!?][ ]", self.text[max(0, name.start - width) : name.start])[-1]
        after = re.split(r"\n|[.!?][ ]", self.text[name.end : name.end + width])[0]
        return before, after

    def _fits(self, entity: Entity, name: Candidate) -> bool:
        """A body of one country is not meant where another country's name stands right in front or behind."""
        if entity.type != "organisation" or not entity.country:
            return True
        near = self._adjacent(name)
        return not near or near == entity.country

    def _adjacent(self, name: Candidate) -> str:
        """The country that stands directly in front ("Cambodian Ministry") or behind ("Ministry of the ROK")."""
        before, after = self._near(name)
        front = re.search(r"(North Korean|South Korean|[A-Z][\w.]+)(?:[’']s)?[ ]$", before)
        if front and country_of(front[1]):
            return country_of(front[1])
        behind = re.match(r"[ ](?:of|in)[ ](?:the[ ])?((?:Republic|Kingdom)[ ]of[ ])?([A-Z]\w+(?: [A-Z]\w+)?)", after)
        if behind:
            return country_of(behind[2]) or country_of(behind[2].split()[0])
        return ""

    def _score(self, entity: Entity, name: Candidate) -> float:
        """How well an entity fits; a difference of 1 is clear."""
        country = entity.country or ""
        before, after = self._near(name, 160)
        score = 0.0
        if self._adjacent(name):
            score += 4.0 if self._adjacent(name) == country else -4.0
        for words, weight in ((before, 1.0), (after, 0.8)):
            hits = {code: len(p.findall(words)) for code, p in _PATTERNS.items()}
            hits["KR"] -= hits["KP"]
            score += weight if hits.get(country, 0) > 0 else 0.0
        total = sum(max(0, n) for n in self.weights.values()) or 1
        score += 2.5 * max(0, self.weights.get(country, 0)) / total
        score += 1.5 if country and country == self._holder(name) else 0.0
        score += 0.8 if _CAPITALS.get(country, "-") in before + after else 0.0
        if entity.type in ("person", "event", "agreement"):
            score += 1.5 * on_time(entity, before[-60:] + after[:60], self.date)
            score += 1.5 * held_office(entity, before[-60:] + after[:40])
        if country in ("KR", "KP") and entity.type == "place":
            score += self._which_korea(country, before, after)
        score += 1.2 if self.text[name.start : name.end].casefold() == entity.name.casefold() else 0.0
        return score

    def _holder(self, name: Candidate) -> str:
        """The country of the person whose office at this body is told: "Chea Borith, a secretary of state at ..."."""
        holders = [n for n in self.names if n.label == "PERSON" and 0 < name.start - n.end < 90]
        behind = [n for n in self.names if n.label == "PERSON" and 0 <= n.start - name.end < 12]
        for other in (*holders[-1:], *behind[:1]):
            between = self.text[min(other.end, name.end) : max(other.start, name.start)]
            if not re.search(r"[.!?;\n]", between):
                words = self.text[other.start : other.end].split()
                return name_country([Word(w, 0, len(w), False) for w in words])
        return ""

    def _which_korea(self, country: str, before: str, after: str) -> float:
        """ "Korea" is the Republic unless the text is about the North."""
        north = bool(_NORTH.search(before) or _NORTH.search(after))
        south = bool(_SOUTH.search(before) or _SOUTH.search(after))
        about_north = self.weights["KP"] > 2 * max(1, self.weights["KR"])
        means_north = about_north and (north or not south)
        return 2.0 if (country == "KP") == means_north else -2.0
