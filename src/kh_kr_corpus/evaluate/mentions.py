"""Names: strict spans, bounds, links and values of one article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kh_kr_corpus.evaluate.counts import NO_COUNT, NO_SHARE, Count, Share, compare
from kh_kr_corpus.models import Article, Mention

__all__ = ["MentionScores", "score_mentions"]


@dataclass(frozen=True, slots=True)
class MentionScores:
    """Counts over one or more articles."""

    labels: dict[str, Count] = field(default_factory=dict)
    """Strict spans (same bounds, same label) by label."""
    bounds: Count = NO_COUNT
    """Same bounds, whatever the label."""
    linked: Share = NO_SHARE
    """Of the names found (strictly) whose gold entity is known, those with the same entity."""
    proposed: Share = NO_SHARE
    """Of the links proposed on names found, those that are right."""
    values: Share = NO_SHARE
    """Of the dates and amounts found whose value is known, those with the same value."""

    def __add__(self, other: MentionScores) -> MentionScores:
        labels = {
            k: self.labels.get(k, Count()) + other.labels.get(k, Count()) for k in {**self.labels, **other.labels}
        }
        return MentionScores(
            labels, self.bounds + other.bounds, self.linked + other.linked,
            self.proposed + other.proposed, self.values + other.values,
        )  # fmt: skip


def decided(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that somebody accepted or corrected: only these are gold."""
    return [m for m in mentions if m.review.state in ("accepted", "corrected")]


def score_mentions(gold: Article, predicted: Article) -> MentionScores:
    """Compare one article's decided mentions with a prediction of the same text."""
    wanted = {(m.start, m.end, m.label): m for m in decided(gold.mentions)}
    got = {(m.start, m.end, m.label): m for m in predicted.mentions if m.review.state != "rejected"}
    labels = sorted({key[2] for key in (*wanted, *got)})
    counts = {k: compare([w for w in wanted if w[2] == k], [g for g in got if g[2] == k]) for k in labels}
    bounds = compare({key[:2] for key in wanted}, {key[:2] for key in got})
    linked, proposed, values = Share(), Share(), Share()
    for key in wanted.keys() & got.keys():
        a, b = wanted[key], got[key]
        if key[2] in ("DATE", "MONEY"):
            values += Share(int(a.value == b.value), 1) if a.value is not None else Share()
            continue
        linked += Share(int(a.entity == b.entity), 1) if a.entity else Share()
        proposed += Share(int(a.entity == b.entity), 1) if b.entity else Share()
    return MentionScores(counts, bounds, linked, proposed, values)
