"""Which texts of a corpus repeat one another."""

from __future__ import annotations

from collections.abc import Sequence

from kh_kr_corpus import reprints
from kh_kr_corpus.corpus.records import Records
from kh_kr_corpus.models import Article
from kh_kr_corpus.query import Query
from kh_kr_corpus.tables import Table

__all__ = ["Sifting"]


class Sifting(Records):
    """A corpus whose reprints can be told."""

    def reprints(self, within: Query[Article] | None = None, *, alike: float = reprints.ALIKE) -> Table:
        """The texts that repeat one another, one row each: cluster (the id of its earliest text), article,
        duplicate_of (the same id, null for that text itself), similarity with it from 0 to 1, date, title.

        ``alike`` is the estimated Jaccard index of their runs of five words from which two texts count as one
        (:mod:`kh_kr_corpus.reprints`). ``within`` keeps to the articles of a query. Texts that are not at hand are not
        compared; the note says how many. Raises :class:`InputError` where the extra ``batch`` is not installed.

        >>> import kh_kr_corpus as khkr
        >>> len(khkr.load().reprints())
        0
        """
        articles = list(self.articles if within is None else within)
        known = [article for article in articles if article.text is not None]
        signatures = reprints.in_memory(reprints.signature(article.text or "") for article in known)

        def dates(places: Sequence[int]) -> list[str]:
            return [known[place].date or "9999" for place in places]

        rows = []
        for place, original, similarity in reprints.find_reprints(signatures, dates, alike):
            first, article = known[original], known[place]
            again = None if article is first else first.id
            rows.append((first.id, article.id, again, similarity, article.date, article.title))
        missing = len(articles) - len(known)
        note = f"{len(known):,} texts were compared" + (f", {missing:,} are not at hand" if missing else "")
        return Table(("cluster", "article", "duplicate_of", "similarity", "date", "title"), rows, note)
