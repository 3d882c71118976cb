"""What the journal is made of: one record a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from kh_kr_corpus.models import Model
from kh_kr_corpus.models.review import BY, DAY
from kh_kr_corpus.review.changes import Change, Item
from kh_kr_corpus.review.rulings import Ruling

__all__ = ["RECORD", "Dispute", "Entry", "Known", "Record", "Settled", "Written", "changes_in"]


class Entry(Model):
    """One decision and what it changes."""

    record: Literal["entry"] = "entry"
    seq: int
    key: str
    article: str
    op: Literal["do", "undo", "redo"]
    of: int | None = None
    """The entry that is taken back or made again."""
    by: BY
    at: DAY
    changes: tuple[Change, ...]
    ruling: Ruling | None = None
    """What a referee said with it."""


class Written(Model):
    """The article's file has all its entries up to here."""

    record: Literal["written"] = "written"
    article: str
    seq: int


class Dispute(Model):
    """A decision that could not be made, because something else stands there: both versions, until one is chosen."""

    record: Literal["dispute"] = "dispute"
    seq: int
    key: str
    article: str
    by: BY
    at: DAY
    change: Change
    present: Item | None
    why: str


class Settled(Model):
    """Which version of a dispute somebody chose."""

    record: Literal["settled"] = "settled"
    dispute: int
    keep: Literal["mine", "theirs"]
    by: BY
    at: DAY


class Known(Model):
    """What is left of an article's older records: the keys of what was decided, so that nothing is taken twice."""

    record: Literal["known"] = "known"
    article: str
    seq: int
    """The last number that they had."""
    keys: tuple[str, ...]


Record = Entry | Written | Dispute | Settled | Known
RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="record")])


def changes_in(entries: Iterable[Entry]) -> tuple[Change, ...]:
    """All changes of some entries in their order."""
    return tuple(change for entry in entries for change in entry.changes)
