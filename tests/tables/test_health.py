"""The health of an activity's record: independent sources and complete fields raise it, copies do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.models import Activity, Source
from kh_kr_corpus.tables.health import health_of


def source(name: str, kind: str, publisher: str = "", repost_of: str | None = None) -> Source:
    fields = {"id": name, "publisher": publisher or name, "language": "en", "type": kind, "repost_of": repost_of}
    return Source.model_validate_json(json.dumps(fields))


SOURCES = {
    one.id: one
    for one in (
        source("paper-a", "newspaper"), source("paper-b", "newspaper"), source("wire-c", "wire"),
        source("copy-of-a", "blog", repost_of="paper-a"), source("ministry", "official", "A ministry"),
        source("ministry-again", "official", "A ministry"), source("agency", "official", "An agency"),
        source("company", "organisation"), source("journal", "academic"),
    )
}  # fmt: skip


FUNDER = {"entity": "organisation/a", "role": "funder"}


def activity(*sources: str, **fields: Any) -> Activity:
    full = {
        "id": "2020-wells", "title": "Wells", "kind": "infrastructure", "themes": ["infrastructure"],
        "sectors": ["water-sanitation"], "modalities": ["grant-project"], "status": "completed", "as_of": "2021",
        "period": "2020/2021", "place": ["place/takeo"], "counts_in_totals": True, "sources": list(sources),
        "participants": [FUNDER, {"entity": "organisation/b", "role": "beneficiary"}],
        "amounts": [{"amount": 1000, "currency": "USD", "stage": "disbursed", "sources": ["paper-a"]}],
    }  # fmt: skip
    return Activity.model_validate_json(json.dumps({**full, **fields}))


@pytest.mark.parametrize(
    ("cited", "independent", "points"),
    [
        (("paper-a",), 1, 0),
        (("paper-a", "copy-of-a"), 1, 0),
        (("copy-of-a",), 1, 0),
        (("paper-a", "paper-b"), 2, 1),
        (("paper-a", "paper-b", "wire-c"), 3, 2),
        (("ministry",), 1, 3),
        (("ministry", "ministry-again"), 2, 3),
        (("ministry", "agency"), 2, 6),
        (("ministry", "company", "journal", "paper-a", "paper-b"), 5, 8),
        (("lost",), 0, 0),
    ],
)
def test_independent_sources(cited: tuple[str, ...], independent: int, points: int) -> None:
    health = health_of(activity(*cited), SOURCES)
    assert (health.sources, health.triangulation) == (independent, points)


@pytest.mark.parametrize(
    ("missing", "points"),
    [
        ({}, 8),
        ({"status": "implementing"}, 7),
        ({"period": None}, 7),
        ({"period": "201X"}, 7),
        ({"modalities": ["unstated"]}, 7),
        ({"place": []}, 7),
        ({"amounts": []}, 7),
        ({"amounts": [], "modalities": ["dialogue"]}, 8),  # a dialogue needs no amount
        ({"participants": [FUNDER]}, 7),
    ],
)
def test_complete_fields(missing: dict[str, Any], points: int) -> None:
    assert health_of(activity("paper-a", **missing), SOURCES).completeness == points


def test_is_a_column(toy: Corpus) -> None:
    rows = toy.activities.where(review="any").to_dicts()
    assert all(0 <= row["health"] <= 23 and row["stories"] >= 1 for row in rows)
