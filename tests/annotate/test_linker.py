from __future__ import annotations

import pytest
from tests.annotate.names import link

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.kb.keys import fold_korean_given, khmer_key, korean_keys


@pytest.mark.parametrize(
    "spelling", ["Kim Dong-chul", "Dongchul Kim", "Kim Dong Cheol", "KIM Dong-chul", "Gim Dongcheol"]
)
def test_one_person_in_many_spellings(by_rules: Annotator, spelling: str) -> None:
    assert link(by_rules, f"They met Ambassador {spelling} on Monday.", spelling) == "person/kim-dong-chul"


@pytest.mark.parametrize("other", ["Kim Dong-chan", "Kim Jong-chul", "Park Dong-chul", "Kim Dong-hyun"])
def test_nil_beats_a_wrong_person(by_rules: Annotator, other: str) -> None:
    assert link(by_rules, f"They met Ambassador {other} on Monday.", other) is None


def test_khmer_spelling_and_second_mention(by_rules: Annotator) -> None:
    text = "Foreign Minister Prak Sokhon left. Sokhon will return."
    assert link(by_rules, text, "Prak Sokhon") == "person/prak-sokhonn"
    assert link(by_rules, text, "Sokhon") == "person/prak-sokhonn"


def test_a_lone_surname_of_nobody_is_nil(by_rules: Annotator) -> None:
    assert link(by_rules, "Mr. Kim waved.", "Kim") is None


def test_namesakes_are_decided_by_the_words_around(by_rules: Annotator) -> None:
    assert link(by_rules, "The Korean Ministry of Health sent it.", "Ministry of Health") == "organisation/moh-kr"
    text = "In Battambang, the Cambodian Ministry of Health took it."
    assert link(by_rules, text, "Ministry of Health") == "organisation/moh-kh"
    assert link(by_rules, "A Ministry of Health exists.", "Ministry of Health") is None


def test_another_countrys_body_is_not_ours(by_rules: Annotator) -> None:
    text = "The Japanese Ministry of Labour and Vocational Training denied it."
    assert link(by_rules, text, "Ministry of Labour and Vocational Training") is None


def test_korea_is_the_republic_unless_the_text_is_about_the_north(by_rules: Annotator) -> None:
    assert link(by_rules, "Farmers in Korea grow rice.", "Korea") == "place/south-korea"


def test_khmer_is_a_people_or_a_language(by_rules: Annotator) -> None:
    assert link(by_rules, "A Khmer dancer bowed.", "Khmer") == "group/khmer-people"
    assert link(by_rules, "She speaks Khmer and French.", "Khmer") == "place/cambodia"


def test_short_form_of_a_ministry(by_rules: Annotator) -> None:
    text = "In Cambodia the labour ministry agreed."
    assert link(by_rules, text, "labour ministry") == "organisation/molvt"


def test_keys_keep_different_syllables_apart() -> None:
    assert fold_korean_given("Ji-young") != fold_korean_given("Ji-yeon")
    assert korean_keys("Lee Jae-myung") & korean_keys("Jaemyung Yi")
    assert khmer_key("Sok An") != khmer_key("Sok Eysan")
