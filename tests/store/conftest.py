"""A file whose content somebody would miss, and what the writer's tests ask of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kh_kr_corpus.store.files import revision_of

OLD, NEW = "old: 오래된 글\n" * 200, "new: 새 글\n" * 300


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file whose content somebody would miss."""
    path = tmp_path / "folder" / "file.yaml"
    path.parent.mkdir()
    path.write_text(OLD, encoding="utf-8")
    return path


def revision(path: Path) -> str:
    return revision_of(path.read_bytes())


def only_file(path: Path) -> bool:
    """Whether nothing else, such as a temporary file, lies in the folder."""
    return [one.name for one in path.parent.iterdir()] == [path.name]
