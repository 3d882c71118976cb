"""A file with anything anywhere in it is read, reported or refused: it never crashes the import."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.formats.test_xmi import article

from kh_kr_corpus.errors import KhkrError
from kh_kr_corpus.formats import Selection, export, get_format

_ODD: list[Any] = [None, "", "x", -1, 10**30, 1.5, True, [], {}, [None], {"a": 1}, ["x"], "urn:khkr:entity:x"]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a JSON value with each of its keys."""
    for key in range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ():
        yield value, key
        yield from _places(value[key])


@pytest.mark.parametrize(("name", "file"), [("web-annotation", "a-1.jsonld"), ("label-studio", "tasks.json")])
def test_json_with_anything_anywhere(tmp_path: Path, name: str, file: str) -> None:
    to = get_format(name)
    assert to.read is not None
    list(export(to, Selection((article(),)), tmp_path / "out"))
    path = tmp_path / "out" / file
    good = path.read_text(encoding="utf-8")
    rng = random.Random(9)  # noqa: S311 - no secret
    for number in range(len(list(_places(json.loads(good))))):
        data = json.loads(good)
        container, key = list(_places(data))[number]
        container[key] = rng.choice(_ODD)
        path.write_text(json.dumps(data))
        try:
            list(to.read(path, {}))
        except KhkrError:
            continue


def test_a_record_with_anything_anywhere(tmp_path: Path) -> None:
    to = get_format("label-studio")
    assert to.read is not None
    list(export(to, Selection((article(),)), tmp_path / "out"))
    path = tmp_path / "out" / "tasks.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    good = tasks[0]["data"]["khkr"]
    rng = random.Random(9)  # noqa: S311 - no secret
    for number in range(len(list(_places(json.loads(good))))):
        record = json.loads(good)
        container, key = list(_places(record))[number]
        container[key] = rng.choice(_ODD)
        tasks[0]["data"]["khkr"] = json.dumps(record)
        path.write_text(json.dumps(tasks))
        try:
            list(to.read(path, {}))
        except KhkrError:
            continue


def test_an_xmi_with_anything_anywhere(tmp_path: Path) -> None:
    to = get_format("xmi")
    assert to.read is not None
    list(export(to, Selection((article(),)), tmp_path / "out"))
    path = tmp_path / "out" / "a-1.xmi"
    good = path.read_bytes()
    rng = random.Random(9)  # noqa: S311 - no secret
    refused = 0
    for _ in range(150):
        at = rng.randrange(len(good))
        cut = rng.choice([b"", b'"', b"<", b"&amp;", b"0", b"-1", b"\xff"])
        path.write_bytes(good[:at] + cut + good[at + rng.randrange(4) :])
        try:
            list(to.read(path, {}))
        except KhkrError:
            refused += 1
    assert 0 < refused < 150
