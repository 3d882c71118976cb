"""Names that come near: sure ones by key with their reasons, likenesses as proposals, and namesakes kept apart."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.kb import KnowledgeBase, Match
from kh_kr_corpus.kb.keys import hangul_to_latin
from kh_kr_corpus.models import Entity


def entity(entity_id: str, *names: str, **fields: Any) -> Entity:
    listed = [{"text": names[0], "lang": "en", "kind": "preferred"}]
    listed += [{"text": name, "lang": "ko", "kind": "spelling"} for name in names[1:]]
    return Entity.model_validate_json(json.dumps({"id": entity_id, "names": listed, **fields}))


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    clash = [{"entity": "person/kim-sung-soo-mayor", "by": ["office", "date"]}]
    return KnowledgeBase(
        [
            entity("person/kim-dong-chul", "Kim Dong-chul", "김동철", country="KR"),
            entity("person/kim-dong-chan", "Kim Dong-chan", country="KR"),
            entity("person/yi-mi-kyung", "Yi Mi-kyung", country="KR"),
            entity("person/hun-manet", "Hun Manet", "훈 마넷", "ហ៊ុន ម៉ាណែត", country="KH", titles=["Samdech Thipadei"]),
            entity("person/sok-an", "Sok An", country="KH"),
            entity("person/kim-sung-soo", "Kim Sung-soo", country="KR", distinct_from=clash),
            entity("person/kim-sung-soo-mayor", "Kim Sung-soo", country="KR"),
            entity("organisation/ministry-of-labour", "Ministry of Labour and Vocational Training", country="KH"),
            entity("organisation/labour-union", "Union of Labour Ministries", country="KH"),
            entity("place/kampong-chhnang", "Kampong Chhnang", country="KH"),
            entity("place/dominica", "São João", country="BR"),
        ]
    )


def first(kb: KnowledgeBase, name: str) -> Match:
    return kb.search(name)[0]


@pytest.mark.parametrize(
    ("name", "entity_id", "reasons"),
    [
        ("Kim Dong-chul", "person/kim-dong-chul", ("same name",)),
        ("KIM Dong Chul", "person/kim-dong-chul", ("same but for case or points",)),
        ("김동철", "person/kim-dong-chul", ("same name",)),
        ("H.E. Kim Dong-chul", "person/kim-dong-chul", ("without honorific",)),
        ("김동철 대사", "person/kim-dong-chul", ("without honorific",)),
        ("សម្ដេច ហ៊ុន ម៉ាណែត", "person/hun-manet", ("without honorific",)),
        ("Samdech Thipadei Hun Manet", "person/hun-manet", ("without honorific",)),
        ("Manet Hun", "person/hun-manet", ("order swapped",)),
        ("Mr. Manet Hun", "person/hun-manet", ("without honorific", "order swapped")),
        ("Hunmanet", "person/hun-manet", ("spaced otherwise",)),
        ("Kim Dong Cheol", "person/kim-dong-chul", ("romanised otherwise",)),
        ("Dongchul Kim", "person/kim-dong-chul", ("romanised otherwise",)),
        ("Lee Mikyung", "person/yi-mi-kyung", ("romanised otherwise",)),
        ("이미경", "person/yi-mi-kyung", ("read from Hangul",)),
        (
            "Ministry of Labour & Vocational Training",
            "organisation/ministry-of-labour",
            ("same but for case or points",),
        ),
    ],
)
def test_the_reasons_say_what_was_changed(
    kb: KnowledgeBase, name: str, entity_id: str, reasons: tuple[str, ...]
) -> None:
    match = first(kb, name)
    assert (match.entity, match.reasons) == (entity_id, reasons)
    assert match.by_key


def test_diacritics_fold_away(kb: KnowledgeBase) -> None:
    assert first(kb, "Sao Joao").entity == "place/dominica"


def test_a_likeness_is_a_proposal_only(kb: KnowledgeBase) -> None:
    match = first(kb, "Kampong Chnang")
    assert match.entity == "place/kampong-chhnang"
    assert match.reasons[0].startswith("looks alike")
    assert not match.certain
    assert not match.by_key


@pytest.mark.parametrize("name", ["Kim Dong-chan", "Kim Dong-chul", "Sok An"])
def test_near_names_of_other_people_are_never_certain(kb: KnowledgeBase, name: str) -> None:
    certain = [match.entity for match in kb.search(name) if match.certain]
    assert len(certain) == 1
    assert kb[certain[0]].name == name


def test_namesakes_say_what_must_decide(kb: KnowledgeBase) -> None:
    found = kb.search("Kim Sung-soo")
    assert {match.entity for match in found} == {"person/kim-sung-soo", "person/kim-sung-soo-mayor"}
    assert all(match.needs == ("office", "date") and not match.certain for match in found)
    assert kb.namesakes("person/kim-sung-soo-mayor") == {"person/kim-sung-soo": ("office", "date")}
    assert list(kb.collisions()) == [("Kim Sung-soo", "person/kim-sung-soo", "person/kim-sung-soo-mayor")]


def test_types_and_limit_narrow(kb: KnowledgeBase) -> None:
    assert kb.search("Kim Dong-chul", ("place",)) == ()
    assert len(kb.search("Kim Sung-soo", limit=1)) == 1


def test_part_of_a_name_is_a_proposal(kb: KnowledgeBase) -> None:
    (match,) = kb.search("Vocational Training Labour")
    assert (match.entity, match.reasons) == ("organisation/ministry-of-labour", ("part of the name",))
    assert not match.by_key
    assert {match.entity for match in kb.search("President Kim")} >= {"person/kim-dong-chul", "person/kim-dong-chan"}
    assert kb.search("Labour") == (), "one common word proposes no body of many words"


def test_nothing_like_it_is_nothing(kb: KnowledgeBase) -> None:
    assert kb.search("Zyx Qwv") == ()
    assert kb.search("") == ()


def test_a_miss_proposes_what_comes_near(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownNameError) as error:
        kb.resolve("Kampong Chnang")
    assert error.value.near == ("Kampong Chhnang",)


def test_survives_pickling(kb: KnowledgeBase) -> None:
    kb.search("Manet Hun")
    again = pickle.loads(pickle.dumps(kb))  # noqa: S301 - our own bytes
    assert list(again) == list(kb)
    assert again.search("Manet Hun") == kb.search("Manet Hun")


@given(st.text(max_size=30))
def test_any_text_may_be_asked(text: str) -> None:
    kb = KnowledgeBase([entity("person/hun-manet", "Hun Manet", "훈 마넷", country="KH")])
    for match in kb.search(text):
        assert 0 < match.score <= 1
        assert match.reasons
        assert match.certain <= match.by_key


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=5))
def test_every_syllable_block_has_letters(text: str) -> None:
    latin = hangul_to_latin(text)
    assert latin.isascii()
    surname, _, given_name = latin.partition(" ")
    assert surname.isalpha()
    assert given_name.isalpha()


def test_the_order_of_a_bodys_name_tells_who_is_whose() -> None:
    kb = KnowledgeBase([entity("organisation/embassy-a", "Embassy of Korea in Cambodia", country="KR")])
    (match,) = kb.search("Embassy of Cambodia in Korea")
    assert match.reasons == ("order swapped",)
    assert not match.by_key
    assert not match.certain


def test_a_limit_does_not_hide_that_others_fit(kb: KnowledgeBase) -> None:
    (match,) = kb.search("Kim Sung-soo", limit=1)
    assert match.needs == ("office", "date")
    with pytest.raises(InputError, match="one or more"):
        kb.search("Kim Sung-soo", limit=0)


def test_only_the_best_match_is_certain(kb: KnowledgeBase) -> None:
    for name in ("Kim Dong-chul", "Manet Hun", "Kim Jong Chol"):
        found = kb.search(name)
        assert [match for match in found[1:] if match.certain and match.score < found[0].score] == []


def test_one_type_may_be_a_word_and_an_unknown_one_is_told(kb: KnowledgeBase) -> None:
    assert [match.entity for match in kb.search("Hun Manet", "person")] == ["person/hun-manet"]
    assert [one.id for one in kb.find("Hun Manet", "person")] == ["person/hun-manet"]
    with pytest.raises(UnknownNameError, match="person"):
        kb.search("Hun Manet", "persn")


def test_a_successor_follows_the_last_time_in_office() -> None:
    office = {"title": "Prime Minister of Cambodia", "country": "KH"}
    kb = KnowledgeBase(
        [
            entity("person/sok-a", "Sok A", offices=[{**office, "term": "1985/1993"}, {**office, "term": "1998/2023"}]),
            entity("person/sok-b", "Sok B", offices=[{**office, "term": "2023/..", "predecessor": "person/sok-a"}]),
        ]
    )
    first, second = kb["person/sok-a"].offices
    assert kb.successors("person/sok-a", first) == ()
    assert kb.successors("person/sok-a", second) == ("person/sok-b",)
