"""The desk: one place where all decisions on all texts come together, one at a time.

A decision is journaled, then it is saved; the article's file follows a moment later (:meth:`Desk.flush`). At every
step the file is looked at first: what an editor, git or another program did to it meanwhile is taken in, and a
decision on something that they changed becomes a dispute with both versions.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kh_kr_corpus.errors import ConflictError, InputError, KhkrError, UnknownNameError
from kh_kr_corpus.models import Article
from kh_kr_corpus.review.changes import Change, Clash, apply, item_of, next_id, replay, swapped
from kh_kr_corpus.review.decisions import Decision, Step, changes_of
from kh_kr_corpus.review.journal import Journal, Lines
from kh_kr_corpus.review.records import Dispute, Entry, Settled, Written, changes_in
from kh_kr_corpus.review.rulings import Ruling, record, taken_back
from kh_kr_corpus.review.shelf import Shelf

__all__ = ["Desk", "Outcome", "Result", "Sheet", "now"]

_TRIES = 5
_STALE = "it was changed while you looked at it"
_UNDERNEATH = "its file was changed while this was being saved"


def now() -> str:
    """The time in UTC, as reviews record it."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Sheet:
    """One article on the desk: as its file has it, and with the decisions that are not in the file yet."""

    revision: str | None
    filed: Article
    article: Article
    version: int = 1
    """Counts how often the file was found changed by somebody else."""
    problem: str = ""
    """Why the file could not be written, empty when it could."""


class Result(NamedTuple):
    """What became of one decision."""

    key: str
    result: Literal["saved", "conflict", "refused"]
    message: str = ""
    changes: tuple[Change, ...] = ()


@dataclass
class Outcome:
    """What became of some decisions on an article."""

    seq: int
    """The number of the last decision before these."""
    results: list[Result] = field(default_factory=list)


