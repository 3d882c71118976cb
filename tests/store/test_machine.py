"""What the machine refuses: after any failed call the file is the old one, or the new one whole, and nothing else."""

from __future__ import annotations

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

import pytest
from tests.store.conftest import NEW, OLD, only_file, revision
from tests.store.writers import version

from kh_kr_corpus.errors import EnvironmentFailure
from kh_kr_corpus.store.files import replace_file, require_writable

ROOT = Path(__file__).parents[2]


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


FULL = textwrap.dedent("""
    import sys
    from pathlib import Path
    from tests.store.writers import WRITERS, version
    from kh_kr_corpus.errors import EnvironmentFailure
    from kh_kr_corpus.store.files import revision_of
    path, write = Path(sys.argv[1]), WRITERS[sys.argv[2]]
    try:
        for number in range(1, 100):
            data = path.read_bytes()
            write(path, version(number, 16 * 500 * number), revision_of(data))
    except OSError as error:
        print("broken")
    except EnvironmentFailure as error:
        print(error)
""")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("writer", ["ours", "in place"])
def test_a_disk_that_is_full(tmp_path: Path, writer: str) -> None:
    """A real file system of 64 kB and a file that grows until it does not fit; the control loses it."""
    done = run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(tmp_path)], capture_output=True, check=False)  # noqa: S603, S607
    if done.returncode:
        pytest.skip("this system does not let us mount a small disk")
    try:
        path = tmp_path / "file.yaml"
        path.write_bytes(version(0, 16 * 500))
        told = run(  # noqa: S603
            [executable, "-c", FULL, str(path), writer], capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout
        data = path.read_bytes()
        whole = any(data == version(n, 16 * 500 * max(n, 1)) for n in range(100))
        left = [one.name for one in tmp_path.iterdir()]
    finally:
        run(["umount", str(tmp_path)], check=True)  # noqa: S603, S607
    if writer == "ours":
        assert re.match(r".*file\.yaml: cannot be written: No space left on device; nothing was changed", told)
        assert whole
        assert left == ["file.yaml"]
    else:
        assert told == "broken\n"
        assert not whole, "the control kept the file, so this test proves nothing"


def test_a_file_that_is_read_only_stays_as_it_is(open_folder: Path) -> None:
    path = open_folder / "file.yaml"
    path.write_text(OLD, encoding="utf-8")
    path.chmod(0o444)
    open_folder.chmod(0o777)
    with as_somebody_else(), pytest.raises(EnvironmentFailure, match="Permission denied; nothing was changed"):
        replace_file(path, NEW.encode(), revision(path))
    assert path.read_text(encoding="utf-8") == OLD


def test_a_folder_is_known_to_be_writable_before_the_work(open_folder: Path) -> None:
    inner = open_folder / "inner"
    inner.mkdir()
    require_writable(open_folder, inner, open_folder / "not there yet")
    open_folder.chmod(0o777)
    inner.chmod(0o555)
    with as_somebody_else():
        require_writable(open_folder)
        with pytest.raises(EnvironmentFailure, match="inner: cannot be written: Permission denied"):
            require_writable(open_folder, inner)
    assert [one.name for one in open_folder.iterdir()] == ["inner"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_is_kept_by_root(target: Path) -> None:
    os.chown(target, 65534, 65534)
    replace_file(target, NEW.encode(), revision(target))
    info = target.stat()
    assert (info.st_uid, info.st_gid) == (65534, 65534)
