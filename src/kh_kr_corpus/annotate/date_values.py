"""The EDTF value of a calendar expression, resolved from the article's date where it leaves a part out."""

from __future__ import annotations

import datetime as dt
import re

from kh_kr_corpus.annotate.clock import MONTHS, WEEKDAYS, YEAR, Clock
from kh_kr_corpus.models.edtf import check_edtf

__all__ = ["to_edtf"]

_ABBREVIATED = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_ALL_MONTHS = MONTHS | _ABBREVIATED
_MONTH_RE = re.compile(r"\b(" + "|".join(sorted(_ALL_MONTHS, key=len, reverse=True)) + r")\b\.?", re.IGNORECASE)
_FULL_DATE = re.compile(rf"{_MONTH_RE.pattern}(?: \d{{1,2}})?,? (?P<year>(?:1[6-9]|20)\d{{2}})(?!\d)", re.IGNORECASE)
_DAY_RE = re.compile(r"(?<![\d,])([0-3]?\d)(?:st|nd|rd|th)?(?!\d)")
_A_DAY = (
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH_RE.pattern}(?:,? \d{{4}})?|"
    rf"{_MONTH_RE.pattern} \d{{1,2}}(?:,? \d{{4}})?"
)
_OTHER_END = re.compile(rf"[ ]?(?:to|and|until|till|through|or|–|-)[ ]?({_A_DAY})", re.IGNORECASE)
_ONE_END = re.compile(rf"({_A_DAY})[ ]?(?:to|and|until|till|through|or|–|-)[ ]?(?:the )?$", re.IGNORECASE)
_WEEKDAY_RE = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")(s?)\b", re.IGNORECASE)
_JOINT = re.compile(r"(?<=\w) ?[-–—] ?(?=\w)| to | through | and ")
_OF_LAST_WEEK = re.compile(r" (?:of )?last week\b")
_WAS_BY = re.compile(r"\b(?:was|were|had|[a-z]{3,}ed)\b")
_THIS = re.compile(r"\b[Tt]his(?: coming)?[ ]$")
_HABIT = re.compile(
    r"\b(?:every|each|all|any|but|except|no)[ ](?:(?:other|first|second|third|last|\w+day (?:and|or))[ ])?$",
    re.IGNORECASE,
)


def to_edtf(clock: Clock, start: int, end: int) -> str | None:
    """EDTF of the calendar words in ``clock.text[start:end]``, None where the text does not decide."""
    surface = clock.text[start:end]
    value = _decade(surface) or _numeric(surface) or _range(clock, start, end) or _point(clock, start, end)
    if value and not check_edtf(value):
        return value
    return None


def _decade(surface: str) -> str | None:
    found = re.search(r"((?:1[6-9]|20)\d)0[’']?s$", surface)
    if found:
        return f"{found[1]}X"
    short = re.search(r"[’'](\d)0s$", surface)
    return f"{'20' if int(short[1]) < 3 else '19'}{short[1]}X" if short else None


def _numeric(surface: str) -> str | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", surface):
        return surface
    found = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", surface)
    if found:
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return None


def _range(clock: Clock, start: int, end: int) -> str | None:
    surface = clock.text[start:end]
    years = re.fullmatch(r"(?:mid-)?(\d{4})(?: ?[-–—/] ?| to )(?:mid-)?(\d{2}|\d{4})", surface, re.IGNORECASE)
    if years:
        last = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
        return f"{years[1]}/{last}"
    joint = _JOINT.search(surface, 1)
    if joint is None or re.match(r"(?i)mid-\w+(?: \d{4})?$", surface):
        return None
    left, right = surface[: joint.start()], surface[joint.end() :]
    second = _parts(right)
    first = _parts(left)
    first_day, first_month, first_year = first
    day, month, year = second
    month_of_both = month or first_month
    year_of_both = year or first_year
    if month_of_both and not year_of_both:
        year_of_both = _year_for(clock, start, end, month_of_both, day)
    if not month_of_both or not year_of_both:
        return None
    a = _join(first_year or year_of_both, first_month or month_of_both, first_day)
    return f"{a}/{_join(year_of_both, month_of_both, day)}"


def _parts(surface: str) -> tuple[int | None, int | None, int | None]:
    """Day, month and year that an expression names."""
    year = YEAR.search(surface)
    month = _MONTH_RE.search(surface)
    rest = YEAR.sub(" ", surface)
    day = _DAY_RE.search(rest)
    number = _ALL_MONTHS[month[1].casefold()] if month else None
    return (int(day[1]) if day else None), number, (int(year[1]) if year else None)


def _join(year: int, month: int | None = None, day: int | None = None) -> str:
    value = f"{year:04d}"
    if month:
        value += f"-{month:02d}"
        if day:
            value += f"-{day:02d}"
    return value


