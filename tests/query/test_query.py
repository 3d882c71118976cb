"""Queries: order, samples, counts, conversions and displays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.models import Mention
from kh_kr_corpus.query.filters import near_ids


def test_by_id(toy: Corpus) -> None:
    assert toy.articles["2023-boat-diary-ko"].language == "ko"
    assert toy.entities["organisation/koica"].name == "Korea International Cooperation Agency"
    assert toy.sources["toy-database"].date is None
    mention = toy.mentions["2021-clinic-opens#m14"]
    assert (mention.article, mention.text, mention.review.state) == ("2021-clinic-opens", "Cambodia", "suggested")
    assert toy.initiatives["2021-clinic-opens#i1"].article == "2021-clinic-opens"


def test_a_miss_names_near_ids(toy: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="did you mean '2021-clinic-opens'"):
        toy.articles["2021-clinic-open"]
    with pytest.raises(UnknownNameError, match="among the 1 of this query"):
        toy.articles.where(language="ko")["2021-clinic-opens"]
    not_an_id: Any = 0
    with pytest.raises(InputError, match="first"):
        toy.articles[not_an_id]
    with pytest.raises(InputError, match="where"):
        toy.amounts["x"]


def test_placed_mentions_are_mentions(toy: Corpus) -> None:
    article = toy.articles["2023-boat-diary-ko"]
    placed = list(toy.mentions.where(article=article.id))
    assert all(isinstance(mention, Mention) for mention in placed)
    dumped = [mention.model_dump(exclude={"article"}) for mention in placed]
    assert dumped == [mention.model_dump() for mention in article.mentions]
    assert [article.covered(mention) for mention in placed] == [mention.text for mention in placed]


def test_order(toy: Corpus) -> None:
    dates = [a.date for a in toy.articles.sort("date")]
    assert dates == ["2021-04-08", "2022-02-10", "2023-10", None]
    assert [a.date for a in toy.articles.sort("date", desc=True)] == ["2023-10", "2022-02-10", "2021-04-08", None]
    by_kind = toy.initiatives.sort("title").sort("kind")
    assert [i.title for i in by_kind] == [
        *("Korean nurses learn on the boat", "The agreement on river clinics", "A clinic boat is handed over"),
        *("Boats for every river province", "Forty nurses are to be taught", "Nurses are to come"),
    ]
    first = toy.activities.sort("year", desc=True).first()
    assert first is not None
    assert first.id == "2021-floating-clinic-phnom-penh"
    assert toy.activities.where(kind="resilience").first() is None
    with pytest.raises(UnknownNameError, match="did you mean 'date'"):
        toy.articles.sort("dat")


def test_names_sort_whatever_their_case(toy: Corpus) -> None:
    names = [entity.name for entity in toy.entities.sort("name")]
    assert names == sorted(names, key=str.lower)


def test_ids_complete_by_tab(toy: Corpus) -> None:
    assert toy.activities._ipython_key_completions_() == [activity.id for activity in toy.activities]
    assert toy.amounts._ipython_key_completions_() == []


def test_among_very_many_ids_only_those_that_begin_alike_are_compared() -> None:
    few = [f"article-{n}" for n in range(100)]
    many = [*few, *(f"text-{n}" for n in range(20_000))]
    assert near_ids("xarticle-7", few)
    assert near_ids("xarticle-7", many) == ()
    assert near_ids("article-77x", many)[0] == "article-77"


def test_limit_keeps_the_order_and_the_query_goes_on(toy: Corpus) -> None:
    latest = toy.articles.sort("date", desc=True).limit(2)
    assert [a.id for a in latest] == ["2023-boat-diary-ko", "2022-nurses-for-the-boats"]
    assert [a.id for a in latest.where(language="en")] == ["2022-nurses-for-the-boats"]
    assert [a.id for a in toy.articles.limit(2)] == [a.id for a in toy.articles][:2]
    assert len(toy.articles.limit(0)) == 0


@given(n=st.integers(0, 40), seed=st.integers())
def test_samples_are_repeatable(toy: Corpus, n: int, seed: int) -> None:
    sample = toy.mentions.sample(n, seed)
    ids = [(m.article, m.id) for m in sample]
    assert len(ids) == len(set(ids)) == len(sample) == min(n, 32)
    assert ids == [(m.article, m.id) for m in toy.mentions.sample(n, seed)]


def test_samples_differ(toy: Corpus) -> None:
    assert toy.mentions.sample(5, 1).to_dicts() != toy.mentions.sample(5, 2).to_dicts()


def test_counts(toy: Corpus) -> None:
    table = toy.initiatives.count_by("kind")
    assert table.columns == ("kind", "count")
    assert table.rows == (*(("training", 2), ("cultural-exchange", 1), ("humanitarian-aid", 1), ("infrastructure", 1)),)
    assert "1 left out: author-recommends" in table.note
    everything = toy.initiatives.where(assertion=["author-recommends", "author-reports"]).count_by("kind")
    assert dict(everything.rows) == {"infrastructure": 2, "cultural-exchange": 1, "humanitarian-aid": 1}
    assert "left out: author" not in everything.note


def test_a_list_counts_under_each_of_its_values(toy: Corpus) -> None:
    table = toy.activities.count_by("theme", "sectors")
    assert table.columns == ("theme", "sector", "count")
    assert {(theme, sector): n for theme, sector, n in table} == {
        ("humanitarian-aid", "health"): 2,
        ("humanitarian-aid", "transport"): 1,
        ("infrastructure", "health"): 2,
        ("infrastructure", "transport"): 1,
        ("training", "health"): 1,
    }
    assert "counted once under each theme and sector" in table.note
    assert toy.activities.count_by("place").rows == (*(("place/cambodia", 1), ("place/phnom-penh", 1), (None, 1)),)
    with pytest.raises(InputError):
        toy.activities.count_by()
    with pytest.raises(UnknownNameError):
        toy.activities.count_by("knd")


def test_conversions_have_the_same_columns(toy: Corpus) -> None:
    query = toy.activities.where(sector="health").sort("date")
    frame = query.to_pandas()
    assert tuple(frame.columns) == query.columns == tuple(query.to_arrow().column_names) == tuple(query.to_dicts()[0])
    assert list(frame["id"]) == [activity.id for activity in query]
    assert str(frame["year"].dtype) == "Int64"
    assert str(frame["date_from"].dtype).startswith("datetime64")
    assert str(frame["counts_in_totals"].dtype) == "boolean"


def test_displays(toy: Corpus) -> None:
    text = repr(toy.mentions)
    assert text.startswith("mentions: 32 of 34\n")
    assert "22 more" in text
    html = toy.initiatives.where(year=2021)._repr_html_()
    assert "A clinic boat is handed over" in html
    assert "without a date left out" in html
    assert "knows" not in repr(toy.articles), "a query's display never shows a text"
    assert repr(toy.articles.where(language="vi")).startswith("articles: 0 of 4\n")


def test_an_id_is_in_a_query_when_it_can_be_asked_for(toy: Corpus) -> None:
    """``in`` says what ``[...]`` does, for ids and for records."""
    briefs = toy.articles.where(origin="brief")
    inside = next(iter(briefs))
    outside = next(article for article in toy.articles if article.origin != "brief")
    assert inside.id in toy.articles and inside.id in briefs and inside in briefs
    assert outside.id in toy.articles and outside.id not in briefs and outside not in briefs
    assert "nowhere" not in toy.articles and 5 not in toy.articles


@pytest.mark.parametrize("n", [-1, 2.5, "3", None, True])
def test_a_number_of_rows_counts_from_zero(toy: Corpus, n: Any) -> None:
    with pytest.raises(InputError, match="no number of rows"):
        toy.articles.limit(n)
    with pytest.raises(InputError, match="no number of rows"):
        toy.articles.sample(n)
    assert len(toy.articles.limit(0)) == 0
