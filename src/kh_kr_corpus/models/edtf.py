"""Partial dates with precision: the subset of the Extended Date/Time Format that the corpus uses.

Source of the notation: EDTF, Library of Congress, and ISO 8601-2:2019. The subset is ``2023``, ``2023-10``,
``2023-10-30``, decades ``199X``, approximate ``2023~`` or uncertain ``2023?``, recurring parts of an unknown
year ``XXXX-12`` and ``XXXX-12-25``, and intervals of these, open on one side with ``..`` (``2021/..``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

__all__ = ["bounds", "check_edtf", "precision", "year_of"]

_POINT = re.compile(r"(?P<year>[0-9]{4}|[0-9]{3}X|XXXX)(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?(?P<doubt>[~?%])?\Z")


def check_edtf(value: str) -> str:
    """What is wrong with ``value``, or an empty string.

    >>> check_edtf("2026-02-30")
    'day 30 does not exist in 2026-02'
    """
    parts = value.split("/")
    if len(parts) > 2:
        return "an interval has two ends"
    if len(parts) == 1:
        return _check_point(value)
    if parts == ["..", ".."]:
        return "an interval needs one known end"
    problems = [problem for part in parts if part != ".." and (problem := _check_point(part))]
    if problems:
        return problems[0]
    if ".." not in parts and "XXXX" not in value:
        first, last = _point_bounds(parts[0])[0], _point_bounds(parts[1])[1]
        if last < first:
            return "the interval ends before it begins"
    return ""


def _check_point(value: str) -> str:
    match = _POINT.match(value)
    if match is None:
        return "write YYYY, YYYY-MM, YYYY-MM-DD, 199X, or an interval A/B"
    year, month, day = match["year"], match["month"], match["day"]
    if year == "0000":
        return "year 0000 does not exist"
    if month is None:
        return "an unknown year needs a month" if year == "XXXX" else ""
    if year.endswith("X") and year != "XXXX":
        return "a decade has no month"
    if not 1 <= int(month) <= 12:
        return f"month {month} does not exist"
    last = monthrange(2000 if year == "XXXX" else int(year), int(month))[1]
    if day is not None and not 1 <= int(day) <= last:
        return f"day {day} does not exist in {year}-{month}"
    return ""


def bounds(value: str) -> tuple[date | None, date | None]:
    """The first and last day that ``value`` covers; None for an open end or an unknown year.

    >>> bounds("2023-02")
    (datetime.date(2023, 2, 1), datetime.date(2023, 2, 28))
    >>> bounds("2021/..")
    (datetime.date(2021, 1, 1), None)
    """
    first, _, last = value.partition("/")
    if "XXXX" in value:
        return None, None
    start = None if first == ".." else _point_bounds(first)[0]
    end = None if last == ".." else _point_bounds(last or first)[1]
    return start, end


def _point_bounds(value: str) -> tuple[date, date]:
    match = _POINT.match(value)
    if match is None:
        raise ValueError(f"{value!r} is no EDTF date")
    year, month, day = match["year"], match["month"], match["day"]
    if year.endswith("X"):
        return date(int(year[:3]) * 10, 1, 1), date(int(year[:3]) * 10 + 9, 12, 31)
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if day is None:
        return date(int(year), int(month), 1), date(int(year), int(month), monthrange(int(year), int(month))[1])
    point = date(int(year), int(month), int(day))
    return point, point


def year_of(value: str | None) -> int | None:
    """The year in which ``value`` begins, or None where it does not say.

    >>> year_of("2021-05/2023")
    2021
    """
    start = bounds(value)[0] if value else None
    return start.year if start else None


def precision(value: str) -> str:
    """``day``, ``month``, ``year``, ``decade`` or ``interval``."""
    if "/" in value:
        return "interval"
    point = value.rstrip("~?%")
    if point.endswith("X"):
        return "decade"
    return ("year", "month", "day")[point.count("-")]
