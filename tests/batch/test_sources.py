"""Whatever the documents come in, the rows are the same; what can't be read is told, and costs nothing else."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.batch.samples import DOCUMENTS, files, many, rows, write_jsonl

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.batch import Settings, annotate_source
from kh_kr_corpus.batch.source import Source
from kh_kr_corpus.errors import EnvironmentFailure, InputError

LINES = "".join(json.dumps(one) + "\n" for one in DOCUMENTS).encode()


def _zst(data: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
    return packed


def _as_parquet(path: Path) -> None:
    parquet.write_table(pa.Table.from_pylist(DOCUMENTS), path, row_group_size=5)


WRITERS: dict[str, Callable[[Path], object]] = {
    "a.jsonl": lambda path: path.write_bytes(LINES),
    "a.jsonl.gz": lambda path: path.write_bytes(gzip.compress(LINES)),
    "a.jsonl.zst": lambda path: path.write_bytes(_zst(LINES)),
    "b.jsonl.zst": lambda path: path.write_bytes(_zst(LINES[:500]) + _zst(LINES[500:])),
    "a.parquet": _as_parquet,
}


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What the annotator says of the documents, one after the other, without a batch."""
    annotator = Annotator()
    found: dict[str, list[dict[str, Any]]] = {"mentions": [], "initiatives": []}
    for one in DOCUMENTS:
        article = annotator.annotate(one["text"], id=one["id"], title=one["title"], date=one["date"])
        found["mentions"] += [
            {"id": f"{article.id}#{m.id}", "text": m.text, "score": m.score} for m in article.mentions
        ]
        found["initiatives"] += [{"id": f"{article.id}#{i.id}", "title": i.title} for i in article.initiatives]
    return found


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_rows_of_the_annotator(
    name: str, tmp_path: Path, expected: dict[str, list[dict[str, Any]]]
) -> None:
    WRITERS[name](tmp_path / name)
    report = annotate_source(str(tmp_path / name), tmp_path / "out", settings=Settings(rows=5))
    assert (report.documents, report.failed, report.parts) == (12, 0, 3)
    assert rows(tmp_path / "out", "mentions", ["id", "text", "score"]) == expected["mentions"]
    assert rows(tmp_path / "out", "initiatives", ["id", "title"]) == expected["initiatives"]
    assert expected["initiatives"]
    assert [row["text"] for row in rows(tmp_path / "out", "articles")] == [one["text"] for one in DOCUMENTS]
    assert {row["rights"] for row in rows(tmp_path / "out", "articles")} == {"local"}


def test_a_folder_of_texts_and_an_address_give_the_same(tmp_path: Path) -> None:
    here, memory = tmp_path / "texts", fsspec.filesystem("memory")
    (here / "sub").mkdir(parents=True)
    (here / ".hidden").mkdir()
    for path, text in {"b.txt": "KOICA came.", "sub/a.txt": "Seoul and Phnom Penh.", ".hidden/x.txt": "x"}.items():
        (here / path).write_text(text, encoding="utf-8")
        memory.pipe(f"/news/{path}", text.encode())
    (here / "notes.csv").write_text("a,b\n", encoding="utf-8")
    report = annotate_source(str(here), tmp_path / "o1")
    assert (report.documents, report.left_out) == (2, 1)
    assert [row["document"] for row in rows(tmp_path / "o1", "articles")] == ["b", "sub/a"]
    annotate_source(f"file://{here}", tmp_path / "o2")
    annotate_source("memory://news", tmp_path / "o3")
    for table in ("articles", "mentions"):
        assert rows(tmp_path / "o1", table) == rows(tmp_path / "o2", table) == rows(tmp_path / "o3", table)


BAD: list[tuple[bytes, str]] = [
    (b'{"id": "utf", "text": "caf\xe9"}', "not UTF-8: byte 0xe9"),
    (b"{nonsense", "no JSON"),
    (b'["a list"]', "no JSON object"),
    (b"[" * 100_000, "no JSON"),
    (b'{"id": "none"}', "no 'text'"),
    (b'{"id": "number", "text": 7}', "is no text but int"),
    (b'{"id": "long", "text": "%s"}' % (b"x" * 1001), "longer than 1,000 characters"),
    (b'{"id": "huge", "text": "%s"}' % (b"x" * 2_000_000), "the line is too long"),
    (b'{"id": "empty", "text": " "}', "empty"),
    (b'{"id": "nul", "text": "a\\u0000b"}', "control character U+0000"),
    (b'{"id": "half", "text": "a\\ud800b"}', "control character U+D800"),
    (b'{"id": "day", "text": "KOICA", "date": "17/5/20"}', "date"),
    (b'{"id": "doc-1", "text": "KOICA again"}', "is taken by an earlier document"),
]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.zst"])
def test_bad_documents_are_rows_and_the_good_ones_stay(name: str, tmp_path: Path) -> None:
    good = LINES.splitlines()
    lines = [good[0], good[1]]
    for bad, _ in BAD:
        lines += [bad, b""]
    data = b"\n".join([*lines, *good[2:]])  # without a line feed at its end
    (tmp_path / name).write_bytes(_zst(data) if name.endswith(".zst") else data)
    report = annotate_source(str(tmp_path / name), tmp_path / "out", settings=Settings(rows=4, longest=1000))
    assert (report.documents, report.failed) == (12 + len(BAD), len(BAD))
    assert [row["id"] for row in rows(tmp_path / "out", "articles")] == [one["id"] for one in DOCUMENTS]
    errors = rows(tmp_path / "out", "errors")
    assert [row["place"] for row in errors] == [f"{name}:{3 + 2 * n}" for n in range(len(BAD))]
    for row, (_, problem) in zip(errors, BAD, strict=True):
        assert problem in row["problem"]


