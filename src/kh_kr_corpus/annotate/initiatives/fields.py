"""What an initiative says beside its kind: status, assertion, speaker, actors, amount, period, place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.clock import side_of
from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.content import head_of, tail_of
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.heads import chance
from kh_kr_corpus.annotate.initiatives.units import Genre, Passage, Unit

__all__ = [
    "amount_of",
    "hints_of",
    "instrument_of",
    "modalities_of",
    "places_of",
    "sectors_of",
    "status_and_assertion",
    "themes_of",
]

_FURTHER_SECTOR = 0.4
_FURTHER_THEME = 0.3
_QUOTE = re.compile(r"[“\"][^”\"]{12,}[”\",]")
_UNSIGNED = re.compile(
    r"\b(?:nothing was|not (?:yet )?been|without being|yet to be) signed\b|\bunsigned\b", re.IGNORECASE
)
_POSSIBLE = re.compile(r"\b(?:can|may|might)\b")
_SIGNED = re.compile(r"\b(?:sign(?:ed|s|ing)|inked|initialled|exchanged (?:notes|letters)|concluded)\b", re.IGNORECASE)


def hints_of(draft: Draft, source: Passage, genre: Genre, today: str | None) -> dict[str, float]:
    """What tells status and assertion beside the words, for the heads that decide: what closed-form rules say, and
    whether the dates lie before or behind ``today``, the text's own date."""
    hints = {f"H:{_status_by_rule(draft, genre)}": 1.5, f"H:{_assertion_by_rule(source, genre)}": 1.5}
    sides = sorted(set(_sides_of_today(draft, today)))
    return hints | {f"H:date {side}": 1.0 for side in sides or ["none"]} | {f"H:dates {'+'.join(sides)}": 1.0}


def _sides_of_today(draft: Draft, today: str | None) -> Iterator[str]:
    values = [n.value for unit in draft.units for n in unit.names if n.label == "DATE" and isinstance(n.value, str)]
    sides = (side_of(end, today) for value in values for end in value.split("/"))
    yield from (side for side in sides if side != "-")


def status_and_assertion(draft: Draft, source: Passage, genre: Genre, today: str | None) -> tuple[str, str]:
    """How far it is, as the text leaves it, and whose word it is (codebook §4)."""
    scores = draft.scores + draft.heads.scores(hints_of(draft, source, genre, today))
    status, assertion = draft.heads.best("status", scores), draft.heads.best("assertion", scores)
    if genre.statement:
        assertion = "document"
    return status, "author-reports" if assertion == "document" and not genre.statement else assertion


def _status_by_rule(draft: Draft, genre: Genre) -> str:
    text = draft.text
    first = draft.units[0].text
    for status in ("cancelled", "suspended"):
        if cues.found("statuses", status, text):
            return status
    if genre.opinion and cues.says("recommends", first) and not _SIGNED.search(first):
        return "proposed"
    if _SIGNED.search(text) and not _UNSIGNED.search(text) and not cues.says("future_signature", text):
        return "agreed" if not re.search(r"hand(?:ed|ing) over|inaugurat|in force", text) else "completed"
    proposed = cues.found("statuses", "proposed", first)
    will = cues.search("ahead", first)
    if proposed and not (will and will.start() < proposed.start()):
        return "proposed"
    if will:
        return "pledged"
    running = cues.found("statuses", "implementing", text)
    done = cues.found("statuses", "completed", first)
    if running and not (done and done.start() < running.start()):
        return "implementing"
    if done:
        return "completed"
    if cues.found("statuses", "agreed", text) or _UNSIGNED.search(text):
        return "pledged"
    if cues.found("statuses", "pledged", text):
        return "pledged"
    # "can" and "may" alone say neither that it was done nor that anybody has promised it
    return "implementing" if running else "proposed" if _POSSIBLE.search(first) else "completed"


def _assertion_by_rule(source: Passage, genre: Genre) -> str:
    text = source.text
    if genre.statement:
        return "document"
    if genre.opinion:
        return "author-recommends" if cues.says("recommends", source.units[0].text) else "author-reports"
    if genre.speech or genre.interview:
        return "official-reported"
    if cues.says("attributed", text):
        return "official-quoted" if _QUOTE.search(text) else "official-reported"
    return "author-reports"


