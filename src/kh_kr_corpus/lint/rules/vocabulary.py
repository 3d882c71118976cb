"""KC3xx terms and KC4xx dates and values: what is written is in the lists and fits together."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus import vocab
from kh_kr_corpus._yaml import Path
from kh_kr_corpus.lint.rule import Problem, articles, read_rule, rule
from kh_kr_corpus.models import Activity, Article, Money
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents

read_rule(
    "KC301",
    """A term is in no vocabulary.
    Closed lists make counts comparable; a new word is a new category that no query knows. The lists and their
    definitions belong to the library; `khkr schema --terms NAME` prints one.

    Repair: use a term of the list.
    Before: {initiative: {kind: trainin, themes: [training]}}
    After: {initiative: {kind: training, themes: [training]}}
    """,
)
read_rule(
    "KC303",
    """The kind is missing among the themes.
    Counts by subject use themes, so the main purpose has to be one of them.

    Repair: add the kind to `themes`.
    Before: {initiative: {kind: resilience, themes: [training]}}
    After: {initiative: {kind: resilience, themes: [resilience, training]}}
    """,
)
read_rule(
    "KC401",
    """A date is no EDTF date.
    Dates carry their precision: `2023`, `2023-10`, `2023-10-30`, `2021/2023`, `199X`; 30 February is none.

    Repair: write YYYY, YYYY-MM, YYYY-MM-DD, 199X, or an interval A/B.
    Before: {article: {date: 2023-02-30}}
    After: {article: {date: "2023-02-28"}}
    """,
)


@rule("KC302")
def label_misfit(contents: Contents) -> Iterator[Problem]:
    """The mention's label does not fit the type of its entity.
    A PERSON is linked to a person; otherwise either the label or the link is wrong.

    Repair: link an entity of a type that the label takes, or correct the label.
    Before: {text: "[KOICA](PERSON organisation/koica) came."}
    After: {text: "[KOICA](ORG organisation/koica) came."}
    """
    labels = vocab.load("labels")
    for loaded, article in articles(contents):
        for n, mention in enumerate(article.mentions):
            allowed = labels[mention.label].entity_types
            kind = mention.entity.partition("/")[0] if mention.entity else None
            if kind is not None and kind not in allowed:
                message = f"a {mention.label} mention is linked to {mention.entity!r}"
                fix = f"link it to {' or '.join(allowed)}, or correct the label" if allowed else "remove the link"
                yield loaded, ("mentions", n, "entity"), message, fix


@rule("KC304")
def value_misfit(contents: Contents) -> Iterator[Problem]:
    """A value does not fit the mention's label.
    A DATE carries an EDTF date, MONEY an amount with its currency, and no other label carries a value.

    Repair: correct the label or the value.
    Before: {article: {mentions: [{id: m1, start: 0, end: 5, text: KOICA, label: ORG, value: "2024", review: {state: accepted, by: "human:A", at: "2026-11-21"}}]}}
    After: {article: {initiatives: []}}
    """  # noqa: E501 - an example is one line
    for loaded, article in articles(contents):
        for n, mention in enumerate(article.mentions):
            value = mention.value
            expected = {"MONEY": Money, "DATE": str}.get(mention.label)
            if value is not None and (expected is None or not isinstance(value, expected)):
                message = f"{mention.label} mention {mention.text!r} has the value of another label"
                yield loaded, ("mentions", n, "value"), message, "correct the label or the value"


@rule("KC402", "warning")
def status_after_the_text(contents: Contents) -> Iterator[Problem]:
    """A status is dated after the text that reports it.
    `as_of` is the text's date unless the text says otherwise, and a text can't know a later state.

    Repair: write the text's date, or the earlier one that it gives.
    Before: {initiative: {as_of: "2025"}}
    After: {initiative: {as_of: "2024-05"}}
    """
    for loaded, article in articles(contents):
        written = bounds(article.date)[1] if article.date else None
        for i, initiative in enumerate(article.initiatives):
            start = bounds(initiative.as_of)[0] if initiative.as_of else None
            if written and start and start > written:
                message = f"as_of {initiative.as_of} is after the text's date {article.date}"
                yield loaded, ("initiatives", i, "as_of"), message, "use the text's date or an earlier one"


@rule("KC403", "warning")
def amount_range_reversed(contents: Contents) -> Iterator[Problem]:
    """The upper end of an amount lies below its lower end.
    `amount` is the lower end of a range and `amount_max` the upper one.

    Repair: exchange the two ends.
    Before: {activity: {amounts: [{amount: 60000, amount_max: 50000, currency: USD, stage: pledged}]}}
    After: {activity: {amounts: [{amount: 50000, amount_max: 60000, currency: USD, stage: pledged}]}}
    """
    for loaded in contents.files:
        for path, amount in _amounts(loaded.model):
            if amount.amount_max is not None and amount.amount_max < amount.amount:
                yield loaded, (*path, "amount_max"), "the range is reversed", "exchange the two ends"


def _amounts(model: object) -> Iterator[tuple[Path, Money]]:
    if isinstance(model, Activity):
        yield from ((("amounts", n), amount) for n, amount in enumerate(model.amounts))
    elif isinstance(model, Article):
        for n, mention in enumerate(model.mentions):
            if isinstance(mention.value, Money):
                yield ("mentions", n, "value"), mention.value
        for n, initiative in enumerate(model.initiatives):
            if initiative.amount:
                yield ("initiatives", n, "amount"), initiative.amount
