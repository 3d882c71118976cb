"""Training on the toy corpus makes a model that loads and annotates; the bank is in order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kh_kr_corpus import load, vocab
from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.annotate.initiatives.heads import load_heads
from kh_kr_corpus.annotate.selector import load_weights
from kh_kr_corpus.annotate.tagger import load_tagger
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.train.augment import Swap
from kh_kr_corpus.train.sentences import NO_KIND, read_bank
from kh_kr_corpus.train.tagger import train_tagger

TOY = Path(__file__).parents[1] / "toy"


def test_the_bank_uses_the_vocabulary() -> None:
    kinds, sectors = vocab.load("kinds"), vocab.load("sectors")
    statuses, assertions = vocab.load("statuses"), vocab.load("assertions")
    items = list(read_bank())
    assert len(items) > 1000
    assert len({item.text for item in items}) == len(items)
    for item in items:
        assert item.text == normalise(item.text)
        if item.kind == NO_KIND:
            assert (item.sectors, item.status, item.assertion) == ((), "-", "-")
        else:
            assert item.kind in kinds and item.status in statuses and item.assertion in assertions
            assert item.sectors and all(sector in sectors for sector in item.sectors)


def test_a_bank_with_a_broken_line_is_refused_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "bank.tsv"
    path.write_text("# a comment\ntraining\teducation\tpledged\n", encoding="utf-8")
    with pytest.raises(InputError, match=":2: 3 columns"):
        list(read_bank(path))


def test_swapped_names_stay_anchored() -> None:
    articles = [a for a in load(TOY, synthetic=True).articles if a.text]
    swap = Swap(articles, random.Random(7), texts=1.0, names=0.9)  # noqa: S311
    changed = 0
    for article in articles * 3:
        names = [(m.start, m.end, m.label) for m in article.mentions]
        text, moved = swap(article.text or "", names)
        assert [label for *_, label in moved] == [label for *_, label in sorted(names)]
        assert all(text[a:b].strip() == text[a:b] != "" for a, b, _ in moved)
        changed += text != article.text
    assert changed


def test_the_tagger_learns_and_its_weights_load(tmp_path: Path) -> None:
    articles = [a for a in load(TOY, synthetic=True).articles if a.text]
    losses: list[float] = []
    trained = train_tagger(articles, epochs=3, report=lambda _, loss: losses.append(loss))
    assert losses[-1] < losses[0]
    path = tmp_path / "tagger.bin"
    path.write_bytes(trained.to_bytes())
    assert load_tagger(path).to_bytes() == trained.to_bytes()
    assert train_tagger(articles, epochs=3).to_bytes() == trained.to_bytes()


def test_the_shipped_model_has_every_term_of_the_vocabulary() -> None:
    heads = load_heads()
    assert set(heads.outcomes["kind"]) == set(vocab.load("kinds"))
    assert set(heads.outcomes["sector"]) == set(vocab.load("sectors"))
    assert set(heads.outcomes["status"]) == set(vocab.load("statuses"))
    assert set(heads.outcomes["assertion"]) == set(vocab.load("assertions"))
    assert load_weights()
