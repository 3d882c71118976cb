"""DATE by rule: the calendar words of an expression, nothing around them (codebook §2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from kh_kr_corpus.annotate.candidates import Candidate, text_of
from kh_kr_corpus.annotate.clock import MONTHS, Clock
from kh_kr_corpus.annotate.date_values import to_edtf

__all__ = ["match_dates"]

_MONTH_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?:{_MONTH_NAMES}|{_SHORT}|{_MONTH_NAMES.upper()})"
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY_SHORT = r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]|20|21)[0-9]{2}"
_DASH = r"[ ]?[-–—][ ]?"
_TO = rf"(?:{_DASH}|[ ]to[ ]|[ ]through[ ]|[ ]and[ ])"
_SEP = r",?[ \u00a0]"
_MID = r"(?:[Mm]id-)?"

_LEAD = rf"(?:{_DAY_NAME}{_SEP}|{_DAY_SHORT}{_SEP})?"
_IN_YEAR = rf"(?:{_SEP}{_YEAR})?"
_UNTIL = rf"(?:{_DASH}|[ ]to[ ])"
_ONLY_DAY = (
    r"[Tt]he[ ](?:3[01]|[12]?[0-9])(?:st|nd|rd|th)"
    r"(?=[ ]of[ ](?:this|last|next|the)[ ]month|[.,;]|[ ]\(|[ ](?:and|at|when|with|for|after|before)[ ])"
)
_FORMS = [
    rf"(?:the[ ])?{_MID}(?:1[6-9]|20)[0-9]0[’']?s(?!\w)",
    r"(?:the[ ])?[’'][0-9]0s(?!\w)",
    rf"(?:{_YEAR})-(?:0[1-9]|1[0-2])-(?:[0-2][0-9]|3[01])(?!\d)",
    r"(?:[0-3]?[0-9])[./](?:[0-1]?[0-9])[./](?:19|20)[0-9]{2}(?!\d)",
    # 3 March 2020 to 4 April 2021; 30 March – 2 April 2022
    rf"{_LEAD}{_DAY}[ ](?:of[ ])?{_MONTH}{_IN_YEAR}{_UNTIL}{_DAY}[ ]{_MONTH}{_IN_YEAR}(?!\w)",
    # 20–21 June 2024; 4 to 22 November; 5 and 6 May
    rf"{_LEAD}{_DAY}{_TO}{_DAY}[ ](?:of[ ])?{_MONTH}{_IN_YEAR}(?!\w)",
    # (Monday,) 12(th) (of) January (2026)
    rf"{_LEAD}(?:the[ ])?{_DAY}[ \u00a0](?:of[ ])?{_MONTH}{_IN_YEAR}(?!\w)",
    # January 20 – February 3, 2024
    rf"{_LEAD}{_MONTH}[ \u00a0]{_DAY}{_IN_YEAR}{_UNTIL}{_MONTH}[ ]{_DAY}(?!\d){_IN_YEAR}(?!\w)",
    # January 20–24, 2024
    rf"{_LEAD}{_MONTH}[ \u00a0]{_DAY}{_TO}{_DAY}(?!\d)(?![ ]?{_MONTH}){_IN_YEAR}(?![\w%])",
    # (Tuesday,) January 20(, 2024)
    rf"{_LEAD}{_MONTH}[ \u00a0](?:the[ ])?{_DAY}(?![\d%]){_IN_YEAR}(?!\w)",
    # March 2020 to May 2021; March–May 2021; March to May
    rf"{_MID}{_MONTH}{_IN_YEAR}{_UNTIL}{_MID}{_MONTH}{_IN_YEAR}(?!\w)",
    # (mid-)March 2020
    rf"{_MID}{_MONTH}(?:{_SEP}|[ ]of[ ]){_YEAR}(?!\w)",
    rf"{_MID}{_MONTH}(?![\w-])",
    # 2015 to 2018; 2021-2023; 2021–23
    rf"{_MID}{_YEAR}{_UNTIL}{_MID}(?:{_YEAR}|[0-9]{{2}}(?![0-9]))(?![\w%])",
    rf"{_YEAR}/[0-9]{{2}}(?!\d)",
    rf"{_MID}{_YEAR}(?![\w%])",
    rf"{_DAY_NAME}[ ]the[ ]{_DAY}(?!\w)",
    rf"{_DAY_NAME}s?(?!\w)",
    _ONLY_DAY,
]
_DATE = re.compile(r"(?<![\w$€₩£¥.,/])(?:" + "|".join(f"(?:{form})" for form in _FORMS) + ")")

_AMBIGUOUS = {"May", "March", "MAY", "MARCH", "Mar", "Mar.", "Dec", "Jan", "August"}
_BEFORE_MONTH = re.compile(
    r"\b(?:in|last|next|this|since|by|from|until|till|early|late|mid|of|and|or|to|for|between|before|after|during|"
    r"every|each|through|around|coming|past|previous|following|then|–|-)[ ]$",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|from|until|till|of|to|for|during|between|and|early|late|before|after|year|fiscal|through|"
    r"around|about|or|the|than|spring|summer|autumn|winter|fall|end|start|on|back|FY|circa|next|class)[ ]$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[ ](?:[a-z]+[ ])?(?:people|persons|families|students|workers|households|hectares|tonnes|tons|metres|meters|"
    r"kilometres|kilometers|km|kg|m|residents|villagers|women|men|children|units|copies|patients|trainees|teachers|"
    r"officials|visitors|tourists|seats|beds|jobs|homes|houses|books|computers|trees|riel|won|dollars|times|words|"
    r"megawatts|MW|kilograms|square|cubic|employees|participants|doses|kits|sets|years|days|hours|points|litres)\b"
)
_NUMBERED = re.compile(r"(?:No\.?|Route|Road|Street|Highway|Article|Section|Resolution|Room|Flight|page|pp?\.|#)[ ]?$")


def match_dates(doc: Doc, date: str | None = None) -> Iterator[Candidate]:
    """Every calendar expression; ``date`` is the article's, from which weekdays and bare months are resolved."""
    text = text_of(doc)
    clock = Clock(text, date)
    for found in _DATE.finditer(text):
        start, end = _bounds(text, *found.span())
        surface = text[start:end]
        if not _is_date(text, start, end, surface):
            continue
        for a, b in _split(text, start, end):
            yield Candidate(a, b, "DATE", 0.96, "rule:date", "", to_edtf(clock, a, b))


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a full stop that ends the sentence rather than the abbreviation."""
    if text[start:end].endswith("."):
        rest = text[end : end + 2]
        if not re.match(r"[ ,;)]", rest) or re.match(r" [A-Z“]", rest):
            end -= 1
    return start, end


def _is_date(text: str, start: int, end: int, surface: str) -> bool:
    before = text[max(0, start - 24) : start]
    if re.fullmatch(_YEAR, surface):
        if _NUMBERED.search(before) or (
            _COUNTED.match(text, end) and not re.search(r"(?:[Ii]n|[Ss]ince|[Bb]y) $", before)
        ):
            return False
        follows = text[end : end + 1]
        return bool(_BEFORE_YEAR.search(before)) or not follows.isalnum()
    if surface in _AMBIGUOUS:
        follows = text[end : end + 12]
        if surface in ("Dec", "Jan", "Mar"):
            return bool(_BEFORE_MONTH.search(before))
        sentence_start = not before.strip() or before.rstrip()[-1:] in ".!?\n"
        return bool(_BEFORE_MONTH.search(before)) or (not sentence_start and not re.match(r" [A-Z]| God", follows))
    if surface.casefold() in MONTHS:
        return not re.match(r"[ ][A-Z][a-z]+", text[end : end + 12]) or bool(_BEFORE_MONTH.search(before))
    return True


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "From X to Y" names two dates, "X to Y" one range, where X is a whole calendar expression of its own."""
    surface = text[start:end]
    joint = re.search(r"[ ](to|and|through)[ ]", surface)
    leads = re.search(r"\b(?:[Ff]rom|[Bb]etween)[ ](?:[a-z]+[ ])?$", text[max(0, start - 16) : start])
    first = surface[: joint.start()] if joint else ""
    second = surface[joint.end() :] if joint else ""
    whole = re.search(rf"{_YEAR}|{_MONTH}", first) and re.search(rf"{_YEAR}|{_MONTH}", second)
    if joint and leads and whole:
        yield start, start + joint.start()
        yield start + joint.end(), end
    else:
        yield start, end
