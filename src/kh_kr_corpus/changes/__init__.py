"""Change over time: what differs between two states of a record, how two people's changes go together, and how old
files become today's. Works on the plain data of files, so that also an invalid file can be compared."""

from kh_kr_corpus.changes.diff import Change, diff
from kh_kr_corpus.changes.merge import Conflict, Merged, merge
from kh_kr_corpus.changes.migrate import MIGRATIONS, migrate, replaced
from kh_kr_corpus.changes.text import with_markers

__all__ = ["MIGRATIONS", "Change", "Conflict", "Merged", "diff", "merge", "migrate", "replaced", "with_markers"]
