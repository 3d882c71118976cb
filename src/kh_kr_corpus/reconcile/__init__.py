"""Activities against the entries of other databases: which are the same, how sure that is, and why."""

from kh_kr_corpus.reconcile.crs import read_crs
from kh_kr_corpus.reconcile.entry import Entry, Sum, of_activity, of_record
from kh_kr_corpus.reconcile.iati import read_iati
from kh_kr_corpus.reconcile.matching import ACCEPT, Candidate, Decision, Reconciliation, reconcile_entries
from kh_kr_corpus.reconcile.run import entries_of, reconcile

__all__ = [
    "ACCEPT",
    "Candidate",
    "Decision",
    "Entry",
    "Reconciliation",
    "Sum",
    "entries_of",
    "of_activity",
    "of_record",
    "read_crs",
    "read_iati",
    "reconcile",
    "reconcile_entries",
]
