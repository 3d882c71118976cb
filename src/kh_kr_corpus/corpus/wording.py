"""Words in context and what is measured on wording, as methods of a corpus."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from kh_kr_corpus import kwic
from kh_kr_corpus.corpus.records import Records
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.kwic import Concordance, Text
from kh_kr_corpus.kwic.concordance import Order
from kh_kr_corpus.kwic.windows import Unit
from kh_kr_corpus.models import Article
from kh_kr_corpus.query import Query
from kh_kr_corpus.tables import PlacedMention, Table

__all__ = ["Wording"]


class Wording(Records):
    """A corpus that can be read word by word."""

    @cached_property
    def _texts(self) -> tuple[Text, ...]:
        return kwic.texts_of(self._contents.articles.values())

    def _texts_in(self, within: Query[Article] | None) -> Sequence[Text]:
        """The texts at hand of the query's articles, in the query's order."""
        if within is None:
            return self._texts
        known = {text.article.id: text for text in self._texts}
        return [known[article.id] for article in within if article.id in known]

    def kwic(
        self,
        pattern: str | re.Pattern[str] | Query[PlacedMention] | None = None,
        *,
        label: str | Collection[str] | None = None,
        entity: str | Collection[str] | None = None,
        window: int | None = None,
        by: Unit | None = None,
        case: bool = False,
        sort: Order = "text",
        within: Query[Article] | None = None,
    ) -> Concordance:
        """Every hit in its context, one row each: article, origin, date, source, left, hit, right, entity, initiative.

        ``pattern`` is words with ``*`` and ``?``, a compiled regular expression, or a query of mentions; ``label`` and
        ``entity`` (by any name) alone give every such mention, beside a pattern the hits on one. ``window`` counts
        words (8), or characters (40) with ``by="char"`` and in Korean and Khmer texts; ``by="sentence"`` gives the
        whole sentence. ``within`` keeps to the articles of a query. Texts that are not at hand are not searched; the
        note says how many, and how many hits are in briefs, whose wording is ours.

        >>> import kh_kr_corpus as khkr
        >>> hits = khkr.load().kwic("civil serv*", window=4)
        >>> hits.columns[6:9]
        ('left', 'hit', 'right')
        """
        labels = _listed(label)
        entities = {one.id for name in _listed(entity) for one in self.kb.resolve(name)}
        find: Any
        if isinstance(pattern, (str, re.Pattern)):
            find = kwic.to_pattern(pattern, case=case)
        else:
            find, labels, entities = self._spans(pattern, _given(label=label, entity=entity)), (), set()
        texts = self._texts_in(within)
        missing = len(self.articles if within is None else within) - len(texts)
        return kwic.concordance(
            texts, find, window=window, by=by, order=sort, labels=labels, entities=entities, missing=missing
        )

    def _spans(self, mentions: Query[PlacedMention] | None, filters: dict[str, Any]) -> Any:
        """What finds the mentions of a query, or of filters, in a text."""
        if mentions is None and not filters:
            raise InputError("kwic", "nothing to look for", "give words, a label= or an entity=")
        spans: dict[str, list[tuple[int, int]]] = {}
        for mention in (self.mentions if mentions is None else mentions).where(**filters):
            spans.setdefault(mention.article, []).append((mention.start, mention.end))
        return lambda text: iter(spans.get(text.article.id, ()))

    def collocations(
        self,
        pattern: str | re.Pattern[str],
        *,
        window: int = 5,
        least: int = 3,
        statistic: str = "log-likelihood",
        within: Query[Article] | None = None,
        origin: str | Collection[str] | None = "genuine",
    ) -> Table:
        """The words that stand near a pattern more often than chance would have it.

        ``statistic`` is ``log-likelihood`` (Dunning 1993), ``mutual-information`` (Church and Hanks 1990) or
        ``log-dice`` (Rychlý 2008). Wording is measured on genuine texts, which you :meth:`attach`; another ``origin``
        must be asked for, and briefs, whose wording is ours, give a :class:`WordingWarning`. Raises
        :class:`InputError` where no such text is at hand.
        """
        texts = kwic.measured(self._texts_in(within), origin, "collocations")
        return kwic.collocations(texts, kwic.to_pattern(pattern), window=window, least=least, statistic=statistic)

    def keyness(
        self,
        first: Query[Article],
        second: Query[Article],
        *,
        least: int = 3,
        statistic: str = "log-likelihood",
        origin: str | Collection[str] | None = "genuine",
    ) -> Table:
        """The words that tell the first set of texts from the second, by log-likelihood (Dunning 1993) with the log
        ratio as the size of the effect; for ``origin`` see :meth:`collocations`."""
        texts = [kwic.measured(self._texts_in(query), origin, "keyness") for query in (first, second)]
        return kwic.keyness(*texts, least=least, statistic=statistic)

    def dispersion(
        self,
        pattern: str | re.Pattern[str],
        *,
        within: Query[Article] | None = None,
        origin: str | Collection[str] | None = "genuine",
    ) -> Table:
        """How evenly a pattern is spread over the texts: Gries's DP; for ``origin`` see :meth:`collocations`."""
        texts = kwic.measured(self._texts_in(within), origin, "dispersion")
        return kwic.dispersion(texts, kwic.to_pattern(pattern))


def _given(**filters: Any) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value}


def _listed(value: str | Collection[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)