def themes_of(draft: Draft) -> tuple[str, ...]:
    """The kind's own row first, then up to two other rows that are likely as well."""
    odds = draft.heads.of("kind", draft.scores)
    top = max(odds.values())
    weights = {kind: math.exp(value - top) for kind, value in odds.items()}
    others = sorted((k for k in weights if k != draft.kind), key=lambda kind: -weights[kind])[:2]
    return (draft.kind, *(kind for kind in others if weights[kind] / sum(weights.values()) >= _FURTHER_THEME))


def sectors_of(draft: Draft) -> tuple[str, ...]:
    """The fields it serves, the likeliest first: that one, and up to two more that are likely enough."""
    odds = draft.heads.of("sector", draft.scores)
    order = sorted(odds, key=lambda sector: -odds[sector])
    return (order[0], *(sector for sector in order[1:3] if chance(odds[sector]) >= _FURTHER_SECTOR))


def modalities_of(draft: Draft) -> tuple[str, ...]:
    """How it is delivered; ``unstated`` where the words do not say."""
    found = [term for term, _ in cues.ranked("modalities", draft.text)]
    allowed = {
        "training": ("scholarship", "training-in-korea", "training-in-cambodia", "expert-dispatch"),
        "policy-dialogue": ("dialogue",), "trade-investment": ("investment", "agreement"),
        "humanitarian-aid": ("relief", "in-kind"), "labour-mobility": ("agreement",),
        "cultural-exchange": ("volunteers", "agreement", "grant-project"),
        "tourism-promotion": ("agreement",), "anti-corruption": ("policy-advice", "expert-dispatch"),
        "infrastructure": ("grant-project", "concessional-loan"),
        "e-government": ("concessional-loan", "grant-project"),
        "security-cooperation": ("agreement", "in-kind"), "resilience": ("grant-project", "concessional-loan"),
    }[draft.kind]  # fmt: skip
    chosen = [term for term in found if term in allowed and (term != "agreement" or _SIGNED.search(draft.text))]
    return tuple(chosen[:2]) or ("unstated",)


def instrument_of(draft: Draft, status: str) -> str | None:
    """What was signed, None where nothing was."""
    if status != "agreed" or not _SIGNED.search(draft.text):
        return None
    for term in (
        "loan-agreement",
        "grant-agreement",
        "record-of-discussions",
        "minutes",
        "mou",
        "joint-statement",
        "treaty",
        "contract",
    ):
        if cues.found("instruments", term, draft.text):
            return term
    return "unstated"


def amount_of(names: Iterable[Candidate]) -> dict[str, str | float] | None:
    """The first amount with a value."""
    return next((n.value for n in names if n.label == "MONEY" and isinstance(n.value, dict)), None)


def places_of(text: str, names: Iterable[Candidate]) -> tuple[str, ...]:
    """Places in which it happens: linked names behind "in", "at", "near" and the like."""
    places: dict[str, None] = {}
    for name in names:
        if name.label not in ("GPE", "LOC", "FAC") or not name.entity.startswith("place/"):
            continue
        if name.entity in ("place/south-korea", "place/cambodia"):
            continue
        before = text[max(0, name.start - 30) : name.start]
        if re.search(
            r"\b(?:in|at|near|around|outside|across|along|of|to|on|and)[ ](?:the )?(?:[a-z]+ (?:of )?){0,2}$", before
        ):
            places[name.entity] = None
    return tuple(places)[:3]


def unit_names(units: Iterable[Unit], *, spoken: bool = True) -> list[Candidate]:
    """The names of several units in text order; without those of dateline and attribution where not ``spoken``."""
    units = list(units)
    kept = {n for u in units for n in u.names if spoken or head_of(u.text) <= n.start - u.start < tail_of(u.text)}
    return sorted(kept, key=lambda name: name.start)


__all__ += ["unit_names"]
