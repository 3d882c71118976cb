"""Agreement of two readings: alpha against published values, matching by evidence, and the command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import UnknownNameError
from kh_kr_corpus.evaluate import agree, alpha
from kh_kr_corpus.evaluate.agreement import matched


def test_alpha_of_the_textbook_example() -> None:
    """Krippendorff 2018, ch. 12: ten units, two observers, binary data, alpha = 0.095."""
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_alpha_where_nothing_can_be_told() -> None:
    assert alpha([]) is None
    assert alpha([("a", "a"), ("a", "a")]) is None


@given(st.lists(st.sampled_from("abc"), min_size=2))
def test_perfect_agreement_is_one(values: list[str]) -> None:
    expected = 1.0 if len(set(values)) > 1 else None
    assert alpha([(value, value) for value in values]) == expected


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_who_is_first_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    assert alpha(pairs) == alpha([(b, a) for a, b in pairs])


def test_what_two_readings_of_the_toy_have_in_common(toy: Corpus) -> None:
    rows = {(row["measure"], row["label"]): row for row in agree(toy.layers("first", "second")).to_dicts()}
    assert rows["span", "micro"]["f1"] == pytest.approx(2 * 7 / 15)
    assert rows["span", "AGREEMENT"]["recall"] == 0.5
    assert rows["link", "accuracy"]["f1"] == pytest.approx(2 / 3)
    assert rows["initiative", "matched by evidence"]["f1"] == 1.0
    assert rows["alpha", "status"]["f1"] == 1.0
    assert rows["alpha", "kind"]["f1"] == 0.0


def test_initiatives_match_by_their_words_whatever_their_kind(toy: Corpus) -> None:
    ((_, first, second),) = toy.layers("first", "second")
    assert {(a.id, b.id) for a, b in matched(first.initiatives, second.initiatives)} == {("i1", "i1"), ("i2", "i2")}
    assert matched(first.initiatives, ()) == []


def test_an_unknown_layer_names_the_known(toy: Corpus) -> None:
    with pytest.raises(UnknownNameError) as error:
        toy.layers("first", "secnd")
    assert error.value.near == ("second",)


def test_the_split_of_a_text(toy: Corpus) -> None:
    assert toy.splits.of("2023-boat-diary-ko") == "dev"
    assert toy.splits.of("2024-nothing") is None
    assert {row["id"] for row in toy.articles.where(split="dev").to_dicts()} == {"2023-boat-diary-ko"}


def test_evidence_that_covers_nothing_matches_nothing(toy: Corpus) -> None:
    ((_, first, _),) = toy.layers("first", "second")
    initiative = first.initiatives[0]
    empty = initiative.model_copy(
        update={"evidence": (initiative.evidence[0].model_copy(update={"start": 5, "end": 5}),)}
    )
    assert matched([empty], [empty]) == []
