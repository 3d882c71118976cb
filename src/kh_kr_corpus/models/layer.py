"""A second reading of a text, kept beside the accepted one, and which text belongs to which split."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kh_kr_corpus.models.article import Mention
from kh_kr_corpus.models.base import ArticleId, Model, Plain
from kh_kr_corpus.models.initiative import Initiative
from kh_kr_corpus.models.review import BY, DAY
from kh_kr_corpus.models.waiver import Waiver

__all__ = ["Adjudication", "Layer", "Splits"]


class Adjudication(Model):
    """One difference between two readings, and how it was settled."""

    what: Literal["mention", "initiative"]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    """Where it stands: half-open, in code points of the text."""
    layers: Annotated[tuple[Plain, ...], Field(min_length=2, max_length=2)]
    """What the two readings say there, in the order of :attr:`Layer.compared`; ``nothing`` for none."""
    kept: Literal["first", "second", "neither"]
    """Which of the two the accepted annotation follows."""
    why: Plain


class Layer(Model):
    """One annotator's own reading of one article, as it was before anything was settled."""

    article: ArticleId
    annotator: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    """The name of the layer: the folder that the file stands in."""
    by: BY
    at: DAY
    blind: bool
    """Whether the annotator had seen no other reading of the text."""
    codebook: Plain
    mentions: tuple[Mention, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    adjudicated: tuple[Adjudication, ...] = ()
    """The differences from the reading that it was compared with, and what became of them."""
    compared: Plain | None = None
    """The other layer of that comparison."""
    note: Plain | None = None
    waivers: tuple[Waiver, ...] = ()
    """Rules of the linter that don't hold here."""

    @property
    def id(self) -> str:
        """``annotator/article``."""
        return f"{self.annotator}/{self.article}"


class Splits(Model):
    """Which texts are there to train on, to develop on, and to test on; nobody tunes on ``test``."""

    train: tuple[ArticleId, ...] = ()
    dev: tuple[ArticleId, ...] = ()
    test: tuple[ArticleId, ...] = ()
    note: Plain | None = None

    def items(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each split with the ids of its texts."""
        yield from (("train", self.train), ("dev", self.dev), ("test", self.test))

    def of(self, article_id: str) -> str | None:
        """The split of a text, None for one that is in none."""
        return next((name for name, ids in self.items() if article_id in ids), None)
