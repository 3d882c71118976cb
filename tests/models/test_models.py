"""The records: strict, frozen, nothing extra, and the same after a trip through JSON."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from kh_kr_corpus import models
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.models import (
    Activity,
    Article,
    Entity,
    Evidence,
    Initiative,
    Mention,
    Model,
    Money,
    Review,
    Source,
    Speaker,
    Suggestion,
)
from kh_kr_corpus.models.entity import script_of
from kh_kr_corpus.models.review import ReviewState
from kh_kr_corpus.vocab import load

MENTION = {"id": "m1", "start": 0, "end": 5, "text": "KOICA", "label": "ORG", "entity": "organisation/koica"}
REVIEW = {"state": "accepted", "by": "human:Chan Dara", "at": "2026-11-21"}
INITIATIVE: dict[str, Any] = {
    "id": "i1", "title": "A course", "kind": "training", "themes": ["training"], "sectors": ["health"],
    "status": "pledged", "assertion": "author-reports", "evidence": [{"start": 0, "end": 9}],
}  # fmt: skip
ACTIVITY: dict[str, Any] = {
    "id": "a-course", "title": "A course", "kind": "training", "themes": ["training"], "sectors": ["health"],
    "status": "pledged", "as_of": "2022", "participants": [{"entity": "place/cambodia", "role": "partner"}],
    "counts_in_totals": True, "sources": ["s"],
}  # fmt: skip
ARTICLE: dict[str, Any] = {"id": "a", "title": "T", "origin": "genuine", "rights": {"text": "local"}, "text": "KOICA"}
ENTITY: dict[str, Any] = {"id": "place/x", "names": [{"text": "X", "lang": "en", "kind": "preferred"}]}
SOURCE = {"id": "s", "publisher": "P", "language": "en", "type": "newspaper"}
SUGGESTION = {"by": "khkr@0.1.0", "score": 0.5, "reason": "gazetteer"}
GOOD: list[tuple[type[Model], dict[str, Any]]] = [
    (Mention, MENTION), (Review, REVIEW), (Initiative, INITIATIVE), (Activity, ACTIVITY), (Article, ARTICLE),
    (Entity, ENTITY), (Source, SOURCE), (Suggestion, SUGGESTION), (Money, {"amount": 5, "currency": "USD"}),
    (Evidence, {"start": 0, "end": 1}), (Speaker, {"office": "the minister"}),
]  # fmt: skip


OTHER_TYPES: dict[type, list[Any]] = {
    str: [7, True, 1.5],
    bool: [1, 0, "true", "yes"],
    int: ["5", 5.5, True],
    list: ["x", 7],
}


def read(model: type[Model], data: dict[str, Any]) -> Model:
    return model.model_validate_json(json.dumps(data))


def error_types(model: type[Model], data: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        read(model, data)
    return [error["type"] for error in caught.value.errors()]


@pytest.mark.parametrize(("model", "data"), GOOD, ids=lambda value: getattr(value, "__name__", ""))
class TestEveryModel:
    def test_reads_and_survives_json(self, model: type[Model], data: dict[str, Any]) -> None:
        record = read(model, data)
        assert model.model_validate_json(record.model_dump_json()) == record
        assert hash(record) == hash(read(model, data))

    def test_refuses_an_extra_field(self, model: type[Model], data: dict[str, Any]) -> None:
        assert error_types(model, data | {"extra": 1}) == ["extra_forbidden"]

    def test_is_frozen(self, model: type[Model], data: dict[str, Any]) -> None:
        record = read(model, data)
        for name in type(record).model_fields:
            with pytest.raises(ValidationError, match="frozen"):
                setattr(record, name, None)

    def test_needs_what_it_needs(self, model: type[Model], data: dict[str, Any]) -> None:
        for name, field in model.model_fields.items():
            if field.is_required():
                assert error_types(model, {k: v for k, v in data.items() if k != name})[0] == "missing"

    def test_takes_no_value_of_another_type(self, model: type[Model], data: dict[str, Any]) -> None:
        """A whole number is no string, a quoted one no number, True no 1, and nothing stands for a list."""
        for name, value in data.items():
            swaps: list[Any] = [[value], {"x": value}, *OTHER_TYPES.get(type(value), [])]
            if model is Money and name == "amount":
                swaps.remove(5.5)
            for swap in swaps:
                assert error_types(model, data | {name: swap}), (name, swap)


@pytest.mark.parametrize("value", [True, "0", 0.0, 0.5, -1, None, [0], "", float("1e30")])
def test_an_offset_is_a_whole_number_from_zero(value: object) -> None:
    with pytest.raises(ValidationError):
        read(Mention, MENTION | {"start": value})


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"end": 6}, "span_length"), ({"start": 5, "end": 0}, "greater_than_equal"),
        ({"start": 6, "end": 1}, "span_length"),
        ({"text": ""}, "string_too_short"),
        ({"text": " KOI "}, "string_pattern_mismatch"), ({"id": "m0"}, "string_pattern_mismatch"),
        ({"id": "1"}, "string_pattern_mismatch"),
        ({"id": "m1\n"}, "string_pattern_mismatch"), ({"label": "Org"}, "unknown_term"),
        ({"entity": "koica"}, "string_pattern_mismatch"),
        ({"entity": "organisation/KOICA"}, "string_pattern_mismatch"),
        ({"entity": "../koica"}, "string_pattern_mismatch"), ({"end": 10**30}, "span_length"),
    ],
)  # fmt: skip
def test_a_mention_fits_its_quote(change: dict[str, Any], error: str) -> None:
    assert error_types(Mention, MENTION | change) == [error]


def test_a_quote_is_counted_in_code_points() -> None:
    for text in ("👩🏻‍🚒", "한국", "ភ្នំពេញ", "e\u0301"):
        assert read(Mention, MENTION | {"end": len(text), "text": text})


@pytest.mark.parametrize(
    ("model", "data", "field", "wrong", "hint"),
    [
        (Initiative, INITIATIVE, "kind", "trainning", "training"),
        (Initiative, INITIATIVE, "status", "pleged", "pledged"),
        (Initiative, INITIATIVE, "assertion", "author-report", "author-reports"),
        (Mention, MENTION, "label", "ORGANISATION", ""),
        (Mention, MENTION, "label", "org", "ORG"),
        (Article, ARTICLE, "language", "eng", "en"),
        (Source, SOURCE, "type", "newspapr", "newspaper"),
        (Initiative, INITIATIVE, "kind", "qqqqqq", "training"),  # a short list is told whole
    ],
)
def test_a_misspelt_term_gets_a_hint(
    model: type[Model], data: dict[str, Any], field: str, wrong: str, hint: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        read(model, data | {field: wrong})
    error = next(e for e in caught.value.errors() if e["type"] == "unknown_term")
    assert error["loc"] == (field,)
    assert hint in error["msg"]
    assert wrong in error["msg"]


@pytest.mark.parametrize(
    "change",
    [
        {"by": None}, {"at": None}, {"by": None, "at": None}, {"state": "suggested"},
        {"state": "suggested", "by": None},
        {"by": "Chan Dara"}, {"by": "human:"}, {"by": "human: x"}, {"by": "robot:x"},
        {"by": "human:x "}, {"at": "today"},
        {"at": "2026-13-01"}, {"at": "2026-02-30"}, {"at": "2026-11-21T25:00:00Z"},
        {"at": "2026-11-21T08:00:00"},
        {"at": "2026-11-21T08:00:00+07:00"}, {"state": "approved"}, {"state": "Accepted"}, {"note": ""},
    ],
)  # fmt: skip
def test_a_decision_has_who_and_when(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(Review, REVIEW | change)


@pytest.mark.parametrize(
    "review",
    [
        {},
        {"state": "suggested"},
        REVIEW,
        REVIEW | {"state": "corrected", "by": "model:reader-3@2026-01"},
        REVIEW | {"state": "rejected", "at": "2026-11-21T08:30:00Z", "note": "A slip."},
        REVIEW | {"by": "human:찬 다라"},
    ],
)  # fmt: skip
def test_good_reviews(review: dict[str, Any]) -> None:
    assert Review.model_validate_json(json.dumps(review)).decided is (review.get("state", "suggested") != "suggested")


def test_review_states_are_the_vocabularys() -> None:
    assert set(get_args(get_args(ReviewState)[0])) == set(load("review_states"))


@pytest.mark.parametrize("score", [-0.1, 1.1, "0.5", True, None])
def test_a_score_lies_between_0_and_1(score: object) -> None:
    assert error_types(Suggestion, SUGGESTION | {"score": score})


@pytest.mark.parametrize("by", ["khkr", "khkr@", "@1", "KHKR@1", "khkr@1 2", "a b@1"])
def test_a_suggestion_names_program_and_version(by: str) -> None:
    assert error_types(Suggestion, SUGGESTION | {"by": by}) == ["string_pattern_mismatch"]


@pytest.mark.parametrize("amount", [0, -5, "5", True, float("nan"), float("inf")])
def test_an_amount_is_a_positive_number(amount: object) -> None:
    assert error_types(Money, {"amount": amount, "currency": "USD"})


def test_kind_is_among_the_themes() -> None:
    assert error_types(Initiative, INITIATIVE | {"themes": ["culture"]})[0] == "unknown_term"
    assert error_types(Initiative, INITIATIVE | {"themes": ["resilience"]}) == ["kind_not_theme"]
    assert error_types(Activity, ACTIVITY | {"themes": ["resilience"]}) == ["kind_not_theme"]
    assert read(Initiative, INITIATIVE | {"themes": ["resilience", "training"]})


@pytest.mark.parametrize("part", ["themes", "sectors", "evidence"])
def test_an_initiative_is_nothing_without_these(part: str) -> None:
    assert error_types(Initiative, INITIATIVE | {part: []}) == ["too_short"]


@pytest.mark.parametrize("part", ["themes", "sectors", "participants", "sources"])
def test_an_activity_is_nothing_without_these(part: str) -> None:
    assert error_types(Activity, ACTIVITY | {part: []}) == ["too_short"]


def test_a_speaker_is_somebody() -> None:
    assert error_types(Speaker, {}) == ["speaker"]


@pytest.mark.parametrize(
    "names",
    [
        [],
        [{"text": "X", "lang": "en", "kind": "short"}],
        [{"text": "X", "lang": "en", "kind": "preferred"}, {"text": "Y", "lang": "en", "kind": "preferred"}],
        [{"text": "한국", "lang": "ko", "kind": "preferred"}],
    ],
)
def test_an_entity_has_one_preferred_english_name(names: list[dict[str, str]]) -> None:
    assert error_types(Entity, ENTITY | {"names": names})


@pytest.mark.parametrize("bad", ["", "A", "a b", "-a", "a-", "a--b", "ក", "a_b", "a/b", "../a", "a" * 81, "a\n"])
def test_ids_are_plain_slugs(bad: str) -> None:
    assert error_types(Article, ARTICLE | {"id": bad})
    assert error_types(Activity, ACTIVITY | {"id": bad})


@pytest.mark.parametrize("url", ["ftp://a.b", "javascript:alert(1)", "a.b", "https://a b", "https://", ""])
def test_a_source_has_a_web_address_or_none(url: str) -> None:
    assert error_types(Source, SOURCE | {"url": url}) == ["string_pattern_mismatch"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Phnom Penh", "Latn"),
        ("한국", "Hang"),
        ("ភ្នំពេញ", "Khmr"),
        ("柬埔寨", "Hani"),
        ("12 “한", "Hang"),
        ("12", "Zyyy"),
        ("Камбоджа", "Zyyy"),
        ("", "Zyyy"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


def test_covered_is_the_text_or_nothing() -> None:
    article = Article.model_validate_json(json.dumps(ARTICLE | {"mentions": [MENTION]}))
    assert article.covered(article.mentions[0]) == "KOICA"
    assert article.attached
    bare = article.model_copy(update={"text": None})
    assert bare.covered(article.mentions[0]) is None
    assert not bare.attached


def test_every_record_of_the_toy_survives_json(toy: Corpus) -> None:
    records: list[Model] = [*toy.articles, *toy.activities, *toy.entities]
    assert len(records) >= 17
    for record in records:
        assert type(record).model_validate_json(record.model_dump_json()) == record


def test_everything_public_is_a_model() -> None:
    assert models.__all__ == sorted(models.__all__)
    for name in models.__all__:
        assert issubclass(getattr(models, name), Model)
