"""A corpus against its own records, or against a file."""

from __future__ import annotations

from pathlib import Path

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.reconcile.crs import read_crs
from kh_kr_corpus.reconcile.entry import Entry, of_activity, of_record
from kh_kr_corpus.reconcile.iati import read_iati
from kh_kr_corpus.reconcile.matching import ACCEPT, Reconciliation, reconcile_entries

__all__ = ["entries_of", "reconcile"]

_READERS = {
    ".xml": read_iati,
    ".csv": read_crs,
    ".txt": read_crs,
    ".tsv": read_crs,
    ".parquet": read_crs,
    ".pq": read_crs,
}
_KOICA = "organisation/korea-international-cooperation-agency"
_PUBLISHERS = {"koica": _KOICA}


def entries_of(corpus: Corpus, path: str | Path | None = None) -> list[Entry]:
    """The entries of a file, by the ending of its name (``.xml`` IATI; ``.csv``, ``.txt``, ``.tsv``, ``.parquet`` CRS),
    or the corpus's own records without one. Raises :class:`InputError` for another ending."""
    if path is None:
        return [of_record(record, _PUBLISHERS.get(record.set.partition("-")[0], "")) for record in corpus.records]
    place = Path(path)
    reader = _READERS.get(place.suffix.casefold())
    if reader is None:
        fix = "an IATI file ends in .xml, a CRS extract in .csv, .txt, .tsv or .parquet"
        raise InputError(str(path), "its name does not say what it is", fix)
    return reader(place)


def reconcile(corpus: Corpus, path: str | Path | None = None, *, accept: float = ACCEPT) -> Reconciliation:
    """Match the entries of an IATI file, a CRS extract or (without ``path``) the corpus's own records to activities.

    A match needs the chance ``accept`` and no rival near it: no match beats a wrong one.

    >>> import kh_kr_corpus as khkr
    >>> found = reconcile(khkr.load())
    >>> {decision.outcome for decision in found.decisions} <= {"match", "open", "none"}
    True
    """
    activities = [of_activity(activity) for activity in corpus.activities]
    return reconcile_entries(activities, entries_of(corpus, path), corpus.kb, accept=accept)
