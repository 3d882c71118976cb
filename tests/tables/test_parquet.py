"""Parquet files: the same rows out and in, and no text that may not travel."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.tables import TABLES, Table


@pytest.mark.parametrize("name", TABLES)
def test_rows_come_back(toy: Corpus, name: str, tmp_path: Path) -> None:
    query = getattr(toy, name)
    query.write_parquet(tmp_path / "rows.parquet", texts=True)
    back = Table.read_parquet(tmp_path / "rows.parquet")
    assert back.columns == query.columns
    assert back.to_dicts() == query.to_dicts()
    assert back.note == query.note
    field = pq.read_schema(tmp_path / "rows.parquet").field(query.columns[0])
    assert field.metadata[b"meaning"].decode().startswith(TABLES[name].shown[0].meaning)


def test_a_table_too(toy: Corpus, tmp_path: Path) -> None:
    counts = toy.activities.where(year=2021).count_by("kind")
    counts.write_parquet(tmp_path / "counts.parquet")
    counts.write_parquet(tmp_path / "counts.parquet")
    back = Table.read_parquet(tmp_path / "counts.parquet")
    assert (back.rows, back.note) == (counts.rows, counts.note)
    assert counts.to_pandas().attrs["note"] == counts.note


def test_texts_of_others_are_not_written(toy: Corpus, copies: Path, tmp_path: Path) -> None:
    attached = toy.attach(copies)
    for query in (attached.articles, attached.sentences):
        with pytest.raises(InputError, match="may not travel"):
            query.write_parquet(tmp_path / "texts.parquet")
        assert not list(tmp_path.iterdir())
    attached.articles.where(rights="included").write_parquet(tmp_path / "texts.parquet")
    attached.articles.write_parquet(tmp_path / "mine.parquet", texts=True)
    assert None not in Table.read_parquet(tmp_path / "mine.parquet")["text"]


def test_nothing_else_is_overwritten_or_read(toy: Corpus, tmp_path: Path) -> None:
    other = tmp_path / "notes.parquet"
    other.write_text("my notes", encoding="utf-8")
    with pytest.raises(InputError, match="no Parquet file"):
        toy.sources.write_parquet(other)
    with pytest.raises(InputError, match="no Parquet file"):
        Table.read_parquet(other)
    with pytest.raises(EnvironmentFailure):
        Table.read_parquet(tmp_path / "nothing")
    assert other.read_text(encoding="utf-8") == "my notes"
