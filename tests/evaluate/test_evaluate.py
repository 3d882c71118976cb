from __future__ import annotations

import pytest

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.evaluate import Baseline, Count, evaluate
from kh_kr_corpus.models import Article, Evidence, Initiative, Mention, Money, Review, Rights

ACCEPTED = Review(state="accepted", by="human:Test", at="2024-01-01")
TEXT = "Korea gave Cambodia $5 million in May 2021. A school was built."


def mention(n: int, words: str, label: str, entity: str | None = None, value: str | Money | None = None) -> Mention:
    start = TEXT.index(words)
    return Mention(
        id=f"m{n}",
        start=start,
        end=start + len(words),
        text=words,
        label=label,
        entity=entity,
        value=value,
        review=ACCEPTED,
    )


def initiative(n: int, kind: str, end: int, sector: str = "education") -> Initiative:
    return Initiative(
        id=f"i{n}", title="School", kind=kind, themes=(kind,), sectors=(sector,), status="completed",
        assertion="author-reports", evidence=(Evidence(start=0, end=end),), review=ACCEPTED,
    )  # fmt: skip


def article(
    mentions: tuple[Mention, ...], initiatives: tuple[Initiative, ...] = (), text: str | None = TEXT
) -> Article:
    return Article(
        id="a",
        title="T",
        origin="synthetic",
        rights=Rights(text="local"),
        text=text,
        mentions=mentions,
        initiatives=initiatives,
    )


GOLD = article(
    (
        mention(1, "Korea", "GPE", "place/south-korea"),
        mention(2, "Cambodia", "GPE", "place/cambodia"),
        mention(3, "$5 million", "MONEY", None, Money(amount=5e6, currency="USD")),
        mention(4, "May 2021", "DATE", None, "2021-05"),
    ),
    (initiative(1, "infrastructure", 43),),
)


def test_the_gold_itself_is_perfect() -> None:
    scores = evaluate([GOLD], lambda _: GOLD)
    assert scores.span_f1 == scores.macro_f1 == scores.bounds_f1 == scores.link_accuracy == scores.value_accuracy == 1.0
    assert scores.kind_f1 == scores.sector_f1 == scores.evidence_f1 == 1.0


def test_the_predictor_does_not_see_the_answers() -> None:
    evaluate([GOLD], lambda asked: asked if not asked.mentions and not asked.initiatives else pytest.fail("leak"))


def test_each_measure_moves_by_its_own_error() -> None:
    wrong = article(
        (
            mention(1, "Korea", "ORG", "organisation/x"),
            mention(2, "Cambodia", "GPE", "place/laos"),
            mention(3, "$5 million", "MONEY", None, Money(amount=5e9, currency="USD")),
        ),
        (initiative(1, "infrastructure", 20, "health"),),
    )
    scores = evaluate([GOLD], lambda _: wrong)
    assert scores.micro == Count(right=2, extra=1, missed=2)
    assert scores.bounds_f1 == pytest.approx(2 * 3 / 7)
    assert scores.link_accuracy == scores.link_precision == scores.value_accuracy == 0.0
    assert scores.kind_f1 == 1.0
    assert scores.sector_f1 == 0.0
    assert scores.evidence_f1 == 0.0  # under half of the gold evidence is covered


def test_undecided_mentions_are_no_gold_and_controls_count_inventions() -> None:
    suggested = article(tuple(m.model_copy(update={"review": Review()}) for m in GOLD.mentions))
    scores = evaluate([suggested], lambda _: GOLD)
    assert scores.micro == Count(0, 4, 0)
    assert (scores.initiatives.false_on_none, scores.initiatives.without) == (1, 1)


def test_several_articles_add_up_and_rows_are_plain() -> None:
    rows = evaluate([GOLD, GOLD], lambda _: GOLD).to_dicts()
    assert {"measure": "span", "label": "GPE", "precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 4} in rows
    assert all(isinstance(value, str | int | float | None) for row in rows for value in row.values())


def test_no_articles_no_numbers() -> None:
    scores = evaluate([], lambda a: a)
    assert scores.span_f1 is scores.kind_f1 is scores.macro_f1 is None


def test_a_text_that_is_not_at_hand_or_another_text_is_an_error() -> None:
    with pytest.raises(InputError, match="not at hand"):
        evaluate([article((), text=None)], lambda a: a)
    with pytest.raises(InputError, match="another text"):
        evaluate([GOLD], lambda a: a.model_copy(update={"text": "other"}))


def test_the_plain_model_is_a_predictor() -> None:
    predicted = Baseline()(GOLD)
    assert predicted.initiatives == ()
    assert ("Cambodia", "GPE") in {(m.text, m.label) for m in predicted.mentions}
    assert all(m.entity is None for m in predicted.mentions)


def test_a_date_that_nobody_can_tell_is_not_counted() -> None:
    open_date = article((mention(1, "May 2021", "DATE"),))
    assert evaluate([open_date], lambda _: open_date).value_accuracy is None
