from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.annotate.clock import Clock
from kh_kr_corpus.annotate.date_values import to_edtf
from kh_kr_corpus.annotate.dates import match_dates
from kh_kr_corpus.models.edtf import check_edtf

NLP = spacy.blank("en")
TODAY = "2024-05-15"  # a Wednesday


def dates(text: str, today: str | None = TODAY) -> list[tuple[str, object]]:
    return [(text[c.start : c.end], c.value) for c in match_dates(NLP(text), today)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on 3 March 2021.", [("3 March 2021", "2021-03-03")]),
        ("on March 3, 2021, in Takeo", [("March 3, 2021", "2021-03-03")]),
        ("from January 20–24, 2019", [("January 20–24, 2019", "2019-01-20/2019-01-24")]),
        ("held on 24-27 November 2019", [("24-27 November 2019", "2019-11-24/2019-11-27")]),
        ("from 4 to 22 November 2023", [("4 to 22 November 2023", "2023-11-04/2023-11-22")]),
        ("from March 2021 to July 2023", [("March 2021", "2021-03"), ("July 2023", "2023-07")]),
        ("in the plan for 2015 to 2018", [("2015 to 2018", "2015/2018")]),
        ("a loan for 2021-2023", [("2021-2023", "2021/2023")]),
        ("during the 1990s and 2000s", [("the 1990s", "199X"), ("2000s", "200X")]),
        ("by mid-2023 at last", [("mid-2023", "2023")]),
        ("in the first half of 2026", [("2026", "2026")]),
        ("Friday, 29 January 2021", [("Friday, 29 January 2021", "2021-01-29")]),
        ("on 2020-02-29.", [("2020-02-29", "2020-02-29")]),
        ("last December", [("December", "2023-12")]),
        ("will open in August", [("August", "2024-08")]),
        ("said on Monday.", [("Monday", "2024-05-13")]),
        ("next Friday", [("Friday", "2024-05-17")]),
        ("who signed on Wednesday", [("Wednesday", "2024-05-15")]),
        ("it closes every Sunday", [("Sunday", None)]),
        ("since Oct. 3 it has run", [("Oct. 3", "2023-10-03")]),
    ],
)
def test_calendar_words_and_values(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.",
        "They march on.",
        "two years ago, last year, this month, recently",
        "some 2000 families moved",
        "National Road No. 2019",
        "Resolution 1995",
        "the price of 1,990 bricks",
    ],
)
def test_not_a_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Flights go from October until March 2020.", [("October", "2019-10"), ("March 2020", "2020-03")]),
        ("Places start in March.", [("March", "2020-03")]),
        ("The rains begin in May.", [("May", "2020-05")]),
        ("He leaves on Saturday.", [("Saturday", "2019-07-06")]),
        ("They sing there this Saturday.", [("Saturday", "2019-07-06")]),
        ("The first comes this September.", [("September", "2019-09")]),
        ("He stays until this August.", [("August", "2019-08")]),
        ("The session was on Monday of last week.", [("Monday", "2019-06-24")]),
        ("The evening was moved to 14 November.", [("14 November", "2019-11-14")]),
        ("A fair that was to open on July 8 was put off.", [("July 8", "2019-07-08")]),
        ("Fees for 2019 were due in January.", [("2019", "2019"), ("January", "2019-01")]),
        ("In November, engineers fitted pumps.", [("November", "2018-11")]),
        ("188 roofs were finished as of July 1.", [("July 1", "2019-07-01")]),
        ("They raised a third by the end of April.", [("April", "2019-04")]),
        (
            "Begun in March 2017, it has stood still since December.",
            [("March 2017", "2017-03"), ("December", "2018-12")],
        ),
        ("Boats came in November, the plan for 2030 says.", [("November", "2018-11"), ("2030", "2030")]),
    ],
)
def test_a_bare_date_lies_where_the_words_around_it_look(text: str, expected: list[tuple[str, str]]) -> None:
    assert dates(text, "2019-07-03") == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("It is open from 9 to 12 November.", "9", "2019-11-09"),
        ("It opens from 17th to 22nd June 2021.", "17th", "2021-06-17"),
        ("They met from March 16 to 17 in Kep.", "17", "2019-03-17"),
        ("They met on the 2nd.", "2nd", "2019-07-02"),
    ],
)
def test_a_bare_day_has_the_month_of_the_other_end(text: str, day: str, expected: str) -> None:
    start = text.index(day)
    assert to_edtf(Clock(text, "2019-07-03"), start, start + len(day)) == expected


def test_without_the_articles_date_a_weekday_stays_open() -> None:
    assert dates("on Tuesday", None) == [("Tuesday", None)]
    assert dates("on 5 May", None) == [("5 May", "XXXX-05-05")]


@given(st.text(alphabet="0123456789 -–/.,JanuarysMondytofmi\n’", max_size=60))
def test_every_value_is_edtf(text: str) -> None:
    for _, value in dates(text):
        assert value is None or check_edtf(str(value)) == ""
