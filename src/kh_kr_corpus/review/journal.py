"""The journal: every decision, on the disk before anybody is told that it is saved.

One line a record, in ``.khkr/review.jsonl`` of the corpus. An entry holds its changes whole, with what stood there
before, so that it can be made again after a crash, and taken back. A line that a crash cut short was never
acknowledged and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Literal, Protocol

from pydantic import Field, TypeAdapter, ValidationError

from kh_kr_corpus.errors import EnvironmentFailure
from kh_kr_corpus.models import Model
from kh_kr_corpus.models.review import BY, DAY
from kh_kr_corpus.review.changes import Change, Item
from kh_kr_corpus.store import Log, files

__all__ = ["Dispute", "Entry", "Journal", "Lines", "Sealed", "Settled", "Written", "changes_in"]

PLACE = Path(".khkr") / "review.jsonl"


class Lines(Protocol):
    """What the journal asks of the file that it stands in."""

    def read(self) -> list[str]:
        """All lines so far."""

    def append(self, lines: list[str], *, durable: bool = True) -> None:
        """Add lines."""

    def close(self) -> None:
        """Let others add lines."""


class Sealed:
    """The journal of a corpus that can't be written: nothing can be kept, and whoever tries is told ``why``."""

    def __init__(self, why: EnvironmentFailure) -> None:
        self._why = why

    def read(self) -> list[str]:
        return []

    def append(self, lines: list[str], *, durable: bool = True) -> None:  # noqa: ARG002
        raise self._why

    def close(self) -> None:
        pass


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


Record = Annotated[Entry | Written | Dispute | Settled, Field(discriminator="record")]
_READ: TypeAdapter[Entry | Written | Dispute | Settled] = TypeAdapter(Record)


class Journal:
    """The journal of the corpus at ``root``, held open by one process.

    Raises :class:`~kh_kr_corpus.errors.ConflictError` when another one has it open.
    """

    def __init__(self, root: Path, log: Lines | None = None) -> None:
        self._log: Lines = log or _opened(root / PLACE)
        self.entries: dict[str, list[Entry]] = {}
        self.disputes: dict[int, Dispute] = {}
        self.unreadable = 0
        self._written: dict[str, int] = {}
        self._steps: dict[str, tuple[list[Entry], list[Entry]]] = {}
        self._keys: set[tuple[str, str]] = set()
        self._last = 0
        for line in self._log.read():
            try:
                self._take(_READ.validate_json(line))
            except ValidationError:
                self.unreadable += 1

    def _take(self, record: Entry | Written | Dispute | Settled) -> None:
        if isinstance(record, Written):
            self._written[record.article] = max(record.seq, self._written.get(record.article, 0))
        elif isinstance(record, Settled):
            self.disputes.pop(record.dispute, None)
        else:
            self._last = max(self._last, record.seq)
            self._keys.add((record.article, record.key))
            if isinstance(record, Entry):
                self.entries.setdefault(record.article, []).append(record)
                self._take_step(record)
            else:
                self.disputes[record.seq] = record

    def _take_step(self, entry: Entry) -> None:
        done, undone = self._steps.setdefault(entry.article, ([], []))
        if entry.op == "do":
            done.append(entry)
            undone.clear()
            return
        source, target = (done, undone) if entry.op == "undo" else (undone, done)
        moved = [one for one in source if one.seq == entry.of]
        source[:] = [one for one in source if one.seq != entry.of]
        target += moved

    def next_seq(self) -> int:
        """The number of the next record; numbers are never used again."""
        return self._last + 1

    def knows(self, article_id: str, key: str) -> bool:
        """Whether a decision with this key has been kept already."""
        return (article_id, key) in self._keys

    def add(self, *records: Entry | Written | Dispute | Settled, durable: bool = True) -> None:
        """Keep records; raises :class:`~kh_kr_corpus.errors.EnvironmentFailure` when the machine refuses, and then
        none of them counts."""
        self._log.append([record.model_dump_json() for record in records], durable=durable)
        for record in records:
            self._take(record)

    def pending(self, article_id: str) -> list[Entry]:
        """The entries that may not be in the article's file yet."""
        reach = self._written.get(article_id, 0)
        recent = takewhile(lambda entry: entry.seq > reach, reversed(self.entries.get(article_id, ())))
        return list(recent)[::-1]

    def unwritten(self) -> list[str]:
        """The articles that have such entries."""
        return [article_id for article_id in self.entries if self.pending(article_id)]

    def open_disputes(self, article_id: str) -> list[Dispute]:
        """What somebody must settle in an article."""
        return [one for one in self.disputes.values() if one.article == article_id]

    def steps(self, article_id: str) -> tuple[list[Entry], list[Entry]]:
        """The entries that can be taken back, and those that can be made again; the next one is last."""
        return self._steps.get(article_id, ([], []))

    def close(self) -> None:
        """Let others open it."""
        self._log.close()


def _opened(path: Path) -> Log:
    log = Log(path)
    ignored = path.parent / ".gitignore"  # what a curator has not finished is nobody else's
    if not ignored.exists():
        files.replace_file(ignored, b"*\n", None)
    return log


def changes_in(entries: Iterable[Entry]) -> tuple[Change, ...]:
    """All changes of some entries in their order."""
    return tuple(change for entry in entries for change in entry.changes)
