"""How sure it is that one sentence reports an initiative: a few readable features and their weights.

The score is the logistic of the weighted sum, so the weights can be read, doubted, and later fitted.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.content import content
from kh_kr_corpus.annotate.initiatives.units import Unit

__all__ = ["WEIGHTS", "Affair", "features", "kinds_of", "party_features", "score"]

WEIGHTS: Mapping[str, float] = {
    "always": -4.1,
    "kind words": 0.55,  # weight of the best kind's cues, up to 4
    "verbs of doing": 0.35,  # up to 3
    "no verb of doing": -1.5,
    "only vague words": -1.2,
    "Korean party": 1.3,
    "joint party": 1.0,
    "Korean party in front": 0.8,
    "Korean party somewhere in front": 0.2,
    "no Korean party": -2.2,
    "Cambodian party": 0.4,
    "third donor beside": -1.0,
    "third donor alone": -2.0,
    "text on both countries": 1.0,  # from 0 to 1
    "the North": -0.6,
    "others' affair": -1.5,
    "others' affair and one side": -3.0,
    "totals": -3.0,
    "domestic": -3.0,
    "hope": -2.0,
    "remark only": -2.5,
    "money": 0.5,
    "date": 0.3,
    "named programme or agreement": 0.4,
    "status words": 0.4,
    "specific": 0.5,  # an amount, a quantity or a name of the thing
    "praise or totals": -1.6,
    "aim without act": -1.8,
    "aim with specifics": -0.7,
    "remark": -1.0,
    "quoted talk": -0.9,
    "dialogue without meeting": -1.5,
    "dialogue of one side": -0.8,
    "question": -1.0,
    "very short": -0.7,
}
_QUANTITY = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|\w+teen|eleven|twelve|a dozen|twenty|thirty|forty|"
    r"fifty|sixty|eighty|ninety|hundred) (?!percent|per cent|years|%)[a-z]|\b\d+-(?!year|day|week|month)[a-z]",
    re.IGNORECASE,
)
_REMARK = re.compile(r"^[“\"]|\bsaid\b[^.]{0,12}[“\"]|\bsaid that\b")
_AHEAD = re.compile(r"\b(?:will|plans?|we want|signed|invite\w*|request\w*|ask(?:ed)?|propos\w*)\b")
_CONCRETE = frozenset({"MONEY", "PROGRAM", "FAC", "DATE"})
_THING = frozenset({"MONEY", "PROGRAM", "AGREEMENT", "FAC", "EVENT"})


@dataclass(frozen=True, slots=True)
class Affair:
    """Whose affair a text is."""

    bilateral: float
    """How much it is about South Korea and Cambodia, from 0 to 1."""
    foreign: bool = False
    """Whether others play the larger part: then both parties have to stand in the sentence itself."""


def kinds_of(unit: Unit, context: list[Unit]) -> Counter[str]:
    """Weight of each kind's words in a sentence; the sentence in front counts a little for kinds that it has."""
    kinds = cues.kind_scores(cues.without("setting", content(unit.text)))
    for name in unit.names:
        surface = unit.text[name.start - unit.start : name.end - unit.start]
        if name.label == "AGREEMENT" and re.search(r"Friendship|Sister", surface):
            kinds["cultural-exchange"] += 2
    if context:
        before = cues.kind_scores(cues.without("setting", context[-1].text))
        kinds.update({kind: 0.3 * weight for kind, weight in before.items() if kinds[kind]})
    return kinds


def score(unit: Unit, parties: Mapping[str, float], kinds: Counter[str]) -> float:
    """From 0 to 1, from the words of a sentence and its :func:`party_features`."""
    found = {**features(unit, kinds), **parties}
    z = sum(WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-z))


def features(unit: Unit, kinds: Counter[str]) -> dict[str, float]:
    """What the words of a sentence say, whoever acts."""
    text, labels = unit.text, {name.label for name in unit.names}
    strength = max(kinds.values(), default=0.0)
    acts, plain = cues.acts(content(text)), cues.without("setting", content(text))
    specific = bool(labels & _THING) or bool(_QUANTITY.search(text))
    concrete = bool(labels & _CONCRETE) or bool(_QUANTITY.search(text))
    statuses = ("agreed", "pledged", "suspended", "cancelled")
    ahead = bool(_AHEAD.search(text))
    found: dict[str, float] = {
        "always": 1.0,
        "kind words": min(strength, 4.0),
        "verbs of doing": float(min(acts, 3)),
        "no verb of doing": acts == 0,
        "only vague words": not cues.strong(plain),
        "money": "MONEY" in labels,
        "date": "DATE" in labels,
        "named programme or agreement": bool(labels & {"PROGRAM", "AGREEMENT"}),
        "status words": any(cues.found("statuses", status, text) for status in statuses),
        "specific": specific,
        "praise or totals": cues.says("generic", text),
        "quoted talk": bool(_REMARK.search(text)) and not _AHEAD.search(text) and not specific,
        "totals": cues.says("totals", text) and not ahead,
        "domestic": cues.says("domestic", text) and not cues.says("together", text),
        "hope": cues.says("hope", text) and not concrete,
        "remark only": cues.says("remark", text) and not ahead,
        "question": text.endswith("?"),
        "very short": len(text) < 45,
    }
    found["aim with specifics" if concrete else "aim without act"] = cues.says("vague", text)
    found["remark"] = cues.says("talk", text) and not specific
    if strength and kinds["policy-dialogue"] == strength:
        sides = unit.sides
        both = sides.joint or (sides.korean and (sides.cambodian or "KH" in unit.countries))
        found["dialogue without meeting"] = not cues.says("meeting", plain)
        found["dialogue of one side"] = not both
    return found


def party_features(unit: Unit, context: list[Unit], affair: Affair) -> dict[str, float]:
    """Who is involved: a Korean party has to be there, in words or plainly from what came before."""
    sides, bilateral = unit.sides, affair.bilateral
    found: dict[str, float] = {
        "Cambodian party": sides.cambodian,
        "the North": sides.northern,
        "text on both countries": bilateral,
        "others' affair": affair.foreign,
        "others' affair and one side": affair.foreign and not (sides.korean and sides.cambodian),
    }
    if sides.korean:
        found["Korean party"] = 1.0
    elif sides.joint and bilateral > 0.3:
        found["joint party"] = 1.0
    elif any(u.sides.korean for u in context) and not sides.other:
        goes_on = cues.opens("continues", unit.text) or cues.says("of_the_same", unit.text)
        found["Korean party in front" if goes_on else "Korean party somewhere in front"] = 1.0
    else:
        found["no Korean party"] = 1.0
    if sides.other and not sides.joint:
        found["third donor beside" if sides.korean else "third donor alone"] = 1.0
    return found
