"""KC60x: activities add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kh_kr_corpus.lint.rule import Problem, activities, articles, rule
from kh_kr_corpus.models import Activity
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents


@rule("KC601")
def cancelled_counts(contents: Contents) -> Iterator[Problem]:
    """A cancelled activity counts in totals.
    What never happened must not be summed (codebook section 4).

    Repair: write `counts_in_totals: false`.
    Before: {activity: {status: cancelled}}
    After: {activity: {status: cancelled, counts_in_totals: false}}
    """
    for loaded, activity in activities(contents):
        if activity.status == "cancelled" and activity.counts_in_totals:
            yield loaded, ("counts_in_totals",), "cancelled, but counted", "write `counts_in_totals: false`"


@rule("KC602")
def counted_twice(contents: Contents) -> Iterator[Problem]:
    """A ceiling and a part of it both count in totals.
    The part's amount is already inside the ceiling's: one of the two has to stay out of sums.

    Repair: leave the ceiling or its part out of totals.
    Before: {activities: [{id: 2024-programme}, {part_of: 2024-programme}]}
    After: {activities: [{id: 2024-programme, counts_in_totals: false}, {part_of: 2024-programme}]}
    """
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
    Sources disagree about money more than about anything else; each amount says whose it is.

    Repair: cite the source in the amount's own `sources`.
    Before: amounts: [{amount: 50000, currency: USD, stage: pledged}]
    After: amounts: [{amount: 50000, currency: USD, stage: pledged, sources: [toy-gazette-2021]}]
    """
    for loaded, activity in activities(contents):
        for n, amount in enumerate(activity.amounts):
            if not amount.sources:
                yield loaded, ("amounts", n), "an amount without a source", "cite it in `sources`"


@rule("KC604")
def part_of_itself(contents: Contents) -> Iterator[Problem]:
    """An activity is part of itself.
    A loop of parts has no whole, and a sum over it would never end.

    Repair: break the loop where it is wrong.
    Before: {activity: {part_of: 2024-boat-course}}
    After: {activity: {part_of: nurse-course}}
    """
    for loaded, activity in activities(contents):
        seen, at = {activity.id}, activity.part_of
        while at and at in contents.activities:
            if at in seen:
                yield loaded, ("part_of",), f"{activity.id!r} is part of itself", "break the loop"
                break
            seen.add(at)
            at = contents.activities[at].part_of


@rule("KC605", "warning", local=False)
def pledge_and_commitment(contents: Contents) -> Iterator[Problem]:
    """A pledge and its commitment both count in totals.
    A pledge leaves the totals once the same money is committed: here two counted activities have the same amount, the
    same funder and nothing that ties them together.

    Repair: write `counts_in_totals: false` on the pledge, and `part_of` if the one belongs to the other.
    Before: {activities: [{id: a-pledge, status: pledged, amounts: [{amount: 7000000, currency: USD, stage: pledged}]}, {id: a-loan, status: agreed, instrument: loan-agreement, amounts: [{amount: 7000000, currency: USD, stage: committed}]}]}
    After: {activities: [{id: a-pledge, status: pledged, counts_in_totals: false, amounts: [{amount: 7000000, currency: USD, stage: pledged}]}, {id: a-loan, status: agreed, instrument: loan-agreement, amounts: [{amount: 7000000, currency: USD, stage: committed}]}]}
    """  # noqa: E501 - an example is one line
    firm: dict[tuple[float, str], list[Activity]] = defaultdict(list)
    for activity in contents.activities.values():
        for amount in activity.amounts:
            if activity.counts_in_totals and amount.stage in ("committed", "disbursed"):
                firm[amount.amount, amount.currency].append(activity)
    for loaded, activity in activities(contents):
        own = {amount.stage for amount in activity.amounts}
        if not activity.counts_in_totals or not own <= {"proposed", "pledged"}:
            continue
        for n, amount in enumerate(activity.amounts):
            for other in firm.get((amount.amount, amount.currency), ()):
                if other.id != activity.id and _alike(activity, other):
                    message = f"{other.id} counts the same amount as committed"
                    yield loaded, ("amounts", n, "amount"), message, "write `counts_in_totals: false` here"


def _alike(pledge: Activity, firm: Activity) -> bool:
    """Whether the one may be the commitment of the other: same givers, purpose and field, and not before it."""
    same = pledge.kind == firm.kind and set(pledge.sectors) & set(firm.sectors) and _givers(pledge) & _givers(firm)
    begun, later = bounds(pledge.as_of)[0], bounds(firm.as_of)[1]
    return bool(same) and not (begun and later and later < begun)


