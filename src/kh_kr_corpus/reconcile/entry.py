"""The one form in which activities and the entries of every database are compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache

from kh_kr_corpus import vocab
from kh_kr_corpus.models import Activity, Record
from kh_kr_corpus.models.edtf import bounds

__all__ = ["Entry", "Sum", "modalities_of", "of_activity", "of_record", "sectors_of_purpose"]

_PURPOSES = "oecd-dac-crs-5"


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of an entry: an amount in a currency (ISO 4217), in a year or over all years."""

    amount: float
    currency: str
    year: int | None = None


@dataclass(frozen=True)
class Entry:
    """What can be compared of an activity, a record, or an activity in an IATI or CRS file; empty is not known."""

    id: str
    titles: tuple[str, ...]
    """The names that it bears, the main one first."""
    years: tuple[int, int] | None = None
    """The first and last year that it may lie in."""
    sums: tuple[Sum, ...] = ()
    actors: tuple[str, ...] = ()
    """Who takes part: ids of the knowledge base, or names."""
    sectors: frozenset[str] = field(default=frozenset())
    modalities: frozenset[str] = field(default=frozenset())
    places: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The main name; empty where there is none."""
        return self.titles[0] if self.titles else ""


def of_activity(activity: Activity) -> Entry:
    """An activity of the corpus."""
    dates = [one for one in (activity.period, *(sum_.date for sum_ in activity.amounts)) if one]
    return Entry(
        id=activity.id,
        titles=(activity.title,),
        years=_years(dates),
        sums=tuple(
            Sum(one.amount, one.currency, _year(one.date)) for one in activity.amounts if one.stage != "proposed"
        ),
        actors=tuple(dict.fromkeys(part.entity for part in activity.participants if part.role != "beneficiary")),
        sectors=frozenset(activity.sectors),
        modalities=frozenset(activity.modalities) - {"unstated"},
        places=activity.place,
    )


def of_record(record: Record, publisher: str = "") -> Entry:
    """A record of the corpus; ``publisher`` is the entity whose database it stands in."""
    years = _years([record.period]) if record.period else None
    named = f"{record.cooperation}: {record.title or record.purpose or ''}" if record.cooperation else ""
    titles = [one for one in (record.title, named) if one]
    return Entry(
        id=record.id,
        titles=tuple(titles),
        years=(min(record.year, years[0]), max(record.year, years[1])) if years else (record.year, record.year),
        sums=tuple(Sum(paid.amount, paid.currency, record.year) for paid in record.amounts),
        actors=tuple(one for one in (publisher, record.recipient) if one),
        sectors=frozenset(record.sectors),
        modalities=frozenset({record.modality}) - {"unstated"},
    )


def _year(date: str | None) -> int | None:
    first, last = bounds(date) if date else (None, None)
    return first.year if first and last and first.year == last.year else None


def _years(dates: list[str]) -> tuple[int, int] | None:
    """From the first year to the last that any of the dates can mean; an open end stays at what is known."""
    days = [day for date in dates for day in bounds(date) if day]
    return (min(day.year for day in days), max(day.year for day in days)) if days else None


@cache
def sectors_of_purpose(code: str) -> frozenset[str]:
    """Our sectors of a DAC purpose, five digits or three; a withdrawn code leads on to what holds today.

    >>> sorted(sectors_of_purpose("41050"))
    ['agriculture', 'disaster-risk']
    """
    codes = vocab.codelist(_PURPOSES)
    found = vocab.crosswalk("sectors", _PURPOSES).terms(code)
    if code in codes and not found:
        later = vocab.crosswalk("withdrawn", _PURPOSES).get(code, ())
        found = tuple(
            s for link in later if link.code for s in vocab.crosswalk("sectors", _PURPOSES).terms(link.code.code)
        )
    return frozenset(found or vocab.crosswalk("sectors", "oecd-dac-3").terms(code[:3]))


def modalities_of(aid: Collection[str], finance: Collection[str]) -> frozenset[str]:
    """Our modalities of DAC types of aid and finance: a loan (421) is a loan whatever the type of aid, and what is
    paid otherwise is none.

    >>> sorted(modalities_of(["C01"], ["421"])), sorted(modalities_of(["E01"], ["110"]))
    (['concessional-loan'], ['scholarship', 'training-in-korea'])
    """
    loan = frozenset({"concessional-loan"})
    if "421" in finance:
        return loan
    walk = vocab.crosswalk("modalities", "iati-aid-type")
    found = frozenset(term for code in aid for term in walk.terms(code))
    return found - loan if finance else found
