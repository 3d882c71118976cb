from __future__ import annotations

import pytest
from tests.annotate.names import link

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.kb.keys import fold_korean_given, khmer_key, korean_keys


@pytest.mark.parametrize(
    "spelling", ["Kim Dong-chul", "Dongchul Kim", "Kim Dong Cheol", "KIM Dong-chul", "Gim Dongcheol"]
)
def test_one_person_in_many_spellings(annotator: Annotator, spelling: str) -> None:
    assert link(annotator, f"They met Ambassador {spelling} on Monday.", spelling) == "person/kim-dong-chul"


@pytest.mark.parametrize("other", ["Kim Dong-chan", "Kim Jong-chul", "Park Dong-chul", "Kim Dong-hyun"])
def test_nil_beats_a_wrong_person(annotator: Annotator, other: str) -> None:
    assert link(annotator, f"They met Ambassador {other} on Monday.", other) is None


def test_khmer_spelling_and_second_mention(annotator: Annotator) -> None:
    text = "Foreign Minister Prak Sokhon left. Sokhon will return."
    assert link(annotator, text, "Prak Sokhon") == "person/prak-sokhonn"
    assert link(annotator, text, "Sokhon") == "person/prak-sokhonn"


def test_a_lone_surname_of_nobody_is_nil(annotator: Annotator) -> None:
    assert link(annotator, "Mr. Kim waved.", "Kim") is None


def test_namesakes_are_decided_by_the_words_around(annotator: Annotator) -> None:
    assert link(annotator, "The Korean Ministry of Health sent it.", "Ministry of Health") == "organisation/moh-kr"
    text = "In Battambang, the Cambodian Ministry of Health took it."
    assert link(annotator, text, "Ministry of Health") == "organisation/moh-kh"
    assert link(annotator, "A Ministry of Health exists.", "Ministry of Health") is None


def test_another_countrys_body_is_not_ours(annotator: Annotator) -> None:
    text = "The Japanese Ministry of Labour and Vocational Training denied it."
    assert link(annotator, text, "Ministry of Labour and Vocational Training") is None


def test_korea_is_the_republic_unless_the_text_is_about_the_north(annotator: Annotator) -> None:
    assert link(annotator, "Farmers in Korea grow rice.", "Korea") == "place/south-korea"


def test_khmer_is_a_people_or_a_language(annotator: Annotator) -> None:
    assert link(annotator, "A Khmer dancer bowed.", "Khmer") == "group/khmer-people"
    assert link(annotator, "She speaks Khmer and French.", "Khmer") == "place/cambodia"


def test_short_form_of_a_ministry(annotator: Annotator) -> None:
    text = "In Cambodia the labour ministry agreed."
    assert link(annotator, text, "labour ministry") == "organisation/molvt"


def test_keys_keep_different_syllables_apart() -> None:
    assert fold_korean_given("Ji-young") != fold_korean_given("Ji-yeon")
    assert korean_keys("Lee Jae-myung") & korean_keys("Jaemyung Yi")
    assert khmer_key("Sok An") != khmer_key("Sok Eysan")