def _point(clock: Clock, start: int, end: int) -> str | None:
    surface = clock.text[start:end]
    day, month, year = _parts(surface)
    if month is None and year is None:
        return _day_only(clock, start, end, day) or _weekday(clock, start, end)
    if year is None and month is not None:
        before, _ = clock.clause(start, end)
        if day is None and _HABIT.search(before):
            return None  # "every October" is no month of one year
        year = _year_for(clock, start, end, month, day)
        if year is None:
            return _join_unknown(month, day)
    return _join(year, month, day) if year else None


def _join_unknown(month: int, day: int | None) -> str:
    return f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")


def _day_only(clock: Clock, start: int, end: int, day: int | None) -> str | None:
    """ "The 27th": of the month that the other end of the range names, else of the article's."""
    if day is None:
        return None
    other = _OTHER_END.match(clock.text, end)
    near = (other.start(1), other.end(1)) if other else None
    if near is None and (other := _ONE_END.search(clock.text[max(0, start - 40) : start])):
        near = (max(0, start - 40) + other.start(1), max(0, start - 40) + other.end(1))
    whole = _point(clock, *near) if near else None
    if whole and len(whole) == 10:
        return f"{whole[:8]}{day:02d}"
    return _join(clock.today.year, clock.today.month, day) if clock.today else None


def _year_for(clock: Clock, start: int, end: int, month: int, day: int | None) -> int | None:
    """The year of a bare month or day: as the words around it say, else the nearest in the direction they look."""
    today = clock.today
    if today is None:
        return None
    before, _ = clock.clause(start, end)
    told = clock.told_year(start, end)
    if told or _HABIT.search(before):
        return told
    if _THIS.search(before):
        return today.year
    direction = clock.direction(start, end)
    narrated = clock.narrated_year(start, end)
    if (
        narrated is None
        and direction < 0
        and not re.search(r"\b(?:last|since|as of|on \w+day,?)[ ]$", before, re.IGNORECASE)
    ):
        narrated = _paragraph_year(clock, start)
    if narrated and narrated > today.year:
        narrated = None  # a plan for a later year, not the year of the tale
    return narrated or _nearest_year(today, direction, month, day)


def _nearest_year(today: dt.date, direction: int, month: int, day: int | None) -> int:
    here = (month, day or (31 if direction < 0 else 1))
    now = (today.month, today.day)
    if direction > 0:
        same_month = month == today.month and day is None
        return today.year + (1 if here < now and not same_month else 0)
    if direction < 0:
        later = month > today.month or (month == today.month and day is not None and day > today.day)
        return today.year - (1 if later else 0)
    gap = month - today.month
    return today.year + (1 if gap < -8 else -1 if gap > 5 else 0)


def _paragraph_year(clock: Clock, start: int) -> int | None:
    """The year of the nearest full date in front within the paragraph: a past tale goes on in its own year."""
    paragraph = clock.text[max(0, start - 500) : start].rsplit("\n", 1)[-1]
    dates = list(_FULL_DATE.finditer(paragraph))
    return int(dates[-1]["year"]) if dates else None


def _weekday(clock: Clock, start: int, end: int) -> str | None:
    found = _WEEKDAY_RE.search(clock.text[start:end])
    today = clock.today
    if not found or found[2] or today is None or clock.date is None or clock.date.count("-") != 2:
        return None
    before, after = clock.clause(start, end)
    if _HABIT.search(before) or re.match(r"s\b", after):
        return None
    back = (today.weekday() - WEEKDAYS[found[1].casefold()]) % 7
    monday = today - dt.timedelta(days=today.weekday())
    if _OF_LAST_WEEK.match(clock.text, end):
        return (monday + dt.timedelta(days=WEEKDAYS[found[1].casefold()] - 7)).isoformat()
    if _THIS.search(before):
        return (monday + dt.timedelta(days=WEEKDAYS[found[1].casefold()])).isoformat()
    by_then = re.search(r"\b[Bb]y[ ]$", before) and clock.direction(start, end) > 0 and not _WAS_BY.search(after)
    if by_then or re.search(r"\b(?:next|coming|this coming|until|till)[ ]$", before, re.IGNORECASE):
        return (today + dt.timedelta(days=(7 - back) % 7 or 7)).isoformat()
    if re.search(r"\blast[ ]$", before, re.IGNORECASE):
        return (today - dt.timedelta(days=back or 7)).isoformat()
    if clock.narrated_year(start, end):
        return None  # a tale of long ago
    if clock.direction(start, end) > 0:
        return (today + dt.timedelta(days=(7 - back) % 7 or 7)).isoformat()
    return (today - dt.timedelta(days=back)).isoformat()
