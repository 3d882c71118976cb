"""From which day a text speaks, where it looks ahead or back, and which year it is telling of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from kh_kr_corpus.models.edtf import bounds

__all__ = ["MONTHS", "WEEKDAYS", "YEAR", "Clock", "side_of"]

_FULL = "january february march april may june july august september october november december".split()
MONTHS = {name: number for number, name in enumerate(_FULL, 1)}
WEEKDAYS = {name: i for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
YEAR = re.compile(r"(?<![\d$€₩£,.])((?:1[6-9]|20|21)\d{2})(?![\d,])")
_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|to be|is set to|are set to|plans? to|planned for|due|expects? to|expected|scheduled|"
    r"next|coming|upcoming|promises? to|going to|would|should|opens?|starts?|begins?|beginning|starting|departs?|"
    r"leaves?|arrives?|meets?|returns?|ends?|closes?|falls on|forecast|"
    r"takes place|takes effect|goes into|comes into|resumes?|kicks off|"
    r"again in|lasts|intends? to|cannot be|can be|put off|postponed|reserved|"
    r"(?:moved|deferred|rescheduled|brought forward|shifted|delayed) (?:to|until|till))\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:last|since|was|were|had|ago|did|has been|have been|held|signed|said|told|met|opened|launched|lost|paid|sent|"
    r"came|went|took|gave|won|built|made|began|got|left|brought|saw|ran|rose|fell|became|broke|spoke|wrote|flew|sold|"
    r"bought|taught|struck|sat|put on|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\bha[ds](?: been)? (?:\w+ )?\w+(?:ed|en|wn|lt|nt|ne|ght|d)\b[^,;]{0,60}\b(?:by|before)[ ](?:the end of )?$",
    re.IGNORECASE,
)
_AHEAD_PASSIVE = re.compile(
    r"\b(will|shall|would|should|may|might|must|can|to)(?: \w+ly)? (?:be|have) \w+", re.IGNORECASE
)
"""The participle of "will be opened" does not look back."""
_DONE_BY = re.compile(
    r"\b(?:was|were|had|[a-z]{3,}ed)\b(?:(?! to | will | would )[^,;]){0,60}\bby[ ](?:the end of )?$|"
    r"\bsat\b[^,;]{0,60}\buntil[ ]$|^By[ ]$"
)
_BACKSHIFT = re.compile(
    r"\b(?:was|were|had been) (?:weigh|consider|plan|prepar|discuss|mull|think|look|aim|hop)\w*ing\b|"
    r"\b(?:was|were) to (?:be|have)\b|\bhad planned\b"
)
"""Plans in reported speech look ahead, whatever the tense: "said they were weighing a fair in September"."""
_MEANT = re.compile(
    r"\b(?:was|were|had been) (?:due|to \w+)\b[^,;]*$|"
    r"\b(?:planned|announced|scheduled|set|slated|due to \w+|fixed|billed|foreseen)\b[^,;]{0,24}\b(?:for|on|in)[ ]$"
)
_HALTED = re.compile(r"\b(?:put off|postponed|cancell?ed|called off|shelved|dropped)\b")
"""What was meant for a day, and may have come since: the nearest such day."""
_PRESENT = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|(?:this|last|next) (?:week|month|year|morning|evening|afternoon|weekend|"
    r"spring|summer|autumn|winter|fall|quarter|night|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b",
    re.IGNORECASE,
)
_BARE_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,? (?:the )?\d|s\b|, [A-Z])")
_MONTH_OF_YEAR = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2},| of)? ((?:19|20)\d\d)\b"
)
_OF_YEAR = re.compile(
    r"[ ]of[ ](?:the[ ])?(?P<which>last|previous|preceding|same|that|this|next|following)[ ]year\b|"
    r"[ ]of[ ]the[ ]year[ ](?P<side>before|after)\b|(?P<that>[ ](?:of[ ])?that[ ]year)\b"
)
_RANGE_YEAR = re.compile(
    r"[ ]?(?:to|and|until|till|–|-)[ ]?(?:(?:early|mid|late)[- ])?(?:\d{1,2}[ ])?(?P<month>[A-Z][a-z]{2,8})"
    r"(?:[ ]\d{1,2},?)?[ ](?P<year>(?:19|20)\d{2})\b"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """The text and the day from which it speaks (None where the article's date is no full day)."""

    text: str
    date: str | None = None

    @property
    def today(self) -> dt.date | None:
        """The article's day, or the last day of the span that its date covers."""
        if not self.date:
            return None
        return bounds(self.date)[1] or bounds(self.date)[0]

    def clause(self, start: int, end: int) -> tuple[str, str]:
        """The words of the same sentence before and behind a span."""
        before = re.split(r"[.!?…]\s|\n|;", self.text[max(0, start - 160) : start])[-1]
        after = re.split(r"[.!?…](?:\s|$)|\n|;", self.text[end : end + 120])[0]
        return before, after

    def direction(self, start: int, end: int) -> int:
        """1 where the words around a span look ahead, -1 where they look back, 0 where they say neither."""
        before, after = self.clause(start, end)
        before = _AHEAD_PASSIVE.sub(r"\1 be", before)
        near = re.split(r",|\bbut\b|\bwhich\b|\bwho\b", before)[-1]
        if re.search(r"\b(?:last|since|past|as of)[ ]$", near, re.IGNORECASE) or _PERFECT.search(before):
            return -1
        if _DONE_BY.search(near) and not _FUTURE.search(after):
            return -1
        meant = _MEANT.search(near)
        if meant and (meant[0].startswith(("was", "were", "had")) or _HALTED.search(after)):
            return 0
        if re.search(r"\b(?:next|coming|until|till|by|beginning in|starting in|due in)[ ]$", near, re.IGNORECASE):
            return 1
        if _BACKSHIFT.search(near):
            return 1
        behind = re.split(r",|\b(?:if|when|once|unless)\b", after)[0]
        opening = (
            re.sub(r"^, ", "", after)
            if re.fullmatch(r"\W*(?:(?:[Ii]n|[Oo]n|[Bb]y|[Ll]ate|[Ee]arly|[Mm]id)\W)*", before)
            else ""
        )
        for words in (near, behind, before, opening):
            ahead = [m.end() for m in _FUTURE.finditer(words)]
            back = [m.end() for m in _PAST.finditer(words)]
            if ahead or back:
                return 1 if max(ahead, default=-1) >= max(back, default=-1) else -1
        return 0

    def told_year(self, start: int, end: int) -> int | None:
        """The year that the words around a bare month or day give it, None where they give none."""
        before, after = self.clause(start, end)
        ranged = _RANGE_YEAR.match(after)
        if ranged:
            return int(ranged["year"]) - self._over_new_year(start, end, ranged["month"])
        found = _OF_YEAR.match(after)
        told = self._year_in_front(start)
        if found:
            which = found["which"] or found["side"] or "that"
            if which in ("last", "this", "next"):
                told, which = (
                    (self.today.year if self.today else None),
                    {"last": "before", "next": "after"}.get(which, ""),
                )
            step = {"previous": -1, "preceding": -1, "before": -1, "after": 1, "following": 1}.get(which, 0)
            return told + step if told else None
        said = YEAR.findall(before[-60:])
        if said and re.search(r"\b(?:year|same)\b", before[-30:]):
            return int(said[-1])
        return None

    def _over_new_year(self, start: int, end: int, last: str) -> bool:
        """Whether a range begins in a later month than it ends ("October until March 2020")."""
        found = self.text[start:end].casefold()
        begins = next((number for name, number in MONTHS.items() if name[:3] in found), 0)
        ends = next((number for name, number in MONTHS.items() if name.startswith(last[:3].casefold())), 12)
        return begins > ends

    def narrated_year(self, start: int, end: int) -> int | None:
        """The year of which a text tells that speaks of the past throughout: the last year named, else the next."""
        if not _retrospective(self.text, self.date):
            return None
        behind = YEAR.search(self.text, end)
        return self._year_in_front(start) or (int(behind[1]) if behind else None)

    def _year_in_front(self, start: int) -> int | None:
        years = YEAR.findall(self.text, max(0, start - 1500), start)
        return int(years[-1]) if years else None


def side_of(value: str, today: str | None) -> str:
    """Whether a date in EDTF, an interval by its beginning, lies "earlier" or "later" than the text's own, or is the
    "same" as far as both say; "-" where that can't be told.

    >>> side_of("2024-05", "2024-05-15"), side_of("2025", "2024-05-15"), side_of("XXXX-05", "2024-05-15")
    ('same', 'later', '-')
    """
    if not today or not value[:4].isdigit():
        return "-"
    there, here = value[: len(today)], today[: len(value)]
    return "same" if there == here else "later" if there > here else "earlier"


@lru_cache(maxsize=8)
def _retrospective(text: str, date: str | None) -> bool:
    """Whether a text looks back from long after: it never speaks of its own days, and all its years are over."""
    named = _MONTH_OF_YEAR.findall(text)
    if len(named) < 2 or not date or not date[:4].isdigit():
        return False
    now = int(date[:4])
    past = all(int(year) < now for year in YEAR.findall(text))
    recent = str(now - 1) in named and int(date[5:7] or 12) < 10
    return past and not recent and not _PRESENT.search(text) and len(_BARE_WEEKDAY.findall(text)) < 2
