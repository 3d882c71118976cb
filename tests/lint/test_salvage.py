"""The valid part of an invalid file is still checked, and findings keep the file's own indexes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.lint.sample import lay

from kh_kr_corpus.lint import inspect, validate

PERSONS = "entities/person.yaml"
BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(root: Path) -> dict[str, str]:
    return {finding.code: finding.location.field for finding in validate(root)}


def test_a_broken_entity_does_not_hide_the_next_one(toy_copy: Path) -> None:
    edit(toy_copy / PERSONS, "family: Chea", "familie: Chea")
    rest = "\n        country: KH\n        term"
    ministry = "organisation: organisation/ministry-of-health-cambodia"
    edit(toy_copy / PERSONS, ministry + rest, "organisation: organisation/nobody" + rest)
    assert told(toy_copy) == {"KC003": "entities[0].familie", "KC102": "entities[1].offices[0].organisation"}


def test_a_mention_off_its_words_does_not_hide_the_next_one(toy_copy: Path) -> None:
    edit(toy_copy / BRIEF, "start: 57, end: 70", "start: 58, end: 71")
    edit(toy_copy / BRIEF, "text: RCA, label: AGREEMENT", "text: RCA, label: PERSON")
    found = told(toy_copy)
    assert found["KC201"] == "mentions[1].text" and found["KC302"] == "mentions[4].entity"


def test_what_was_left_out_is_not_called_missing(toy_copy: Path) -> None:
    """A mention that is broken is not "unmarked", and a source that is misspelt not "no source"."""
    edit(toy_copy / BRIEF, "label: AGREEMENT", "lable: AGREEMENT")
    edit(toy_copy / BRIEF, "sources: [toy-gazette-2021, toy-ministry-page]", "sources: [Toy, Ministry]")
    assert {finding.code for finding in validate(toy_copy)} == {"KC003"}


def test_a_header_or_a_text_that_is_wrong_is_told_alone(toy_copy: Path) -> None:
    edit(toy_copy / BRIEF, "record: article", "record: activity")
    assert set(told(toy_copy)) == {"KC002"}


@pytest.mark.parametrize("rights", ["included", "local"])
def test_shared_wording_is_quoted_only_of_texts_that_may_travel(toy_copy: Path, rights: str) -> None:
    said = "They will meet again in spring to look at what was done."
    given = {"text": rights} | ({"licence": "CC-BY-4.0"} if rights == "included" else {})
    lay({"text": said, "again": said.replace("They", "We"), "article": {"rights": given}}, toy_copy)
    edit(toy_copy / "articles/2024/2024-boat-again.yaml", "rights: {text: included, licence: CC-BY-4.0}",
         "rights: {text: local}" if rights == "local" else "rights: {text: included, licence: CC-BY-4.0}")  # fmt: skip
    [finding] = inspect(toy_copy, select=["KC731"]).findings
    assert ("meet again in spring" in finding.message) == (rights == "included")
