"""The journal is made shorter when it has grown long: nothing that anybody needs goes, whatever fails meanwhile."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.review.trials import MemoryLog, in_memory
from tests.store.crashes import Recorder, disks
from tests.store.faults import failing
from tests.store.writers import in_place

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure
from kh_kr_corpus.review.compaction import compacted
from kh_kr_corpus.review.journal import Journal, open_log
from kh_kr_corpus.store import Log, files

ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT")


def lines_of(seed: int, steps: int) -> list[str]:
    """A journal with a history: decisions, undo, conflicts, crashes, and a line that nobody can read."""
    trial = in_memory(seed)
    trial.shorten = lambda: None
    for _ in range(steps):
        trial.step()
    return [*trial.log.lines, "\ufffd a line of another program"]


def journal_of(lines: list[str]) -> Journal:
    log = MemoryLog()
    log.lines = list(lines)
    return Journal(Path(), log)


def essence(lines: list[str], kept: int) -> object:
    """What the desk goes by: what is still to be written, what is open, what is known, what can be taken back."""
    journal = journal_of(lines)
    last = {e.seq for e in journal.entries.get("trial", [])[-kept:]}
    done, undone = journal.steps("trial")
    return (
        journal.pending("trial"), journal.open_disputes("trial"), journal._keys, journal.next_seq(),
        [e for e in done if e.seq in last], journal.unreadable, bool(undone) and undone[-1] in journal.entries["trial"],
    )  # fmt: skip


@settings(max_examples=40)
@given(st.integers(0, 10**9), st.integers(1, 120), st.sampled_from([1, 5, 200]))
def test_a_shorter_journal_says_the_same(seed: int, steps: int, kept: int) -> None:
    lines = lines_of(seed, steps)
    shorter = compacted(lines, kept)
    assert essence(shorter, kept)[:4] == essence(lines, kept)[:4]  # type: ignore[index]
    # what can be taken back afterwards could be taken back before, in the same order
    before, after = journal_of(lines).steps("trial")[0], journal_of(shorter).steps("trial")[0]
    assert [e for e in before if e in after] == after
    assert journal_of(shorter).unreadable == 1
    assert compacted(shorter, kept) == shorter, "once is enough"


def test_it_is_shorter() -> None:
    lines = lines_of(5, 2000)
    assert len("\n".join(compacted(lines, 20))) < len("\n".join(lines)) / 4


def test_forgetting_the_keys_would_be_found_out() -> None:
    """The check can fail."""
    lines = lines_of(5, 300)
    without = [line for line in compacted(lines, 5) if '"record":"known"' not in line]
    assert essence(without, 5)[2] != essence(lines, 5)[2]  # type: ignore[index]


@pytest.fixture
def long_log(tmp_path: Path) -> Path:
    path = tmp_path / ".khkr" / "review.jsonl"
    path.parent.mkdir()
    (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    path.write_text("".join(f"{line}\n" for line in lines_of(7, 150)), encoding="utf-8")
    return path


def read(data: bytes) -> list[str]:
    return [line.decode("utf-8", "replace") for line in data.split(b"\n")[:-1]]


def shorten(path: Path) -> None:
    open_log(path, long=0, kept=5).close()


@pytest.mark.parametrize("forever", [False, True], ids=["once", "forever"])
@pytest.mark.parametrize("name", ERRORS)
def test_every_call_may_fail_while_it_is_made_shorter(long_log: Path, name: str, forever: bool) -> None:
    whole, number = long_log.read_bytes(), getattr(errno, name)
    wanted, struck = essence(read(whole), 5), set()
    for nth in range(1, 80):
        long_log.write_bytes(whole)
        with failing(nth, number, forever=forever) as faults:
            try:
                log = open_log(long_log, long=0, kept=5)
            except (EnvironmentFailure, ConflictError):
                log = None
        if log is not None:  # it works on: what it adds is there
            log.append(["another line"])
            log.close()
            assert read(long_log.read_bytes())[-1] == "another line", faults.struck
            long_log.write_bytes(long_log.read_bytes().removesuffix(b"another line\n"))
        assert essence(read(long_log.read_bytes()), 5) == wanted, faults.struck
        if not faults.struck:
            break
        struck.add(faults.struck)
    assert {"open", "write", "fsync", "replace"} <= struck


def after_a_cut(path: Path, shorten: Callable[[Path], None]) -> Counter[bool]:
    """Whether the journal says the same, over all disks after a power cut while it is made shorter and added to."""
    wanted = essence(read(path.read_bytes()), 5)
    recorder = Recorder(path.parent.parent)
    recorder.start(0)
    with recorder.recording():
        shorten(path)
        recorder.saved(1)
    found: Counter[bool] = Counter()
    for disk in disks(recorder):
        data = disk.files.get(str(path))
        found[data is not None and essence(read(data), 5) == wanted] += 1
    return found


def test_a_power_cut_at_any_call_loses_nothing(long_log: Path) -> None:
    found = after_a_cut(long_log, shorten)
    assert found[True] > 10
    assert not found[False]


def test_the_usual_way_loses_the_journal(long_log: Path) -> None:
    """The control: written in place."""

    def naive(path: Path) -> None:
        lines = compacted(read(path.read_bytes()), 5)
        in_place(path, "".join(f"{line}\n" for line in lines).encode(), None)

    assert after_a_cut(long_log, naive)[False]


def test_whoever_waited_for_a_journal_that_was_replaced_does_not_write_into_the_old_one(
    long_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening and locking somebody else makes it shorter: lines added to the old file would be lost."""
    real = files.lock

    def late(handle: int) -> None:
        monkeypatch.setattr(files, "lock", real)
        files.replace_file(long_log, b"shorter\n", files.revision_of(long_log.read_bytes()))
        real(handle)

    monkeypatch.setattr(files, "lock", late)
    with pytest.raises(ConflictError):
        Log(long_log)
    with Log(long_log) as log:
        log.append(["new"])
    assert long_log.read_bytes() == b"shorter\nnew\n"


def test_a_short_journal_stays_as_it_is(long_log: Path) -> None:
    before, info = long_log.read_bytes(), long_log.stat()
    open_log(long_log).close()
    assert (long_log.read_bytes(), long_log.stat().st_ino) == (before, info.st_ino)
