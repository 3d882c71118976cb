"""What other systems do differently, with their calls stood in for: the suite itself runs where these are not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from tests.store.conftest import NEW, OLD, only_file, revision

from kh_kr_corpus.corpus import load
from kh_kr_corpus.errors import ConflictError
from kh_kr_corpus.store import files
from kh_kr_corpus.store.files import replace_file


class Locks(ModuleType):
    """Windows' module of locks: a lock that somebody has is an error like any other."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held, self.taken = False, 0

    def locking(self, handle: int, mode: int, length: int) -> None:
        assert os.fstat(handle) and (mode, length) == (self.LK_NBLCK, 1)
        if self.held:
            raise OSError(13, "Permission denied")
        self.taken += 1


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Locks]:
    """Windows: no ``fcntl``, no folder that can be opened."""
    locks, really = Locks(), os.open

    def opened(path: Path, flags: int, mode: int = 0o777) -> int:
        if os.path.isdir(path):  # noqa: PTH112
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, flags, mode)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", locks)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    yield locks


def test_a_file_is_replaced_on_windows(target: Path, windows: Locks) -> None:
    replace_file(target, NEW.encode(), revision(target))
    assert target.read_text(encoding="utf-8") == NEW
    assert windows.taken == 1 and only_file(target)


def test_one_writer_at_a_time_on_windows(target: Path, windows: Locks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0)
    windows.held = True
    with pytest.raises(ConflictError, match="somebody else has been writing it for 0 s"):
        replace_file(target, NEW.encode(), revision(target))
    assert target.read_text(encoding="utf-8") == OLD


def test_who_holds_a_lock_that_is_gone_is_not_known(tmp_path: Path) -> None:
    assert files._holder(tmp_path / "gone") == "who is not known"
    (tmp_path / "empty").write_bytes(b"")
    assert files._holder(tmp_path / "empty") == "who is not known"


@pytest.mark.parametrize(
    ("platform", "variable", "place"),
    [
        ("linux", "XDG_CACHE_HOME", "kept"),
        ("linux", None, "home/.cache"),
        ("darwin", "XDG_CACHE_HOME", "home/Library/Caches"),
        ("darwin", None, "home/Library/Caches"),
        ("win32", "LOCALAPPDATA", "kept"),
        ("win32", None, "home/AppData/Local"),
    ],
)
def test_the_compiled_form_goes_where_a_system_keeps_such_things(
    toy_copy: Path, tmp_path: Path, windows: Locks, monkeypatch: pytest.MonkeyPatch, platform: str,
    variable: str | None, place: str,
) -> None:  # fmt: skip
    for path in (toy_copy / "articles").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("text: local", "text: included"), encoding="utf-8")
    if platform != "win32":
        monkeypatch.undo()
        monkeypatch.setattr(sys, "platform", platform)
    for name in ("KHKR_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "kept"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    load(toy_copy)
    [kept] = tmp_path.rglob("*.jsonl")
    assert kept.parent == tmp_path / place / "kh-kr-corpus"


def test_without_a_home_nothing_is_kept(toy_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("KHKR_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    assert len(load(toy_root).articles) == 4
