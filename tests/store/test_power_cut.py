"""After a power cut the file is whole, and it is the last version that was said to be saved, or the one behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.crashes import Disk, Recorder, disks
from tests.store.writers import WRITERS, Writer, version, version_of

from kh_kr_corpus.store.files import replace_file, revision_of

SIZE = 20_000


def cut(write: Writer, root: Path, *, new: bool, saves: int = 2) -> Iterator[tuple[Recorder, Path, Disk]]:
    """Every disk after a cut while ``saves`` versions of a file are saved, the first into a folder that is made."""
    path = root / "articles" / "2026" / "file.yaml"
    revision = None
    if not new:
        path.parent.mkdir(parents=True)
        path.write_bytes(version(0, SIZE))
        revision = revision_of(version(0, SIZE))
    recorder = Recorder(root)
    recorder.start(None if new else 0)
    with recorder.recording():
        for number in range(1, saves + 1):
            write(path, version(number, SIZE), revision)
            recorder.saved(number)
            revision = revision_of(version(number, SIZE))
    for disk in disks(recorder):
        yield recorder, path, disk


def verdict(disk: Disk, path: Path) -> str:
    data = disk.files.get(str(path))
    if data is None:
        return "fine" if disk.saved is None else "lost"
    found = version_of(data, SIZE)
    return "torn" if found is None else "fine" if found >= (disk.saved or 0) else "lost"


@pytest.mark.parametrize("new", [True, False], ids=["new", "there"])
def test_a_power_cut_at_any_call_tears_nothing_and_loses_nothing_saved(tmp_path: Path, new: bool) -> None:
    found = Counter(verdict(disk, path) for _, path, disk in cut(replace_file, tmp_path, new=new))
    assert set(found) == {"fine"}
    assert found["fine"] > 40


@pytest.mark.parametrize(
    ("writer", "faults"), [("in place", {"torn", "lost"}), ("renamed", {"torn", "lost"}), ("synced", {"lost"})]
)
@pytest.mark.parametrize("new", [True, False], ids=["new", "there"])
def test_the_usual_ways_fail(tmp_path: Path, writer: str, faults: set[str], new: bool) -> None:
    """Controls: each step that we take has a disk on which it is missed."""
    found = Counter(verdict(disk, path) for _, path, disk in cut(WRITERS[writer], tmp_path, new=new))
    assert set(found) - {"fine"} == faults


@pytest.mark.parametrize("new", [True, False], ids=["new", "there"])
def test_whatever_a_cut_leaves_can_be_written_over(tmp_path: Path, new: bool) -> None:
    """Saving again on every disk after a cut, cut again: a leftover lock or temporary file is in nobody's way."""
    tried = 0
    (tmp_path / "first").mkdir()
    for n, (recorder, path, disk) in enumerate(cut(replace_file, tmp_path / "first", new=new, saves=1)):
        again = tmp_path / str(n)
        again.mkdir()
        disk.lay_out(recorder.root, again)
        place = Path(str(path).replace(str(recorder.root), str(again)))
        now = version_of(place.read_bytes(), SIZE) if place.exists() else None
        second = Recorder(again)
        second.start(now)
        with second.recording():
            replace_file(place, version(5, SIZE), None if now is None else revision_of(version(now, SIZE)))
        second.saved(5)
        assert [one.name for one in place.parent.iterdir()] == [place.name]
        assert {verdict(one, place) for one in disks(second)} == {"fine"}
        tried += 1
    assert tried > 15
