"""Which bearer of a name fits the time and the office that a text gives: for namesakes among people and events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus.models import Entity
from kh_kr_corpus.models.edtf import bounds

__all__ = ["held_office", "on_time"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Words of office titles that say nothing about which office it is.
_EMPTY = frozenset("of the and to for in at a an general deputy vice republic korea cambodia south kingdom".split())


def on_time(entity: Entity, near: str, date: str | None) -> float:
    """1 where a year that stands near the name, else the text's own date, falls into the entity's time; -1 where
    its whole time is known (an event's date, terms of office) and it does not; 0 where that can't be told: that a
    source saw somebody in office in one year says nothing of the next.
    """
    years = {int(year) for year in _YEAR.findall(near)} or {int(year) for year in _YEAR.findall(date or "")[:1]}
    whole = list(_spans(entity.date, *(office.term for office in entity.offices)))
    seen = list(_spans(*(value for office in entity.offices for value in office.attested)))
    if not years or not (whole or seen):
        return 0.0
    if any(first <= year <= last for first, last in (*whole, *seen) for year in years):
        return 1.0
    return -1.0 if whole and all(office.term for office in entity.offices) else 0.0


def _spans(*times: str | None) -> Iterator[tuple[int, int]]:
    for value in times:
        if value:
            first, last = bounds(value)
            if first and last:
                yield first.year, last.year
            elif first:
                yield first.year, 9999


def held_office(entity: Entity, near: str) -> float:
    """1 where the words near the name share a telling word with an office that the person is known in, else 0."""
    words = set(re.findall(r"[a-z]+", near.casefold())) - _EMPTY
    titles = {word for office in entity.offices for word in re.findall(r"[a-z]+", office.title.casefold())}
    return 1.0 if words & (titles - _EMPTY) else 0.0
