"""The facade: load a corpus, ask it questions, attach one's own copies. Short methods that call downwards."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from kh_kr_corpus import store
from kh_kr_corpus.anchor import Copy, Recognised, recognise
from kh_kr_corpus.corpus.pictures import Pictures
from kh_kr_corpus.corpus.sifting import Sifting
from kh_kr_corpus.corpus.stats import stats_of
from kh_kr_corpus.corpus.wording import Wording
from kh_kr_corpus.errors import KhkrError, UnknownNameError, near
from kh_kr_corpus.models import Article, Layer, Splits
from kh_kr_corpus.store.anchors import misanchored
from kh_kr_corpus.store.files import require, scan
from kh_kr_corpus.tables import Table

__all__ = ["Corpus"]

_REPORT = ("file", "article", "result", "reason")


class Corpus(Wording, Pictures, Sifting):
    """A corpus in memory: immutable queries over its records, and its knowledge base.

    >>> import kh_kr_corpus as khkr
    >>> corpus = khkr.load()
    >>> corpus.mentions.where(entity="Cambodia", label="NORP").count_by("origin").columns
    ('origin', 'count')
    """

    def __init__(self, contents: store.Contents, *, report: Table | None = None) -> None:
        super().__init__(contents)
        self.report = report or Table(_REPORT, ())
        """What :meth:`attach` did with each file."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its records: tables and indexes are made again where it arrives."""
        return _again, (self._contents, self.report)

    @property
    def root(self) -> Path:
        """The folder that it was read from."""
        return self._contents.root

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

    def stats(self) -> Table:
        """How much of what there is: one row a value, with its ``share`` of the table from 0 to 1."""
        return stats_of(self)

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


def _again(contents: store.Contents, report: Table) -> Corpus:
    return Corpus(contents, report=report)


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
