"""Small promises of the records: names in a list of references, what took the place of an id, dates that are none."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Entity, Office, Release, Rights
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.models.prints import withheld, word_runs
from kh_kr_corpus.models.release import Creator, Version, Withdrawn

RELEASE = {
    "name": "toy", "title": "Toy", "description": "A toy.", "creators": [{"name": "Toy Project"}], "publisher": "Toy",
    "licence": "CC-BY-4.0", "licence_url": "https://example.org/", "languages": ["en"],
}  # fmt: skip


def release(*versions: tuple[str, str | None], withdrawn: tuple[tuple[str, str | None], ...] = ()) -> Release:
    listed = [{"version": one, "date": day, "library": "0.1.0", "changes": ["A change."]} for one, day in versions]
    gone = [{"id": one, "to": to, "why": "The same."} for one, to in withdrawn]
    return Release.model_validate({**RELEASE, "versions": listed, "withdrawn": gone}, strict=False)


def test_a_creator_in_a_list_of_references() -> None:
    assert Creator(name="Sok", given="Dara").full == "Sok, Dara"
    assert Creator(name="Toy Project").full == "Toy Project"


def test_the_version_of_the_files() -> None:
    assert release(("2026.2.0", "2026-02-01")).version == "2026.2.0"
    assert release(("2026.3.0", None), ("2026.2.0", "2026-02-01")).version == "2026.3.0-dev"


@pytest.mark.parametrize(
    "versions",
    [
        [("2026.2.0", "2026-02-01"), ("2026.2.0", "2026-01-01")],
        [("2026.1.0", "2026-01-01"), ("2026.2.0", "2026-02-01")],
        [("2026.3.0", None), ("2026.2.0", None)],
        [("2026.3.0", "2026-03-01"), ("2026.2.0", None)],
        [("2026.3.0", "2026-02-30")],
    ],
)
def test_a_history_runs_backwards_from_now(versions: list[tuple[str, str | None]]) -> None:
    with pytest.raises(ValidationError):
        release(*versions)


def test_what_took_the_place_of_an_id() -> None:
    one = release(
        ("2026.2.0", "2026-02-01"),
        withdrawn=(
            ("article:a", "article:b"), ("article:b", "article:c"), ("article:gone", None),
            ("article:x", "article:y"), ("article:y", "article:x"),
        ),
    )  # fmt: skip
    assert one.withdrawn_to("article:a") == one.withdrawn_to("article:b") == "article:c"
    assert one.withdrawn_to("article:c") is one.withdrawn_to("article:gone") is None
    assert one.withdrawn_to("article:x") is None, "in a circle nothing took its place"
    assert {type(v) for v in one.versions} == {Version} and {type(w) for w in one.withdrawn} == {Withdrawn}


def test_bounds_are_of_dates() -> None:
    with pytest.raises(ValueError, match="'May' is no EDTF date"):
        bounds("May")


@pytest.mark.parametrize(("text", "problem"), [(None, "not at hand"), ("A boat. \n", "not normalised")])
def test_fingerprints_are_taken_of_the_very_text(text: str | None, problem: str) -> None:
    article = Article(id="a", title="A", origin="genuine", rights=Rights(text="local"), text=text)
    with pytest.raises(InputError, match=f"^a: its text is {problem}"):
        withheld(article)


def test_runs_of_words_whatever_the_typography() -> None:
    runs = list(word_runs("“One two” THREE – four\nfive six seven eight nine."))
    assert runs == ["one two three four five six seven eight", "two three four five six seven eight nine"]
    assert list(word_runs("one two three four five six seven")) == []


def test_since_when_somebody_held_an_office() -> None:
    assert Office(title="Mayor", term="2019/..", attested=("2018-05",)).since == "2018-05"
    assert Office(title="Mayor", term="../2019", attested=("2020",)).since == "2020"
    assert Office(title="Mayor").since == ""


def test_all_sources_of_an_entity(toy: Corpus) -> None:
    ministry = toy.entities["organisation/ministry-of-health-cambodia"]
    assert "toy-ministry-page" in ministry.cited
    named = [entity for entity in toy.entities if any(name.sources for name in entity.names)]
    assert all(set(name.sources) <= entity.cited for entity in named for name in entity.names)


def test_a_family_name_stands_in_the_name() -> None:
    names = [{"text": "Chea Rithy", "lang": "en", "kind": "preferred"}]
    person = {"id": "person/chea-rithy", "names": names, "sources": ["toy-gazette-2021"]}
    assert Entity.model_validate_json(json.dumps({**person, "family": "Chea"})).family == "Chea"
    for family in ("Che", "Sok", "chea"):
        with pytest.raises(ValidationError, match="the family name must stand in the preferred name"):
            Entity.model_validate_json(json.dumps({**person, "family": family}))
