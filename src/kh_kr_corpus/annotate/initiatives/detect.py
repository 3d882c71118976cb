"""Which sentences report an initiative, and which sentences belong to one: as learnt from annotated texts."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.content import content
from kh_kr_corpus.annotate.initiatives.heads import Heads, Scores, chance
from kh_kr_corpus.annotate.initiatives.signals import (
    Affair,
    affair_of,
    context_of,
    goes_back,
    kinds_of,
    party_signals,
    signals,
)
from kh_kr_corpus.annotate.initiatives.units import Genre, Unit
from kh_kr_corpus.annotate.initiatives.vectors import Vector, vector_of
from kh_kr_corpus.annotate.initiatives.wording import Features, plain_words, stem, wording_of

__all__ = [
    "Draft",
    "Reading",
    "combined",
    "detect",
    "document_features",
    "draft_features",
    "link_features",
    "read_units",
    "surest_kind",
]

EVIDENCE, LINKS, DOCUMENT, STRENGTH = 0.28, 0.5, 0.8, 0.28
"""Least chances: of a sentence to be evidence, of the link between two that are, of any initiative in a text, and of
an initiative with its kind."""
MEANING = 4.0
"""How much each half of the meaning counts beside single words."""
_BARRED = (("R:no Korean party", "R:third donor alone"), ("R:others' affair and one side", "R:third donor beside"))
"""Signs that together rule a sentence out: another donor's project, and Korea's with others in a text on others."""
_REACH = 3
_ARTICLE = 6
"""Sentences from which on a text as a whole is judged; a note of fewer stands by its sentences alone."""
_QUESTION = ("Q:", "Q.")
_NATIONS = frozenset({"place/south-korea", "place/cambodia"})
_NAMED = ("PROGRAM", "AGREEMENT", "EVENT")


@dataclass(slots=True)
class Reading:
    """A sentence and what speaks for its being evidence; ``scores``, the log odds of all heads, once it may be."""

    unit: Unit
    number: int
    features: Features
    vector: Vector
    scores: Scores = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    evidence: float = 0.0


@dataclass
class Draft:
    """An initiative in the making."""

    readings: list[Reading]
    heads: Heads

    @property
    def units(self) -> list[Unit]:
        return [reading.unit for reading in self.readings]

    @property
    def text(self) -> str:
        return " ".join(unit.text for unit in self.units)

    @property
    def score(self) -> float:
        """The chance that it is an initiative of its kind, as such scores turned out on texts that were not seen."""
        return self.heads.chance("draft", self.heads.scores(draft_features(self.strength)))

    @property
    def strength(self) -> float:
        """The chance that its surest sentence is evidence, times that of its kind."""
        return max(reading.evidence for reading in self.readings) * surest_kind(self.heads, self.scores)

    @cached_property
    def scores(self) -> Scores:
        """Log odds of all heads, from all its sentences."""
        features, vector = combined(self.readings)
        return self.heads.scores(features, vector)

    @cached_property
    def kind(self) -> str:
        return self.heads.best("kind", self.scores)


def surest_kind(heads: Heads, scores: Scores) -> float:
    """The chance of the likeliest kind."""
    return max(_softmax(heads.of("kind", scores)))


def draft_features(strength: float) -> Features:
    """From which the head "draft" tells how far a strength can be believed."""
    return {"C:always": 1.0, "C:odds": math.log((strength + 1e-3) / (1 + 1e-3 - strength))}


def read_units(units: Sequence[Unit], genre: Genre, affair: Affair) -> list[Reading]:
    """Features and meaning of each sentence that can be evidence; ``affair`` is that of all ``units``."""
    readings = []
    for number, unit in enumerate(units):
        if unit.heading or (genre.interview and unit.text.startswith(_QUESTION)):
            continue
        features = _features(units, number, genre, affair)
        readings.append(Reading(unit, number, features, vector_of(plain_words(unit)) * np.float32(MEANING)))
    return readings


def _features(units: Sequence[Unit], number: int, genre: Genre, affair: Affair) -> Features:
    unit, before = units[number], units[number - 1] if number else None
    same = before is not None and before.paragraph == unit.paragraph
    context = context_of(list(units), number, genre)
    kinds = kinds_of(unit, context)
    features = wording_of(unit, before if same else None)
    features.update({f"R:{name}": float(v) for name, v in signals(unit, kinds).items() if v})
    features.update({f"R:{name}": float(v) for name, v in party_signals(unit, context, affair).items() if v})
    plain = cues.without("setting", content(unit.text))
    features.update({f"K:{kind}": 1.5 * weight for kind, weight in cues.kind_scores(plain).items()})
    features.update({f"S:{sector}": 1.5 * min(n, 3) for sector, n in cues.ranked("sectors", plain)})
    sides = unit.sides
    features[f"s:{sides.korean:d}{sides.cambodian:d}{sides.joint:d}{sides.other:d}{sides.northern:d}"] = 1.0
    placed = len(units) >= _ARTICLE  # in a note of two sentences, to be first or last means nothing
    named = {
        "always": True, "item": unit.item, "first": placed and number == 0, "early": placed and number in (1, 2),
        "late": placed and number >= len(units) - 2, "opens paragraph": not same, "foreign": affair.foreign,
        "one side": not affair.bilateral, "statement": genre.statement, "speech": genre.speech,
        "interview": genre.interview, "opinion": genre.opinion,
        "Koreans before": any(u.sides.korean for u in context),
        "Cambodians before": any(u.sides.cambodian for u in context),
        "others before": any(u.sides.other for u in context),
    }  # fmt: skip
    features.update({f"@{name}": 1.0 for name, holds in named.items() if holds})
    features |= {
        "@place": number / len(units) if placed else 0.5,
        "@bilateral": affair.bilateral,
        "@length": min(3, len(unit.text) / 100),
    }
    return features


def combined(readings: Sequence[Reading]) -> tuple[Features, Vector]:
    """Features and meaning of several sentences; all but the first count half."""
    features: Features = {}
    vector = np.zeros_like(readings[0].vector)
    for place, reading in enumerate(readings):
        weight = 1.0 if place == 0 else 0.5
        vector += np.float32(weight) * reading.vector
        for name, value in reading.features.items():
            features[name] = features.get(name, 0.0) + weight * value
    return features, vector


def link_features(front: Reading, behind: Reading, heads: Heads) -> Features:
    """What speaks for two sentences being about one initiative."""
    one, two = front.unit, behind.unit
    names, known = _names(two), _names(one)
    kinds = [np.array(list(_softmax(heads.of("kind", r.scores)))) for r in (front, behind)]
    words = [{stem(w) for w in plain_words(unit)} for unit in (one, two)]
    new = any(n.label in _NAMED and _key(two, n.start, n.end, n.entity) not in known for n in two.names)
    features = {
        "L:always": 1.0, "L:paragraph": float(one.paragraph == two.paragraph),
        "L:paragraphs": min(3, two.paragraph - one.paragraph), "L:distance": min(5, behind.number - front.number),
        "L:same kind": float(kinds[0].argmax() == kinds[1].argmax()), "L:kinds": float(kinds[0] @ kinds[1]),
        "L:goes back": float(goes_back(two.text)), "L:shared": min(3, len((names & known) - _NATIONS)),
        "L:new": min(3, len(names - known - _NATIONS)), "L:new scheme": float(new),
        "L:money": float(any(n.label == "MONEY" for n in two.names)), "L:item": float(two.item),
        "L:items": float(one.item and two.item), "L:meaning": float(front.vector @ behind.vector) / MEANING**2 / 2,
        "L:words": len(words[0] & words[1]) / max(3, min(len(words[0]), len(words[1]))),
        "L:evidence": behind.evidence, "L:evidence before": front.evidence,
    }  # fmt: skip
    opening = re.match(r"[“\"]?(\w+(?:['’]\w+)?)(?: (\w+))?", two.text)
    if opening:
        features[f"L:{opening[1].lower()}"] = features[f"L:{opening[1]} {opening[2]}".lower()] = 1.0
    return features


def _key(unit: Unit, start: int, end: int, entity: str) -> str:
    return entity or unit.text[start - unit.start : end - unit.start]


def _names(unit: Unit) -> set[str]:
    return {_key(unit, n.start, n.end, n.entity) for n in unit.names if n.label not in ("DATE", "MONEY")}


def _softmax(scores: dict[str, float]) -> list[float]:
    top = max(scores.values())
    raised = [float(np.exp(score - top)) for score in scores.values()]
    return [value / sum(raised) for value in raised]


def document_features(readings: Sequence[Reading], affair: Affair) -> Features:
    """What speaks for there being any initiative in a text: its surest sentences, who acts, whose affair it is."""
    surest = sorted(readings, key=lambda reading: -reading.evidence)[:3]
    sure = [reading.evidence for reading in surest] or [0.0]
    second, third = sure[min(1, len(sure) - 1)], sure[min(2, len(sure) - 1)]  # a short text is judged by what it has
    features = {
        "D:always": 1.0, "D:surest": sure[0], "D:second": second, "D:third": third,
        "D:odds": sum(math.log((s + 0.01) / (1.01 - s)) for s in sure) / len(sure) / 3,
        "D:share": sum(reading.evidence > 0.5 for reading in readings) / max(1, len(readings)),
        "D:bilateral": affair.bilateral, "D:foreign": float(affair.foreign), "D:one side": float(not affair.bilateral),
    }  # fmt: skip
    sides = [reading.unit.sides for reading in readings]
    for name, holds in (
        ("both", [s.korean and s.cambodian for s in sides]), ("Korean", [s.korean for s in sides]),
        ("third", [s.other for s in sides]), ("northern", [s.northern for s in sides]),
        ("joint", [s.joint for s in sides]),
    ):  # fmt: skip
        features[f"D:{name}"] = sum(holds) / max(1, len(holds))
    if surest:
        features.update({f"D:top {name}": 1.0 for name in surest[0].features if name.startswith("R:")})
    return features


def detect(units: Sequence[Unit], genre: Genre, heads: Heads) -> list[Draft]:
    """The initiatives of a text in order."""
    affair = affair_of(list(units))
    readings = read_units(units, genre, affair)
    for reading in readings:
        barred = any(all(sign in reading.features for sign in signs) for signs in _BARRED)
        reading.evidence = 0.0 if barred else chance(heads.evidence(reading.features, reading.vector))
    whole = heads.chance("document", heads.scores(document_features(readings, affair)))
    if len(readings) >= _ARTICLE and whole < DOCUMENT:
        return []
    drafts: list[Draft] = []
    for reading in readings:
        last = drafts[-1].readings[-1] if drafts else None
        if reading.evidence < EVIDENCE:
            continue
        reading.scores = heads.scores(reading.features, reading.vector)
        if last and reading.number - last.number <= _REACH and _linked(last, reading, heads):
            drafts[-1].readings.append(reading)
        else:
            drafts.append(Draft([reading], heads))
    return [draft for draft in drafts if draft.strength >= STRENGTH]


def _linked(front: Reading, behind: Reading, heads: Heads) -> bool:
    scores = heads.scores(link_features(front, behind, heads))
    return chance(heads.of("link", scores)["link"]) >= LINKS
