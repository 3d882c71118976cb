"""SQL over the rows: reads everything of the corpus, changes nothing, reaches nothing else."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.tables import TABLES


def test_every_table_can_be_asked(toy: Corpus) -> None:
    for name in TABLES:
        table = toy.sql(f"select * from {name}")  # noqa: S608
        assert table.columns == getattr(toy, name).columns
    assert toy.sql("show tables")["name"] == sorted(TABLES)


def test_the_example_of_the_design(toy: Corpus) -> None:
    table = toy.sql("select kind, count(*) as n from activities group by 1 order by 1")
    assert table.rows == (("humanitarian-aid", 1), ("infrastructure", 1), ("training", 1))
    assert toy.sql("select sum(amount) as s from amounts where currency = 'USD'")["s"] == [32_500_000]
    assert toy.sql("select sum(n) as s from (select 1 as n)").rows == ((1,),)


@pytest.mark.parametrize(
    "query",
    [
        "drop table base.activities",
        "insert into base.articles select * from base.articles",
        "create table x as select 1",
        "copy (select 1) to 'x.csv'",
        "attach 'x.db' as x",
        "set threads = 1",
        "install fts",
        "pragma database_list",
        "/* ask */ -- this\n PRAGMA database_list",
        "select 1; drop view activities",
        "",
        "-- nothing",
    ],
)
def test_only_questions_are_asked(toy: Corpus, query: str) -> None:
    with pytest.raises(InputError, match="SELECT"):
        toy.sql(query)
    assert len(toy.sql("select * from activities")) == 3


def test_no_file_is_within_reach(toy: Corpus, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("password\n12345\n", encoding="utf-8")
    for query in (f"from '{secret}'", f"from read_text('{secret}')", f"from glob('{tmp_path}/*')"):
        with pytest.raises(InputError):
            toy.sql(query)


def test_a_variable_of_the_caller_is_out_of_reach(toy: Corpus) -> None:
    import pyarrow as pa

    mine = pa.table({"a": [1]})
    with pytest.raises(InputError, match="mine"):
        toy.sql("select * from mine")
    assert mine.num_rows == 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("selec 1", "syntax error"),
        ("select * from activity", "activity does not exist"),
        ("select knd from activities", '"kind"'),
        ("select '\udcff'", "Unicode"),
    ],
)
def test_a_bad_query_gets_one_clear_message(toy: Corpus, query: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        toy.sql(query)
    assert "\n" not in str(caught.value)
    if told != "Unicode":
        assert "tables: articles, sentences, mentions" in str(caught.value)


def test_an_error_never_quotes_a_text(toy: Corpus, copies: Path) -> None:
    attached = toy.attach(copies)
    for query in ("select text::int from articles", "select error(text) from articles"):
        with pytest.raises(InputError) as caught:
            attached.sql(query)
        assert "clinic opens" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


def test_threads_share_a_corpus(toy_root: Path) -> None:
    corpus = load(toy_root)
    counts: list[int] = []

    def ask() -> None:
        counts.append(len(corpus.mentions.where(label="ORG")) + len(corpus.sql("select * from entities")))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [16] * 8
