"""MONEY by rule: an amount with its currency, approximator inside, ranges as one span (codebook §2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kh_kr_corpus.annotate.candidates import Candidate, text_of
from kh_kr_corpus.annotate.words import NUMBERS

__all__ = ["match_money", "to_money"]

_SCALES = {"thousand": 1e3, "hundred": 1e2, "k": 1e3, "million": 1e6, "mln": 1e6, "mil": 1e6, "m": 1e6, "mn": 1e6}
_SCALES |= {"billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12}
_SIGNS = {"$": "USD", "us$": "USD", "usd": "USD", "u.s.$": "USD", "us $": "USD", "₩": "KRW", "￦": "KRW", "krw": "KRW"}
_SIGNS |= {"€": "EUR", "eur": "EUR", "¥": "JPY", "jpy": "JPY", "jp¥": "JPY", "៛": "KHR", "khr": "KHR", "£": "GBP"}
_SIGNS |= {"gbp": "GBP", "rmb": "CNY", "cny": "CNY", "cn¥": "CNY", "a$": "AUD", "au$": "AUD", "aud": "AUD", "s$": "SGD"}
_SIGNS |= {"sgd": "SGD", "thb": "THB", "฿": "THB", "vnd": "VND", "₫": "VND", "chf": "CHF", "w": "KRW"}
_UNITS = {"dollar": "USD", "won": "KRW", "riel": "KHR", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY"}
_UNITS |= {"baht": "THB", "dong": "VND", "pound": "GBP", "franc": "CHF", "buck": "USD"}
_NATIONS = {
    "us": "USD",
    "u.s.": "USD",
    "american": "USD",
    "australian": "AUD",
    "singapore": "SGD",
    "singaporean": "SGD",
}
_WORDS: dict[str, float] = {
    **NUMBERS, "a": 1, "half a": 0.5, "a hundred": 100, "a few": 0, "several": 0, "tens of": 0, "hundreds of": 0,
}  # fmt: skip
_ABOUT = "about around approximately roughly some nearly almost approx. approx circa an_estimated close_to".split()
_LEAST = "over more_than at_least just_over well_over no_less_than not_less_than slightly_more_than a_little_over"
_MOST = "up_to less_than under at_most as_much_as no_more_than not_more_than just_under a_maximum_of below"
_QUALIFIERS = {w.replace("_", " "): "about" for w in _ABOUT}
_QUALIFIERS |= {w.replace("_", " "): "at-least" for w in _LEAST.split()}
_QUALIFIERS |= {w.replace("_", " "): "at-most" for w in _MOST.split()}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SP = r"[ \u00a0\u202f]?"
_NUMBER = r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = rf"(?:{_any(_SCALES)})(?![^\W\d_])"
_NATIONS_OF = r"US|U\.S\.|American|Australian|Singapore(?:an)?|South[ ]Korean|Korean|Cambodian|Japanese|Chinese"
_NATION = rf"(?:(?:{_NATIONS_OF})[ -])?"
_UNIT = rf"(?:{_NATION}(?:{_any(_UNITS)})s?)(?![^\W\d_])"
_SIGN = rf"(?<![^\W\d_])(?:{_any(_SIGNS)}){_SP}"
_APPROX = rf"(?:(?P<approx>{_any(_QUALIFIERS)})[ \u00a0])?"
_TO = r"(?:[ \u00a0]?[-–—][ \u00a0]?|[ \u00a0]to[ \u00a0]|[ \u00a0]or[ \u00a0])"
_WORD_NUMBER = rf"(?:{_any(_WORDS)})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
_PREFIXED = re.compile(
    rf"{_APPROX}(?P<sign>{_SIGN})(?P<low>{_NUMBER})(?P<plus>\+)?(?:(?:{_SP}|-)(?P<scale>{_SCALE}))?"
    rf"(?:{_TO}(?:{_SIGN})?(?P<high>{_NUMBER})(?:(?:{_SP}|-)(?P<scale2>{_SCALE}))?(?![\d%]))?(?:[ ](?P<unit>dollars))?",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(
    rf"{_APPROX}(?<![\w$€₩£¥.,])(?:(?P<low>{_NUMBER})(?:(?:{_SP}|-)(?P<scale>{_SCALE}))?"
    rf"(?:{_TO}(?P<high>{_NUMBER})(?:(?:{_SP}|-)(?P<scale2>{_SCALE}))?)?{_SP}-?"
    rf"|(?P<words>{_WORD_NUMBER})[ ](?:(?P<scale3>{_SCALE})[ ])?)"
    rf"(?P<unit>{_UNIT}|(?:USD|KRW|KHR|EUR|JPY|CNY|RMB|THB|VND|AUD|SGD|[€៛₩])(?![^\W\d_]))",
    re.IGNORECASE,
)


_CURRENCIES = (
    *"$€₩￦¥៛£฿₫", "usd", "krw", "khr", "eur", "jpy", "cny", "rmb", "thb", "vnd", "aud", "sgd", "gbp", "chf", "dollar",
    "won", "riel", "yen", "yuan", "baht", "dong", "pound", "franc", "renminbi", "buck",
)  # fmt: skip
_SHORT_WON = re.compile(r"w ?\d")


def _lines_with_currency(text: str) -> Iterator[tuple[int, int]]:
    """The lines that name a currency at all: no amount goes over a line's end, and most lines have none."""
    start = 0
    for line in text.split("\n"):
        low = line.casefold()
        if any(currency in low for currency in _CURRENCIES) or _SHORT_WON.search(low):
            yield start, start + len(line)
        start += len(line) + 1


