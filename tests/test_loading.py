"""From a folder to a corpus: a batch, a version that is asked for, and what is kept of the files."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pyarrow as pa
import pytest

from kh_kr_corpus.corpus import Corpus, load, loading
from kh_kr_corpus.errors import InvalidFileError, VersionError
from kh_kr_corpus.tables.parts import dumps_part

BRIEF = "2022-nurses-for-the-boats"


@pytest.fixture
def batch(toy: Corpus, toy_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What ``khkr batch`` writes of one text; the toy stands in for the shipped corpus, which takes seconds to read."""
    monkeypatch.setattr(loading, "shipped_root", lambda: toy_root)
    article = toy.articles[BRIEF]
    row = {"id": article.id, "text": article.text, "record": article.model_dump_json(exclude={"text"})}
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/part-000000.parquet").write_bytes(dumps_part(pa.Table.from_pylist([row])))
    (tmp_path / "batch.json").write_text(json.dumps({"parts": 1}), encoding="utf-8")
    return tmp_path


def test_a_batch_is_a_corpus_with_the_entities_and_sources_of_the_shipped_one(toy: Corpus, batch: Path) -> None:
    corpus, shipped = load(batch), load()
    assert corpus.root == batch
    assert [article.id for article in corpus.articles] == [BRIEF]
    assert corpus.articles[BRIEF] == toy.articles[BRIEF]
    assert [one.id for one in corpus.entities] == [one.id for one in shipped.entities] != []
    assert [one.id for one in corpus.sources] == [one.id for one in shipped.sources] != []
    assert len(corpus.activities) == 0 and corpus.release is None
    assert shipped.root == toy.root and len(shipped.activities) == 3


def test_a_batch_is_of_no_version(batch: Path) -> None:
    with pytest.raises(VersionError) as caught:
        load(batch, version="2026.11.0")
    refused = caught.value
    assert (refused.where, refused.wanted, refused.found) == (str(batch), "2026.11.0", None)
    assert refused.fix == "khkr cite tells the version"


def test_another_version_says_where_it_can_be_had(toy_root: Path) -> None:
    for wanted, fix in (
        ("2026.11.0", "pip install 'kh-kr-corpus==0.1.0'"),
        ("2027.2.0", "khkr cite tells the version"),  # has no date yet: nobody can install it
    ):
        with pytest.raises(VersionError) as caught:
            load(toy_root, version=wanted)
        refused = caught.value
        assert (refused.where, refused.wanted, refused.found, refused.fix) == (
            str(toy_root), wanted, "2027.2.0-dev", fix,
        )  # fmt: skip


def test_exercises_come_beside_the_articles_and_nowhere_else(toy_root: Path) -> None:
    without, with_them = load(toy_root), load(toy_root, synthetic=True)
    assert {a.id for a in with_them.articles} - {a.id for a in without.articles} == {"synthetic-khmer-notice"}
    assert {a.id for a in without.articles} < {a.id for a in with_them.articles}
    assert len(with_them.activities) == len(without.activities) == 3


def test_the_files_trees_are_not_kept(toy_root: Path) -> None:
    assert load(toy_root)._contents.files == []


def test_what_is_read_later_is_not_read_at_first(toy_copy: Path) -> None:
    (toy_copy / "records/toy-aid.yaml").write_text("a: [1\n", encoding="utf-8")
    assert len(load(toy_copy).articles) == 4


def test_an_invalid_corpus_names_itself(toy_copy: Path) -> None:
    (toy_copy / "sources.yaml").write_text("a: [1\n", encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        load(toy_copy)
    assert caught.value.where == str(toy_copy)
    assert gc.isenabled()


def test_the_shipped_data_lie_in_the_package_or_beside_its_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "__file__", str(tmp_path / "src/kh_kr_corpus/corpus/loading.py"))
    assert loading.shipped_root() == tmp_path.resolve() / "data"
    inside = tmp_path / "src/kh_kr_corpus/data"
    inside.mkdir(parents=True)
    assert loading.shipped_root() == inside.resolve()
