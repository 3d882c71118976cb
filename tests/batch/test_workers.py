"""The same rows whoever makes them; a worker that dies costs nothing, a document that kills is a row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import distributed
import pytest
from tests.batch.killing import Deadly, cluster, killed_naive, killed_ours, slowly_restarted
from tests.batch.samples import files, many, rows, write_jsonl

from kh_kr_corpus.batch import Settings, annotate_source
from kh_kr_corpus.errors import EnvironmentFailure, InputError

SETTINGS = Settings(rows=10)
COUNT = 120


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_jsonl(tmp_path_factory.mktemp("source") / "a.jsonl", many(COUNT))


@pytest.fixture(scope="module")
def serial(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file that one process writes."""
    out = tmp_path_factory.mktemp("serial") / "out"
    annotate_source(str(source), out, settings=SETTINGS)
    return files(out)


def test_two_processes_write_the_same_bytes(source: Path, serial: dict[str, bytes], tmp_path: Path) -> None:
    annotate_source(str(source), tmp_path / "out", workers=2, settings=SETTINGS)
    assert files(tmp_path / "out") == serial


def test_killed_workers_cost_no_document_and_double_none(
    source: Path, serial: dict[str, bytes], tmp_path: Path
) -> None:
    kills = killed_ours(source, tmp_path / "out", SETTINGS, kills=3, every=30)
    assert kills >= 2
    assert files(tmp_path / "out") == serial
    counted = Counter(row["id"] for row in rows(tmp_path / "out", "articles", ["id"]))
    assert counted == Counter(f"doc-{n}" for n in range(COUNT))
    # the same kills with workers that write their rows themselves
    naive = killed_naive(source, tmp_path / "naive", SETTINGS, kills=3, every=30)
    assert naive != counted


def test_a_worker_that_is_slow_to_come_back_is_waited_for(
    source: Path, serial: dict[str, bytes], tmp_path: Path
) -> None:
    """Dask gives up a worker that is not back in time; without another, the run would never end."""
    assert slowly_restarted(source, tmp_path / "out", SETTINGS)
    assert files(tmp_path / "out") == serial


def test_a_document_that_kills_its_process_is_a_row(tmp_path: Path) -> None:
    documents = many(4)
    documents[1]["text"] = "This one is a bomb for Phnom Penh."
    source = write_jsonl(tmp_path / "a.jsonl", documents)
    with cluster(1) as deadly, distributed.Client(deadly, set_as_default=False) as client:
        client.register_plugin(Deadly("bomb"))
        annotate_source(str(source), tmp_path / "out", scheduler=deadly.scheduler_address, settings=Settings(rows=2))
    assert [row["id"] for row in rows(tmp_path / "out", "errors")] == ["doc-1"]
    assert "died" in rows(tmp_path / "out", "errors")[0]["problem"]
    assert [row["id"] for row in rows(tmp_path / "out", "articles")] == ["doc-0", "doc-2", "doc-3"]


def test_a_scheduler_that_is_none(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kh_kr_corpus.batch.cluster._PATIENCE", "1s")
    with pytest.raises(InputError, match="--scheduler has some"):
        annotate_source(str(source), tmp_path / "a", workers=2, scheduler="tcp://127.0.0.1:1")
    with pytest.raises(EnvironmentFailure, match="no Dask scheduler answers"):
        annotate_source(str(source), tmp_path / "b", scheduler="tcp://127.0.0.1:1")
