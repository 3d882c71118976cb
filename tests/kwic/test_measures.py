"""What is measured on wording: the figures, and on which texts."""

from __future__ import annotations

from math import log, log2
from pathlib import Path

import pytest

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.kwic import WordingWarning, collocations, dispersion, keyness, texts_of, to_pattern
from kh_kr_corpus.kwic.measures import log_likelihood
from kh_kr_corpus.models import Article, Rights


def _texts(*texts: str, language: str = "en") -> tuple[Article, ...]:
    return tuple(
        Article(id=f"t{n}", title="T", language=language, origin="genuine", rights=Rights(text="included"), text=text)
        for n, text in enumerate(texts)
    )


def test_log_likelihood_by_hand() -> None:
    cells = ((10, 10.0), (90, 90.0), (90, 90.0), (810, 810.0))
    assert log_likelihood(10, 100, 100, 1000) == pytest.approx(2 * sum(o * log(o / e) for o, e in cells), abs=1e-9)
    cells = ((30, 10.0), (70, 90.0), (70, 90.0), (830, 810.0))
    assert log_likelihood(30, 100, 100, 1000) == pytest.approx(2 * sum(o * log(o / e) for o, e in cells))
    assert log_likelihood(100, 100, 100, 1000) > log_likelihood(30, 100, 100, 1000)


def test_neighbours() -> None:
    texts = texts_of(_texts("new road opens. " * 4 + "a hat. " * 20, "the new road. " * 2 + "one cat. " * 20))
    table = collocations(texts, to_pattern("road"), window=1, least=2, statistic="mutual-information")
    rows = {row["word"]: row for row in table.to_dicts()}
    assert rows["new"]["count"] == 6 and rows["new"]["texts"] == 2
    assert rows["opens"]["count"] == 4 and "hat" not in rows and "road" not in rows
    total, beside = 3 * 4 + 2 * 20 + 3 * 2 + 2 * 20, 6 + 4 + 1
    # behind the first "road" of the second text stands "the" of its repetition, behind the last "one"
    beside += 1
    assert rows["new"]["score"] == pytest.approx(log2(6 * total / (beside * 6)), abs=0.01)
    assert "mutual-information over" in table.note
    with pytest.raises(UnknownNameError, match="log-dice"):
        collocations(texts, to_pattern("road"), statistic="dice")


def test_key_words() -> None:
    first, second = texts_of(_texts("loan loan loan road the the")), texts_of(_texts("grant grant grant the the a")[:1])
    second = tuple(
        texts_of([article.model_copy(update={"id": "other"}) for article in _texts("grant grant grant the the a")])
    )
    table = keyness(first, second, least=2)
    assert table["word"][0] == "loan" and table["word"][-1] == "grant"
    rows = {row["word"]: row for row in table.to_dicts()}
    assert rows["loan"]["score"] == pytest.approx(2 * 3 * log(2), abs=0.01) or rows["loan"]["score"] > 3
    assert rows["loan"]["score"] == -rows["grant"]["score"] and rows["the"]["score"] == 0
    assert rows["loan"]["log_ratio"] == pytest.approx(log2(6), abs=0.01)
    assert rows["loan"]["first_per_million"] == 500_000
    with pytest.raises(InputError, match="in both sets"):
        keyness(first, first)


def test_spread() -> None:
    even = dispersion(texts_of(_texts("road a", "road b")), to_pattern("road")).to_dicts()[0]
    assert (even["hits"], even["texts_with"], even["dp"]) == (2, 2, 0)
    lumped = dispersion(texts_of(_texts("road road", "a b", "c d", "e f")), to_pattern("road")).to_dicts()[0]
    assert (lumped["dp"], lumped["dp_norm"]) == (0.75, 1.0)
    assert dispersion(texts_of(_texts("a", "b")), to_pattern("road")).to_dicts()[0]["dp"] is None


def test_wording_is_measured_on_genuine_texts(toy: Corpus, copies: Path) -> None:
    genuine = toy.collocations("the", least=1)
    assert "brief" not in genuine.note
    with pytest.warns(WordingWarning, match="written for this corpus"):
        ours = toy.collocations("the", least=1, origin="brief")
    assert ours.rows != genuine.rows
    with pytest.warns(WordingWarning):
        everything = toy.dispersion("the", origin=None)
    assert everything["texts"][0] > toy.dispersion("the")["texts"][0]
    assert toy.attach(copies).dispersion("the")["texts"][0] > toy.dispersion("the")["texts"][0]


def test_without_genuine_texts_nothing_is_measured(toy: Corpus) -> None:
    briefs = toy.articles.where(origin="brief")
    with pytest.raises(InputError, match=r"corpus\.attach"):
        toy.collocations("the", within=briefs)
    with pytest.raises(InputError, match="no genuine text"):
        toy.keyness(briefs, toy.articles - briefs)


def test_khmer_words_are_not_counted() -> None:
    table = dispersion(texts_of(_texts("កម្ពុជា និង កូរ៉េ", language="km")), to_pattern("កម្ពុជា"))
    assert table["hits"] == [0] and "1 in Khmer have no counted words" in table.note
