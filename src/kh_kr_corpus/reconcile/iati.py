"""Any IATI activity file, read without trust: no document type, no entities, bounded in size and depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.reconcile.entry import Entry, Sum, modalities_of, sectors_of_purpose
from kh_kr_corpus.store.files import read_bytes

__all__ = ["LIMIT", "read_iati"]

LIMIT = 200_000_000
"""The most bytes of a file that are read."""
_DEPTH = 60
_MONEY = {"2", "3", "4", "12"}
"""Transactions that are money given: outgoing commitment, disbursement, expenditure, outgoing pledge."""
_DAC = {"", "1", "2", "DAC"}


def read_iati(path: Path, *, country: str = "KH") -> list[Entry]:
    """The activities of an IATI file (2.03; 1.0x titles are read too) that touch ``country``, as entries.

    An activity that names no recipient country is kept. Raises :class:`InputError` for what is no IATI activity file,
    has a document type or an entity of its own, or is too large, :class:`EnvironmentFailure` where it can't be read.
    """
    data = read_bytes(path, LIMIT)
    found: list[Entry] = []

    def take(activity: Element) -> None:
        entry = _to_entry(activity) if _touches(activity, country) else None
        if entry and (entry.titles or entry.id):
            found.append(entry)

    _parse(data, path, take)
    return found


def _parse(data: bytes, path: Path, take: Callable[[Element], None]) -> None:
    """Give each ``iati-activity`` of the file to ``take``; only one is held at a time."""
    parser = _Parser(path, take)
    try:
        parser.expat.Parse(data, True)
    except expat.ExpatError as error:
        message = expat.errors.messages[error.code]
        raise InputError(str(path), f"no XML: {message}", "name an IATI activity file", error.lineno) from None
    if parser.root != "iati-activities":
        raise InputError(str(path), f"the root element is {parser.root!r}", "an IATI activity file has iati-activities")


class _Parser:
    """Builds one activity of a file after the other, and refuses what XML can do to a reader."""

    def __init__(self, path: Path, take: Callable[[Element], None]) -> None:
        self.root, self._take = "", take
        self._path, self._depth, self._builder = path, 0, TreeBuilder()
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text
        self.expat.StartDoctypeDeclHandler = self._refuse
        self.expat.EntityDeclHandler = self._refuse

    def _refuse(self, *_: object) -> NoReturn:
        line = self.expat.CurrentLineNumber
        raise InputError(str(self._path), "it has a document type or an entity of its own", "remove it", line)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            line = self.expat.CurrentLineNumber
            raise InputError(str(self._path), f"elements lie more than {_DEPTH} deep", "name an IATI file", line)
        if self._depth == 1:
            self.root = name
        else:
            self._builder.start(name, attributes)

    def _text(self, text: str) -> None:
        if self._depth > 1:
            self._builder.data(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._depth:
            self._builder.end(name)
        if self._depth == 1:
            element = self._builder.close()
            self._builder = TreeBuilder()
            if name == "iati-activity":
                self._take(element)


def _touches(activity: Element, country: str) -> bool:
    named = {one.get("code", "").upper() for one in activity.iter("recipient-country")}
    return not named or country in named


def _to_entry(activity: Element) -> Entry:
    dates = [one.get("iso-date") or "" for one in activity.findall("activity-date")]
    dates += [one.get("iso-date") or "" for one in activity.iter("transaction-date")]
    years = [int(date[:4]) for date in dates if _is_year(date[:4])]
    orgs = [org.get("ref") or "" for org in activity.findall("participating-org")]
    orgs += [name for org in activity.findall("participating-org") for name in _narratives(org)]
    return Entry(
        id=" ".join((activity.findtext("iati-identifier") or "").split()),
        titles=tuple(name for one in activity.findall("title") for name in _narratives(one)),
        years=(min(years), max(years)) if years else None,
        sums=tuple(_sums(activity)),
        actors=tuple(org for org in dict.fromkeys(orgs) if org),
        sectors=frozenset(_sectors(activity)),
        modalities=modalities_of(_codes(activity, "default-aid-type"), _codes(activity, "default-finance-type")),
        places=tuple(name for one in activity.findall("location/name") for name in _narratives(one)),
    )


def _narratives(element: Element) -> list[str]:
    """The texts of an element: narratives in 2.0x, its own words in 1.0x."""
    texts = [one.text or "" for one in element.findall("narrative")] or [element.text or ""]
    return [text for text in (" ".join(one.split()) for one in texts) if text]


def _sums(activity: Element) -> Iterator[Sum]:
    """Money given, each transaction, and the whole of each sort where there are several."""
    currency = activity.get("default-currency") or ""
    totals: dict[tuple[str, str], list[float]] = {}
    for one in activity.findall("transaction"):
        value, sort = one.find("value"), one.find("transaction-type")
        if value is None or sort is None or sort.get("code") not in _MONEY:
            continue
        amount, unit = _number(value.text or ""), value.get("currency") or currency
        when = one.find("transaction-date")
        year = (when.get("iso-date") if when is not None else value.get("value-date")) or ""
        if amount:
            yield Sum(amount, unit, int(year[:4]) if _is_year(year[:4]) else None)
            totals.setdefault((sort.get("code") or "", unit), []).append(amount)
    yield from (Sum(sum(several), unit) for (_, unit), several in totals.items() if len(several) > 1)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()


def _number(text: str) -> float:
    try:
        amount = float(text.replace(",", "").strip())
    except ValueError:
        return 0.0
    return amount if isfinite(amount) else 0.0


def _sectors(activity: Element) -> Iterator[str]:
    for one in activity.iter("sector"):
        if one.get("vocabulary", "") in _DAC:
            yield from sectors_of_purpose(one.get("code", ""))


def _codes(activity: Element, name: str) -> set[str]:
    return {one.get("code", "") for one in activity.iter(name)} - {""}
