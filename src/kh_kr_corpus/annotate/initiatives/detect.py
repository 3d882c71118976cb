"""Which sentences report an initiative, and which sentences belong to one: who acts on whom, not only the topic."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.units import Genre, Unit
from kh_kr_corpus.annotate.initiatives.weigh import Affair, kinds_of, party_features
from kh_kr_corpus.annotate.initiatives.weigh import score as score_of

__all__ = ["Draft", "detect"]

_THRESHOLD = 0.5


_RAISED = frozenset({"EVENT", "PROGRAM", "AGREEMENT", "FAC"})
_FINITE = re.compile(r"\b(?:will|shall|would|is|are|was|were|has|have|had|agreed|signed|\w+s to)\b")
_BARE_QUOTE = re.compile(r"^[“\"]")


@dataclass(slots=True)
class Draft:
    """An initiative in the making: its units, its score, and the words that speak for each kind."""

    units: list[Unit]
    score: float
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, unit: Unit, score: float, kinds: Counter[str]) -> None:
        """A further sentence; its words count half for the kind."""
        self.units.append(unit)
        self.kinds.update({kind: weight * 0.5 for kind, weight in kinds.items()})
        self.score = max(self.score, score)

    @property
    def text(self) -> str:
        return " ".join(unit.text for unit in self.units)

    @property
    def kind(self) -> str:
        """The kind with the most weight, the codebook's earlier row on a tie."""
        if not self.kinds:
            return cues.KINDS[0]
        return min(self.kinds, key=lambda kind: (-round(self.kinds[kind], 2), cues.KINDS.index(kind)))


def detect(units: list[Unit], genre: Genre) -> list[Draft]:
    """The initiatives of a text in order."""
    affair = _affair(units)
    if not affair.bilateral:
        return []
    one_a_paragraph = len({unit.paragraph for unit in units}) > 0.6 * len(units)
    drafts: list[Draft] = []
    for i, unit in enumerate(units):
        if unit.heading or (genre.interview and unit.text.startswith(("Q:", "Q."))):
            continue
        last = drafts[-1] if drafts and i and units[i - 1] is drafts[-1].units[-1] else None
        same_paragraph = last is not None and last.units[-1].paragraph == unit.paragraph
        context = _context(units, i, genre)
        parties = party_features(unit, context, affair)
        if "no Korean party" in parties and last is None:
            continue
        kinds = kinds_of(unit, context)
        score = score_of(unit, parties, kinds)
        if last and (same_paragraph or one_a_paragraph) and _belongs(last, unit, score, kinds, same_paragraph):
            last.add(unit, score, kinds)
        elif score >= _THRESHOLD and not _repeats(drafts, Draft([unit], score, kinds)):
            draft = Draft([unit], score, kinds)
            draft.units[:0] = _ground(units, i, last)
            drafts.append(draft)
    return drafts


def _ground(units: list[Unit], i: int, last: Draft | None) -> list[Unit]:
    """The sentence without which a reader would not know what or who is meant, to stand in front as evidence.

    That is the one in front where it brings up by name what this one calls "The forum", and for a list item without
    a verb of its own the one that carries the parties of the list.
    """
    unit = units[i]
    found = re.match(r"The ([a-z]+) ", unit.text)
    before = units[i - 1] if i else None
    if found and before and last is None:
        noun = found[1].capitalize()
        names = [before.text[n.start - before.start : n.end - before.start] for n in before.names if n.label in _RAISED]
        return [before] if any(noun in name.split() for name in names) else []
    if unit.item and not _FINITE.search(unit.text):
        carriers = [u for u in units[max(0, i - 8) : i] if u.sides.korean and u.sides.cambodian and not u.item]
        return carriers[-1:]
    return []


def _repeats(drafts: list[Draft], draft: Draft) -> bool:
    """Whether a sentence only comes back to an initiative that is there: the same named scheme, or "the ceremony"."""
    unit = draft.units[0]
    named = {
        unit.text[n.start - unit.start : n.end - unit.start]
        for n in unit.names
        if n.label in ("PROGRAM", "AGREEMENT", "EVENT")
    }
    for earlier in reversed(drafts[-3:]):
        if earlier.kind != draft.kind:
            continue
        theirs = {
            u.text[n.start - u.start : n.end - u.start]
            for u in earlier.units
            for n in u.names
            if n.label in ("PROGRAM", "AGREEMENT", "EVENT")
        }
        if named & theirs and not _turns(earlier, unit):
            return True
        if cues.opens("returns", unit.text) and not named and not any(n.label == "MONEY" for n in unit.names):
            return True
    return False


def _affair(units: list[Unit]) -> Affair:
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


def _context(units: list[Unit], i: int, genre: Genre) -> list[Unit]:
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


_AHEAD = re.compile(r"\b(?:will|shall|is to|are to|is set to|are set to|plans? to|is due|are due)\b")
_BEHIND = re.compile(r"\b(?:signed|handed over|opened|completed|inaugurated|finished|was held|was launched)\b")


def _turns(last: Draft, unit: Unit) -> bool:
    """Whether a sentence turns from what was done to something that is to come, with a name or day of its own."""
    own = any(n.label in ("EVENT", "PROGRAM", "AGREEMENT", "DATE") for n in unit.names)
    return own and bool(_AHEAD.search(unit.text)) and bool(_BEHIND.search(last.text)) and not _AHEAD.search(last.text)


def _comes_back(last: Draft, unit: Unit) -> bool:
    """ "The clinic ..." after a sentence in which a clinic was spoken of."""
    found = re.match(r"The (?:[\w-]+ ){0,2}?([a-z-]{3,})", unit.text)
    return bool(found) and any(
        word in last.text for word in re.findall(r"[a-z-]{4,}", unit.text[: found.end()] if found else "")
    )


def _belongs(last: Draft, unit: Unit, score: float, kinds: Counter[str], same_paragraph: bool) -> bool:
    """Whether a sentence goes on about the initiative in front of it."""
    if len(last.units) >= 4 or unit.text.endswith("?"):
        return False
    continues = goes_back(unit.text) or _comes_back(last, unit)
    best = max(kinds.values(), default=0.0)
    same = best == 0 or kinds[last.kind] >= best - 1.0
    named = {n.entity or n.label for n in unit.names if n.label in ("PROGRAM", "AGREEMENT", "ORG")}
    new_named = any(n.label in ("PROGRAM", "AGREEMENT") for n in unit.names)
    if score >= _THRESHOLD and _turns(last, unit):
        return False
    if score >= _THRESHOLD:
        return not new_named and ((same and continues) or (best < 1.5 and same_paragraph))
    if unit.sides.other and not unit.sides.korean:
        return False
    fact = any(n.label in ("MONEY", "DATE") for n in unit.names) or bool(re.search(r"\b\d[\d,]*\b", unit.text))
    return continues and same and fact and not _BARE_QUOTE.match(unit.text) and len(named) <= 2
