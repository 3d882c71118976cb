"""What the shipped corpus promises as a whole: enough texts, controls without initiatives, splits that keep apart what
belongs together, and no two texts that say the same thing in the same words."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

import kh_kr_corpus as khkr
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.models import Article

RUN = 8


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return khkr.load(synthetic=True)


def test_there_are_texts_enough_of_each_sort(corpus: Corpus) -> None:
    texts = list(corpus.articles)
    briefs = [text for text in texts if text.origin == "brief"]
    assert len(texts) >= 200
    assert len(briefs) >= 140
    assert sum(text.origin == "synthetic" for text in texts) >= 40
    assert sum(not text.initiatives for text in briefs) >= 20
    assert all(100 <= len((text.text or "").split()) <= 460 for text in briefs)


def test_every_text_is_in_a_split(corpus: Corpus) -> None:
    sizes = {name: len(ids) for name, ids in corpus.splits.items()}
    texts = list(corpus.articles)
    assert all(corpus.splits.of(text.id) for text in texts)
    assert sum(sizes.values()) == len(texts)
    assert min(sizes["dev"], sizes["test"]) >= 90  # fewer give no interval worth the name
    own = {
        name: sum(not i.startswith(("dev", "ex", "test", "fresh", "unseen", "blind")) for i in ids)
        for name, ids in corpus.splits.items()
    }
    assert 0.55 <= own["train"] / sum(own.values()) <= 0.65
    assert min(own["dev"], own["test"]) / sum(own.values()) >= 0.17


def test_nothing_that_rules_were_made_on_is_tested_on(corpus: Corpus) -> None:
    assert not [name for name in corpus.splits.test if name.startswith("dev")]
    founding = [text.id for text in corpus.articles if text.origin == "genuine"]
    assert {corpus.splits.of(name) for name in founding} == {"train"}


def test_the_test_split_has_names_that_train_never_saw(corpus: Corpus) -> None:
    linked = {
        split: {m.entity for text in corpus.articles if text.id in set(ids) for m in text.mentions if m.entity}
        for split, ids in corpus.splits.items()
    }
    assert len(linked["test"] - linked["train"]) >= 50


def _runs(article: Article) -> set[tuple[str, ...]]:
    """Every eight words in a row that are no name, date or amount."""
    text = article.text or ""
    for mention in reversed(article.mentions):
        text = f"{text[: mention.start]}\x00{text[mention.end :]}"
    runs = set()
    for piece in text.split("\x00"):
        words = re.findall(r"[^\W_]+", piece.casefold())
        runs |= {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
    return runs


def test_no_two_texts_share_eight_words_in_a_row(corpus: Corpus) -> None:
    seen: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for article in corpus.articles:
        for run in _runs(article):
            seen[run].append(article.id)
    shared = {" ".join(run): ids for run, ids in seen.items() if len(ids) > 1}
    assert shared == {}


def test_activities_are_counted_once(corpus: Corpus) -> None:
    """A part that counts has no whole that counts."""
    activities = {activity.id: activity for activity in corpus.activities}
    assert len(activities) >= 250
    twice = [
        one.id
        for one in activities.values()
        if one.part_of and one.counts_in_totals and one.amounts
        and activities[one.part_of].counts_in_totals and activities[one.part_of].amounts
    ]  # fmt: skip
    assert twice == []
