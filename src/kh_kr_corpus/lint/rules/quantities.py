"""KC22x and KC40x: dates and amounts of money as they stand in a text, and the values that they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kh_kr_corpus.lint.rule import Problem, articles, rule
from kh_kr_corpus.lint.rules.marking import mentions
from kh_kr_corpus.models import Money
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(rf"(?i)\b({'|'.join(name if len(name) < 5 else f'{name}|{name[:3]}' for name in _MONTHS)}|sept)\b")
_WEEKDAY = re.compile(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")
_FOREIGN = re.compile(r"[\u1780-\u17ff\uac00-\ud7a3]")
_RELATIVE = re.compile(
    r"(?i)^(?:last|this|next|the (?:last|next|past|same)|first half of|second half of|early in|q[1-4])\s"
    r"|\bquarter\b|\byears?\b|\bmonths?\b(?! of)|\bweeks?\b|\bdays?\b|\bago\b|\btoday\b|\byesterday\b|\btomorrow\b"
)
_TWO = re.compile(r"(?i)^(?:between|from)\s")
_WORDS = "(about|around|nearly|over|up to|almost|some|at least|more than|roughly|approximately)"
_APPROXIMATE = re.compile(rf"(?i)\b{_WORDS}\s+\Z")
_OPENS = re.compile(rf"(?i){_WORDS}\b")
_ADDS_UP = re.compile(r"(?i)\b(?:add|adds|added|adding|bring|brings|brought)(?: \w+)? up to\s+\Z")
_CURRENCY = re.compile(
    r"(?i)[$€¥£₩៛]|\b(?:usd|krw|khr|eur|jpy|cny|us|dollars?|won|riels?|euros?|yen|yuan|baht|dong|pounds?|francs?|rmb|chf"
    r"|thb|vnd|aud|gbp|sgd|cents?|rs|rupees?|kip|pesos?|tugriks?|ringgit|rupiah)\b|원|달러|រៀល|ដុល្លារ"
)
_IN_WORDS = re.compile(
    r"(?i)\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|hundred|thousand|million|billion)\b"
)
_PER = re.compile(r"(?i)\b(?:per|an? (?:hour|day|week|month|year)|each)\b")
_JOINED = re.compile(r"\s*(?:[-–—]|\bto\b)\s*")
_CENTS = re.compile(r"(?i)\bcents?\b")
_DECADE = re.compile(r"(?i)\b(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12}
_NUMBER = re.compile(r"(?i)(\d[\d,]*(?:\.\d+)?)[\s-]*(thousand|million|mn|billion|bn|trillion|m\b|b\b)?")


@rule("KC221")
def no_calendar_word(contents: Contents) -> Iterator[Problem]:
    """A DATE names no year, decade, month, day or weekday.
    "Last year", "five years", "recently" are no dates (codebook section 2): they have no value of their own and would
    stand in every timeline at the wrong place.

    Repair: mark the calendar word alone, or nothing.
    Before: {text: "It began [last December](DATE)."}
    After: {text: "It began last [December](DATE XXXX-12)."}
    """
    for loaded, _, n, mention in mentions(contents, "DATE"):
        text = mention.text
        if _FOREIGN.search(text):
            continue
        named = any(char.isdigit() for char in text) or any(p.search(text) for p in (_MONTH, _WEEKDAY, _DECADE))
        if not named or _RELATIVE.search(text):
            message = f"{text!r} is no date by itself"
            yield loaded, ("mentions", n, "text"), message, "mark only the year, month, day or weekday in it, if any"


@rule("KC222")
def two_in_one(contents: Contents) -> Iterator[Problem]:
    """ "Between X and Y" or "from X to Y" is marked as one date or amount.
    They are two mentions; only a range joined by "to" or a dash alone is one (codebook section 2).

    Repair: mark the two ends.
    Before: {text: "It ran [from 2021 to 2023](DATE)."}
    After: {text: "It ran from [2021](DATE 2021) to [2023](DATE 2023)."}
    """
    for loaded, _, n, mention in mentions(contents, "DATE", "MONEY"):
        if _TWO.search(mention.text):
            yield loaded, ("mentions", n, "text"), f"{mention.text!r} is two mentions", "mark its two ends"


@rule("KC223")
def range_torn(contents: Contents) -> Iterator[Problem]:
    """A range is marked as two dates or amounts.
    A range joined by "to" or a dash is one span, unless "from" stands in front; so is a weekday with its date.

    Repair: mark the whole range once.
    Before: {text: "In [2015](DATE 2015) to [2018](DATE 2018) it ran."}
    After: {text: "In [2015 to 2018](DATE 2015/2018) it ran."}
    """
    for loaded, article in articles(contents):
        if article.text is None:
            continue
        placed = [(n, m) for n, m in enumerate(article.mentions) if m.label in ("DATE", "MONEY")]
        kept = sorted((p for p in placed if p[1].review.state != "rejected"), key=lambda p: p[1].start)
        for (_, one), (n, other) in pairwise(kept):
            between = article.text[one.end : other.start]
            opened = re.search(r"(?i)\b(?:from|between)(?:\s+\w+){0,3}\s+\Z", article.text[: one.start])
            joined = one.label == other.label and _JOINED.fullmatch(between) and not opened
            weekday = between in (", ", " ") and _WEEKDAY.fullmatch(one.text) and other.text[:1].isdigit()
            if joined or weekday:
                whole = article.text[one.start : other.end]
                yield loaded, ("mentions", n, "start"), f"{whole!r} is one span", "mark it once, as a whole"


@rule("KC224")
def no_currency(contents: Contents) -> Iterator[Problem]:
    """A MONEY mention names no currency, or no number.
    A number without a currency is no amount, and "funding" is none either (codebook section 2).

    Repair: take the currency into the span where the text has it, or remove the mention.
    Before: {text: "It cost [50,000](MONEY)."}
    After: {text: "It cost [$50,000](MONEY)."}
    """
    for loaded, _, n, mention in mentions(contents, "MONEY"):
        numbered = any(char.isdigit() for char in mention.text) or _IN_WORDS.search(mention.text)
        if not _CURRENCY.search(mention.text) or not numbered:
            yield loaded, ("mentions", n, "text"), f"{mention.text!r} has no currency or no number", "see the codebook"


@rule("KC225")
def rate_inside(contents: Contents) -> Iterator[Problem]:
    """A MONEY mention holds a rate.
    "Per hour", "a month" and exchange rates are outside: the amount is what is counted (codebook section 2).

    Repair: end the span behind the currency.
    Before: {text: "They earn [$10 per hour](MONEY)."}
    After: {text: "They earn [$10](MONEY) per hour."}
    """
    for loaded, _, n, mention in mentions(contents, "MONEY"):
        if match := _PER.search(mention.text):
            fix = f"end it before {match.group()!r}"
            yield loaded, ("mentions", n, "text"), f"{mention.text!r} is a rate", fix


@rule("KC226")
def approximator_outside(contents: Contents) -> Iterator[Problem]:
    """The word that makes an amount approximate stands outside of it.
    About, around, nearly, over and up to are inside, so that the value can say `about` or `at-least`.

    Repair: begin the span at that word.
    Before: {text: "It cost about [$50,000](MONEY)."}
    After: {text: "It cost [about $50,000](MONEY)."}
    """
    for loaded, article, n, mention in mentions(contents, "MONEY"):
        before = (article.text or "")[max(0, mention.start - 24) : mention.start]
        match = _APPROXIMATE.search(before)
        if match and not _ADDS_UP.search(before) and not _OPENS.match(mention.text):
            fix = f"begin it at {match[1]!r}"
            yield loaded, ("mentions", n, "start"), f"{match[1]!r} stands outside {mention.text!r}", fix


def stated_amounts(text: str) -> tuple[float, ...]:
    """The numbers that an amount of money states, in units of the currency; empty where words say it."""
    found = [(float(m[1].replace(",", "")), m[2]) for m in _NUMBER.finditer(text)]
    last = next((unit for _, unit in reversed(found) if unit), None)
    part = 0.01 if _CENTS.search(text) else 1
    return tuple(number * part * _SCALES.get((unit or last or "").casefold(), 1) for number, unit in found)


@rule("KC404")
def amount_differs_from_quote(contents: Contents) -> Iterator[Problem]:
    """The value of an amount is not what the quoted words say.
    "$11.7 million" is 11,700,000: a zero too few is not seen by anybody who reads a table.

    Repair: correct the value; the quote is what the text says.
    Before: {text: "It cost [$11.7 million](MONEY 1170000 USD)."}
    After: {text: "It cost [$11.7 million](MONEY 11700000 USD)."}
    """
    for loaded, _, n, mention in mentions(contents, "MONEY"):
        value, stated = mention.value, stated_amounts(mention.text)
        if not isinstance(value, Money) or not stated or _FOREIGN.search(mention.text):
            continue
        if value.amount_max is not None and value.amount_max < value.amount:
            continue  # which is KC403
        near = [abs(number - end) <= 1e-6 * end for end in (value.amount, value.amount_max) if end for number in stated]
        wanted = 1 + (value.amount_max is not None)
        if sum(near) < wanted:
            message = f"{mention.text!r} is valued {value.amount:,.15g} {value.currency}"
            yield loaded, ("mentions", n, "value"), message, f"the quote says {', '.join(f'{s:,.15g}' for s in stated)}"


@rule("KC405")
def date_differs_from_quote(contents: Contents) -> Iterator[Problem]:
    """The value of a date names another year or month than the quoted words.
    The quote is what the text says; a value that differs puts the event at another place in time.

    Repair: correct the value.
    Before: {text: "It came in [March 2021](DATE 2012-03)."}
    After: {text: "It came in [March 2021](DATE 2021-03)."}
    """
    for loaded, _, n, mention in mentions(contents, "DATE"):
        value = mention.value
        if not isinstance(value, str) or _FOREIGN.search(mention.text):
            continue
        years = set(_YEAR.findall(mention.text))
        other = {year for year in years if year not in value and f"{year[:3]}X" not in value}
        spans = bounds(value)
        decade = mention.text.rstrip().endswith("s")
        named = {_MONTHS.index(next(name for name in _MONTHS if name.startswith(m[:3]))) + 1
                 for m in map(str.casefold, _MONTH.findall(mention.text))}  # fmt: skip
        months = {int(part.split("-")[1]) for part in value.rstrip("~?%").split("/") if part.count("-")}
        if (other and not (decade and spans[0])) or (named and months and not named <= months | _between(months)):
            yield loaded, ("mentions", n, "value"), f"{mention.text!r} is valued {value}", "correct the value"


def _between(months: set[int]) -> set[int]:
    return set(range(min(months), max(months) + 1))


@rule("KC406", "warning")
def beyond_belief(contents: Contents) -> Iterator[Problem]:
    """A date or an amount is beyond belief.
    Years before 1880 or after 2100 and sums over a thousand trillion are slips of the key.

    Repair: correct the date or the amount.
    Before: {initiative: {period: "1022"}}
    After: {initiative: {period: "2022"}}
    """
    for loaded in contents.files:
        for path, value in _values(loaded.tree.data if loaded.tree else None, ()):
            if isinstance(value, str):
                years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?![\dX])", value)]
                if any(not 1880 <= year <= 2100 for year in years):
                    yield loaded, path, f"{value!r} is hardly meant", "correct the year"
            elif value > 1e15:
                yield loaded, path, f"{value:,.15g} is hardly meant", "correct the amount"


_DATED = frozenset("date as_of period term attested valid read checked".split())


def _values(data: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str | float]]:
    """Every date and every amount in a file."""
    if isinstance(data, dict):
        for key, item in data.items():
            yield from _values(item, (*path, key))
    elif isinstance(data, list):
        for n, item in enumerate(data):
            yield from _values(item, (*path, n))
    else:
        name = next((part for part in reversed(path) if isinstance(part, str)), "")
        if (isinstance(data, str) and name in _DATED and re.fullmatch(r"[\dX./~?%-]+", data)) or (
            isinstance(data, (int, float)) and name in ("amount", "amount_max")
        ):
            yield path, data
