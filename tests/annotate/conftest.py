"""A knowledge base of a dozen entries and one annotator for all tests of the annotator."""

from __future__ import annotations

import pytest

from kh_kr_corpus.annotate import Annotator, load_ner
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Entity, Name


def entity(id: str, *names: str, country: str | None = None, demonyms: tuple[str, ...] = ()) -> Entity:  # noqa: A002
    """The first name is preferred; one in capitals is an acronym, ``!`` in front marks a misprint."""
    made = []
    for i, text in enumerate(names):
        kind = "preferred" if i == 0 else "misprint" if text[0] == "!" else "acronym" if text.isupper() else "spelling"
        made.append(Name(text=text.lstrip("!"), lang="en", kind=kind))
    return Entity(id=id, names=tuple(made), country=country, demonyms=demonyms)


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return KnowledgeBase(
        [
            entity(
                "place/south-korea", "South Korea", "Korea", "ROK", country="KR", demonyms=("South Korean", "Korean")
            ),
            entity("place/north-korea", "North Korea", "Korea", "DPRK", country="KP", demonyms=("North Korean",)),
            entity("place/cambodia", "Cambodia", "Kingdom", country="KH", demonyms=("Cambodian",)),
            entity("group/khmer-people", "Khmer people", "Khmer", country="KH"),
            entity("place/seoul", "Seoul", country="KR"),
            entity("place/busan", "Busan", country="KR"),
            entity("place/battambang", "Battambang", country="KH"),
            entity("place/mekong", "Mekong", "Mekong River"),
            entity("place/jeju", "Jeju", "Jeju Island", country="KR"),
            entity("organisation/koica", "Korea International Cooperation Agency", "KOICA", "!KOIKA", country="KR"),
            entity("organisation/moh-kh", "Ministry of Health", "MOH", country="KH"),
            entity("organisation/moh-kr", "Ministry of Health", country="KR"),
            entity("organisation/molvt", "Ministry of Labour and Vocational Training", country="KH"),
            entity("person/kim-dong-chul", "Kim Dong-chul", country="KR"),
            entity("person/prak-sokhonn", "Prak Sokhonn", country="KH"),
            entity("person/hun-manet", "Hun Manet", country="KH"),
            entity("programme/edcf", "Economic Development Cooperation Fund", "EDCF", country="KR"),
        ]
    )


@pytest.fixture(scope="session")
def annotator(kb: KnowledgeBase) -> Annotator:
    return Annotator(kb=kb)


@pytest.fixture(scope="session")
def by_rules(kb: KnowledgeBase) -> Annotator:
    """With a foreign statistical part, so that what the rules propose is not weighed against our tagger."""
    return Annotator(nlp=load_ner(), kb=kb)
