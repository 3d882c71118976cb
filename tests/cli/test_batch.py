"""``khkr batch`` as somebody types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.batch.samples import DOCUMENTS, write_jsonl
from tests.cli.conftest import Outcome


def test_a_collection_with_a_bad_document(khkr: Callable[..., Outcome], tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", [*DOCUMENTS[:3], {"id": "bad"}])
    arguments = ("batch", str(source), "--out", str(tmp_path / "out"))
    done = khkr(*arguments)
    assert done.code == 5
    assert "4 documents" in done.out
    assert "1 document failed" in done.out
    assert done.err == "", "no bar in a pipe"
    again = json.loads(khkr(*arguments, "--format", "json").out)
    assert (again["documents"], again["failed"], again["resumed"]) == (4, 1, 1)
    asked = khkr("query", "mentions", "review=suggested", "entity=KOICA", "--corpus", str(tmp_path / "out"))
    assert asked.code == 0
    assert "doc-0" in asked.out


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("gone.jsonl",), 3, "no such file or folder"),
        (("a.jsonl", "--workers", "2", "--scheduler", "tcp://x:1"), 2, "--scheduler has some"),
        (("a.jsonl", "--text", "body"), 5, ""),
        (("a.jsonl",), 0, ""),
    ],
)
def test_exit_codes(
    options: tuple[str, ...], code: int, words: str, khkr: Callable[..., Outcome], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    write_jsonl(tmp_path / "a.jsonl", DOCUMENTS[:1])
    done = khkr("batch", *options, "--out", "out")
    assert done.code == code
    assert words in done.err


def test_another_source_is_a_conflict(khkr: Callable[..., Outcome], tmp_path: Path) -> None:
    for count in (1, 2):
        source = write_jsonl(tmp_path / "a.jsonl", DOCUMENTS[:count])
        done = khkr("batch", str(source), "--out", str(tmp_path / "out"))
    assert done.code == 4
    assert "another source" in done.err
