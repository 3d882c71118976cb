"""Invented names: of many makes, never empty, the same for the same seed."""

from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.train.augment import Swap
from kh_kr_corpus.train.invent import Inventor
from kh_kr_corpus.train.persons import Persons

SEEDS = st.integers(0, 2**32)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (names, no secrets)


@given(SEEDS)
def test_a_person_has_two_parts_that_can_stand_in_a_text(seed: int) -> None:
    for part in Persons(seeded(seed)).draw():
        assert part == " ".join(part.split()) != ""
        assert part[-1] not in "-’"
        assert any(letter.isupper() for letter in part)


def test_persons_are_of_every_make() -> None:
    persons = Persons(seeded(3))
    drawn = [" ".join(persons.draw()) for _ in range(3000)]
    assert len(set(drawn)) > 2800
    for make in (
        r"[A-Z]\w+ [A-Z]\w+-[a-z]+$",
        r" (?:van|de|bin|von) ",
        r"[A-Z]{2,} [A-Z][a-z]",
        r"Jr$",
        r"[ễầạ]",
        r"[A-Z]\. ",
    ):
        assert any(re.search(make, name) for name in drawn), make


@given(SEEDS, st.sampled_from(["ORG", "PROGRAM", "FAC", "EVENT", "AGREEMENT", "PERSON", "GPE"]))
def test_a_thing_has_a_name_where_its_label_is_invented(seed: int, label: str) -> None:
    name = Inventor(seeded(seed)).thing(label)
    assert bool(name) == (label not in ("PERSON", "GPE"))
    assert name == " ".join(name.split())


def test_the_same_seed_gives_the_same_names() -> None:
    one, two = (Inventor(seeded(5)) for _ in range(2))
    assert [one.thing("ORG") for _ in range(20)] == [two.thing("ORG") for _ in range(20)]
    assert one.acronym() == two.acronym()


def test_a_person_called_by_one_part_is_so_throughout() -> None:
    text = "Sok Dara came. Dara sat down. Then Sok Dara left."
    names = [(0, 8, "PERSON"), (15, 19, "PERSON"), (35, 43, "PERSON")]
    short = 0
    for seed in range(300):
        moved_text, moved = Swap([], seeded(seed), texts=1.0, names=1.0)(text, names)
        first, again, last = (moved_text[a:b] for a, b, _ in moved)
        assert first == last
        assert again in first
        short += first == again
    assert 0 < short < 150
