"""When the thing itself takes place: each date in the evidence is read by the words around it and weighed, as learnt.

The day of a signature, of an opening or of a halt is not the period of what was signed, built or halted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.heads import chance
from kh_kr_corpus.annotate.initiatives.wording import Features, stem

__all__ = ["Dated", "dated_of", "period_of"]

PERIOD = 0.35
"""Least chance of a date to be the period."""
_FROM = re.compile(r"\b(?:from|between|beginning in|starting in|since|as of)[ ](?:[a-z]+ )?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|by)[ ](?:the )?(?:end of )?$", re.IGNORECASE)
_JOINS = re.compile(r"\b(?:to|and|until|till)[ ]$")
_RELATIVE = re.compile(r"\b([Ll]ast|[Tt]his|[Nn]ext) (year|month)\b")
_HALF = re.compile(r"\b(first|second)[ ]half[ ]of[ ]$", re.IGNORECASE)
_LASTS = re.compile(r",? for (a|an|one|two|three|four|five|six|nine|ten|\d{1,2}) (year|month)s?\b")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10}
_WORD = re.compile(r"[a-z]+|\d+|[^\w\s]")
_VERB = re.compile(r"[a-z]+(?:ed|ing)\b|\b(?:will|held|began|begin|met|opens?|starts?|is|was|were|to|took|ran|runs)\b")
_WORKS = ("infrastructure", "resilience", "e-government")


@dataclass(frozen=True, slots=True)
class Dated:
    """A period that one date, or a pair of them, may stand for, and what speaks for it."""

    period: str
    features: Features


def period_of(text: str, names: Sequence[Candidate], draft: Draft, status: str, date: str | None) -> str | None:
    """EDTF of the likeliest date in the evidence, None where no date is likely enough."""
    weighed = [
        (chance(draft.heads.of("period", draft.heads.scores(dated.features))["period"]), dated.period)
        for dated in dated_of(text, names, draft, status, date)
    ]
    best = max(weighed, key=lambda item: item[0], default=(0.0, ""))
    return best[1] if best[0] >= PERIOD else None


def dated_of(text: str, names: Sequence[Candidate], draft: Draft, status: str, date: str | None) -> Iterator[Dated]:
    """What each date among ``names``, and each "next month", may mean, in order; ``date`` is that of the text."""
    dates = [n for n in names if n.label == "DATE" and isinstance(n.value, str)]
    dates = sorted([*dates, *_relative(draft, date)], key=lambda name: name.start)
    for i, name in enumerate(dates):
        for form, period in _forms(text, name, dates[i + 1] if i + 1 < len(dates) else None, date):
            yield Dated(period, _features(text, name, form, (draft, status, date), i, len(dates)))


def _relative(draft: Draft, date: str | None) -> Iterator[Candidate]:
    """Months and years that are named by their distance from the text's date only."""
    if not date or not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", date):
        return
    year, month = int(date[:4]), int(date[5:7])
    for unit in draft.units:
        for found in _RELATIVE.finditer(unit.text):
            step = {"last": -1, "this": 0, "next": 1}[found[1].casefold()]
            months = year * 12 + month - 1 + step
            value = f"{year + step}" if found[2] == "year" else f"{months // 12}-{months % 12 + 1:02}"
            yield Candidate(unit.start + found.start(), unit.start + found.end(), "DATE", 0.0, "relative", "", value)


def _forms(text: str, name: Candidate, behind: Candidate | None, date: str | None) -> Iterator[tuple[str, str]]:
    """The periods that a date may stand for: itself, a beginning, an end; by the words in front of it."""
    value = str(name.value).rstrip("~")
    before = text[max(0, name.start - 24) : name.start]
    lead = "from" if _FROM.search(before) else "until" if _UNTIL.search(before) else "at"
    if "/" in value:
        yield f"{lead} interval", value
        return
    if behind and behind.start - name.end < 12 and _JOINS.search(text[name.end : behind.start]):
        last = str(behind.value)
        if "/" not in last and last >= value:
            yield f"{lead} pair", f"{value}/{last}"
    half = _HALF.search(before)
    if half and len(value) == 4:
        yield "half", f"{value}-01/{value}-06" if half[1].casefold() == "first" else f"{value}-07/{value}-12"
    end = f"{value}-12" if len(value) == 4 and "end of" in before else value
    if lead == "until" and date and len(date) >= 7 and end >= date[:7]:
        yield "until, from now", f"{date[:7]}/{end}"
    yield f"{lead} end", f"../{end}"
    yield f"{lead} beginning", f"{value}/.."
    lasting = _lasting(value, text[name.end : name.end + 24])
    yield f"{lead} lasting" if lasting != value else f"{lead} itself", lasting


def _features(
    text: str, name: Candidate, form: str, about: tuple[Draft, str, str | None], place: int, count: int
) -> Features:
    draft, status, today = about
    unit = next(u for u in draft.units if u.start <= name.start < u.end)
    value = str(name.value)
    grain = "span" if "/" in value else {4: "year", 7: "month", 10: "day"}.get(len(value), "other")
    before = _WORD.findall(text[max(unit.start, name.start - 40) : name.start].lower())[-2:]
    after = _WORD.findall(text[name.end : min(unit.end, name.end + 30)].lower())[:1]
    verbs = _VERB.findall(text[unit.start : name.start].lower())[-1:] or ["-"]
    later = "-" if not today else "later" if value[: len(today)] > today[: len(value)] else "earlier"
    day = text[name.start : name.end].lower()
    works = "works" if draft.kind in _WORKS else draft.kind
    told = [
        "always", form, grain, f"{form} {status}", f"{form} {grain}", f"{form} {status} {grain}", f"{works} {status}",
        f"{form} after {' '.join(before[-1:])}", f"{form} after {' '.join(before)}", f"{form} before {' '.join(after)}",
        f"{form} verb {stem(verbs[0])}", f"{form} {status} {later}", f"{grain} {later}", f"{form} {works} {grain}",
        f"{form} {works}", "first" if place == 0 else "further", "only" if count == 1 else "several",
        "opens" if unit is draft.units[0] else "goes on", f"{form} weekday" if day.endswith("day") else "no weekday",
        "sentence begins" if name.start - unit.start < 6 else "inside", f"{form} {name.reason == 'relative'}",
    ]  # fmt: skip
    return {f"T:{feature}": 1.0 for feature in told}


def _lasting(value: str, behind: str) -> str:
    """The interval of "in March for a year": from a year or month, as long as the words behind it say."""
    found = _LASTS.match(behind)
    is_known = value.replace("-", "").isdigit()  # "in June" of a text without a date is XXXX-06
    if not found or len(value) not in (4, 7) or not is_known:
        return value
    count = _COUNTS.get(found[1]) or int(found[1])
    if found[2] == "year":
        return f"{value}/{int(value[:4]) + count}{value[4:]}"
    if len(value) == 4:
        return value
    months = int(value[:4]) * 12 + int(value[5:]) - 1 + count
    return f"{value}/{months // 12}-{months % 12 + 1:02}"
