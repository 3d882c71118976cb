"""The result of an evaluation: plain numbers, and rows for a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kh_kr_corpus.evaluate.counts import NO_COUNT, Count, Share
from kh_kr_corpus.evaluate.initiatives import InitiativeScores
from kh_kr_corpus.evaluate.mentions import MentionScores

__all__ = ["Key", "Row", "Scores", "macro"]

Key = tuple[str, str]
"""Measure and label of a row."""
Row = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class Scores:
    """All counts over the articles compared; every rate is from 0 to 1, None where there was nothing to count."""

    mentions: MentionScores
    initiatives: InitiativeScores
    articles: int

    @property
    def micro(self) -> Count:
        """Strict spans of all labels together."""
        return sum(self.mentions.labels.values(), Count())

    @property
    def span_f1(self) -> float | None:
        """Strict span-and-label F1, micro."""
        return self.micro.f1

    @property
    def macro_f1(self) -> float | None:
        """Mean over the labels that the gold has."""
        return macro(self.mentions.labels.values())

    @property
    def bounds_f1(self) -> float | None:
        """F1 of the bounds, whatever the label."""
        return self.mentions.bounds.f1

    @property
    def link_accuracy(self) -> float | None:
        """Right links among names found whose entity is known."""
        return self.mentions.linked.rate

    @property
    def link_precision(self) -> float | None:
        """Right links among links proposed on names found."""
        return self.mentions.proposed.rate

    @property
    def value_accuracy(self) -> float | None:
        """Right values among dates and amounts found."""
        return self.mentions.values.rate

    @property
    def kind_f1(self) -> float | None:
        """Kinds of initiatives by document."""
        return self.initiatives.kinds.f1

    @property
    def sector_f1(self) -> float | None:
        """Sectors by document."""
        return self.initiatives.sectors.f1

    @property
    def evidence_f1(self) -> float | None:
        """Initiatives with the right kind and at least half of the evidence."""
        return self.initiatives.evidence.f1

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            self.mentions + other.mentions, self.initiatives + other.initiatives, self.articles + other.articles
        )  # fmt: skip

    def cells(self) -> dict[Key, Count | Share]:
        """Every measure that is a sum over articles, by measure and label, in the order of :meth:`to_dicts`."""
        mentions, initiatives = self.mentions, self.initiatives
        cells: dict[Key, Count | Share] = {("span", "micro"): self.micro, ("bounds", "all"): mentions.bounds}
        cells |= {("span", label): count for label, count in sorted(mentions.labels.items())}
        cells |= {("link", "accuracy"): mentions.linked, ("link", "precision"): mentions.proposed}
        cells |= {("value", "date and money"): mentions.values}
        cells |= {("initiative", "kind"): initiatives.kinds, ("initiative", "sector"): initiatives.sectors}
        cells |= {("initiative", "evidence"): initiatives.evidence}
        cells |= {("initiative", "each actor"): initiatives.actors}
        return cells | {("initiative", name): share for name, share in initiatives.fields.items()}

    def to_dicts(self) -> list[Row]:
        """One row a measure, then one a label: measure, label, precision, recall, f1, n (gold)."""
        micro, *rows = [_row(*key, cell) for key, cell in self.cells().items()]
        macro = {**_row("span", "macro", NO_COUNT), "f1": self.macro_f1, "n": len(self.mentions.labels)}
        false = {"measure": "initiative", "label": "false on articles with none", "precision": None, "recall": None}
        end = {**false, "f1": float(self.initiatives.false_on_none), "n": self.initiatives.without}
        return [micro, macro, *rows, end]


def macro(counts: Iterable[Count]) -> float | None:
    """Mean F1 of the labels that the gold has."""
    values = [count.f1 or 0.0 for count in counts if count.right + count.missed]
    return sum(values) / len(values) if values else None


def _row(measure: str, label: str, cell: Count | Share) -> Row:
    if isinstance(cell, Share):
        return {"measure": measure, "label": label, "precision": None, "recall": None, "f1": cell.rate, "n": cell.of}
    return {
        "measure": measure,
        "label": label,
        "precision": cell.precision,
        "recall": cell.recall,
        "f1": cell.f1,
        "n": cell.right + cell.missed,
    }
