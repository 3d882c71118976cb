"""The facade: load a corpus, ask it questions, attach one's own copies. Short methods that call downwards."""

from __future__ import annotations

import dataclasses
import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from kh_kr_corpus import store, tables
from kh_kr_corpus.anchor import Copy, Recognised, recognise
from kh_kr_corpus.errors import KhkrError, UnknownNameError, near
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Activity, Article, Entity, Layer, Office, Participation, Source, Splits, StagedAmount
from kh_kr_corpus.query import Query
from kh_kr_corpus.store.anchors import misanchored
from kh_kr_corpus.store.files import require, scan
from kh_kr_corpus.tables import Database, PlacedInitiative, PlacedMention, Sentence, Table

__all__ = ["Corpus", "load", "shipped_root"]

_REPORT = ("file", "article", "result", "reason")


class Corpus:
    """A corpus in memory: immutable queries over its records, and its knowledge base.

    >>> import kh_kr_corpus as khkr
    >>> corpus = khkr.load()
    >>> corpus.mentions.where(entity="Cambodia", label="NORP").count_by("origin").columns
    ('origin', 'count')
    """

    def __init__(self, contents: store.Contents, *, report: Table | None = None) -> None:
        self._contents = contents
        self.kb = KnowledgeBase(contents.entities.values())
        """Who is who, by id and by any name."""
        self.report = report or Table(_REPORT, ())
        """What :meth:`attach` did with each file."""
        self._database = Database(contents, self.kb, tables.TABLES)

    @property
    def root(self) -> Path:
        """The folder that it was read from."""
        return self._contents.root

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

    @property
    def splits(self) -> Splits:
        """Which texts are there to train on, to develop on and to test on."""
        return self._contents.splits

    @cached_property
    def _layers(self) -> Mapping[str, Layer]:
        # read on first use: few ask for them, and they are a seventh of the files
        return store.read_layers(self.root)

    def layers(self, first: str, second: str) -> list[tuple[Article, Layer, Layer]]:
        """The articles that two annotators have read, each with both readings, as they were before anything was
        settled; raises :class:`UnknownNameError` for a layer that does not exist."""
        readings = self._layers
        known = sorted({layer.annotator for layer in readings.values()})
        for name in (first, second):
            if name not in known:
                raise UnknownNameError("layer", name, near(name, known) or tuple(known))
        texts = {**self._contents.articles, **self._contents.synthetic}
        both = [i for i in texts if f"{first}/{i}" in readings and f"{second}/{i}" in readings]
        return [(texts[i], readings[f"{first}/{i}"], readings[f"{second}/{i}"]) for i in both]

    def sql(self, query: str) -> Table:
        """The answer to one SELECT statement (DuckDB's SQL) over the tables of the corpus.

        Nothing can be changed, and no file can be reached. All review states are in these tables: say
        ``where review in ('accepted', 'corrected')``. Raises :class:`InputError` for a bad query.

        >>> import kh_kr_corpus as khkr
        >>> khkr.load().sql("select kind, count(*) as n from activities group by kind").columns
        ('kind', 'n')
        """
        return self._database.sql(query)

    def stats(self) -> Table:
        """How much of what there is: one row a value, with its ``share`` of the table from 0 to 1."""
        rows = [row for counts in _counts(self) for row in _shares(*counts)]
        rows += _coverage(self)
        return Table(("table", "by", "value", "count", "share"), rows)

    def attach(self, folder: str | Path) -> Corpus:
        """A corpus whose external articles have their text where ``folder`` holds an exact copy of it.

        Every ``.txt`` file below ``folder`` (UTF-8) is normalised and its fingerprint compared with those of
        the external articles. Equal: the article of the new corpus has the text. Anything else attaches nothing;
        the new corpus's :attr:`report` has a row for each file. This corpus stays as it is, and nothing is
        written to disk. Raises :class:`EnvironmentFailure` or :class:`InputError` for a folder that is none.
        """
        place = Path(folder)
        require(place, folder=True)
        articles = dict(self._contents.articles)
        rows = []
        for found in recognise(_copies(place), tuple(articles.values())):
            attached, problem = _attached(found, articles)
            if attached is not None:
                articles[attached.id] = attached
            rows.append((found.file, found.article, "no" if attached is None else "attached", problem or found.reason))
        contents = dataclasses.replace(self._contents, articles=articles)
        return Corpus(contents, report=Table(_REPORT, rows))

    def __repr__(self) -> str:
        return f"Corpus at {self.root}\n{self._overview()!r}"

    def _repr_html_(self) -> str:
        overview = self._overview()
        return Table(overview.columns, overview.rows, f"Corpus at {self.root}")._repr_html_()

    def _overview(self) -> Table:
        origins = Counter(article.origin for article in self._contents.articles.values())
        by_origin = ", ".join(f"{n:,} {origin}" for origin, n in origins.most_common())
        rows = [(name, len(getattr(self, name)), by_origin if name == "articles" else "") for name in _OVERVIEW]
        return Table(("table", "count", "of which"), rows)


