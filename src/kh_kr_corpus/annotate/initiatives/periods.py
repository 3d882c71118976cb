"""When the thing itself takes place: each date in the evidence is read by the words around it and weighed, as learnt.

The day of a signature, of an opening or of a halt is not the period of what was signed, built or halted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.clock import side_of
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.heads import chance
from kh_kr_corpus.annotate.initiatives.units import Unit
from kh_kr_corpus.annotate.initiatives.wording import Features, stem
from kh_kr_corpus.annotate.words import NUMBERS

__all__ = ["Dated", "dated_of", "period_of"]

PERIOD = 0.2
"""Least chance of a date to be the period."""
_FROM = re.compile(r"\b(?:from|between|beginning in|starting in|since|as of)[ ](?:[a-z]+ )?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|by)[ ](?:the )?(?:end of )?$", re.IGNORECASE)
_JOINS = re.compile(r"\b(?:to|and|until|till)[ ]$")
_RELATIVE = re.compile(r"\b([Ll]ast|[Tt]his|[Nn]ext) (year|month|spring|summer|autumn|fall|winter)\b")
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_DAY = re.compile(rf"\b({'|'.join(_DAYS)})\b", re.IGNORECASE)
_HALF = re.compile(r"\b(first|second)[ ]half[ ]of[ ]$", re.IGNORECASE)
_COUNTS = {**NUMBERS, "a": 1, "an": 1, "half a": 0.5}
_HOW_MANY = rf"({'|'.join(sorted(_COUNTS, key=len, reverse=True))}|\d{{1,2}})"
_LONG = re.compile(rf"\b{_HOW_MANY}[- ](year|month|week|day)s?\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|\d+|[^\w\s]")
_VERB = re.compile(r"[a-z]+(?:ed|ing)\b|\b(?:will|held|began|begin|met|opens?|starts?|is|was|were|to|took|ran|runs)\b")
_AHEAD = 3
"""How many dates further on may end the period that a date begins."""
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
        unit = next(u for u in draft.units if u.start <= name.start < u.end)
        place = _Place(unit, i, len(dates))
        for form, period in _forms(unit, name, date):
            yield Dated(period, _features(name, form, (draft, status, date), place))
        for later in dates[i + 1 : i + 1 + _AHEAD]:
            for form, period in _pairs(text, name, later):
                features = _features(name, form, (draft, status, date), place)
                yield Dated(period, features | _features_of_end(text, later, form, status, date))


def _relative(draft: Draft, date: str | None) -> Iterator[Candidate]:
    """Days, months and years that are named by their distance from the text's date only."""
    if not date or not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", date):
        return
    year, month = int(date[:4]), int(date[5:7])
    for unit in draft.units:
        for found in _RELATIVE.finditer(unit.text):
            step = {"last": -1, "this": 0, "next": 1}[found[1].casefold()]
            value = _shifted(f"{year}-{month:02}", step) if found[2] == "month" else f"{year + step}"
            yield Candidate(unit.start + found.start(), unit.start + found.end(), "DATE", 0.0, "relative", "", value)
        for found in _DAY.finditer(unit.text if len(date) == 10 else ""):
            value = str(dt.date.fromisoformat(date) + dt.timedelta(days=_DAYS[found[1].casefold()]))
            yield Candidate(unit.start + found.start(), unit.start + found.end(), "DATE", 0.0, "relative", "", value)


def _forms(unit: Unit, name: Candidate, date: str | None) -> Iterator[tuple[str, str]]:
    """The periods that a date alone may stand for: itself, a beginning, an end; by the words around it."""
    value = str(name.value).rstrip("~")
    before, after = unit.text[: name.start - unit.start], unit.text[name.end - unit.start :]
    lead = "from" if _FROM.search(before) else "until" if _UNTIL.search(before) else "at"
    if "/" in value:
        yield f"{lead} interval", value
        return
    half = _HALF.search(before)
    if half and len(value) == 4:
        yield "half", f"{value}-01/{value}-06" if half[1].casefold() == "first" else f"{value}-07/{value}-12"
        return
    end = f"{value}-12" if len(value) == 4 and "end of" in before[-24:] else value
    if lead == "until" and date and len(date) >= 7 and end >= date[:7]:
        yield "until, from now", f"{date[:7]}/{end}"
    lasting = [(where, _lasting(value, words)) for where, words in (("behind", after[:60]), ("in front", before[-60:]))]
    lasting = [(where, period) for where, period in lasting if period != value]
    beside = ", beside a length" if lasting else ""
    yield f"{lead} end", f"../{value}"
    if end != value:
        yield f"{lead} end of year", f"../{end}"
    yield f"{lead} beginning{beside}", f"{value}/.."
    yield f"{lead} itself{beside}", value
    for where, period in lasting:
        yield f"{lead} lasting {where}", period


