"""The dataset folder: what its card names is there, and its rows are the corpus's."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from tests.formats.test_csv import _wanted

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import RightsRefused
from kh_kr_corpus.formats import Selection, export, get_format, select
from kh_kr_corpus.formats.contract import REJECTED, forget
from kh_kr_corpus.formats.documents import to_document

DATASET = get_format("dataset")


@pytest.fixture(scope="module")
def selection(toy: Corpus) -> Selection:
    """The toy corpus with a right stated for its local text."""
    return select(toy, undecided=True, right="CC-BY-4.0, my own work")


@pytest.fixture(scope="module")
def folder(selection: Selection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported folder."""
    path = tmp_path_factory.mktemp("dataset") / "toy"
    list(export(DATASET, selection, path))
    return path


def _card(folder: Path) -> dict[str, Any]:
    _, header, _ = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    found: dict[str, Any] = yaml.safe_load(header)
    return found


def test_the_card_names_what_is_there(folder: Path) -> None:
    card = _card(folder)
    assert card["license"] == "other"
    assert card["configs"][0]["config_name"] == "documents"
    named = {file["path"] for config in card["configs"] for file in config["data_files"]}
    assert all((folder / name).is_file() for name in named)
    splits = [file["split"] for config in card["configs"] for file in config["data_files"]]
    assert "all" not in splits  # a word that datasets keeps for itself
    assert "my own work" in (folder / "README.md").read_text(encoding="utf-8")


def test_documents_are_the_articles(folder: Path, selection: Selection) -> None:
    files = sorted((folder / "documents").glob("*.parquet"))
    rows = [row for path in files for row in pq.read_table(path).to_pylist()]
    texts = [path.with_suffix(".jsonl").read_text(encoding="utf-8") for path in files]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]  # even where U+2028 ends a line
    assert rows == lines
    ours = {article.id: to_document(article) for article in selection.articles}
    assert {row["id"] for row in rows} == set(ours)
    for row in rows:
        kept = [one for one in ours[row["id"]]["mentions"] if one["review"] != "rejected"]
        assert row["mentions"] == kept
        assert all(row["text"] is None or row["text"][m["start"] : m["end"]] == m["text"] for m in row["mentions"])


def test_days_stay_days(folder: Path) -> None:
    files = (folder / "documents").glob("*.parquet")
    days = {m["reviewed_at"] for path in files for row in pq.read_table(path).to_pylist() for m in row["mentions"]}
    assert days - {None}
    assert all(len(day) in (10, 20) for day in days - {None})


def test_tables_are_those_of_the_library(folder: Path, selection: Selection) -> None:
    kept = dataclasses.replace(selection, articles=tuple(forget(one, [REJECTED]) for one in selection.articles))
    for name, rows in _wanted(kept).items():
        table = pq.read_table(folder / "tables" / f"{name}.parquet")
        assert table.num_rows == len(rows)
        assert table.column_names == (list(rows[0]) if rows else table.column_names)
        assert table.schema.field(0).metadata[b"meaning"]


def test_local_texts_need_a_right(toy: Corpus, tmp_path: Path) -> None:
    with pytest.raises(RightsRefused):
        list(export(DATASET, select(toy), tmp_path / "out"))
    assert not list(tmp_path.iterdir())
