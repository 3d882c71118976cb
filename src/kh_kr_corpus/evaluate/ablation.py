"""What each component brings: the same measures with one of them left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kh_kr_corpus.evaluate.run import evaluate
from kh_kr_corpus.evaluate.scores import Scores
from kh_kr_corpus.models import Article

if TYPE_CHECKING:
    from kh_kr_corpus.annotate import Annotator

__all__ = ["MODEL", "Ablated", "ablate"]

MODEL = "statistical model"
"""What the spaCy pipeline in front of our components is called here."""


@dataclass(frozen=True, slots=True)
class Ablated:
    """The scores without one part; None for the part when nothing is left out."""

    without: str | None
    scores: Scores | None
    problem: str = ""
    """Why there are no scores: what the others can't do without it."""


def ablate(gold: Sequence[Article], annotator: Annotator, predict: Callable[[Article], Article]) -> Iterator[Ablated]:
    """Score ``predict``, which uses ``annotator``, with everything, then without each part in turn.

    The parts are the pipes of ``annotator.nlp`` together (:data:`MODEL`), where it has any, and each of
    ``annotator.components``, whatever they are. The annotator is as it was afterwards.
    """
    yield Ablated(None, evaluate(gold, predict))
    if annotator.nlp.pipe_names:
        yield _without(MODEL, _bare(annotator), gold, predict)
    for name in tuple(annotator.components):
        yield _without(name, _lacking(annotator, name), gold, predict)


def _without(
    name: str, left_out: AbstractContextManager[None], gold: Sequence[Article], predict: Callable[[Article], Article]
) -> Ablated:
    with left_out:
        try:
            return Ablated(name, evaluate(gold, predict))
        except Exception as error:  # whatever it is, it is the answer: the rest cannot do without this part
            return Ablated(name, None, f"nothing runs without it ({type(error).__name__})")


@contextmanager
def _bare(annotator: Annotator) -> Iterator[None]:
    with annotator.nlp.select_pipes(disable=list(annotator.nlp.pipe_names)):
        yield


@contextmanager
def _lacking(annotator: Annotator, name: str) -> Iterator[None]:
    components = annotator.components
    everything = dict(components)
    del components[name]
    try:
        yield
    finally:
        # put back as a whole: the order counts
        components.clear()
        components.update(everything)
