"""A folder that is made whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure
from kh_kr_corpus.store import files
from kh_kr_corpus.store.folders import make_whole

FILES = {"a.txt": b"a", "data/b.txt": b"b"}


def test_all_files_are_there(tmp_path: Path) -> None:
    (tmp_path / ".khkr-out.tmp").mkdir()  # what a killed process left
    (tmp_path / ".khkr-out.tmp" / "old").write_bytes(b"old")
    make_whole(tmp_path / "new" / "out", FILES)
    make_whole(tmp_path / "out", FILES)
    for folder in (tmp_path / "out", tmp_path / "new" / "out"):
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
        assert found == FILES
    assert {path.name for path in tmp_path.iterdir()} == {"new", "out"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(ConflictError, match="already"):
        make_whole(tmp_path / "out", FILES)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("nth", [1, 2])
def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    calls = iter(range(1, 9))
    real = files.replace_file

    def full(path: Path, data: bytes, revision: str | None) -> None:
        if next(calls) == nth:
            raise EnvironmentFailure(str(path), "disk full")
        real(path, data, revision)

    monkeypatch.setattr("kh_kr_corpus.store.folders.replace_file", full)
    with pytest.raises(EnvironmentFailure, match="disk full"):
        make_whole(tmp_path / "out", FILES)
    assert list(tmp_path.iterdir()) == []


def test_what_the_machine_refuses_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kh_kr_corpus.store.folders.os.rename", full)
    with pytest.raises(
        EnvironmentFailure, match="out: cannot be written: No space left on device; nothing was changed"
    ):
        make_whole(tmp_path / "out", FILES)
    assert list(tmp_path.iterdir()) == []
