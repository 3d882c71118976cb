"""Who takes which part in an initiative: every party that its sentences name is weighed, as learnt."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives import actors, cues
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.meant import leading_bodies, meant_by
from kh_kr_corpus.annotate.initiatives.units import Unit
from kh_kr_corpus.annotate.initiatives.wording import Features

__all__ = ["NONE", "actors_of", "parties_of"]

NONE = "none"
_NATIONS = {"place/south-korea": "KR", "place/cambodia": "KH"}
_CAPITALS = {"place/seoul": "place/south-korea", "place/phnom-penh": "place/cambodia"}
_SIDES = ("KR", "KH")
_OWN_SIDE, _FURTHER = 0.3, 0.5
"""Least chances of a part: for the likeliest party of a side, and for any other."""
_MOST = 6
_BACK = 3
"""How many sentences in front a party may stand that "the agency" or "it" means."""
_WORD = re.compile(r"[\w’']+|[^\w\s]")


def actors_of(text: str, draft: Draft, units: Sequence[Unit]) -> tuple[tuple[str, str], ...]:
    """Entries of the knowledge base with their roles, in the order of the text.

    Cooperation has two sides: the likeliest party of each takes part unless it is quite unlikely.
    """
    weighed = []
    for entity, features in parties_of(text, draft, units).items():
        odds = draft.heads.of("role", draft.heads.scores(features))
        top = max(odds.values())
        weights = {role: math.exp(value - top) for role, value in odds.items()}
        total = sum(weights.values())
        part = 1 - weights.pop(NONE, 0.0) / total
        weighed.append((part, entity, max(weights, key=lambda role: weights[role]), _side(features)))
    first = {max(own)[1] for side in _SIDES if (own := [w for w in weighed if w[3] == side and w[0] >= _OWN_SIDE])}
    return tuple((entity, role) for part, entity, role, _ in weighed if entity in first or part >= _FURTHER)[:_MOST]


def _side(features: Features) -> str:
    marks = {side: (f"P:{side} ", f"P:is nation {side}", f"P:carried {side}") for side in _SIDES}
    return next((side for side in _SIDES if any(name.startswith(marks[side]) for name in features)), "")


def parties_of(text: str, draft: Draft, units: Sequence[Unit]) -> dict[str, Features]:
    """Each entity that may have a part, and what speaks for which: the two nations always, and who is named."""
    hints = dict(actors.actors_by_rule(text, draft, units))
    country = {n: c for u in units for n, c in zip(u.names, u.countries, strict=True)}
    own = sorted({n for u in draft.units for n in u.names}, key=lambda n: n.start)
    before = [u for u in units if u.end <= draft.units[0].start][-_BACK:]
    carried = [n for u in before for n in u.names if actors.is_body(n)]
    bodies = {country.get(n, "") for n in own if actors.is_body(n) and n.entity}
    parties: dict[str, Features] = {nation: {} for nation in _NATIONS}
    for name in own:
        entity = _CAPITALS.get(name.entity, name.entity)
        if entity and _may_act(name):
            features = parties.setdefault(entity, {})
            features.update(_place(text, draft, name, country.get(name, "")))
    for name in carried:
        if name.entity and name.entity not in parties:
            features = parties.setdefault(name.entity, {})
            features |= {"P:carried": 1.0, f"P:carried {country.get(name, '')}": 1.0}
    for name in (n for u in draft.units for n in meant_by(u, units)):
        parties.setdefault(name.entity, {}).update(dict.fromkeys(_meant(name, country.get(name, "")), 1.0))
    for side, entity in leading_bodies(units).items():
        stands = "and named" if any(n.entity == entity for n in own) else "not named"
        parties.setdefault(entity, {}).update({f"P:leads {side}": 1.0, f"P:leads {side} {stands}": 1.0})
    for entity, features in parties.items():
        features.update(_about(entity, draft, bodies, hints))
    return parties


def _meant(name: Candidate, country: str) -> tuple[str, ...]:
    return ("P:meant", f"P:meant {name.label}", f"P:carried {country}")


def _may_act(name: Candidate) -> bool:
    return actors.is_body(name) or name.label in ("GPE", "NORP")


def _about(entity: str, draft: Draft, bodies: set[str], hints: dict[str, str]) -> Features:
    """What holds of a party whatever words stand around it."""
    side = _NATIONS.get(entity, "")
    type_ = f"nation {side}" if side else entity.partition("/")[0]
    hint = hints.get(entity, NONE)
    sides = draft.units[0].sides
    named = [
        "always", f"is {type_}", f"{type_} {draft.kind}", f"hint {hint}", f"hint {hint} {type_}",
        f"{type_} beside {'KR' * ('KR' in bodies)}{'KH' * ('KH' in bodies)}",
        f"{type_} in {sides.korean:d}{sides.cambodian:d}{sides.joint:d}",
    ]  # fmt: skip
    if cues.says("funds", draft.text):
        named.append(f"{type_} money")
    return {f"P:{name}": 1.0 for name in named}


def _place(text: str, draft: Draft, name: Candidate, country: str) -> Features:
    """What the words around a name say of its part."""
    unit = next(u for u in draft.units if u.start <= name.start < u.end)
    act = cues.first_act(unit.text)
    in_front = act is None or name.start - unit.start < act.start()
    before = [w.lower() for w in _WORD.findall(text[max(unit.start, name.start - 40) : name.start])][-2:]
    after = [w.lower() for w in _WORD.findall(text[name.end : min(unit.end, name.end + 40)])][:2]
    label = f"{country if country in ('KR', 'KH') else 'XX' if country else ''} {name.label}"
    found = {
        label: True, f"{label} in front": in_front, f"{label} behind": not in_front,
        f"after {' '.join(before[-1:])}": True, f"{label} after {' '.join(before)}": len(before) == 2,
        f"before {' '.join(after[:1])}": True, f"{label} before {' '.join(after)}": len(after) == 2,
        "speaks": actors.speaks(text, name), "scene": actors.is_scene(text, name),
        "language": actors.is_language(text, name), "joint": actors.is_joint(text, name),
        f"{label} first": bool(unit.names) and unit.names[0] is name, f"{label} opens": unit is draft.units[0],
    }  # fmt: skip
    return {f"P:{feature}": 1.0 for feature, holds in found.items() if holds}
