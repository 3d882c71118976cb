"""Leaving a component out: each in turn, none for good, and the indispensable ones said to be so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.evaluate import ablate
from kh_kr_corpus.evaluate.ablation import MODEL
from kh_kr_corpus.models import Article

from .gold import article, mention

GOLD = article(mention("Dara"), mention("Seoul", "GPE"), mention("Kampot", "GPE"))


class Toy:
    """An annotator in which one part finds people, one places, and a third is needed by all."""

    def __init__(self) -> None:
        self.active = True
        self.nlp = SimpleNamespace(pipe_names=["ner"], select_pipes=self._without_pipes)
        self.components = {"people": ["Dara"], "places": ["Seoul"], "vital": []}

    @contextmanager
    def _without_pipes(self, disable: list[str]) -> Iterator[None]:
        self.active = disable != ["ner"]
        yield
        self.active = True

    def predict(self, asked: Article) -> Article:
        assert "vital" in self.components
        found = [mention(name) for name in self.components.get("people", ())]
        found += [mention(name, "GPE") for name in self.components.get("places", ())]
        found += [mention("Kampot", "GPE")] if self.active else []
        return asked.model_copy(update={"mentions": tuple(found)})


def test_each_part_is_left_out_in_turn() -> None:
    toy: Any = Toy()
    before = list(toy.components.items())
    results = {one.without: one for one in ablate([GOLD], toy, toy.predict)}
    missed = {name: one.scores.micro.missed for name, one in results.items() if one.scores}
    assert missed == {None: 0, MODEL: 1, "people": 1, "places": 1}
    assert results["vital"].scores is None and "AssertionError" in results["vital"].problem
    assert list(toy.components.items()) == before, "nothing is lost, and the order stays"


def test_the_real_annotator_can_be_taken_apart() -> None:
    annotator = Annotator()
    text = "The Korea International Cooperation Agency gave $5 million on 3 May 2021 to Siem Reap."
    gold = annotator.annotate(text)
    names = list(annotator.components)
    results = [
        one.without for one in ablate([gold], annotator, lambda asked: annotator.annotate(asked.text or "", id=gold.id))
    ]
    assert set(names) <= set(results) and results[0] is None
    assert list(annotator.components) == names
    assert annotator.annotate(text) == gold, "it works as before"
