"""KC63x: what an initiative states, its text states too (codebook section 4: only where the text states them)."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus.lint.rule import Problem, rule
from kh_kr_corpus.lint.rules.initiatives import initiatives
from kh_kr_corpus.models import Article, Money
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents


@rule("KC631", "warning")
def amount_not_in_text(contents: Contents) -> Iterator[Problem]:
    """An initiative's amount is no amount that the text states.
    Amounts stand only where the text states them; a converted or added-up sum is somebody else's statement.

    Repair: correct the amount to the text's, mark the amount in the text, or remove it.
    Before: {initiative: {amount: {amount: 60000, currency: USD}}}
    After: {initiative: {amount: {amount: 50000, currency: USD}}}
    """
    for loaded, article, i, one in initiatives(contents, whole=True):
        if one.amount is None:
            continue
        stated = [m.value for m in article.mentions if isinstance(m.value, Money) and m.review.state != "rejected"]
        if not any(_same_money(one.amount, value) for value in stated):
            told = f"{one.amount.amount:,.15g} {one.amount.currency}"
            yield loaded, ("initiatives", i, "amount"), f"{told} is no amount in the text", "take the text's amount"


def _same_money(one: Money, other: Money) -> bool:
    ends = {end for end in (other.amount, other.amount_max) if end}
    return one.currency == other.currency and one.amount in ends


@rule("KC632", "info")
def period_not_in_text(contents: Contents) -> Iterator[Problem]:
    """An initiative's period is in a year that the text doesn't name.
    A period stands only where the text states it, and is never the article's date.

    Repair: correct the period, mark the date in the text, or remove the period.
    Before: {initiative: {period: "2019"}}
    After: {initiative: {period: "2024"}}
    """
    for loaded, article, i, one in initiatives(contents, whole=True):
        if one.period is None or not article.mentions:
            continue
        named = _years_named(article)
        wanted = {day.year for day in bounds(one.period) if day}
        if wanted and not wanted <= named:
            missing = ", ".join(map(str, sorted(wanted - named)))
            yield loaded, ("initiatives", i, "period"), f"no date in the text is of {missing}", "take the text's dates"


def _years_named(article: Article) -> set[int]:
    """Every year that a date in the text covers at an end, and that of the article itself, for "in May"."""
    values = [m.value for m in article.mentions if isinstance(m.value, str) and m.review.state != "rejected"]
    years = {day.year for value in (*values, article.date or "XXXX-01") for day in bounds(value) if day}
    for value in values:
        first, last = bounds(value)
        if first and last:
            years |= set(range(first.year, last.year + 1))
    return years


@rule("KC633", "info")
def actor_not_in_text(contents: Contents) -> Iterator[Problem]:
    """An initiative's actor is named nowhere in the text.
    Who acts is what the text says; an unnamed national actor is entered as its country (codebook section 4).

    Repair: link the mention that names the actor, enter the country, or remove the actor.
    Before: {initiative: {actors: [{entity: organisation/ministry-of-health-korea, role: implementer}]}}
    After: {initiative: {actors: [{entity: organisation/koica, role: implementer}]}}
    """
    for loaded, article, i, one in initiatives(contents, whole=True):
        named = {m.entity for m in article.mentions if m.entity and m.review.state != "rejected"}
        for n, actor in enumerate(one.actors):
            entity = contents.entities.get(actor.entity)
            if named and entity and actor.entity not in named and entity.type != "place":
                message = f"the text names no {entity.name!r}"
                yield loaded, ("initiatives", i, "actors", n, "entity"), message, "link its mention, or remove it"


@rule("KC634", "info")
def place_not_in_text(contents: Contents) -> Iterator[Problem]:
    """An initiative's place is named nowhere in the text.
    A place stands only where the text states it (codebook section 4).

    Repair: link the mention that names the place, or remove the place.
    Before: {initiative: {place: [place/south-korea]}}
    After: {initiative: {place: [place/phnom-penh]}}
    """
    for loaded, article, i, one in initiatives(contents, whole=True):
        named = {m.entity for m in article.mentions if m.entity and m.review.state != "rejected"}
        inside = {contents.entities[e].parent for e in named if e in contents.entities}
        for n, place in enumerate(one.place):
            if named and place not in named | inside and place in contents.entities:
                message = f"the text names no {contents.entities[place].name!r}"
                yield loaded, ("initiatives", i, "place", n), message, "link its mention, or remove it"
