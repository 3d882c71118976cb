"""Names to entities: any alias, any script, and never a guess."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus.errors import UnknownNameError
from kh_kr_corpus.kb import Alias, KnowledgeBase, name_key
from kh_kr_corpus.models import Entity


def entity(entity_id: str, *names: str, demonyms: tuple[str, ...] = ()) -> Entity:
    listed = [{"text": names[0], "lang": "en", "kind": "preferred"}]
    listed += [{"text": name, "lang": "en", "kind": "short"} for name in names[1:]]
    return Entity.model_validate_json(json.dumps({"id": entity_id, "names": listed, "demonyms": list(demonyms)}))


@pytest.fixture
def kb() -> KnowledgeBase:
    return KnowledgeBase(
        [
            entity("place/cambodia", "Cambodia", "Kingdom", "កម្ពុជា", "캄보디아", demonyms=("Cambodian", "Khmer")),
            entity("organisation/health-kh", "Ministry of Health of Cambodia", "Ministry of Health"),
            entity("organisation/health-kr", "Ministry of Health and Welfare of Korea", "Ministry of Health"),
            entity("person/kim-yong-ha", "Kim Yong Ha", "KIM Yong-ha"),
            entity("place/phnom-penh", "Phnom Penh", "ភ្នំពេញ"),
        ]
    )


def ids(found: tuple[Entity, ...]) -> list[str]:
    return [one.id for one in found]


def test_is_a_mapping_by_id_in_file_order(kb: KnowledgeBase) -> None:
    assert len(kb) == 5
    assert next(iter(kb)) == "place/cambodia"
    assert kb["place/cambodia"].name == "Cambodia"
    assert "place/atlantis" not in list(kb)


def test_a_miss_names_near_ids_and_names(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownNameError) as by_id:
        kb["place/camboida"]
    assert by_id.value.near[0] == "place/cambodia"
    with pytest.raises(UnknownNameError) as by_name:
        kb.resolve("Phnom Pehn")
    assert "Phnom Penh" in by_name.value.near


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Cambodia", ["place/cambodia"]),
        ("the Kingdom", ["place/cambodia"]),
        ("CAMBODIAN", ["place/cambodia"]),
        ("캄보디아", ["place/cambodia"]),
        ("ភ្នំពេញ", ["place/phnom-penh"]),
        ("ភ្នំ\u200bពេញ", ["place/phnom-penh"]),  # Khmer is written with and without zero-width spaces
        ("Phnom\u00a0Penh", ["place/phnom-penh"]),
        ("Phnom  Penh", ["place/phnom-penh"]),
        ("kim yong-ha", ["person/kim-yong-ha"]),
        ("Kim Yong‑Ha", ["person/kim-yong-ha"]),
        ("Ministry of Health", ["organisation/health-kh", "organisation/health-kr"]),
        ("Ministry", []),
        ("Cambod", []),
        ("", []),
        ("...", []),
    ],
)
def test_find(kb: KnowledgeBase, name: str, expected: list[str]) -> None:
    assert ids(kb.find(name)) == expected


def test_find_by_type(kb: KnowledgeBase) -> None:
    assert ids(kb.find("Cambodia", ("place",))) == ["place/cambodia"]
    assert kb.find("Cambodia", ("person",)) == ()
    assert kb.find("Cambodia", ()) == ()


def test_resolve_takes_ids_before_names(kb: KnowledgeBase) -> None:
    assert ids(kb.resolve("place/phnom-penh")) == ["place/phnom-penh"]
    assert ids(kb.resolve("Ministry of Health")) == ["organisation/health-kh", "organisation/health-kr"]


def test_aliases_are_all_names_and_demonyms(kb: KnowledgeBase) -> None:
    aliases = list(kb.aliases())
    assert Alias("Khmer", "place/cambodia", "demonym", "en") in aliases
    assert len(aliases) == 14
    for alias in aliases:
        assert alias.entity in ids(kb.find(alias.text))


def test_an_empty_base_answers(kb: KnowledgeBase) -> None:
    empty = KnowledgeBase()
    assert len(empty) == 0
    assert empty.find("Cambodia") == ()
    with pytest.raises(UnknownNameError):
        empty.resolve("Cambodia")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_key_ignores_case_points_and_kind_of_space(name: str) -> None:
    key = name_key(name)
    assert name_key(f"  {name}\t") == key
    assert name_key(name.replace(" ", "\u00a0")) == key
    assert name_key(f"“{name}”.") == key
    assert "  " not in key


def test_get_gives_the_default(kb: KnowledgeBase) -> None:
    """The base is a mapping, so ``get`` must not raise."""
    assert kb.get("person/nobody") is None
    assert repr(kb) == f"KnowledgeBase of {len(kb)} entities"
