"""The toy corpus is what the other tests believe it to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kh_kr_corpus import store
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.models.entity import script_of
from kh_kr_corpus.store.writer import canonical


def test_every_file_is_canonical(toy_root: Path) -> None:
    files = store.read_corpus(toy_root, strict=True).files
    assert len(files) == 20
    for loaded in files:
        assert canonical(loaded) == loaded.path.read_text(encoding="utf-8"), loaded.relative


def test_it_has_every_feature(toy_root: Path) -> None:
    corpus = load(toy_root, synthetic=True)
    articles = list(corpus.articles)
    mentions = [m for a in articles for m in a.mentions]
    initiatives = [i for a in articles for i in a.initiatives]
    assert len(articles) == 5
    assert {a.origin for a in articles} == {"genuine", "brief", "synthetic"}
    assert {a.rights.text for a in articles} == {"included", "external", "local"}
    assert {a.language for a in articles} == {"en", "ko", "km"}
    assert {script_of(m.text) for m in mentions} >= {"Latn", "Hang", "Khmr"}
    assert {m.review.state for m in mentions} == {"suggested", "accepted", "corrected", "rejected"}
    assert {i.review.state for i in initiatives} == {"suggested", "accepted", "corrected", "rejected"}
    assert {m.label for m in mentions} == {
        *("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "AGREEMENT", "PROGRAM", "MONEY", "DATE"),
    }
    assert any(i.assertion == "author-recommends" for i in initiatives)
    assert any(e.sha256 is None for i in initiatives for e in i.evidence)
    assert {record.kind for record in corpus.records} == {"training", "infrastructure"}


def test_its_activities_have_stages_parts_and_disagreements(toy: Corpus) -> None:
    clinic = toy.activities["2021-floating-clinic-phnom-penh"]
    assert [amount.stage for amount in clinic.amounts] == ["committed", "disbursed"]
    assert clinic.part_of == "2020-river-clinics-ceiling"
    assert clinic.disagreements
    assert not toy.activities["2020-river-clinics-ceiling"].counts_in_totals
    assert toy.activities["nurse-course"].period is None


def test_the_names_that_two_bodies_share(toy: Corpus) -> None:
    assert len(toy.entities) == 11
    assert {entity.country for entity in toy.kb.find("Ministry of Health")} == {"KH", "KR"}


@pytest.mark.parametrize("name", ["ជា បុប្ផា", "chea bopha", "CHEA Bopha"])
def test_one_person_in_any_script(toy: Corpus, name: str) -> None:
    assert [entity.id for entity in toy.kb.find(name)] == ["person/chea-bopha"]