def test_a_crash_of_the_annotator_is_a_row_without_words_of_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Annotator.pipe

    def crash(self: Annotator, texts: Iterable[Any]) -> Iterator[Any]:
        for article in whole(self, texts):
            if article.id in ("doc-3", "doc-4"):
                raise (RuntimeError if article.id == "doc-3" else MemoryError)(article.text)
            yield article

    monkeypatch.setattr(Annotator, "pipe", crash)
    monkeypatch.setattr(Annotator, "annotate", lambda self, **given: next(crash(self, [given])))
    annotate_source(str(write_jsonl(tmp_path / "a.jsonl", DOCUMENTS)), tmp_path / "out")
    assert [row["id"] for row in rows(tmp_path / "out", "errors")] == ["doc-3", "doc-4"]
    assert [row["problem"] for row in rows(tmp_path / "out", "errors")] == [
        "the annotator failed: RuntimeError",
        "the annotator failed: MemoryError",
    ]
    assert len(rows(tmp_path / "out", "articles")) == 10


def test_a_file_that_breaks_off_costs_its_rest_and_no_other_file(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    long = "".join(json.dumps(one) + "\n" for one in many(3000)).encode()
    (source / "a.jsonl.zst").write_bytes(_zst(long)[:-2000])
    (source / "b.parquet").write_bytes(b"PAR1 no more than this")
    parquet.write_table(pa.table({"body": ["KOICA"]}), source / "c.parquet")
    write_jsonl(source / "d.jsonl", [{"id": "last", "text": "KOICA came."}])
    found = list(Source(str(source), Settings()).documents())
    assert [d.place for d in found if d.problem] == ["a.jsonl.zst", "b.parquet", "c.parquet"]
    assert "cannot be read after" in next(d.problem for d in found if d.place == "a.jsonl.zst")
    assert "no column 'text'; there are body" in next(d.problem for d in found if d.place == "c.parquet")
    assert found[-1].id == "last"
    assert not found[-1].problem


def test_bytes_in_parquet_are_decoded_and_a_bad_one_is_one_row(tmp_path: Path) -> None:
    good, bad = "Phnom Penh ភ្នំពេញ".encode(), b"caf\xe9"
    raw = pa.array([good, bad, good], pa.binary())
    forced = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    for name, column in {"a": raw, "b": forced}.items():
        parquet.write_table(pa.table({"text": column}), tmp_path / f"{name}.parquet")
        found = list(Source(str(tmp_path / f"{name}.parquet"), Settings()).documents())
        assert [d.text for d in found] == [good.decode(), None, good.decode()]
        assert "not UTF-8: byte 0xe9" in found[1].problem


def test_memory_has_a_bound_whatever_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 60_000_000 + b'"}\n{"text": "KOICA"}\n')

    def ours() -> None:
        assert [d.text for d in Source(str(path), Settings()).documents()] == [None, "KOICA"]

    def by_line() -> None:
        with path.open("rb") as lines:
            assert len(list(map(json.loads, lines))) == 2

    def peak(read: Callable[[], None]) -> int:
        tracemalloc.start()
        read()
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(ours) < 20_000_000
    assert peak(by_line) > 60_000_000


def test_sources_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("", encoding="utf-8")
    for url, error, words in (
        (str(tmp_path / "gone"), EnvironmentFailure, "no such file or folder"),
        (str(tmp_path / "a.csv"), InputError, "holds no document"),
        ("nothing://a/b", InputError, "is no address"),
    ):
        with pytest.raises(error, match=words):
            annotate_source(url, tmp_path / "out")
    assert not (tmp_path / "out" / "batch.json").exists()
    with pytest.raises(InputError, match="lies in the source"):
        annotate_source(str(tmp_path), tmp_path / "out")
    assert annotate_source(str(tmp_path / "a.jsonl"), tmp_path / "out").documents == 0


def test_nothing_else_is_touched(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", DOCUMENTS[:2])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(InputError, match="has other things in it"):
        annotate_source(str(tmp_path / "a.jsonl"), tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    annotate_source(str(tmp_path / "a.jsonl"), tmp_path / "out")
    assert sorted(files(tmp_path / "out")) == [
        *("articles/part-000000.parquet", "batch.json", "errors/part-000000.parquet"),
        *("initiatives/part-000000.parquet", "mentions/part-000000.parquet", "parts.jsonl", "reprints.parquet"),
    ]
