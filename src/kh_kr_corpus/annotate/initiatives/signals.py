"""Signs that a sentence reports an initiative or does not: who is involved, what is done, what only sounds so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.content import content
from kh_kr_corpus.annotate.initiatives.units import Genre, Unit

__all__ = ["Affair", "affair_of", "context_of", "kinds_of", "party_signals", "signals"]

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
        before = cues.kind_scores(cues.without("setting", content(context[-1].text)))
        kinds.update({kind: 0.3 * weight for kind, weight in before.items() if kinds[kind]})
    return kinds


def signals(unit: Unit, kinds: Counter[str]) -> dict[str, float]:
    """What the words of a sentence say, whoever acts."""
    text, labels = unit.text, {name.label for name in unit.names}
    strength = max(kinds.values(), default=0.0)
    acts, plain = cues.acts(content(text)), cues.without("setting", content(text))
    specific = bool(labels & _THING) or bool(_QUANTITY.search(text))
    concrete = bool(labels & _CONCRETE) or bool(_QUANTITY.search(text))
    statuses = ("agreed", "pledged", "suspended", "cancelled")
    ahead = bool(_AHEAD.search(text))
    found: dict[str, float] = {
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


def party_signals(unit: Unit, context: list[Unit], affair: Affair) -> dict[str, float]:
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


def affair_of(units: list[Unit]) -> Affair:
    """Whose affair the text is: how far that of both countries, and whether somebody else's in the main."""
    korean = sum(u.sides.korean and not u.sides.northern for u in units)
    cambodian = sum(u.sides.cambodian for u in units)
    northern = sum(u.sides.northern for u in units)
    others = sum(u.sides.other and not u.sides.joint for u in units)
    if not korean or not cambodian or northern > korean:
        return Affair(0.0)
    head = units[:3]
    both = (
        any(u.sides.korean for u in head)
        and any(u.sides.cambodian for u in head)
        and not any(u.sides.northern for u in units)
    )
    foreign = others > min(korean, cambodian) or (bool(head) and head[0].sides.other and not head[0].sides.cambodian)
    courts = sum(cues.says("domestic", u.text) and not cues.says("together", u.text) for u in units)
    return Affair(min(1.0, 0.25 * both + 0.18 * korean), foreign or courts > max(1, 0.15 * len(units)))


def goes_back(text: str) -> bool:
    """Whether a sentence plainly speaks of a thing that the one in front of it brought up."""
    return cues.opens("continues", text) or cues.says("of_the_same", text)


def context_of(units: list[Unit], i: int, genre: Genre) -> list[Unit]:
    """The sentences in front within the paragraph, else the one that leads in to a list."""
    same = [u for u in units[max(0, i - 3) : i] if u.paragraph == units[i].paragraph]
    if genre.interview:
        return units[max(0, i - 3) : i]
    if same:
        return same
    if i and goes_back(units[i].text):
        return units[max(0, i - 2) : i]
    lead = [u for u in units[max(0, i - 6) : i] if u.text.endswith(":")]
    return lead[-1:]
