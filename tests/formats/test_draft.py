"""What a file says of a text becomes mentions of the normalised text, or is told."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.formats import Imported, NotCarried
from kh_kr_corpus.formats.draft import Draft, rest_of, slug
from kh_kr_corpus.models import Article


def _finish(draft: Draft) -> tuple[Article | None, list[tuple[str, str]]]:
    found = list(draft.finish())
    reports = [(one.code, one.item) for one in found if isinstance(one, NotCarried)]
    made = [one.article for one in found if isinstance(one, Imported)]
    return (made[0] if made else None), reports


def _draft(text: str, **rest: object) -> Draft:
    return Draft("a.txt", "A text", text, labels={"PER": "PERSON"}, rest=rest)


NAMES = st.sampled_from(["KOICA", "한국", "ភ្នំពេញ", "Nguyễn", "👩🏻‍🚒"])
GAPS = st.sampled_from([" ", "  ", "\r\n", "\n", "\r", " \r\n", "\t\n\n", "\ufeff", "\u200b", "은 ", "e\u0301 "])


@settings(max_examples=200)
@given(st.lists(st.tuples(GAPS, NAMES), min_size=1, max_size=6), GAPS, st.sampled_from(("NFC", "NFD")))
def test_offsets_follow_the_normalisation(parts: list[tuple[str, str]], tail: str, form: Literal["NFC", "NFD"]) -> None:
    text, spans = "", []
    for gap, name in parts:
        text += gap
        told = unicodedata.normalize(form, name)
        spans.append((len(text), len(text) + len(told), name))
        text += told
    text += tail
    draft = _draft(text)
    for number, (start, end, _) in enumerate(spans):
        draft.add(str(number), start, end, "ORG", quote=text[start:end])
    article, reports = _finish(draft)
    assert article is not None
    assert article.text == normalise(text)
    assert reports == []
    assert [m.text for m in article.mentions] == [unicodedata.normalize("NFC", name) for _, _, name in spans]


def test_offsets_taken_over_would_be_wrong() -> None:
    text = "\ufeff한국과\r\n KOICA".replace("한국", unicodedata.normalize("NFD", "한국"))
    start = text.index("KOICA")
    assert normalise(text)[start : start + 5] != "KOICA"
    draft = _draft(text)
    draft.add("x", start, start + 5, "ORG")
    article, _ = _finish(draft)
    assert article is not None
    assert [m.text for m in article.mentions] == ["KOICA"]


@pytest.mark.parametrize(
    ("start", "end", "label", "quote", "code"),
    [
        (0, 5, "Protein", None, "unknown-label"),
        (0, 50, "ORG", None, "bad-offset"),
        (3, 3, "ORG", None, "bad-offset"),
        (5, 2, "ORG", None, "bad-offset"),
        (-5, -1, "ORG", None, "bad-offset"),
        (0, 5, "ORG", "KOICB", "bad-offset"),
        (5, 6, "ORG", None, "bad-offset"),
    ],
)
def test_what_does_not_fit_is_told(start: int, end: int, label: str, quote: str | None, code: str) -> None:
    draft = _draft("KOICA hosts Chan Dara.")
    draft.add("x", start, end, label, quote=quote)
    article, reports = _finish(draft)
    assert article is not None
    assert (article.mentions, reports) == ((), [(code, "x")])


def test_labels_are_translated_and_white_space_is_left_out() -> None:
    draft = _draft("KOICA hosts Chan Dara.")
    draft.add("x", 11, 21, "PER")
    article, reports = _finish(draft)
    assert article is not None
    assert [(m.start, m.end, m.text, m.label) for m in article.mentions] == [(12, 21, "Chan Dara", "PERSON")]
    assert reports == [("trimmed", "x")]


def test_of_two_that_overlap_the_longer_stays() -> None:
    draft = _draft("Royal University of Phnom Penh")
    draft.add("inner", 20, 30, "GPE")
    draft.add("outer", 0, 30, "ORG")
    draft.add("again", 0, 30, "FAC")
    article, reports = _finish(draft)
    assert article is not None
    assert [m.label for m in article.mentions] == ["ORG"]
    assert sorted(reports) == [("overlap", "again"), ("overlap", "inner")]


def test_what_was_decided_holds_only_for_the_same_annotation() -> None:
    decided = {"state": "accepted", "by": "human:A", "at": "2026-11-22"}
    told = {"id": "m4", "start": 0, "end": 5, "text": "KOICA", "label": "ORG", "value": None, "review": decided}
    for label, entity, state in (("ORG", None, "accepted"), ("EVENT", None, "suggested"), ("ORG", "x/y", "suggested")):
        draft = _draft("KOICA hosts.", mentions=[told])
        draft.add("x", 0, 5, label, entity=entity)
        article, _ = _finish(draft)
        assert article is not None
        assert (article.mentions[0].id, article.mentions[0].review.state) == ("m4", state)


def test_bad_fields_are_left_out_one_by_one() -> None:
    draft = _draft(
        "KOICA hosts.", id="No Id", title="T", date="yesterday", language="en", mentions="none", initiatives=[1]
    )
    draft.add("x", 0, 5, "ORG", entity="Q123", more={"id": "7", "value": "2023-99", "review": {"state": "accepted"}})
    article, reports = _finish(draft)
    assert article is not None
    assert (article.id, article.title, article.date) == ("a-text", "T", None)
    assert reports == [("bad-value", "x")] * 4 + [("bad-value", "A text")] * 2
    assert article.mentions[0].model_dump(exclude_defaults=True) == {
        "id": "m1", "start": 0, "end": 5, "text": "KOICA", "label": "ORG",
    }  # fmt: skip


def test_evidence_that_moved_takes_its_initiative_along() -> None:
    told = {
        "id": "i1", "title": "A course", "kind": "training", "themes": ["training"], "sectors": ["health"],
        "status": "pledged", "assertion": "author-reports", "evidence": [{"start": 0, "end": 5, "sha256": "0" * 16}],
    }  # fmt: skip
    article, reports = _finish(_draft("KOICA hosts.", initiatives=[told]))
    assert article is not None
    assert (article.initiatives, reports) == ((), [("bad-evidence", "i1")])


@pytest.mark.parametrize("text", ["", "\n", " \r\n\ufeff"])
def test_an_empty_text_is_no_article(text: str) -> None:
    assert _finish(_draft(text)) == (None, [("no-text", "A text")])


def test_the_rest_has_everything_but_the_text() -> None:
    article = Article.model_validate_json(
        '{"id": "a", "title": "T", "origin": "brief", "rights": {"text": "local"}, "text": "KOICA"}'
    )
    draft = Draft("a.txt", "x", "KOICA", labels={}, rest=rest_of(article))
    assert _finish(draft) == (article, [])
    assert "KOICA" not in str(rest_of(article))
    assert slug("a/b.c") == "a-b-c"
