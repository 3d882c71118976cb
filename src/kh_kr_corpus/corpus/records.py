"""The tables of a corpus as queries, and SQL over them."""

from __future__ import annotations

from functools import cached_property

from kh_kr_corpus import store, tables
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Activity, Article, Entity, Office, Participation, Record, Source, StagedAmount
from kh_kr_corpus.query import Query
from kh_kr_corpus.tables import Database, PlacedInitiative, PlacedMention, Sentence, Table

__all__ = ["Records"]


class Records:
    """What a corpus holds, a query a table."""

    def __init__(self, contents: store.Contents) -> None:
        self._contents = contents
        self._database = Database(contents, tables.TABLES)

    @property
    def kb(self) -> KnowledgeBase:
        """Who is who, by id and by any name."""
        return self._database.kb

    @cached_property
    def articles(self) -> Query[Article]:
        """The texts."""
        return Query(tables.ARTICLES, self._database)

    @cached_property
    def sentences(self) -> Query[Sentence]:
        """The sentences of the texts, with who is named in them."""
        return Query(tables.SENTENCES, self._database)

    @cached_property
    def mentions(self) -> Query[PlacedMention]:
        """The named spans, accepted and corrected; ``where(review=...)`` widens."""
        return Query(tables.MENTIONS, self._database)

    @cached_property
    def initiatives(self) -> Query[PlacedInitiative]:
        """What the texts report, accepted and corrected; ``where(review=...)`` widens."""
        return Query(tables.INITIATIVES, self._database)

    @cached_property
    def activities(self) -> Query[Activity]:
        """What happened: one record however many texts report it."""
        return Query(tables.ACTIVITIES, self._database)

    @cached_property
    def participations(self) -> Query[Participation]:
        """Who has which role in what."""
        return Query(tables.PARTICIPATIONS, self._database)

    @cached_property
    def amounts(self) -> Query[StagedAmount]:
        """The activities' amounts by stage."""
        return Query(tables.AMOUNTS, self._database)

    @cached_property
    def entities(self) -> Query[Entity]:
        """Who is who."""
        return Query(tables.ENTITIES, self._database)

    @cached_property
    def offices(self) -> Query[Office]:
        """Who held which office when."""
        return Query(tables.OFFICES, self._database)

    @cached_property
    def sources(self) -> Query[Source]:
        """The bibliography."""
        return Query(tables.SOURCES, self._database)

    @cached_property
    def records(self) -> Query[Record]:
        """Aid records of public databases, under their own terms; read from their files on first use.

        They are a sample: they can be looked up, filtered and matched, and are never summed or counted by year.

        >>> import kh_kr_corpus as khkr
        >>> khkr.load().records["record/koica-cambodia-1991-2007/0001"].crs
        '72010'
        """
        return Query(tables.RECORDS, self._database)

    def sql(self, query: str) -> Table:
        """The answer to one SELECT statement (DuckDB's SQL) over the tables of the corpus.

        Nothing can be changed, and no file can be reached. All review states are in these tables: say
        ``where review in ('accepted', 'corrected')``. Raises :class:`InputError` for a bad query.

        >>> import kh_kr_corpus as khkr
        >>> khkr.load().sql("select kind, count(*) as n from activities group by kind").columns
        ('kind', 'n')
        """
        return self._database.sql(query)

    def by_doubt(self) -> Table:
        """What waits for a decision, mentions and initiatives, the most doubtful first: where a look tells most.

        ``doubt`` is 1 at a score of 0.5 and 0 at 0 and 1; whether a score means what it says, ``khkr evaluate
        --calibration`` shows. One article's alone: ``khkr query mentions review=suggested article=ID --sort -doubt``.

        >>> import kh_kr_corpus as khkr
        >>> khkr.load().by_doubt().columns
        ('article', 'id', 'what', 'label', 'text', 'entity', 'score', 'doubt', 'reason')
        """
        return self._database.sql(_BY_DOUBT)


_BY_DOUBT = """
with open as (
    select article, id, 'mention' as what, label, text, entity, score, doubt, reason from mentions
    union all
    select article, id, 'initiative', kind, title, null, score, doubt, reason from initiatives
)
select * from open where doubt is not null order by doubt desc, article, id
"""
