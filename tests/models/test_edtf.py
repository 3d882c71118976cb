"""Dates with their precision: what is EDTF, what is not, and which days a date covers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.models.edtf import bounds, check_edtf, precision, year_of

GOOD = [
    # value, first day, last day, precision
    ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
    ("0001", date(1, 1, 1), date(1, 12, 31), "year"),
    ("9999", date(9999, 1, 1), date(9999, 12, 31), "year"),
    ("2023-10", date(2023, 10, 1), date(2023, 10, 31), "month"),
    ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "month"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
    ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "day"),
    ("2000-02-29", date(2000, 2, 29), date(2000, 2, 29), "day"),
    ("199X", date(1990, 1, 1), date(1999, 12, 31), "decade"),
    ("2023~", date(2023, 1, 1), date(2023, 12, 31), "year"),
    ("2023-10?", date(2023, 10, 1), date(2023, 10, 31), "month"),
    ("2023-10-30%", date(2023, 10, 30), date(2023, 10, 30), "day"),
    ("199X~", date(1990, 1, 1), date(1999, 12, 31), "decade"),
    ("2021/2023", date(2021, 1, 1), date(2023, 12, 31), "interval"),
    ("2021-05/2023", date(2021, 5, 1), date(2023, 12, 31), "interval"),
    ("2021/..", date(2021, 1, 1), None, "interval"),
    ("../2021-03", None, date(2021, 3, 31), "interval"),
    ("2021-04-07/2021-04-07", date(2021, 4, 7), date(2021, 4, 7), "interval"),
    ("2021-04/2021", date(2021, 4, 1), date(2021, 12, 31), "interval"),
    ("199X/2005", date(1990, 1, 1), date(2005, 12, 31), "interval"),
    ("XXXX-12", None, None, "month"),
    ("XXXX-02-29", None, None, "day"),
    ("XXXX-12-25/XXXX-01-05", None, None, "interval"),
]
BAD = [
    # value, a word of the explanation
    ("", "write"), ("2023-13", "month 13"), ("2023-00", "month 00"),
    ("2026-02-30", "day 30"), ("2023-02-29", "day 29"),
    ("1900-02-29", "day 29"), ("2023-04-31", "day 31"), ("2023-01-00", "day 00"), ("XXXX-02-30", "day 30"),
    ("0000", "0000"), ("XXXX", "month"), ("199X-05", "decade"), ("19XX", "write"),
    ("2023/", "write"), ("/2023", "write"),
    ("../..", "one known end"), ("2021/2022/2023", "two ends"), ("2023/2021", "before it begins"),
    ("2021-05-02/2021-05-01", "before it begins"), ("23", "write"), ("2023-1", "write"), ("2023-10-3", "write"),
    ("30-10-2023", "write"), ("2023/10/30", "two ends"), ("2023-10-30T08:00", "write"),
    ("October 2023", "write"),
    ("2023.10", "write"), (" 2023", "write"), ("2023 ", "write"), ("2023\n", "write"), ("2023~?", "write"),
    ("+2023", "write"), ("-2023", "write"), ("２０２３", "write"), ("٢٠٢٣", "write"),
    ("2023-W10", "write"), ("..", "write"),
    ("2021-05-00/..", "day 00"), ("20231030", "write"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "first", "last", "grain"), GOOD)
def test_good(value: str, first: date | None, last: date | None, grain: str) -> None:
    assert check_edtf(value) == ""
    assert bounds(value) == (first, last)
    assert precision(value) == grain
    assert year_of(value) == (first.year if first else None)


@pytest.mark.parametrize(("value", "word"), BAD)
def test_bad_says_why(value: str, word: str) -> None:
    assert word in check_edtf(value)


def test_no_date_has_no_year() -> None:
    assert year_of(None) is None
    assert year_of("") is None


POINTS = st.dates().flatmap(
    lambda day: st.sampled_from(
        [day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], f"{day.year:04d}"[:3] + "X"]
    )
)


@given(POINTS, st.sampled_from(["", "~", "?", "%"]))
def test_a_point_covers_at_least_a_day(point: str, doubt: str) -> None:
    if point in ("0000", "000X"):
        return
    assert check_edtf(point + doubt) == ""
    first, last = bounds(point + doubt)
    assert first is not None
    assert last is not None
    assert first <= last
    assert first.year == year_of(point)


@given(POINTS, POINTS)
def test_an_interval_is_good_exactly_when_it_does_not_run_backwards(left: str, right: str) -> None:
    if "000X" in (left, right):
        return
    first, last = bounds(left)[0], bounds(right)[1]
    assert first is not None
    assert last is not None
    assert (check_edtf(f"{left}/{right}") == "") is (first <= last)


@given(st.text(st.sampled_from("0123456789X-/.~?% T\n"), max_size=24))
def test_no_text_makes_it_fail(value: str) -> None:
    if check_edtf(value) == "":
        first, last = bounds(value)
        assert first is None or last is None or first <= last
        assert precision(value) in ("day", "month", "year", "decade", "interval")
    else:
        assert year_of(value[:0]) is None
