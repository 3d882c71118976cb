"""The meaning of a sentence: all its words alike, and the rare ones to the fore."""

from __future__ import annotations

import numpy as np
import pytest

from kh_kr_corpus.annotate.initiatives.vectors import AXES, WIDTH, Vector, vector_of

ALIKE, RARE = slice(AXES), slice(AXES, WIDTH)


def near(one: Vector, two: Vector, half: slice) -> float:
    return float(one[half] @ two[half])


def test_the_rare_word_stands_out_in_the_second_half_only() -> None:
    alone, together = vector_of(["irrigation"]), vector_of(["irrigation", "people", "work", "year", "new"])
    assert near(alone, together, RARE) > near(alone, together, ALIKE) + 0.2


def test_each_half_has_length_one() -> None:
    vector = vector_of(["dam", "kompheaktra"])
    assert [float(np.linalg.norm(vector[half])) for half in (ALIKE, RARE)] == pytest.approx([1, 1], abs=1e-5)


@pytest.mark.parametrize("words", [[], ["the", "of"], ["ក"]])
def test_no_word_that_means_anything_is_no_meaning(words: list[str]) -> None:
    assert not vector_of(words).any()


def test_words_of_one_subject_are_nearer_than_others() -> None:
    water, sluice, dance = vector_of(["irrigation", "canal"]), vector_of(["reservoir", "dam"]), vector_of(["dancers"])
    assert near(water, sluice, RARE) > near(water, dance, RARE)
