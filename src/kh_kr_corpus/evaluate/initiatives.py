"""Initiatives: kinds and sectors of a document, evidence, and the fields of the matched ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kh_kr_corpus.evaluate.counts import NO_COUNT, Count, Share, compare
from kh_kr_corpus.models import Article, Initiative

__all__ = [
    "FIELDS",
    "InitiativeScores",
    "covered",
    "gold_initiatives",
    "matched",
    "proposals",
    "same",
    "score_initiatives",
]

FIELDS = ("status", "assertion", "amount", "period", "speaker", "actors")


@dataclass(frozen=True, slots=True)
class InitiativeScores:
    """Counts over one or more articles."""

    kinds: Count = NO_COUNT
    """The set of kinds that a document reports."""
    sectors: Count = NO_COUNT
    """The set of sectors that a document's initiatives serve."""
    evidence: Count = NO_COUNT
    """One to one: the right kind, and at least half of the gold evidence's code points covered."""
    actors: Count = NO_COUNT
    """Each actor of the initiatives matched by evidence, whatever the role."""
    fields: dict[str, Share] = field(default_factory=dict)
    """Of the initiatives matched by evidence, those with the same value of a field."""
    false_on_none: int = 0
    """Initiatives proposed on articles that have none."""
    without: int = 0
    """Articles that have none."""

    def __add__(self, other: InitiativeScores) -> InitiativeScores:
        fields = {
            k: self.fields.get(k, Share()) + other.fields.get(k, Share()) for k in {**self.fields, **other.fields}
        }
        return InitiativeScores(
            self.kinds + other.kinds, self.sectors + other.sectors, self.evidence + other.evidence,
            self.actors + other.actors, fields, self.false_on_none + other.false_on_none, self.without + other.without,
        )  # fmt: skip


def score_initiatives(gold: Article, predicted: Article) -> InitiativeScores:
    """Compare one article's decided initiatives with a prediction of the same text."""
    wanted, got = gold_initiatives(gold), proposals(predicted)
    pairs = matched(gold, predicted)
    fields = {name: Share() for name in FIELDS}
    actors = NO_COUNT
    for a, b in pairs:
        actors += compare({p.entity for p in a.actors}, {p.entity for p in b.actors})
        for name in FIELDS:
            fields[name] += Share(int(same(name, a, b)), 1)
    return InitiativeScores(
        kinds=compare({i.kind for i in wanted}, {i.kind for i in got}),
        sectors=compare({s for i in wanted for s in i.sectors}, {s for i in got for s in i.sectors}),
        evidence=Count(len(pairs), len(got) - len(pairs), len(wanted) - len(pairs)),
        actors=actors,
        fields=fields,
        false_on_none=0 if wanted else len(got),
        without=int(not wanted),
    )


def gold_initiatives(article: Article) -> list[Initiative]:
    """The initiatives that somebody accepted or corrected: only these are gold."""
    return [i for i in article.initiatives if i.review.state in ("accepted", "corrected")]


def proposals(article: Article) -> list[Initiative]:
    """The initiatives of a prediction."""
    return [i for i in article.initiatives if i.review.state != "rejected"]


def matched(gold: Article, predicted: Article) -> list[tuple[Initiative, Initiative]]:
    """Gold initiatives and those that were found for them: the right kind, half of the evidence covered."""
    return list(_match(gold_initiatives(gold), proposals(predicted)))


def covered(initiative: Initiative) -> set[int]:
    """The code points of its evidence."""
    return {point for span in initiative.evidence for point in range(span.start, span.end)}


def _match(wanted: list[Initiative], got: list[Initiative]) -> Iterator[tuple[Initiative, Initiative]]:
    """Each at most once, the best covered first."""
    options = []
    for i, a in enumerate(wanted):
        points = covered(a)
        for j, b in enumerate(got):
            share = len(points & covered(b)) / len(points)
            if a.kind == b.kind and share >= 0.5:
                options.append((-share, i, j))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for _, i, j in sorted(options):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            yield wanted[i], got[j]


def same(name: str, a: Initiative, b: Initiative) -> bool:
    """Whether two initiatives have the same value in one of :data:`FIELDS`."""
    if name == "amount":
        return _money(a) == _money(b)
    if name == "speaker":
        return (a.speaker.entity if a.speaker else None) == (b.speaker.entity if b.speaker else None)
    if name == "actors":
        return {p.entity for p in a.actors} == {p.entity for p in b.actors}
    return bool(getattr(a, name) == getattr(b, name))


def _money(initiative: Initiative) -> tuple[float, str] | None:
    return (initiative.amount.amount, initiative.amount.currency) if initiative.amount else None
