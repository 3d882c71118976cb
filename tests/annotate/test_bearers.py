"""Namesakes told apart by time and office, and a link that had to be decided says so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.annotate.bearers import held_office, on_time
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Entity


def entity(entity_id: str, name: str, **fields: Any) -> Entity:
    names = [{"text": name, "lang": "en", "kind": "preferred"}]
    return Entity.model_validate_json(json.dumps({"id": entity_id, "names": names, **fields}))


ENVOY = entity(
    "person/park-min-ho",
    "Park Min-ho",
    country="KR",
    offices=[{"title": "Ambassador of the Republic of Korea to Cambodia", "term": "2004/2007"}],
    distinct_from=[{"entity": "person/park-min-ho-mayor", "by": ["office", "date"]}],
)
MAYOR = entity(
    "person/park-min-ho-mayor",
    "Park Min-ho",
    country="KR",
    offices=[{"title": "Mayor of Yeosu", "attested": ["2021-03", "2023"]}, {"title": "Lawyer", "term": "2024/.."}],
)
SUMMITS = [
    entity("event/river-summit-2012", "River Summit", date="2012-05"),
    entity("event/river-summit-2018", "River Summit", date="2018-11-03", distinct_from=[
        {"entity": "event/river-summit-2012", "by": ["date"]}]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "near", "date", "expected"),
    [
        (ENVOY, "in 2005", None, 1.0),
        (ENVOY, "in 2012", None, -1.0),
        (ENVOY, "", "2006-03-01", 1.0),
        (ENVOY, "in 2005", "2022-01-01", 1.0),  # the year beside the name counts, not the text's
        (ENVOY, "", None, 0.0),
        (MAYOR, "in 2025", None, 1.0),  # an open term goes on
        (entity("person/nobody", "No Body"), "in 2005", None, 0.0),
    ],
)
def test_the_year_beside_the_name_then_that_of_the_text(
    who: Entity, near: str, date: str | None, expected: float
) -> None:
    assert on_time(who, near, date) == expected


def test_an_office_is_recognised_by_its_telling_words() -> None:
    assert held_office(MAYOR, "Mayor ") == 1.0
    assert held_office(MAYOR, "of the Republic of Korea ") == 0.0
    assert held_office(ENVOY, "the ambassador, ") == 1.0


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("Ambassador Park Min-ho of South Korea met officials in Phnom Penh.", "2006-05-02", "person/park-min-ho"),
        ("Mayor Park Min-ho of South Korea met officials in Phnom Penh.", "2022-05-02", "person/park-min-ho-mayor"),
        ("Park Min-ho met officials in Phnom Penh.", None, None),
    ],
)
def test_office_and_date_decide_between_namesakes_or_nobody_does(
    text: str, date: str | None, expected: str | None
) -> None:
    article = Annotator(kb=KnowledgeBase([ENVOY, MAYOR])).annotate(text, date=date)
    person = next(mention for mention in article.mentions if mention.label == "PERSON")
    assert person.entity == expected
    assert person.suggestion is not None
    assert ("; linked by office, date" in person.suggestion.reason) == (expected is not None)


@pytest.mark.parametrize(
    ("year", "expected"), [("2012", "event/river-summit-2012"), ("2018", "event/river-summit-2018")]
)
def test_the_year_decides_between_editions_of_an_event(year: str, expected: str) -> None:
    article = Annotator(kb=KnowledgeBase(SUMMITS)).annotate(f"The two premiers met at the River Summit in {year}.")
    event = next(mention for mention in article.mentions if mention.text == "River Summit")
    assert event.entity == expected
