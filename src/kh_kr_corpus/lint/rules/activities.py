"""KC6xx: activities add up."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus.lint.rule import Problem, activities, rule
from kh_kr_corpus.store import Contents


@rule("KC601")
def cancelled_counts(contents: Contents) -> Iterator[Problem]:
    """A cancelled activity counts in totals.
    What never happened must not be summed (codebook section 4)."""
    for loaded, activity in activities(contents):
        if activity.status == "cancelled" and activity.counts_in_totals:
            yield loaded, ("counts_in_totals",), "cancelled, but counted", "write `counts_in_totals: false`"


@rule("KC602")
def counted_twice(contents: Contents) -> Iterator[Problem]:
    """A ceiling and a part of it both count in totals.
    The part's amount is already inside the ceiling's: one of the two has to stay out of sums."""
    for loaded, activity in activities(contents):
        whole = contents.activities.get(activity.part_of or "")
        if (
            whole
            and whole is not activity
            and whole.counts_in_totals
            and activity.counts_in_totals
            and whole.amounts
            and activity.amounts
        ):
            message = f"its amounts and those of {whole.id!r}, which it is part of, are both counted"
            yield loaded, ("counts_in_totals",), message, "leave the ceiling or the part out of totals"


@rule("KC603", "warning")
def amount_without_source(contents: Contents) -> Iterator[Problem]:
    """An amount names no source.
    Sources disagree about money more than about anything else; each amount says whose it is."""
    for loaded, activity in activities(contents):
        for n, amount in enumerate(activity.amounts):
            if not amount.sources:
                yield loaded, ("amounts", n), "an amount without a source", "cite it in `sources`"


@rule("KC604")
def part_of_itself(contents: Contents) -> Iterator[Problem]:
    """An activity is part of itself.
    A loop of parts has no whole, and a sum over it would never end."""
    for loaded, activity in activities(contents):
        seen, at = {activity.id}, activity.part_of
        while at and at in contents.activities:
            if at in seen:
                yield loaded, ("part_of",), f"{activity.id!r} is part of itself", "break the loop"
                break
            seen.add(at)
            at = contents.activities[at].part_of
