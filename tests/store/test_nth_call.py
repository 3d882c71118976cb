"""Each call that touches a file fails, with each error, once and for ever: old or new, whole, and said aloud."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.store.conftest import NEW, OLD, only_file, revision
from tests.store.faults import ERRORS, failing
from tests.store.writers import in_place

from kh_kr_corpus.errors import EnvironmentFailure
from kh_kr_corpus.store import files
from kh_kr_corpus.store.files import replace_file

DATA = NEW.encode()
MOST = 60
# With every call failing, files of our own can't be taken away, and a lock that we could not get may be somebody's;
# the next one who writes takes them.
LEFT = {".khkr-file.yaml.lock", ".khkr-file.yaml.tmp"}


@pytest.mark.parametrize("new", [False, True], ids=["there", "new"])
@pytest.mark.parametrize("forever", [False, True], ids=["once", "forever"])
@pytest.mark.parametrize("name", ERRORS)
def test_the_nth_call_fails_for_every_n(tmp_path: Path, name: str, forever: bool, new: bool) -> None:
    number, struck = getattr(errno, name), set()
    for nth in range(1, MOST):
        target = tmp_path / str(nth) / "file.yaml"
        if not new:
            target.parent.mkdir()
            target.write_text(OLD, encoding="utf-8")
        read = None if new else revision(target)
        error: EnvironmentFailure | None = None
        with failing(nth, number, forever=forever) as faults:
            try:
                replace_file(target, DATA, read)
            except EnvironmentFailure as caught:
                error = caught
        now = target.read_bytes() if target.exists() else None
        assert now == (DATA if faults.replaced else None if new else OLD.encode()), faults.struck
        if error is None:
            # not a word only when nothing is amiss: the file is there, and what failed was tidying or a second try
            assert faults.replaced
            assert faults.struck in ("", "unlink", "close", "stat", "fchown"), faults.struck
        else:
            assert os.strerror(number) in str(error)
            assert str(target) in str(error)
            assert ("nothing was changed" in str(error)) is not faults.replaced
        left = {one.name for one in target.parent.iterdir()} - {"file.yaml"} if target.parent.exists() else set()
        may_stay = forever or faults.struck in ("unlink", "flock", "fstat", "stat")
        assert left <= (LEFT if may_stay else set()), faults.struck
        replace_file(target, b"next", None if now is None else files.revision_of(now))
        assert only_file(target)
        if not faults.struck:
            break
        struck.add(faults.struck)
    else:
        pytest.fail("the loop never came to an end without a fault")
    assert {"open", "write", "fsync", "flock", "fstat", "stat", "replace", "close"} <= struck
    assert struck >= ({"mkdir"} if new else {"read", "chmod"})


@pytest.mark.parametrize("name", ["ENOSPC", "EIO"])
def test_a_fault_while_mending_a_fault(target: Path, name: str) -> None:
    """The second try fails as well, at any call, on what the first one left."""
    number, tried = getattr(errno, name), 0
    for first in range(1, MOST, 3):
        for second in range(1, MOST):
            target.write_text(OLD, encoding="utf-8")
            read, states = revision(target), [OLD.encode(), DATA]
            for nth in (first, second):
                with failing(nth, number, forever=True) as faults:
                    try:
                        replace_file(target, DATA, read)
                    except EnvironmentFailure:
                        tried += 1
                assert target.read_bytes() == states[faults.replaced]
                if faults.replaced:
                    break
            if not faults.struck or faults.replaced:
                break
    replace_file(target, DATA, revision(target))
    assert only_file(target)
    assert tried > 50


def test_a_lock_that_nobody_can_have_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without locks, such as some network folders, is refused and not written without one."""

    def refuse(handle: int) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(files, "lock", refuse)
    with pytest.raises(EnvironmentFailure, match="not supported; nothing was changed"):
        replace_file(target, DATA, revision(target))
    assert target.read_text(encoding="utf-8") == OLD


def test_the_naive_way_loses_the_file(target: Path) -> None:
    """Control: where a write fails, writing in place leaves neither the old file nor the new one."""
    torn = 0
    for nth in range(1, 10):
        target.write_text(OLD, encoding="utf-8")
        with failing(nth, errno.ENOSPC, forever=False):
            try:
                in_place(target, DATA, None)
            except OSError:
                torn += target.read_bytes() not in (OLD.encode(), DATA)
    assert torn