def match_money(doc: Doc) -> Iterator[Candidate]:
    """Every amount with a currency; a number without one is none."""
    text = text_of(doc)
    taken: list[tuple[int, int]] = []
    lines = list(_lines_with_currency(text))
    for pattern in (_PREFIXED, _SUFFIXED):
        for found in (m for a, b in lines for m in pattern.finditer(text, a, b)):
            start, end = found.span()
            if any(start < b and a < end for a, b in taken) or not _plausible(text, found):
                continue
            taken.append((start, end))
            yield Candidate(start, end, "MONEY", 0.97, "rule:money", "", _value(found))


def _plausible(text: str, found: re.Match[str]) -> bool:
    """ "w 5" is no won, and "won" after a lone number may be the verb ("Kim, who won 5 won 3")."""
    sign = (found.groupdict().get("sign") or "").strip()
    if sign.casefold() == "w" and not (sign == "W" and found["sign"] == "W"):
        return False
    words = found.groupdict().get("words")
    if words and _WORDS.get(words.casefold(), 1) == 0 and not found["scale3"]:
        return False
    if words in ("a", "A") and not found["scale3"]:
        return False
    verb_follows = re.match(r"\s(?:the|a|an|gold|silver|bronze|seats|first|over|by)\b", text[found.end() :])
    small = re.fullmatch(r"\d{1,3}", found.groupdict().get("low") or "0") is not None
    bare = small and not (found.groupdict().get("scale") or found.groupdict().get("scale3"))
    return not (found.groupdict().get("unit") == "won" and verb_follows and bare)


def to_money(text: str) -> dict[str, str | float] | None:
    """The value of an amount as its text gives it: amount, currency, and qualifier or amount_max if stated.

    >>> to_money("roughly US$1.5bn")
    {'amount': 1500000000.0, 'currency': 'USD', 'qualifier': 'about'}
    """
    for pattern in (_PREFIXED, _SUFFIXED):
        found = pattern.search(text)
        if found:
            return _value(found)
    return None


def _value(found: re.Match[str]) -> dict[str, str | float] | None:
    groups = found.groupdict()
    currency = _currency(groups)
    low = _amount(groups["low"], groups["scale"] or (groups["scale2"] if groups["high"] else None))
    if low is None and groups.get("words"):
        low = _worded(groups["words"]) * _SCALES.get((groups["scale3"] or "").casefold(), 1)
    if not currency or not low:
        return None
    value: dict[str, str | float] = {"amount": low, "currency": currency}
    approx = " ".join((groups["approx"] or "").casefold().split())
    if approx or groups.get("plus"):
        value["qualifier"] = _QUALIFIERS.get(approx, "at-least")
    high = _amount(groups["high"], groups["scale2"] or groups["scale"])
    if high and high > low:
        value["amount_max"] = high
    return value


def _currency(groups: dict[str, str | None]) -> str:
    sign = " ".join((groups.get("sign") or "").casefold().split())
    if sign in _SIGNS:
        return _SIGNS[sign]
    unit = (groups.get("unit") or "").casefold().strip()
    if unit in _SIGNS:
        return _SIGNS[unit]
    nation, _, noun = unit.replace("-", " ").rpartition(" ")
    if noun.startswith("dollar") and nation in _NATIONS:
        return _NATIONS[nation]
    return _UNITS.get(noun) or _UNITS.get(noun.removesuffix("s"), "")


def _amount(number: str | None, scale: str | None) -> float | None:
    if not number:
        return None
    value = float(re.sub(r"[,\u202f\u00a0]", "", number)) * _SCALES.get((scale or "").casefold(), 1)
    return round(value, 2)


def _worded(words: str) -> float:
    tens, _, ones = words.casefold().partition("-")
    return float(_WORDS.get(tens, 0)) + float(_WORDS.get(ones, 0))
