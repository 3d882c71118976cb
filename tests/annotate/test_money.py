from __future__ import annotations

import pytest
import spacy

from kh_kr_corpus.annotate.money import match_money, to_money


def amounts(text: str) -> list[str]:
    return [text[c.start : c.end] for c in match_money(spacy.blank("en")(text))]


@pytest.mark.parametrize(
    ("text", "span", "amount", "currency"),
    [
        ("It cost $2,450.50 in all.", "$2,450.50", 2450.5, "USD"),
        ("a US$3.2bn line", "US$3.2bn", 3.2e9, "USD"),
        ("USD 40 million was spent", "USD 40 million", 40e6, "USD"),
        ("they raised 12 billion won.", "12 billion won", 12e9, "KRW"),
        ("KRW 7.5 billion", "KRW 7.5 billion", 7.5e9, "KRW"),
        ("a fee of ₩30,000 applies", "₩30,000", 30000, "KRW"),
        ("2 billion riels", "2 billion riels", 2e9, "KHR"),
        ("seventeen million dollars", "seventeen million dollars", 17e6, "USD"),
        ("€4m in aid", "€4m", 4e6, "EUR"),
        ("3 million euros", "3 million euros", 3e6, "EUR"),
        ("JPY362,000,000 went", "JPY362,000,000", 362e6, "JPY"),
        ("100 million U.S. dollars more", "100 million U.S. dollars", 100e6, "USD"),
        ("two million dollars more", "two million dollars", 2e6, "USD"),
        ("US$60-million in loans", "US$60-million", 60e6, "USD"),
    ],
)
def test_notations(text: str, span: str, amount: float, currency: str) -> None:
    assert amounts(text) == [span]
    value = to_money(span)
    assert value is not None
    assert (value["amount"], value["currency"]) == (amount, currency)


@pytest.mark.parametrize(
    ("text", "span", "qualifier"),
    [
        ("It took nearly $5 million.", "nearly $5 million", "about"),
        ("with more than 90,000 won each", "more than 90,000 won", "at-least"),
        ("lend up to €2 million soon", "up to €2 million", "at-most"),
    ],
)
def test_approximators_are_inside(text: str, span: str, qualifier: str) -> None:
    assert amounts(text) == [span]
    assert (to_money(span) or {})["qualifier"] == qualifier


def test_a_range_is_one_span_with_both_ends() -> None:
    assert amounts("between 3 and 5, or $4,000 to $6,500 a month") == ["$4,000 to $6,500"]
    assert to_money("$4,000 to $6,500") == {"amount": 4000.0, "currency": "USD", "amount_max": 6500.0}
    assert (to_money("$2-3 million") or {})["amount"] == 2e6


@pytest.mark.parametrize(
    "text", ["They won 3 medals.", "Kim won 2 the first time", "about 300 people", "dollars matter"]
)
def test_no_currency_no_amount(text: str) -> None:
    assert amounts(text) == []


def test_per_hour_and_rates_stay_outside() -> None:
    assert amounts("paid $3 per hour") == ["$3"]