class Desk:
    """All articles of a shelf under review by one process; every method may be called from any thread.

    Raises :class:`ConflictError` when another process reviews the same corpus.
    """

    def __init__(
        self, shelf: Shelf, *, on_change: Callable[[str], None] = lambda _: None, log: Lines | None = None
    ) -> None:
        self.shelf, self.journal = shelf, Journal(shelf.root, log)
        self._sheets: dict[str, Sheet] = {}
        self._ours: dict[str, Article] = {}  # what is being written
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._on_change = on_change

    def sheet(self, article_id: str) -> Sheet:
        """The article as it stands now; raises :class:`UnknownNameError` for one that is not there and
        :class:`~kh_kr_corpus.errors.InvalidFileError` when its file can't be read as one."""
        with self._lock:
            revision = self.shelf.revision(article_id)
            sheet = self._sheets.get(article_id)
            if sheet is not None and sheet.revision == revision:
                return sheet
            revision, filed = self.shelf.read(article_id)
            if sheet is not None and filed in (sheet.filed, self._ours.get(article_id)):
                sheet.revision, sheet.filed = revision, filed  # our own writing, just now, or nothing new
                return sheet
            pending = self.journal.pending(self.shelf.key(article_id))
            article, clashes = replay(filed, changes_in(pending))
            self._dispute_pending(article_id, pending, clashes)
            fresh = Sheet(revision, filed, article, sheet.version + 1 if sheet else 1)
            self._sheets[article_id] = fresh
            return fresh

    def _dispute_pending(self, article_id: str, pending: list[Entry], clashes: Iterable[Clash]) -> None:
        key = self.shelf.key(article_id)
        for change, present in clashes:
            mine = [e for e in pending if any((c.what, c.id) == (change.what, change.id) for c in e.changes)][-1]
            name = f"clash-{mine.seq}-{change.id}"
            if not self.journal.knows(key, name):
                record = Dispute(
                    seq=self.journal.next_seq(), key=name, article=key, by=mine.by, at=mine.at,
                    change=change, present=present, why=_UNDERNEATH,
                )  # fmt: skip
                self.journal.add(record)

    def decide(self, article_id: str, decisions: Iterable[Decision], by: str) -> Outcome:
        """Take decisions of ``by`` (``human:NAME``), each of which is on the disk when this returns.

        Raises :class:`~kh_kr_corpus.errors.EnvironmentFailure` when the journal can't be written; those before are
        kept then, and sending all of them again does no harm.
        """
        with self._lock:
            sheet = self.sheet(article_id)
            outcome = Outcome(self.seq(article_id))
            for decision in decisions:
                if self.journal.knows(self.shelf.key(article_id), decision.key):
                    outcome.results.append(Result(decision.key, "saved", "it was saved before"))
                else:
                    outcome.results.append(self._decide(sheet, decision, by))
            self._on_change(article_id)
            return outcome

    def _decide(self, sheet: Sheet, decision: Decision, by: str) -> Result:
        try:
            if isinstance(decision, Step):
                return self._step(sheet, decision, by)
            changes = changes_of(sheet.article, decision, by, now())
        except InputError as error:
            return Result(decision.key, "refused", "; ".join(filter(None, (error.message, error.fix))))
        return self._make(sheet, decision.key, "do", None, changes, by)

    def _step(self, sheet: Sheet, step: Step, by: str) -> Result:
        done, undone = self.journal.steps(self.shelf.key(sheet.article.id))
        own = [entry for entry in (done if step.op == "undo" else undone) if entry.by == by]
        if not own:
            raise InputError(step.op, f"nothing to {step.op}")
        entry, back = own[-1], step.op == "undo"
        changes, ruling = swapped(entry.changes) if back else entry.changes, entry.ruling
        return self._make(sheet, step.key, step.op, entry.seq, changes, by, taken_back(ruling) if back else ruling)

    def _make(
        self, sheet: Sheet, name: str, op: Literal["do", "undo", "redo"], of: int | None,
        changes: tuple[Change, ...], by: str, ruling: Ruling | None = None,
    ) -> Result:  # fmt: skip
        """Journal changes and make them; those that clash are journaled as disputes, and a ruling with them is not."""
        article, clashes = apply(sheet.article, changes)
        clashed = [clash.change for clash in clashes]
        made = tuple(change for change in changes if change not in clashed)
        key, seq, at = self.shelf.key(article.id), self.journal.next_seq(), now()
        told = None if clashes else ruling
        entry = Entry(seq=seq, key=name, article=key, op=op, of=of, by=by, at=at, changes=made, ruling=told)
        disputes = [
            Dispute(seq=n, key=name, article=key, by=by, at=at, change=change, present=present, why=_STALE)
            for n, (change, present) in enumerate(clashes, seq + 1)
        ]
        self.journal.add(*([entry] if made or not disputes else []), *disputes)
        sheet.article = article
        return Result(name, "conflict" if disputes else "saved", _STALE if disputes else "", made)

    def change(self, article_id: str, changes: tuple[Change, ...], by: str, ruling: Ruling | None = None) -> Result:
        """Make changes that were worked out elsewhere from what stands on the desk, as one decision."""
        with self._lock:
            sheet = self.sheet(article_id)
            result = self._make(sheet, f"change-{self.journal.next_seq()}", "do", None, changes, by, ruling)
            self._on_change(article_id)
            return result

    def settle(self, article_id: str, dispute: int, keep: Literal["mine", "theirs"], by: str) -> Result:
        """End a dispute: keep what stands there, or put the disputed decision in its place.

        Raises :class:`UnknownNameError` for a dispute that is not open, :class:`InputError` when the disputed
        version does not fit the text any more.
        """
        with self._lock:
            sheet, key = self.sheet(article_id), self.shelf.key(article_id)
            known = {str(one.seq): one for one in self.journal.open_disputes(key)}
            if str(dispute) not in known:
                raise UnknownNameError("open conflict", str(dispute), tuple(known)[:3])
            change, result = known[str(dispute)].change, Result(f"settle-{dispute}", "saved")
            if keep == "mine":
                mine = _renewed(sheet.article, change)
                if apply(sheet.article, (mine,))[1]:
                    raise InputError("conflict", "your version does not fit the text any more", "decide it anew")
                result = self._make(sheet, result.key, "do", None, (mine,), by)
            self.journal.add(Settled(dispute=dispute, keep=keep, by=by, at=now()))
            self._on_change(article_id)
            return result

    def seq(self, article_id: str) -> int:
        """The number of the last decision on an article, 0 for none."""
        entries = self.journal.entries.get(self.shelf.key(article_id))
        return entries[-1].seq if entries else 0

    def flush(self, article_id: str) -> None:
        """Bring the article's file up to date; when the machine refuses, the sheet says why and the journal has it."""
        with self._writing:
            for _ in range(_TRIES):
                try:
                    if self._flush(article_id):
                        return
                except ConflictError:
                    continue  # somebody changed the file just now: look again
                except KhkrError as error:
                    with self._lock:
                        if article_id in self._sheets:
                            self._sheets[article_id].problem = str(error)
                    return

    def _flush(self, article_id: str) -> bool:
        with self._lock:
            sheet, key = self.sheet(article_id), self.shelf.key(article_id)
            pending = self.journal.pending(key)
            snapshot, revision = sheet.article, sheet.revision
            if not pending:
                return True
        self._ours[article_id] = snapshot
        try:
            if snapshot != sheet.filed:
                # without the lock: a long article takes its time, and nobody should wait for it
                self.shelf.write(snapshot, revision)
                revision, filed = self.shelf.read(article_id)
                if filed != snapshot:
                    return False
            record(self.shelf.root, article_id, [entry.ruling for entry in pending if entry.ruling])
            with self._lock:
                self.journal.add(Written(article=key, seq=pending[-1].seq), durable=False)
                sheet.revision, sheet.filed, sheet.problem = revision, snapshot, ""
                return True
        finally:
            del self._ours[article_id]

    def flush_all(self) -> None:
        """Bring all files up to date that have decisions to come: at the end, and at the start after a crash."""
        waiting = set(self.journal.unwritten())
        for article_id in list(self.shelf.ids()):
            if self.shelf.key(article_id) in waiting:
                self.flush(article_id)

    def close(self) -> None:
        """Bring all files up to date and let others review."""
        self.flush_all()
        self.journal.close()


def _renewed(article: Article, change: Change) -> Change:
    """The change from what stands there now; what was new gets an id of its own when that is taken."""
    present = item_of(article, change.what, change.id)
    if change.before is None and present is not None and change.after is not None:
        item_id = next_id(article, change.what)
        return Change(what=change.what, id=item_id, after=change.after.model_copy(update={"id": item_id}))
    return change.model_copy(update={"before": present})
