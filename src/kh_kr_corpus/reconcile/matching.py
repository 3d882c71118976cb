"""Which activity an entry is, if any: NIL beats a wrong match, so near rivals and doubtful scores stay open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.reconcile.entry import Entry
from kh_kr_corpus.reconcile.features import Compared, Judge
from kh_kr_corpus.reconcile.scoring import reasons, score, signs
from kh_kr_corpus.reconcile.words import words
from kh_kr_corpus.tables import Table

__all__ = ["ACCEPT", "Candidate", "Decision", "Index", "Reconciliation", "reconcile_entries"]

ACCEPT = 0.7
"""A match needs this chance; chosen on the development pairs so that wrong matches are rare."""
DOUBT = 0.3
"""From this chance on a candidate is shown as open; below it there is no counterpart."""
MARGIN = 0.1
"""A rival within this of the best leaves the entry open."""

Outcome = Literal["match", "open", "none"]
_COLUMNS = ("entry", "title", "years", "outcome", "activity", "activity_title", "score", "signs", "reasons")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activity that an entry may be, with how sure we are and why."""

    activity: str
    score: float
    features: tuple[Compared, ...]

    @property
    def is_named(self) -> bool:
        """Whether the two share a telling word or place: round amounts of one year alone make no match."""
        return any(
            one.feature in ("name", "place") and one.value > (0.5 if one.feature == "place" else 0.05)
            for one in self.features
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for and against it, the weightiest first."""
        return reasons(self.features)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one entry: its match, or candidates that are left open, or none."""

    entry: Entry
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    """The best ones, best first; also where none is good enough."""

    @property
    def activity(self) -> str | None:
        """The activity that it was matched to."""
        return self.candidates[0].activity if self.outcome == "match" else None

    @property
    def why(self) -> str:
        """The reasons of a match, or why there is none."""
        if not self.candidates:
            return "no activity shares a telling word, a place or an amount with it"
        best, *rivals = self.candidates
        told = "; ".join(best.reasons) or "nothing speaks for it"
        if self.outcome == "open" and rivals and best.score - rivals[0].score < MARGIN and best.score >= ACCEPT:
            return f"{rivals[0].activity} fits as well ({rivals[0].score:.2f}); {told}"
        if self.outcome == "open" and best.score >= ACCEPT:
            return f"neither name nor place in common; {told}"
        return told


@dataclass(frozen=True)
class Reconciliation:
    """All decisions, and what has no counterpart on either side."""

    decisions: tuple[Decision, ...]
    activities: Mapping[str, Entry]

    @property
    def matches(self) -> Table:
        """One row a matched entry, surest first."""
        return self._table("match", "")

    @property
    def open(self) -> Table:
        """Entries with a candidate that is not sure enough, or with two that fit as well: for a person to decide."""
        return self._table("open", "nothing here is a match until somebody says so")

    @property
    def without_activity(self) -> Table:
        """Entries without a counterpart in the corpus, each with what came nearest."""
        return self._table("none", "the corpus holds what was found and read for it, no complete list")

    @cached_property
    def without_entry(self) -> Table:
        """Activities that no entry of the file was matched to."""
        matched = {decision.activity for decision in self.decisions}
        rows = [(one.id, one.title, _years(one)) for one in self.activities.values() if one.id not in matched]
        return Table(("activity", "title", "years"), rows, "the file need not cover their years or their giver")

    @property
    def table(self) -> Table:
        """One row an entry, in the order of the file."""
        return Table(_COLUMNS, [self._row(decision) for decision in self.decisions])

    def _table(self, outcome: Outcome, note: str) -> Table:
        chosen = [decision for decision in self.decisions if decision.outcome == outcome]
        chosen.sort(key=lambda decision: -(decision.candidates[0].score if decision.candidates else 0))
        return Table(_COLUMNS, [self._row(decision) for decision in chosen], note)

    def _row(self, decision: Decision) -> tuple[object, ...]:
        entry, best = decision.entry, decision.candidates[0] if decision.candidates else None
        activity = self.activities[best.activity].title if best else None
        chance = round(best.score, 3) if best else None
        return (
            *(entry.id, entry.title, _years(entry), decision.outcome),
            *(best and best.activity, activity, chance, signs(best.features) if best else None, decision.why),
        )


def _years(entry: Entry) -> str | None:
    if entry.years is None:
        return None
    first, last = entry.years
    return str(first) if first == last else f"{first}-{last}"


def reconcile_entries(
    activities: Iterable[Entry], entries: Sequence[Entry], kb: KnowledgeBase, *, accept: float = ACCEPT
) -> Reconciliation:
    """Match each of ``entries`` to at most one of ``activities``; several entries may be payments for one activity.

    ``accept`` is the chance from 0 to 1 that a match needs.
    """
    ours = {activity.id: activity for activity in activities}
    judge, index = Judge(kb, (*ours.values(), *entries)), Index(ours.values())
    decisions = tuple(_decide(entry, index.near(entry), judge, accept) for entry in entries)
    return Reconciliation(decisions, ours)


def _decide(entry: Entry, near: Iterable[Entry], judge: Judge, accept: float) -> Decision:
    found = []
    for activity in near:
        features = judge.compare(activity, entry)
        found.append(Candidate(activity.id, score(features), features))
    found.sort(key=lambda candidate: (-candidate.score, candidate.activity))
    best = found[0].score if found else 0.0
    rival = found[1].score if len(found) > 1 else 0.0
    sure = best >= accept and best - rival >= MARGIN and found[0].is_named
    return Decision(entry, "match" if sure else "open" if best >= DOUBT else "none", tuple(found[:3]))


class Index:
    """Activities by telling word and by amount, so that only what can be alike is compared."""

    def __init__(self, activities: Iterable[Entry]) -> None:
        self._words: dict[str, list[Entry]] = defaultdict(list)
        self._amounts: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for activity in activities:
            for word in {word[:4] for title in activity.titles for word in words(title)}:
                self._words[word].append(activity)
            for one in activity.sums:
                self._amounts[one.currency, round(one.amount)].append(activity)

    def near(self, entry: Entry) -> list[Entry]:
        """Activities that share the beginning of a telling word, or an amount, with the entry."""
        found: dict[str, Entry] = {}
        for word in {word[:4] for title in entry.titles for word in words(title)}:
            found.update((one.id, one) for one in self._words.get(word, ()))
        for paid in entry.sums:
            found.update((one.id, one) for one in self._amounts.get((paid.currency, round(paid.amount)), ()))
        return list(found.values())
