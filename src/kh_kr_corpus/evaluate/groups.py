"""The same measures on parts of the gold: by genre or origin of the text, and on names seen in training or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kh_kr_corpus.evaluate.mentions import decided
from kh_kr_corpus.evaluate.run import Reading
from kh_kr_corpus.models import Article, Mention

__all__ = ["Seen", "by_field", "by_seen"]

_UNNAMED = ("DATE", "MONEY")
"""Labels that name no entity, so that seen and unseen mean nothing."""


def by_field(readings: Iterable[Reading], of: Callable[[Article], str | None]) -> dict[str, list[Reading]]:
    """The readings by a field of the article, e.g. ``lambda a: a.genre``; ``-`` where there is none."""
    groups: dict[str, list[Reading]] = {}
    for reading in readings:
        groups.setdefault(of(reading.gold) or "-", []).append(reading)
    return dict(sorted(groups.items()))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the gold of the training texts holds."""

    entities: frozenset[str]
    surfaces: frozenset[str]

    @classmethod
    def of(cls, training: Iterable[Article]) -> Seen:
        """The entities and surfaces of the decided mentions of ``training``."""
        mentions = [mention for article in training for mention in decided(article.mentions)]
        return cls(frozenset(m.entity for m in mentions if m.entity), frozenset(m.text for m in mentions))

    def has(self, mention: Mention) -> bool:
        """Whether a mention's entity, or for NIL its surface, occurs in training."""
        return mention.entity in self.entities if mention.entity else mention.text in self.surfaces


def by_seen(readings: Iterable[Reading], seen: Seen) -> dict[str, list[Reading]]:
    """The readings twice, cut down to the ``seen`` and to the ``unseen`` names; no dates, amounts and initiatives.

    The gold decides: a proposal that overlaps a gold mention belongs where that one does, any other proposal where
    its own entity or surface puts it.
    """
    groups: dict[str, list[Reading]] = {"seen": [], "unseen": []}
    for reading in readings:
        gold = [m for m in decided(reading.gold.mentions) if m.label not in _UNNAMED]
        got = [m for m in reading.predicted.mentions if m.label not in _UNNAMED]
        known = {(m.start, m.end): seen.has(m) for m in gold}
        for name, wanted in (("seen", True), ("unseen", False)):
            groups[name].append(
                Reading(
                    _cut(reading.gold, [m for m in gold if seen.has(m) is wanted]),
                    _cut(reading.predicted, [m for m in got if _class(m, known, seen) is wanted]),
                )
            )
    return groups


def _class(mention: Mention, known: Mapping[tuple[int, int], bool], seen: Seen) -> bool:
    overlaps = [
        (min(end, mention.end) - max(start, mention.start), value)
        for (start, end), value in known.items()
        if start < mention.end and mention.start < end
    ]
    return max(overlaps, key=lambda found: found[0])[1] if overlaps else seen.has(mention)


def _cut(article: Article, mentions: Iterable[Mention]) -> Article:
    return article.model_copy(update={"mentions": tuple(mentions), "initiatives": ()})