_OVERVIEW = ("articles", "mentions", "initiatives", "activities", "entities", "sources")


def load(path: str | Path | None = None, *, synthetic: bool = False) -> Corpus:
    """The shipped corpus, or the one that ``path`` lies in (any file or folder of it).

    ``synthetic`` takes in the style exercises, which are never part of it otherwise.
    Raises :class:`InvalidFileError` with all findings when a file is invalid, :class:`InputError` when there is
    no corpus at ``path``, :class:`EnvironmentFailure` when ``path`` does not exist.

    >>> import kh_kr_corpus as khkr
    >>> corpus = khkr.load()
    >>> {article.origin for article in corpus.articles} <= {"genuine", "brief"}
    True
    """
    place = shipped_root() if path is None else Path(path)
    require(place)
    with _collector_off():
        contents = store.read_corpus(store.find_root(place), strict=True, layers=False)
    if synthetic:
        contents = dataclasses.replace(contents, articles={**contents.articles, **contents.synthetic})
    return Corpus(contents)


def shipped_root() -> Path:
    """The data inside an installed package, or beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


@contextmanager
def _collector_off() -> Iterator[None]:
    """Without garbage collection: while only long-lived objects are made, its passes more than double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _copies(folder: Path) -> Iterator[Copy]:
    """The text files below a folder; what can't be read says why, without stopping the others."""
    for path in scan(folder, ".txt"):
        name = path.relative_to(folder).as_posix()
        try:
            yield Copy(name, store.read_text(path))
        except KhkrError as error:
            yield Copy(name, None, getattr(error, "message", type(error).__name__))


def _attached(found: Recognised, articles: dict[str, Article]) -> tuple[Article | None, str]:
    """The article with the recognised text, or why its annotations don't fit; the text itself is never told."""
    if found.article is None or found.text is None:
        return None, ""
    article = articles[found.article].model_copy(update={"text": found.text})
    codes = sorted({code for code, *_ in misanchored(article)})
    return (None, f"annotations don't fit the text ({', '.join(codes)})") if codes else (article, "")


def _counts(corpus: Corpus) -> Iterator[tuple[str, str, Counter[str]]]:
    mentions = [m for m in corpus.mentions if m.label not in ("DATE", "MONEY")]
    yield "articles", "origin", Counter(article.origin for article in corpus.articles)
    yield "mentions", "label", Counter(mention.label for mention in corpus.mentions)
    yield "mentions that can link", "linked", Counter("yes" if m.entity else "no" for m in mentions)
    yield "initiatives", "kind", Counter(initiative.kind for initiative in corpus.initiatives)
    yield "activities", "kind", Counter(activity.kind for activity in corpus.activities)
    yield "entities", "type", Counter(entity.type for entity in corpus.entities)


def _coverage(corpus: Corpus) -> list[tuple[Any, ...]]:
    """How many entities of each type have what can be missing; the share is of that type's entities."""
    entities = list(corpus.entities)
    totals = Counter(entity.type for entity in entities)
    has: dict[str, Callable[[Entity], bool]] = {
        "a name in Hangul": lambda e: any(name.script == "Hang" for name in e.names),
        "a name in Khmer script": lambda e: any(name.script == "Khmr" for name in e.names),
        "an outside identifier": lambda e: bool(e.identifiers),
    }
    rows = []
    for what, test in has.items():
        counts = Counter(entity.type for entity in entities if test(entity))
        counted = [(name, counts[name], totals[name]) for name in sorted(totals)]
        counted.append(("all", counts.total(), totals.total()))
        rows += [(f"entities with {what}", "type", name, n, round(n / max(1, of), 4)) for name, n, of in counted]
    return rows


def _shares(table: str, by: str, counts: Counter[str]) -> Iterable[tuple[Any, ...]]:
    total = counts.total()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(table, by, value, n, round(n / total, 4)) for value, n in ordered]
