"""Every table is defined once: columns, rows and descriptions agree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kh_kr_corpus import vocab
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.models import Activity, Article, Entity, Source, StagedAmount
from kh_kr_corpus.tables import TABLES, Column, TableSpec
from kh_kr_corpus.tables.column import first_part, year_between

SPECS = [pytest.param(spec, id=name) for name, spec in TABLES.items()]


@pytest.mark.parametrize("spec", SPECS)
def test_columns_are_well_described(spec: TableSpec[Any, Any]) -> None:
    names = [column.name for column in spec.columns]
    assert len(set(names)) == len(names)
    assert set(spec.brief) <= set(names)
    assert {*spec.defaults, *spec.uncounted} <= set(names)
    assert not spec.key or spec.key in names
    for column in spec.columns:
        assert column.meaning.endswith("."), column.name
        assert column.refers in ("", *TABLES)
        assert not column.vocabulary or vocab.load(column.vocabulary)


@pytest.mark.parametrize("spec", SPECS)
def test_every_row_has_every_column(spec: TableSpec[Any, Any], toy: Corpus) -> None:
    query = getattr(toy, spec.name)
    if "review" in spec.defaults:
        query = query.where(review="any")
    rows = query.to_dicts()
    assert rows
    assert all(tuple(row) == query.columns for row in rows)
    # a column that is null in every row of a corpus with every feature is a getter that looks in the wrong place
    for column in spec.shown:
        if column.name not in ("wikidata", "predecessors"):
            assert any(row[column.name] not in (None, []) for row in rows), column.name


@pytest.mark.parametrize(
    ("table", "model"), [("articles", Article), ("activities", Activity), ("entities", Entity), ("sources", Source)]
)
def test_no_field_of_a_model_is_forgotten(table: str, model: type[Any]) -> None:
    elsewhere = {"names", "demonyms", "titles", "offices", "identifiers", "note", "fingerprints"}
    elsewhere |= {"participants", "amounts", "place", "waivers"}  # own tables; actors; places; the linter's
    assert set(model.model_fields) - elsewhere <= {column.name for column in TABLES[table].columns}


def test_rows_say_what_the_models_say(toy: Corpus) -> None:
    row = next(r for r in toy.mentions.to_dicts() if r["id"] == "2022-nurses-for-the-boats#m7")
    assert row["text"] == "about $200,000 to $300,000"
    assert row["value"] == '{"amount": 200000.0, "currency": "USD", "qualifier": "about", "amount_max": 300000.0}'
    assert (row["date"], row["date_from"], row["year"]) == ("2022-02-10", date(2022, 2, 10), 2022)
    row = next(r for r in toy.initiatives.to_dicts() if r["id"] == "2022-nurses-for-the-boats#i1")
    assert (row["date"], row["period"], row["amount"], row["currency"]) == ("2022", "2022/2024", 200_000, "USD")
    row = toy.entities.where(id="organisation/koica").to_dicts()[0]
    assert (row["name_ko"], row["country"]) == ("한국국제협력단", "KR")


def test_a_date_that_covers_more_than_a_year_has_no_year() -> None:
    column: Column[StagedAmount] = year_between(lambda amount: amount.date, "The year.")

    def told(edtf: str | None) -> object:
        return column.get(StagedAmount(amount=1, currency="USD", stage="pledged", date=edtf))

    assert [told(e) for e in ("2021", "2021-03/2021-05", "199X", "2020/2021", "XXXX-12", "2021/..", None)] == [
        *(2021, 2021, None, None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("period", "start"),
    [(None, None), ("", None), ("2021", "2021"), ("../2021", None), ("2021-03/..", "2021-03"), ("199X", "199X")],
)
def test_where_a_period_begins(period: str | None, start: str | None) -> None:
    assert first_part(period) == start
