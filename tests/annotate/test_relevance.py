"""Texts about relations of the two countries are told from those that only name both."""

from __future__ import annotations

import pytest
from bench.relevance import examples, table

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.annotate.relevance import Relevance, relevance_of
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError


def test_the_short_texts_to_develop_on() -> None:
    """Texts with both names, half of which are about something else: the control takes nearly all of those."""
    annotator = Annotator()
    rows = [row for row in table("texts.tsv") if row["split"] == "dev"]
    found = {r["id"]: relevance_of(annotator.annotate(r["text"]), annotator.kb).about for r in rows}
    about = {row["id"] for row in rows if row["about"] == "yes"}
    kept = {name for name, is_about in found.items() if is_about}
    assert len(kept - about) <= 1
    assert len(kept & about) >= len(about) * 0.6
    naive = {row["id"] for row in rows if "Korea" in row["text"] and "Cambodia" in row["text"]}
    assert len(naive - about) >= 9


def test_every_text_has_one_judgement() -> None:
    found = list(examples())
    assert len({one.id for one in found}) == len(found)
    assert {one.about for one in found} == {"yes", "no", "unsure"}
    assert {one.split for one in found} == {"dev", "test"}
    labels = [row["id"] for row in table("labels.tsv")]
    assert set(labels) <= {one.id for one in found}
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("counted", "about"),
    [
        (Relevance(10, 2, 2, 0, 0, 0), True),
        (Relevance(10, 1, 1, 0, 0, 0), False),
        (Relevance(30, 2, 2, 0, 0, 0), False),
        (Relevance(10, 2, 2, 0, 2, 0), False),
        (Relevance(10, 3, 3, 1, 0, 0), False),
        (Relevance(10, 4, 4, 1, 2, 0), True),
        (Relevance(30, 1, 0, 0, 0, 2), True),
        (Relevance(30, 1, 0, 0, 0, 1), False),
        (Relevance(0, 0, 0, 0, 0, 0), False),
    ],
)
def test_the_rule_is_what_it_says(counted: Relevance, about: bool) -> None:
    assert counted.about is about


def test_a_text_that_is_not_at_hand_is_refused(toy: Corpus) -> None:
    missing = next(article for article in toy.articles if article.text is None)
    with pytest.raises(InputError, match="not at hand"):
        relevance_of(missing, toy.kb)