def _pairs(text: str, name: Candidate, later: Candidate) -> Iterator[tuple[str, str]]:
    """The period from one date to another; near each other in "from March to May", else apart."""
    first, last = str(name.value).rstrip("~"), str(later.value).rstrip("~")
    if "/" in first or "/" in last or last <= first:
        return
    near = later.start - name.end < 12 and _JOINS.search(text[name.end : later.start])
    yield "pair" if near else "pair apart", f"{first}/{last}"


class _Place(NamedTuple):
    """Where a date stands: its sentence, its number among the dates, and how many there are."""

    unit: Unit
    number: int
    total: int


def _features(name: Candidate, form: str, about: tuple[Draft, str, str | None], place: _Place) -> Features:
    draft, status, today = about
    unit = place.unit
    at, behind = name.start - unit.start, name.end - unit.start
    value = str(name.value)
    before = _WORD.findall(unit.text[max(0, at - 40) : at].lower())[-2:]
    after = _WORD.findall(unit.text[behind : behind + 30].lower())[:1]
    verbs = _VERB.findall(unit.text[:at].lower())[-1:] or ["-"]
    grain, later, day = _grain(value), _later(value, today), name.label == "DATE" and unit.text[at:behind].lower()
    works = "works" if draft.kind in _WORKS else draft.kind
    told = [
        "always", form, grain, f"{form} {status}", f"{form} {grain}", f"{form} {status} {grain}", f"{works} {status}",
        f"{form} after {' '.join(before[-1:])}", f"{form} after {' '.join(before)}", f"{form} before {' '.join(after)}",
        f"{form} verb {stem(verbs[0])}", f"{form} {status} {later}", f"{grain} {later}", f"{form} {works} {grain}",
        f"{form} {works}", "first" if place.number == 0 else "further", "only" if place.total == 1 else "several",
        "opens" if unit is draft.units[0] else "goes on",
        f"{form} weekday" if str(day).endswith("day") else "no weekday",
        "sentence begins" if at < 6 else "inside", f"{form} {name.reason == 'relative'}",
    ]  # fmt: skip
    return {f"T:{feature}": 1.0 for feature in told}


def _features_of_end(text: str, later: Candidate, form: str, status: str, today: str | None) -> Features:
    """What the words in front of the second date of a pair say."""
    before = text[max(0, later.start - 60) : later.start].lower()
    words = _WORD.findall(before)[-2:]
    verbs = _VERB.findall(before)[-1:] or ["-"]
    told = [
        f"{form} to after {' '.join(words[-1:])}", f"{form} to after {' '.join(words)}",
        f"{form} to verb {stem(verbs[0])}", f"{form} to {_later(str(later.value), today)} {status}",
        f"{form} to {_grain(str(later.value))}",
    ]  # fmt: skip
    return {f"T:{feature}": 1.0 for feature in told}


def _grain(value: str) -> str:
    return "span" if "/" in value else {4: "year", 7: "month", 10: "day"}.get(len(value), "other")


def _later(value: str, today: str | None) -> str:
    return "-" if not today else "later" if side_of(value, today) == "later" else "earlier"


def _lasting(value: str, words: str) -> str:
    """The interval of "in March for a year": from a day, month or year, as long as the words say, if they do."""
    found = _LONG.search(words)
    is_known = value.replace("-", "").isdigit()  # "in June" of a text without a date is XXXX-06
    if not found or not is_known:
        return value
    count, unit = _COUNTS.get(found[1].lower()) or int(found[1]), found[2].lower()
    if unit in ("day", "week"):
        if len(value) != 10:
            return value
        days = int(count * (7 if unit == "week" else 1)) - 1
        return f"{value}/{dt.date.fromisoformat(value) + dt.timedelta(days=days)}" if days > 0 else value
    if len(value) == 4:
        return f"{value}/{int(value) + int(count)}" if unit == "year" and count >= 1 else value
    return f"{value}/{_shifted(value[:7], int(count * (12 if unit == 'year' else 1)))}"


def _shifted(month: str, months: int) -> str:
    """A month so many months later."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"
