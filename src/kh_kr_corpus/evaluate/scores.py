"""The result of an evaluation: plain numbers, and rows for a table."""

from __future__ import annotations

from dataclasses import dataclass

from kh_kr_corpus.evaluate.counts import Count, Share
from kh_kr_corpus.evaluate.initiatives import InitiativeScores
from kh_kr_corpus.evaluate.mentions import MentionScores

__all__ = ["Row", "Scores"]

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
        values = [c.f1 or 0.0 for c in self.mentions.labels.values() if c.right + c.missed]
        return sum(values) / len(values) if values else None

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

    def to_dicts(self) -> list[Row]:
        """One row a measure, then one a label: measure, label, precision, recall, f1, n (gold)."""
        rows = [
            _row("span", "micro", self.micro),
            {**_row("span", "macro", Count()), "f1": self.macro_f1, "n": len(self.mentions.labels)},
            _row("bounds", "all", self.mentions.bounds),
        ]
        rows += [_row("span", label, count) for label, count in sorted(self.mentions.labels.items())]
        rows += [
            _rate("link", "accuracy", self.mentions.linked),
            _rate("link", "precision", self.mentions.proposed),
            _rate("value", "date and money", self.mentions.values),
            _row("initiative", "kind", self.initiatives.kinds),
            _row("initiative", "sector", self.initiatives.sectors),
            _row("initiative", "evidence", self.initiatives.evidence),
        ]
        rows += [_rate("initiative", name, share) for name, share in self.initiatives.fields.items()]
        false = {"measure": "initiative", "label": "false on articles with none", "precision": None, "recall": None}
        return [*rows, {**false, "f1": float(self.initiatives.false_on_none), "n": self.initiatives.without}]


def _row(measure: str, label: str, count: Count) -> Row:
    n = count.right + count.missed
    return {
        "measure": measure,
        "label": label,
        "precision": count.precision,
        "recall": count.recall,
        "f1": count.f1,
        "n": n,
    }


def _rate(measure: str, label: str, share: Share) -> Row:
    return {"measure": measure, "label": label, "precision": None, "recall": None, "f1": share.rate, "n": share.of}
