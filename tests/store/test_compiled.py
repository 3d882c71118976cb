"""The compiled form: the same records, never those of other files, and no harm where it can't be kept."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kh_kr_corpus import store
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InvalidFileError
from kh_kr_corpus.store.compiled import Records

LOCAL = "articles/2023/2023-boat-diary-ko.yaml"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    monkeypatch.setenv("KHKR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def root(toy_copy: Path) -> Path:
    """A corpus without a text that must stay in it."""
    for path in (toy_copy / "articles").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("text: local", "text: included"), encoding="utf-8")
    return toy_copy


def _rows(corpus: Corpus) -> list[object]:
    names = ("articles", "sentences", "mentions", "initiatives", "activities", "amounts", "entities", "sources")
    return [getattr(corpus, name).to_dicts() for name in names]


def test_the_same_records_without_reading_yaml(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = load(root)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(store, "read_corpus", _never)
    warm = load(root)
    assert isinstance(warm._contents.articles, Records)
    assert _rows(warm) == _rows(cold) and warm.root == cold.root == root.resolve()
    assert warm.splits == cold.splits
    assert dict(warm._contents.entities) == dict(cold._contents.entities)
    assert _rows(load(root, synthetic=True)) != _rows(warm)


def _never(*_: object, **__: object) -> None:
    raise AssertionError("the files were read")


CHANGES: dict[str, Callable[[Path], object]] = {
    "one byte": lambda path: path.write_bytes(path.read_bytes().replace(b"Floating clinic at", b"Floating clinic in")),
    "gone": lambda path: path.unlink(),
    "another name": lambda path: path.rename(path.with_name("moved.yaml")),
    "one more": lambda path: shutil.copyfile(path, path.with_name("second.yaml")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_never_stale(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """Size and time stamps are put back, as a copy or a version-control tool may: they are no proof of anything."""
    path = root / "activities" / "2021-floating-clinic-phnom-penh.yaml"
    load(root)
    before = path.stat()
    CHANGES[change](path)
    if path.exists():
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size, "a test that looks at sizes would see it"
    assert store.read_compiled(root) is None
    try:
        again = _rows(load(root))
    except InvalidFileError:
        return
    monkeypatch.setenv("KHKR_CACHE", "off")
    assert again == _rows(load(root))


def test_a_changed_corpus_is_compiled_anew(root: Path, cache: Path) -> None:
    load(root)
    path = root / "activities" / "2021-floating-clinic-phnom-penh.yaml"
    CHANGES["one byte"](path)
    assert store.read_compiled(root) is None
    load(root)
    kept = store.read_compiled(root)
    assert kept is not None
    assert kept.activities[path.stem].title == "Floating clinic in Phnom Penh"


def test_a_corpus_that_states_no_version_is_compiled_as_well(root: Path, cache: Path) -> None:
    (root / "release.yaml").unlink()
    load(root)
    kept = store.read_compiled(root)
    assert kept is not None and kept.release is None


def test_each_corpus_has_its_own(root: Path, cache: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(root, tmp_path / "other"))
    load(root)
    load(other)
    assert len(list(cache.iterdir())) == 2
    assert store.read_compiled(root) is not None and store.read_compiled(other) is not None


def test_off_keeps_nothing_anywhere(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHKR_CACHE", "off")
    monkeypatch.chdir(tmp_path)
    load(root)
    assert [path.name for path in tmp_path.iterdir()] == ["toy"]
    assert store.read_compiled(root) is None


def test_whether_it_was_kept_is_said(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = store.read_corpus(root, whole=False)
    assert store.write_compiled(contents) is True
    assert [path.suffix for path in cache.iterdir()] == [".jsonl"]
    monkeypatch.setenv("KHKR_CACHE", str(root / "sources.yaml"))
    assert store.write_compiled(contents) is False
    monkeypatch.setenv("KHKR_CACHE", "off")
    assert store.write_compiled(contents) is False


def test_another_state_of_the_code_is_another_compiled_form(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(root)
    assert store.read_compiled(root) is not None
    monkeypatch.setattr("kh_kr_corpus.store.compiled._code", lambda: "0.0.0 something else")
    assert store.read_compiled(root) is None


@pytest.mark.parametrize("damage", ["cut", "swapped", "empty", "nonsense", "another"])
def test_a_damaged_one_is_not_used(root: Path, cache: Path, damage: str) -> None:
    load(root)
    (place,) = cache.iterdir()
    data = place.read_bytes()
    head, _, body = data.partition(b"\n")
    damaged = {
        "cut": data[:-9],
        "swapped": head + b"\n" + body.replace(b"Floating clinic at", b"Floating clinic in"),
        "empty": b"",
        "nonsense": b"\xff\xfe\n" + body,
        "another": json.dumps([1]).encode() + b"\n" + body,
    }
    place.write_bytes(damaged[damage])
    assert damaged[damage] != data
    assert store.read_compiled(root) is None
    assert load(root).activities.where(title="Floating clinic at")


def test_texts_that_stay_in_their_corpus_are_not_kept_elsewhere(toy_copy: Path, cache: Path) -> None:
    assert any(a.rights.text == "local" for a in load(toy_copy).articles), LOCAL
    assert not cache.exists()


def test_invalid_files_are_never_compiled(root: Path, cache: Path) -> None:
    path = root / "activities" / "nurse-course.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: training", "kind: trainin"), encoding="utf-8")
    with pytest.raises(InvalidFileError):
        load(root)
    assert not cache.exists()


def test_no_cache_is_no_error(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHKR_CACHE", "off")
    load(root)
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("KHKR_CACHE", str(blocked))
    assert len(load(root).activities) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a file", "toy"]
    monkeypatch.delenv("KHKR_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    load(root)
    assert list((tmp_path / "home").rglob("*.jsonl"))
