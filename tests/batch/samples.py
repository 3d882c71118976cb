"""Invented documents for batches, and what a batch has written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pyarrow import parquet

from kh_kr_corpus.tables.parts import PARTS

__all__ = ["DOCUMENTS", "asked", "files", "many", "rows", "write_jsonl"]

_SENTENCES = (
    "KOICA handed over {n} water pumps to Kampong Thom province.",
    "Cambodia and South Korea signed a memorandum on {n} training courses.",
    "The embassy in Phnom Penh received {n} guests in 2021.",
    "Nobody spoke of the {n} boats on the lake.",
)


def many(count: int) -> list[dict[str, Any]]:
    """So many short documents, each of its own words."""
    return [
        {
            "id": f"doc-{n}",
            "title": f"Report {n}",
            "date": f"20{10 + n % 14}-05-{1 + n % 28:02d}",
            "text": f"Item {n}. " + " ".join(_SENTENCES[(n + k) % 4].format(n=n + 2) for k in range(2)),
        }
        for n in range(count)
    ]


DOCUMENTS = many(12)


def write_jsonl(path: Path, documents: Iterable[dict[str, Any]]) -> Path:
    """The documents as JSON lines."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents), encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the output with its bytes; which parts are finished without the order in which they were."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    found["parts.jsonl"] = b"\n".join(sorted(found["parts.jsonl"].split(b"\n")))
    return found


def asked(query: str) -> list[dict[str, Any]]:
    """What DuckDB answers, in a program of its own."""
    relation = duckdb.connect().sql(query)
    assert relation is not None
    found: list[dict[str, Any]] = relation.to_arrow_table().to_pylist()
    return found


def rows(folder: Path, table: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """All rows of a table of a batch."""
    assert table in PARTS
    parts = [parquet.read_table(pa.BufferReader(p.read_bytes())) for p in sorted((folder / table).glob("*.parquet"))]
    found: list[dict[str, Any]] = pa.concat_tables(parts).select(columns or parts[0].column_names).to_pylist()
    return found
