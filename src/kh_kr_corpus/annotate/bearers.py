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
    the entity's time is known and it does not; 0 where nothing is known.

    The time is an event's date, or the years in which a person is known in an office.
    """
    spans = list(_spans(entity))
    years = {int(year) for year in _YEAR.findall(near)} or {int(year) for year in _YEAR.findall(date or "")[:1]}
    if not spans or not years:
        return 0.0
    return 1.0 if any(first <= year <= last for first, last in spans for year in years) else -1.0


def _spans(entity: Entity) -> Iterator[tuple[int, int]]:
    times = [entity.date, *(value for office in entity.offices for value in (office.term, *office.attested))]
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
