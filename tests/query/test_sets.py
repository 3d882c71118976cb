"""Sets of rows, and filters that reach into another table."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.query import Query

CEILING, CLINIC, COURSE = "2020-river-clinics-ceiling", "2021-floating-clinic-phnom-penh", "nurse-course"
FILTERS: list[dict[str, Any]] = [
    {"label": "ORG"},
    {"entity": "KOICA"},
    {"year": 2021},
    {"review": "any"},
    {"review": "suggested"},
    {"year": (2022, None), "label": ["GPE", "MONEY"]},
    {"article": "2023-boat-diary-ko"},
    {},
]


def _ids(query: Query[Any]) -> set[str]:
    return set(query.to_arrow().column("id").to_pylist())


@given(first=st.sampled_from(FILTERS), second=st.sampled_from(FILTERS), third=st.sampled_from(FILTERS))
def test_sets_are_those_of_the_ids(toy: Corpus, first: Any, second: Any, third: Any) -> None:
    a, b, c = (toy.mentions.where(**filters) for filters in (first, second, third))
    assert _ids(a & b) == _ids(a) & _ids(b)
    assert _ids(a | b) == _ids(a) | _ids(b)
    assert _ids(a - b) == _ids(a) - _ids(b)
    assert _ids((a | b) - c) == (_ids(a) | _ids(b)) - _ids(c)
    assert len(a | b) == len(_ids(a | b)), "no row twice"


def test_order_stays_and_the_query_goes_on(toy: Corpus) -> None:
    latest = toy.articles.sort("date", desc=True)
    kept = latest - toy.articles.where(language="ko")
    assert [a.date for a in kept] == ["2022-02-10", "2021-04-08", None]
    assert len(kept.where(origin="genuine")) == len(kept) - len(kept.where(origin="brief")) == 2


def test_a_set_still_says_how_many_have_no_date(toy: Corpus) -> None:
    in_2021 = toy.activities.where(year=2021)
    assert in_2021.undated == 1
    assert (in_2021 & toy.activities.where(sector="health")).undated == 1
    assert (in_2021 & toy.activities.where(kind="infrastructure")).undated == 0
    assert (in_2021 | toy.activities.where(year=2020)).undated == 1
    # the course has no date, but the other side took it in whatever its date
    assert (in_2021 | toy.activities.where(kind="training")).undated == 0
    assert "1 without a date left out" in in_2021.note
    assert toy.activities.where(year=2021, kind="infrastructure").undated == 0


def test_sets_of_different_things_are_refused(toy: Corpus, toy_root: Path) -> None:
    articles: Any = toy.articles
    with pytest.raises(InputError, match="different things"):
        articles & toy.mentions
    with pytest.raises(InputError, match="another corpus"):
        articles | load(toy_root).articles
    with pytest.raises(TypeError):
        articles & {"2021-clinic-opens"}


def test_in_the_same_sentence_and_in_the_same_article(toy: Corpus) -> None:
    koica = toy.mentions.where(entity="KOICA")
    beside_money = koica.where(sentence__label="MONEY")
    for mention in beside_money:
        article = toy.articles[mention.article]
        assert article.text is None or "$" in article.text[max(0, mention.start - 200) : mention.end + 200]
    assert 0 < len(beside_money) < len(koica)
    assert _ids(koica.where(article__entity="KOICA")) == _ids(koica)
    assert _ids(toy.articles.where(entity="KOICA")) == _ids(toy.articles.where(id=koica))
    both = toy.articles.where(entity="KOICA").where(entity="Ministry of Health")
    assert _ids(both) == _ids(toy.articles.where(id=koica)) & _ids(
        toy.articles.where(id=toy.mentions.where(entity="Ministry of Health"))
    )


def test_filters_on_one_other_record_hold_of_the_same_one(toy: Corpus) -> None:
    """A sentence with money and another with KOICA are no sentence with both."""
    together = toy.articles.where(sentences__label="MONEY", sentences__entity="KOICA")
    apart = toy.articles.where(sentences__label="MONEY").where(sentences__entity="KOICA")
    assert _ids(together) <= _ids(apart)
    one = toy.sentences.where(label="MONEY", entity="KOICA")
    assert _ids(together) == {row["article"] for row in one.to_dicts()}


def test_evidence_with_an_entity(toy: Corpus) -> None:
    found = toy.initiatives.where(evidence_entity="KOICA")
    assert _ids(found)
    for initiative in found:
        article = toy.articles[initiative.article]
        inside = {m.entity for m in article.mentions for e in initiative.evidence if e.start <= m.start < e.end}
        assert "organisation/koica" in inside
    assert not toy.initiatives.where(evidence_entity="place/phnom-penh", kind="training")


def test_from_table_to_table(toy: Corpus) -> None:
    pledged = toy.amounts.where(stage="pledged")
    assert _ids(toy.activities.where(id=pledged)) == {CEILING} == _ids(toy.activities.where(amounts__stage="pledged"))
    assert _ids(toy.activities.where(part_of=toy.activities.where(kind="humanitarian-aid"))) == {CLINIC}
    assert _ids(toy.activities.where(part_of__kind="humanitarian-aid")) == {CLINIC}
    korean = toy.entities.where(country="KR", type="organisation")
    assert _ids(toy.activities.where(actor=korean)) == {CLINIC, COURSE}
    assert len(toy.entities.where(id=toy.mentions.where(label="GPE"))) > 0
    assert toy.activities.where(actor=toy.entities.where(name="nobody at all")).first() is None


def test_what_hangs_together_in_no_way_is_refused(toy: Corpus) -> None:
    with pytest.raises(InputError, match="is no value for this field"):
        toy.activities.where(kind=toy.entities)
    with pytest.raises(InputError, match="does not say which entities"):
        toy.entities.where(id=toy.activities)
    with pytest.raises(InputError, match="refers to no table"):
        toy.activities.where(kind__id="x")
    with pytest.raises(UnknownNameError, match="'label'"):
        toy.mentions.where(sentence__lable="MONEY")


def test_fields_complete_by_tab_and_are_explained(toy: Corpus) -> None:
    names = set(inspect.signature(toy.activities.where).parameters)
    assert {"kind", "theme", "actor", "year", "filters"} <= names
    assert "label" in inspect.signature(toy.mentions.where).parameters
    assert "label" not in names
    fields = {row["field"]: row for row in toy.activities.fields.to_dicts()}
    assert fields["themes (theme)"]["takes"] == "a term of kinds"
    assert fields["health"]["unit"] == "points, 0 to 23"
    assert toy.activities.where.__doc__ == Query.where.__doc__
