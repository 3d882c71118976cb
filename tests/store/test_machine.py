"""What the machine refuses: after any failed call the file is the old one, or the new one whole, and nothing else."""

from __future__ import annotations

import errno
import os
import re
import resource
import stat
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import run
from sys import executable
from typing import Any

import pytest
from tests.store.conftest import NEW, OLD, only_file, revision

from kh_kr_corpus.errors import EnvironmentFailure
from kh_kr_corpus.store.files import replace_file


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Without the rights of root, whom file modes don't stop."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach; pytest's own is its owner's."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_folder_without_write_permission(open_folder: Path) -> None:
    path = open_folder / "file.yaml"
    path.write_text(OLD, encoding="utf-8")
    path.chmod(0o644)
    open_folder.chmod(0o555)
    with as_somebody_else(), pytest.raises(EnvironmentFailure, match="cannot be written: Permission denied"):
        replace_file(path, NEW.encode(), revision(path))
    open_folder.chmod(0o755)
    assert path.read_text(encoding="utf-8") == OLD
    assert only_file(path)


def test_a_new_folder_that_may_not_be_made(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with as_somebody_else(), pytest.raises(EnvironmentFailure) as caught:
        replace_file(open_folder / "2024" / "file.yaml", b"x", None)
    open_folder.chmod(0o755)
    assert str(open_folder / "2024" / "file.yaml") in str(caught.value)
    assert list(open_folder.iterdir()) == []


def test_a_directory_in_the_files_place(tmp_path: Path) -> None:
    (tmp_path / "file.yaml" / "inner").mkdir(parents=True)
    with pytest.raises(EnvironmentFailure, match="Is a directory"):
        replace_file(tmp_path / "file.yaml", b"x", None)
    assert (tmp_path / "file.yaml" / "inner").is_dir()


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "2024").write_text("x", encoding="utf-8")
    with pytest.raises(EnvironmentFailure):
        replace_file(tmp_path / "2024" / "file.yaml", b"x", None)


CALLS: list[tuple[Any, str]] = [(os, name) for name in ("open", "fdopen", "fsync", "replace", "close")]
CALLS += [(Path, name) for name in ("mkdir", "chmod", "read_bytes", "stat")]


class Faults:
    """Lets the n-th call that touches a file fail, once or from then on."""

    def __init__(self, patch: pytest.MonkeyPatch, nth: int, number: int, forever: bool) -> None:
        self.calls, self.replaced, self.struck = 0, False, ""
        for owner, name in CALLS:
            patch.setattr(owner, name, self.wrapped(name, getattr(owner, name), nth, number, forever))

    def wrapped(self, name: str, real: Any, nth: int, number: int, forever: bool) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            if name == "stat" and not str(args[0]).endswith("file.yaml"):
                return real(*args, **named)
            self.calls += 1
            if self.calls == nth or (forever and self.calls > nth):
                if name == "close":
                    real(*args, **named)  # a failed close has closed
                self.struck = self.struck or name
                raise OSError(number, os.strerror(number))
            result = real(*args, **named)
            self.replaced = self.replaced or name == "replace"
            return result

        return call


@pytest.mark.parametrize("forever", [False, True], ids=["once", "forever"])
@pytest.mark.parametrize("name", ["ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT", "ENAMETOOLONG", "EMFILE"])
def test_the_nth_call_fails_for_every_n(target: Path, name: str, forever: bool) -> None:
    number, data = getattr(errno, name), NEW.encode()
    struck: list[str] = []
    for nth in range(1, 40):
        target.write_text(OLD, encoding="utf-8")
        read = revision(target)
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, nth, number, forever)
            try:
                replace_file(target, data, read)
            except EnvironmentFailure as error:
                caught = str(error)
            else:
                assert not faults.struck, "a fault went unseen"
                break
        assert os.strerror(number) in caught
        assert str(target) in caught
        if faults.replaced:  # only the folder's own fsync comes after that: the new file is there, and whole
            assert target.read_bytes() == data
            assert "nothing was changed" not in caught
        else:
            assert target.read_text(encoding="utf-8") == OLD
            assert "nothing was changed" in caught
        assert only_file(target), f"a temporary file is left after {faults.struck} failed"
        struck.append(faults.struck)
    else:
        pytest.fail("the loop never came to an end without a fault")
    assert {"mkdir", "read_bytes", "open", "fdopen", "fsync", "chmod", "replace"} <= set(struck)
    assert target.read_bytes() == data


def test_the_order_that_survives_a_power_cut(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new bytes are on the disk before they get the name, and the name is before the writer hears of it."""
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(handle: int) -> None:
        calls.append("fsync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "fsync file")
        if calls[-1] == "fsync file":
            assert os.fstat(handle).st_size == len(NEW.encode())
        fsync(handle)

    def note_replace(old: str, new: Path) -> None:
        calls.append("replace")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    replace_file(target, NEW.encode(), revision(target))
    assert calls == ["fsync file", "replace", "fsync folder"]


def naive(path: Path, data: bytes) -> None:
    """How a file is usually written: the control that must fail."""
    with path.open("wb") as file:
        file.write(data)


SMALL = textwrap.dedent("""
    import resource, sys
    from pathlib import Path
    from kh_kr_corpus.errors import EnvironmentFailure
    from kh_kr_corpus.store.files import replace_file, revision_of
    path, way = Path(sys.argv[1]), sys.argv[2]
    read = revision_of(path.read_bytes())
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        if way == "ours":
            replace_file(path, b"n" * 100_000, read)
        else:
            path.write_bytes(b"n" * 100_000)
    except EnvironmentFailure as error:
        print(f"refused: {error}")
    except OSError as error:
        print("broken")
""")


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit on file sizes here")
def test_a_disk_that_takes_no_more(target: Path) -> None:
    """A real refusal in the middle of a write, and the naive writer beside it, which loses the file."""
    ours = run([executable, "-c", SMALL, str(target), "ours"], capture_output=True, text=True, check=True)  # noqa: S603
    assert re.match(r"refused: .*file\.yaml: cannot be written: File too large; nothing was changed", ours.stdout)
    assert target.read_text(encoding="utf-8") == OLD
    assert only_file(target)
    control = run([executable, "-c", SMALL, str(target), "naive"], capture_output=True, text=True, check=True)  # noqa: S603
    assert control.stdout == "broken\n"
    assert target.read_bytes() == b"n" * 1000, "the control kept the file, so this test proves nothing"


def test_the_naive_way_overwrites_what_it_never_read(target: Path) -> None:
    naive(target, NEW.encode())
    assert target.read_text(encoding="utf-8") == NEW
