"""What an initiative says beside its kind: status, assertion, speaker, actors, amount, period, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.content import content, head_of, tail_of
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.units import Genre, Unit

__all__ = [
    "amount_of",
    "assertion_of",
    "instrument_of",
    "modalities_of",
    "period_of",
    "places_of",
    "sectors_of",
    "status_of",
    "themes_of",
]

_DEFAULT_SECTORS = {
    "training": "education",
    "e-government": "digital",
    "anti-corruption": "governance-justice",
    "resilience": "disaster-risk",
    "cultural-exchange": "culture",
    "infrastructure": "urban-housing",
    "trade-investment": "trade",
    "tourism-promotion": "tourism",
    "labour-mobility": "labour-migration",
    "humanitarian-aid": "disaster-risk",
    "policy-dialogue": "public-administration",
    "security-cooperation": "defence-security",
}
_OWN = {
    "e-government": "digital", "anti-corruption": "governance-justice", "resilience": "disaster-risk",
    "tourism-promotion": "tourism", "labour-mobility": "labour-migration", "security-cooperation": "defence-security",
}  # fmt: skip


_QUOTE = re.compile(r"[“\"][^”\"]{12,}[”\",]")
_UNSIGNED = re.compile(
    r"\b(?:nothing was|not (?:yet )?been|without being|yet to be) signed\b|\bunsigned\b", re.IGNORECASE
)
_POSSIBLE = re.compile(r"\b(?:can|may|might)\b")
_SIGNED = re.compile(r"\b(?:sign(?:ed|s|ing)|inked|initialled|exchanged (?:notes|letters)|concluded)\b", re.IGNORECASE)


def status_of(draft: Draft, genre: Genre) -> str:
    """How far it is, as the text leaves it (codebook §4)."""
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


def assertion_of(draft: Draft, genre: Genre) -> str:
    """Whose word it is (codebook §4)."""
    text = draft.text
    if genre.statement:
        return "document"
    if genre.opinion:
        return "author-recommends" if cues.says("recommends", draft.units[0].text) else "author-reports"
    if genre.speech or genre.interview:
        return "official-reported"
    if cues.says("attributed", text):
        return "official-quoted" if _QUOTE.search(text) else "official-reported"
    return "author-reports"


def themes_of(draft: Draft) -> tuple[str, ...]:
    """The kind's own row first, then every other row with strong words of its own."""
    top = draft.kinds[draft.kind]
    others = [k for k in cues.KINDS if k != draft.kind and draft.kinds[k] >= max(3.0, 0.7 * top)]
    return (draft.kind, *sorted(others, key=lambda kind: -draft.kinds[kind])[:2])


def sectors_of(draft: Draft) -> tuple[str, ...]:
    """The fields it serves, most words first; the kind's own field where the words name none."""
    found = cues.ranked("sectors", cues.without("setting", " ".join(content(u.text) for u in draft.units)))
    own = _OWN.get(draft.kind)
    counts = dict(found)
    if own:
        counts[own] = counts.get(own, 0) + 2
    if draft.kind == "policy-dialogue":
        counts["public-administration"] = counts.get("public-administration", 0) + 1
    if draft.kind not in ("trade-investment",):
        counts.pop("private-sector", None)
    if not counts:
        return (_DEFAULT_SECTORS[draft.kind],)
    order = sorted(counts, key=lambda sector: -counts[sector])
    top = counts[order[0]]
    return tuple(s for s in order[:2] if counts[s] >= top * 0.6)


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


_WORKS = ("infrastructure", "resilience", "e-government")
_FROM = re.compile(r"\b(?:from|between|beginning in|starting in|since|as of)[ ](?:[a-z]+ )?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through)[ ](?:the )?(?:end of )?$", re.IGNORECASE)
_AT = re.compile(
    r"\b(?:in|on|by|of|for|last|next|,|–)[ ]"
    r"(?:(?:the )?(?:early|late|end of|first half of|second half of|spring of|summer of) )?$",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b(first|second)[ ]half[ ]of[ ]$", re.IGNORECASE)


def period_of(text: str, names: Sequence[Candidate], draft: Draft, status: str, date: str | None) -> str | None:
    """When the thing itself takes place, from the dates in its evidence and the words in front of them.

    The day of a signature, of an opening or of a halt is not the period of what was signed, built or halted.
    """
    dates = [n for n in names if n.label == "DATE" and isinstance(n.value, str)]
    momentary = status in ("agreed", "suspended", "cancelled") or (draft.kind in _WORKS and status == "completed")
    for i, name in enumerate(dates):
        value = str(name.value)
        before = text[max(0, name.start - 24) : name.start]
        if "/" in value:
            return value
        if _FROM.search(before) and not (momentary and status != "agreed"):
            if i + 1 < len(dates) and re.search(
                r"\b(?:to|and|until|till)[ ]$", text[name.end : dates[i + 1].start][-7:]
            ):
                last = str(dates[i + 1].value)
                return f"{value}/{last}" if "/" not in last and last >= value else value
            return f"{value.rstrip('~')}/.."
        if momentary:
            continue
        half = _HALF.search(before)
        if half and len(value) == 4:
            return f"{value}-01/{value}-06" if half[1].casefold() == "first" else f"{value}-07/{value}-12"
        if _UNTIL.search(before):
            end = f"{value}-12" if len(value) == 4 and "end of" in before else value
            return f"{date[:7]}/{end}" if date and len(date) >= 7 and end >= date[:7] else f"../{end}"
        if _AT.search(before):
            return value.rstrip("~")
    return None


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
