"""The facade: load a corpus, ask it questions, attach one's own copies. Short methods that call downwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from kh_kr_corpus import store
from kh_kr_corpus.cite import cite
from kh_kr_corpus.corpus.attaching import Attachment, attach_copies
from kh_kr_corpus.corpus.pictures import Pictures
from kh_kr_corpus.corpus.sifting import Sifting
from kh_kr_corpus.corpus.stats import stats_of
from kh_kr_corpus.corpus.wording import Wording
from kh_kr_corpus.errors import InputError, UnknownNameError, near
from kh_kr_corpus.models import Article, Layer, Release, Splits
from kh_kr_corpus.tables import Table

__all__ = ["Corpus"]


class Corpus(Wording, Pictures, Sifting):
    """A corpus in memory: immutable queries over its records, and its knowledge base.

    >>> import kh_kr_corpus as khkr
    >>> corpus = khkr.load()
    >>> corpus.mentions.where(entity="Cambodia", label="NORP").count_by("origin").columns
    ('origin', 'count')
    """

    def __init__(self, contents: store.Contents, *, attachment: Attachment | None = None) -> None:
        super().__init__(contents)
        self._attachment = attachment or Attachment()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its records: tables and indexes are made again where it arrives."""
        return _again, (self._contents, self._attachment)

    @property
    def report(self) -> Table:
        """What :meth:`attach` did with each file."""
        return self._attachment.report

    @property
    def orphans(self) -> Table:
        """The spans that :meth:`attach` found no sure place for, with the places that a person may want to look at:
        ``[start, end)`` in the attached text."""
        return self._attachment.orphans

    @property
    def root(self) -> Path:
        """The folder that it was read from."""
        return self._contents.root

    @property
    def release(self) -> Release | None:
        """What it is called, which version it is and which ids were withdrawn; None for one that does not say."""
        return self._contents.release

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
        # readings count in the text that was annotated, so an article on another setting of it is left as it was
        texts = {**self._contents.articles, **self._contents.synthetic, **self._attachment.before}
        both = [i for i in texts if f"{first}/{i}" in readings and f"{second}/{i}" in readings]
        return [(texts[i], readings[f"{first}/{i}"], readings[f"{second}/{i}"]) for i in both]

    def stats(self) -> Table:
        """How much of what there is: one row a value, with its ``share`` of the table from 0 to 1."""
        return stats_of(self)

    def cite(self, style: str = "apa") -> str:
        """How this corpus is cited: ``apa``, ``bibtex``, ``cff``, ``datacite`` or ``croissant``.

        Raises :class:`UnknownNameError` for another style, :class:`InputError` for a corpus that states no version.

        >>> import kh_kr_corpus as khkr
        >>> "[Data set]" in khkr.load().cite()
        True
        """
        if self.release is None:
            raise InputError(str(self.root), "states no version: there is no release.yaml", "see docs/citing.md")
        return cite(self.release, style)

    def attach(self, folder: str | Path) -> Corpus:
        """A corpus whose external articles have their text where ``folder`` holds a copy of it.

        Every ``.txt`` and ``.md`` file below ``folder`` is compared with the fingerprints of the external articles.
        A copy that differs in typography only (quotation marks, dashes, spaces, line ends, invisible characters) or
        has other text around or between is recognised by its sentences; each mention and evidence span then is exact,
        moved to its one sure place, or an orphan, which the new corpus leaves out. A file with less than half of an
        article's sentences attaches nothing. :attr:`report` has a row for each file, :attr:`orphans` one for each span
        without a place. This corpus stays as it is, and nothing is written to disk. Raises
        :class:`EnvironmentFailure` or :class:`InputError` for a folder that is none.
        """
        contents, attachment = attach_copies(self._contents, Path(folder))
        return Corpus(contents, attachment=attachment)

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


def _again(contents: store.Contents, attachment: Attachment) -> Corpus:
    return Corpus(contents, attachment=attachment)
