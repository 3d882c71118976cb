"""A batch in an object store: the same tables, whatever put fails, and no row twice. The store is one in memory."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from pyarrow import parquet
from tests.batch.samples import DOCUMENTS, files, write_jsonl

import kh_kr_corpus as khkr
from kh_kr_corpus.batch import Settings, annotate_source, folder
from kh_kr_corpus.errors import ConflictError, EnvironmentFailure, InputError

SETTINGS = Settings(rows=4)
OUT = "memory://bucket/out"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_jsonl(tmp_path_factory.mktemp("source") / "a.jsonl", DOCUMENTS))


@pytest.fixture(scope="module")
def here(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run writes to this machine."""
    out = tmp_path_factory.mktemp("here") / "out"
    annotate_source(source, out, settings=SETTINGS)
    return out


@pytest.fixture
def store() -> Iterator[Any]:
    """An empty store."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    yield memory
    memory.store.clear()


def _objects(store: Any) -> dict[str, bytes]:
    return {path.removeprefix("/bucket/out/"): store.cat_file(path) for path in store.find("/bucket/out")}


def test_the_same_tables_are_written_there(source: str, here: Path, store: Any, tmp_path: Path) -> None:
    report = annotate_source(source, OUT, settings=SETTINGS)
    assert (report.folder, report.documents, report.parts) == (OUT, 12, 3)
    found, local = _objects(store), files(here)
    lines = sorted(data for name, data in found.items() if name.startswith("parts/"))
    assert b"\n".join([b"", *lines]) == local.pop("parts.jsonl")
    assert {name: data for name, data in found.items() if not name.startswith("parts/")} == local
    again = annotate_source(source, OUT, settings=SETTINGS)
    assert (again.resumed, again.documents) == (3, 12)
    assert _objects(store) == found
    # as a user has them: asked where they lie, or fetched
    assert parquet.read_table("/bucket/out/articles", columns=["id"], filesystem=store).num_rows == 12
    store.get("/bucket/out", str(tmp_path / "fetched"), recursive=True)
    assert len(khkr.load(tmp_path / "fetched").articles) == 12


def test_whatever_put_breaks_off_the_next_run_ends_as_if_it_had_not(
    source: str, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of what was put stays there, which is more than an object store does."""
    annotate_source(source, OUT, settings=SETTINGS)
    whole, put = _objects(store), MemoryFileSystem.pipe_file
    counted = 0
    for number in itertools.count(1):
        store.store.clear()
        calls = itertools.count(1)

        def broken(self: Any, path: str, value: bytes, calls: Any = calls, number: int = number, **given: Any) -> None:
            call = next(calls)
            put(self, path, value[: len(value) // 2] if call == number else value, **given)
            if call == number:
                raise ConnectionResetError("gone")

        with monkeypatch.context() as patched:
            patched.setattr(MemoryFileSystem, "pipe_file", broken)
            try:
                annotate_source(source, OUT, settings=SETTINGS)
            except EnvironmentFailure as error:
                assert "cannot be written: ConnectionResetError" in str(error)
            else:
                break
        half = [name for name, data in _objects(store).items() if data != whole[name]]
        if half == ["batch.json"]:
            # an object store has no half objects; where there are some, this one says nothing any more
            with pytest.raises(InputError, match=r"batch\.json: is no JSON"):
                annotate_source(source, OUT, settings=SETTINGS)
            continue
        # whoever goes by the names that are there takes this one for finished
        counted += any(name.endswith(".parquet") for name in half)
        annotate_source(source, OUT, settings=SETTINGS)
        assert _objects(store) == whole
    assert number == 3 * 5 + 4
    assert counted == 3 * 4 + 1


def test_what_is_not_its_own_is_refused(source: str, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pipe_file("/bucket/mine/thesis.txt", b"years of work")
    with pytest.raises(InputError, match="has other things in it"):
        annotate_source(source, "memory://bucket/mine", settings=SETTINGS)
    store.pipe_file("/bucket/news/a.txt", b"KOICA came.")
    with pytest.raises(InputError, match="lies in the source"):
        annotate_source("memory://bucket/news", "memory://bucket/news/out")
    with pytest.raises(InputError, match="is no address"):
        annotate_source(source, "nothing://bucket/out")
    annotate_source(source, OUT, settings=SETTINGS)
    before = _objects(store)
    with pytest.raises(ConflictError, match="another settings"):
        annotate_source(source, OUT, settings=Settings(rows=3))
    monkeypatch.setattr(folder, "annotator_fingerprint", lambda: "khkr@9.9.9 0")
    with pytest.raises(ConflictError, match="another annotator"):
        annotate_source(source, OUT, settings=SETTINGS)
    assert _objects(store) == before


def test_two_different_batches_at_once_are_told(source: str, store: Any) -> None:
    """No lock can shut the other one out, but neither does the mixture pass for a batch."""
    annotate_source(source, OUT, settings=Settings(rows=3))
    other = _objects(store)
    store.rm("/bucket/out", recursive=True)

    def second(_: object) -> None:
        # as if both had looked before either wrote, and this one was slower
        for name, data in other.items():
            store.pipe_file(f"/bucket/out/{name}", data)

    with pytest.raises(ConflictError, match="another process has written here"):
        annotate_source(source, OUT, settings=SETTINGS, told=second)


def test_a_file_address_is_a_folder_of_this_machine(source: str, here: Path, tmp_path: Path) -> None:
    annotate_source(source, f"file://{tmp_path}/out", settings=SETTINGS)
    assert files(tmp_path / "out") == files(here)
