"""What speaks for and against two entries being the same thing, one judgement a feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.reconcile.entry import Entry, Sum
from kh_kr_corpus.reconcile.words import Weights, likeness, numbers, words

__all__ = ["FEATURES", "Compared", "Judge"]

FEATURES = ("name", "number", "year", "amount", "actor", "sector", "modality", "place")
_WON = (900.0, 1500.0)
"""Won for a dollar between the lowest and highest year: amounts in two currencies can only be held together so."""
_COMMON = frozenset(
    {
        "organisation/korea-international-cooperation-agency", "place/south-korea", "place/cambodia",
        "organisation/export-import-bank-of-korea", "programme/economic-development-cooperation-fund",
    }
)  # fmt: skip
_LENDERS = frozenset({"organisation/export-import-bank-of-korea", "programme/economic-development-cooperation-fund"})
_KOICA = "organisation/korea-international-cooperation-agency"
_MANY = 10
"""A place in which more entries lie tells little."""
_AS_LONG = {"grant-project", "policy-advice", "in-kind", "relief", "expert-dispatch", "unstated"}


class Compared(NamedTuple):
    """A feature from -1 (against) over 0 (not known, or says nothing) to 1 (for), and why in words."""

    feature: str
    value: float
    why: str


class Judge:
    """Compares entries, with the names of one knowledge base, and the words and places of the entries at hand."""

    def __init__(self, kb: KnowledgeBase, entries: Iterable[Entry]) -> None:
        listed = list(entries)
        self._kb, self._weigh = kb, Weights(title for one in listed for title in one.titles)
        self._named = lru_cache(65536)(self._entity)
        self._where = lru_cache(65536)(self._places)
        self._at = Counter(place for one in listed for place in self._where(one))

    def compare(self, ours: Entry, theirs: Entry) -> tuple[Compared, ...]:
        """Every feature of the pair, in the order of :data:`FEATURES`."""
        return (
            self.name(ours, theirs),
            _number(ours, theirs),
            _year(ours, theirs),
            _amount(ours, theirs),
            self._actor(ours, theirs),
            _sets("sector", ours.sectors, theirs.sectors),
            _modality(ours.modalities, theirs.modalities),
            self._place(ours, theirs),
        )

    def name(self, ours: Entry, theirs: Entry) -> Compared:
        """How alike their names are: the best of all that they bear."""
        pairs = [likeness(words(a), words(b), self._weigh) for a in ours.titles for b in theirs.titles]
        score, shared = max(pairs, default=(0.0, ()))
        told = f"{', '.join(shared)} in common" if shared else "no telling word in common"
        return Compared("name", round(score, 3), told)

    def _actor(self, ours: Entry, theirs: Entry) -> Compared:
        mine, yours = set(map(self._named, ours.actors)), set(map(self._named, theirs.actors))
        shared = mine & yours
        if telling := sorted(shared - _COMMON):
            return Compared("actor", 1.0, f"both name {', '.join(telling)}")
        lent, granted = mine & _LENDERS, _KOICA in mine
        if (lent and _KOICA in yours and not granted) or (yours & _LENDERS and granted and not lent):
            return Compared("actor", -1.0, "one is a KOICA grant, the other an EDCF loan")
        if shared - {"place/cambodia"}:
            return Compared("actor", 0.3, f"both name {', '.join(sorted(shared))}")
        return Compared("actor", 0.0, "no actor that both name" if mine and yours else "one names no actor")

    def _place(self, ours: Entry, theirs: Entry) -> Compared:
        mine, yours = self._where(ours), self._where(theirs)
        if shared := sorted(mine & yours):
            telling = any(self._at[place] <= _MANY for place in shared)
            return Compared("place", 1.0 if telling else 0.4, f"both in {', '.join(shared)}")
        if mine and yours:
            if self._inside(mine, yours) or self._inside(yours, mine):
                return Compared("place", 0.5, "one place lies in the other")
            return Compared("place", -1.0, f"{', '.join(sorted(mine))} is not {', '.join(sorted(yours))}")
        return Compared("place", 0.0, "one names no place")

    def _inside(self, small: frozenset[str], large: frozenset[str]) -> bool:
        return any(place in self._kb and self._kb[place].parent in large for place in small)

    def _entity(self, name: str) -> str:
        """The id of an entity by id or one clear name; the name itself where none is known."""
        if name in self._kb:
            return name
        found = self._kb.find(name)
        return found[0].id if len(found) == 1 else name

    def _places(self, entry: Entry) -> frozenset[str]:
        """The places that an entry names, in its titles too, without the two countries."""
        named = {self._named(place) for place in entry.places}
        return frozenset(named.union(*(self._places_in(title) for title in entry.titles))) - _COMMON

    def _places_in(self, title: str) -> set[str]:
        """Places of the knowledge base that a title names, by the longest run of words."""
        tokens = title.replace(",", " ").replace("(", " ").replace(")", " ").split()
        found: set[str] = set()
        at = 0
        while at < len(tokens):
            for end in range(min(len(tokens), at + 4), at, -1):
                run = " ".join(tokens[at:end])
                hit = self._place_called(run) if run[:1].isupper() or not run.isascii() else ""
                if hit:
                    found.add(hit)
                    at = end - 1
                    break
            at += 1
        return found

    def _place_called(self, name: str) -> str:
        entities = self._kb.find(name, ("place", "facility")) if len(name) > 2 else ()
        return entities[0].id if len(entities) == 1 else ""


def _number(ours: Entry, theirs: Entry) -> Compared:
    mine, yours = numbers(ours.title), numbers(theirs.title)
    if mine and yours:
        if mine & yours:
            return Compared("number", 1.0, f"both have {', '.join(map(str, sorted(mine & yours)))}")
        return Compared("number", -1.0, f"{sorted(mine)} is not {sorted(yours)}")
    return Compared("number", 0.0, "one has no number")


def _year(ours: Entry, theirs: Entry) -> Compared:
    if ours.years is None or theirs.years is None:
        return Compared("year", 0.0, "one has no year")
    gap = max(ours.years[0] - theirs.years[1], theirs.years[0] - ours.years[1], 0)
    told = f"{_span(ours.years)} and {_span(theirs.years)}"
    if gap == 0:
        return Compared("year", 1.0, f"{told} overlap")
    return Compared("year", {1: 0.3, 2: -0.3}.get(gap, -1.0), f"{told} lie {gap} years apart")


def _span(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"


def _amount(ours: Entry, theirs: Entry) -> Compared:
    """The likest two amounts of one year; amounts in two currencies count only where nothing better is there."""
    found = [
        (
            mine.currency == yours.currency,
            value,
            f"{mine.amount:,.0f} {mine.currency} and {yours.amount:,.0f} {yours.currency}",
        )
        for mine in ours.sums
        for yours in theirs.sums
        if not (mine.year and yours.year and mine.year != yours.year) and (value := _alike(mine, yours)) is not None
    ]
    if not found:
        return Compared("amount", 0.0, "no amounts that can be held together")
    _, value, told = max(found)
    return Compared("amount", value, told)


def _alike(mine: Sum, yours: Sum) -> float | None:
    if not (mine.amount > 0 and yours.amount > 0):
        return None
    if mine.currency == yours.currency:
        ratio = yours.amount / mine.amount
    elif {mine.currency, yours.currency} == {"USD", "KRW"}:
        dollars, won = (mine, yours) if mine.currency == "USD" else (yours, mine)
        if _WON[0] <= won.amount / dollars.amount <= _WON[1]:
            return 0.5  # it can be the same money; no more can be said without the day's rate
        ratio = (won.amount / 1150 / dollars.amount) ** (1 if mine is dollars else -1)
    else:
        return None
    near = min(ratio, 1 / ratio)
    if near >= 0.9:
        return 1.0 if near >= 0.985 else 0.7
    if ratio < 1:  # an entry's payment can be a part of the activity's money
        return 0.2 if near >= 0.5 else 0.0
    return 0.0 if near >= 0.5 else -0.7


def _sets(feature: str, mine: frozenset[str], yours: frozenset[str]) -> Compared:
    if not mine or not yours:
        return Compared(feature, 0.0, f"one has no {feature}")
    if shared := sorted(mine & yours):
        return Compared(feature, 1.0, f"both {', '.join(shared)}")
    return Compared(feature, -1.0, f"{', '.join(sorted(mine))} is not {', '.join(sorted(yours))}")


def _modality(mine: frozenset[str], yours: frozenset[str]) -> Compared:
    found = _sets("modality", mine, yours)
    # what one database calls a project another calls a study or goods: against it speaks only a loan, a course, a visit
    soft = found.value < 0 and mine <= _AS_LONG and yours <= _AS_LONG
    return found._replace(value=-0.3) if soft else found