def _givers(activity: Activity) -> set[str]:
    return {one.entity for one in activity.participants if one.role in ("funder", "implementer")}


@rule("KC606", "warning")
def silent_disagreement(contents: Contents) -> Iterator[Problem]:
    """Two amounts of one stage and date differ, and no disagreement is told.
    Sources disagree on money more than on anything else; a reader must learn that they do, and who says what.

    Repair: say it in `disagreements`, or correct the stage or date of one.
    Before: {activity: {amounts: [{amount: 5, currency: USD, stage: pledged, date: "2024"}, {amount: 6, currency: USD, stage: pledged, date: "2024"}]}}
    After: {activity: {amounts: [{amount: 5, currency: USD, stage: pledged, date: "2024"}, {amount: 6, currency: USD, stage: pledged, date: "2024"}], disagreements: [Two papers print two sums.]}}
    """  # noqa: E501 - an example is one line
    for loaded, activity in activities(contents):
        seen: dict[tuple[str, str, str | None], float] = {}
        for n, amount in enumerate(activity.amounts):
            first = seen.setdefault((amount.stage, amount.currency, amount.date), amount.amount)
            if first != amount.amount and not activity.disagreements:
                message = f"{amount.amount:,.15g} and {first:,.15g} are both {amount.stage}, and nothing says why"
                yield loaded, ("amounts", n, "amount"), message, "say it in `disagreements`"


@rule("KC607", "warning")
def firmer_than_its_status(contents: Contents) -> Iterator[Problem]:
    """An amount is firmer than the activity's status.
    Money is committed by a signature and disbursed by a payment; what is only proposed has neither.

    Repair: correct the stage of the amount, or the status.
    Before: {activity: {status: proposed, amounts: [{amount: 5, currency: USD, stage: committed}]}}
    After: {activity: {status: proposed, amounts: [{amount: 5, currency: USD, stage: proposed}]}}
    """
    for loaded, activity in activities(contents):
        for n, amount in enumerate(activity.amounts):
            if activity.status == "proposed" and amount.stage in ("committed", "disbursed"):
                message = f"{amount.stage}, but the activity is only proposed"
                yield loaded, ("amounts", n, "stage"), message, "correct the stage or the status"


@rule("KC608", "info")
def amount_at_no_stage(contents: Contents) -> Iterator[Problem]:
    """A text states an amount that its activity has at no stage.
    Sums run over activities: an amount that stands only in a report is in none of them, and nothing says how firm it
    is.

    Repair: add the amount to the activity with its stage, or tell it in `disagreements`.
    Before: {initiative: {activity: 2024-boat-course, amount: {amount: 50000, currency: USD}}, activity: {id: 2024-boat-course, amounts: [{amount: 9, currency: USD, stage: pledged}]}}
    After: {initiative: {activity: 2024-boat-course, amount: {amount: 50000, currency: USD}}, activity: {id: 2024-boat-course}}
    """  # noqa: E501 - an example is one line
    for loaded, article in articles(contents):
        for i, one in enumerate(article.initiatives):
            activity = contents.activities.get(one.activity or "")
            if activity and one.amount and one.review.state != "rejected":
                known = {(end, a.currency) for a in activity.amounts for end in (a.amount, a.amount_max) if end}
                if known and (one.amount.amount, one.amount.currency) not in known and not activity.disagreements:
                    told = f"{one.amount.amount:,.15g} {one.amount.currency}"
                    message = f"{activity.id} has {told} at no stage"
                    yield loaded, ("initiatives", i, "amount"), message, "add it there, with its stage and source"


@rule("KC609", "info")
def told_as_another_kind(contents: Contents) -> Iterator[Problem]:
    """A report and its activity are of different kinds.
    Counts of reports and counts of activities by kind then tell two stories of one thing.

    Repair: correct the one that the table of codebook section 4 does not bear out, or the link.
    Before: {initiative: {activity: 2024-boat-course, kind: training, themes: [training]}, activity: {id: 2024-boat-course, kind: resilience, themes: [resilience]}}
    After: {initiative: {activity: 2024-boat-course, kind: training, themes: [training]}, activity: {id: 2024-boat-course, kind: training, themes: [training]}}
    """  # noqa: E501 - an example is one line
    for loaded, article in articles(contents):
        for i, one in enumerate(article.initiatives):
            activity = contents.activities.get(one.activity or "")
            if activity and one.kind != activity.kind and one.review.state != "rejected":
                message = f"{one.kind}, but {activity.id} is {activity.kind}"
                yield loaded, ("initiatives", i, "kind"), message, "correct one of the two, or the link"
