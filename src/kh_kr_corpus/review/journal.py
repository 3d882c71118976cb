"""The journal: every decision, on the disk before anybody is told that it is saved.

One line a record, in ``.khkr/review.jsonl`` of the corpus. An entry holds its changes whole, with what stood there
before, so that it can be made again after a crash, and taken back. A line that a crash cut short was never
acknowledged and counts for nothing.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from kh_kr_corpus.errors import EnvironmentFailure, KhkrError
from kh_kr_corpus.review.compaction import KEPT, compacted
from kh_kr_corpus.review.records import RECORD, Dispute, Entry, Known, Record, Settled, Written
from kh_kr_corpus.store import Log, files

__all__ = ["PLACE", "Journal", "Lines", "Sealed", "open_log"]

PLACE = Path(".khkr") / "review.jsonl"
LONG = 8_000_000
"""Bytes of a journal that is made shorter when it is opened."""


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


class Journal:
    """The journal of the corpus at ``root``, held open by one process.

    Raises :class:`~kh_kr_corpus.errors.ConflictError` when another one has it open.
    """

    def __init__(self, root: Path, log: Lines | None = None) -> None:
        self._log: Lines = log or open_log(root / PLACE)
        self.entries: dict[str, list[Entry]] = {}
        self.disputes: dict[int, Dispute] = {}
        self.unreadable = 0
        self._written: dict[str, int] = {}
        self._steps: dict[str, tuple[list[Entry], list[Entry]]] = {}
        self._keys: set[tuple[str, str]] = set()
        self._last = 0
        for line in self._log.read():
            try:
                self._take(RECORD.validate_json(line))
            except ValidationError:
                self.unreadable += 1

    def _take(self, record: Record) -> None:
        if isinstance(record, Written):
            self._written[record.article] = max(record.seq, self._written.get(record.article, 0))
        elif isinstance(record, Settled):
            self.disputes.pop(record.dispute, None)
        elif isinstance(record, Known):
            self._last = max(self._last, record.seq)
            self._keys |= {(record.article, key) for key in record.keys}
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

    def add(self, *records: Record, durable: bool = True) -> None:
        """Keep records; raises :class:`~kh_kr_corpus.errors.EnvironmentFailure` when the machine refuses, and then
        none of them counts."""
        self._log.append([record.model_dump_json() for record in records], durable=durable)
        for record in records:
            self._take(record)

    def written(self, article_id: str) -> int:
        """The number of the last entry that is in the article's file, 0 for none."""
        return self._written.get(article_id, 0)

    def since(self, article_id: str, seq: int) -> list[Entry]:
        """The entries behind a number."""
        return list(takewhile(lambda entry: entry.seq > seq, reversed(self.entries.get(article_id, ()))))[::-1]

    def pending(self, article_id: str) -> list[Entry]:
        """The entries that may not be in the article's file yet."""
        return self.since(article_id, self.written(article_id))

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


def open_log(path: Path, *, long: int = LONG, kept: int = KEPT) -> Log:
    """The log at ``path``; one of more than ``long`` bytes is made shorter first, where that gains half of them.

    Raises what :class:`~kh_kr_corpus.store.Log` raises. When it can't be made shorter it stays as long as it is.
    """
    log = Log(path)
    try:
        ignored = path.parent / ".gitignore"  # what a curator has not finished is nobody else's
        if not ignored.exists():
            files.replace_file(ignored, b"*\n", None)
        if path.stat().st_size <= long:
            return log
        with suppress(EnvironmentFailure, OSError):
            _shorten(path, log, kept)
    except OSError as error:
        log.close()
        raise EnvironmentFailure(str(path), f"cannot be opened: {error.strerror or error}") from error
    except KhkrError:
        log.close()
        raise
    log.close()
    return Log(path)  # it may be another file now


def _shorten(path: Path, log: Log, kept: int) -> None:
    """Put a shorter journal in the place of the one that ``log`` holds: nobody adds to it meanwhile, and whoever waits
    for it finds that it has been replaced."""
    data = path.read_bytes()
    shorter = "".join(f"{line}\n" for line in compacted(log.read(), kept)).encode("utf-8")
    if 2 * len(shorter) < len(data):
        files.replace_file(path, shorter, files.revision_of(data))
