"""Two blind annotators and a referee."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.conftest import BY, NURSES, key, read

from kh_kr_corpus import store, vocab
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article, Layer, Mention, Suggestion
from kh_kr_corpus.review import Articles, Desk, Readings, Referee, Sealed, Service
from kh_kr_corpus.review.compare import Adjudicate, ruled
from kh_kr_corpus.review.decisions import SetMention
from kh_kr_corpus.review.differences import differences


def _layer(root: Path, name: str) -> Layer:
    layer = store.read_layers(root)[f"{name}/{NURSES}"]
    assert isinstance(layer, Layer)
    return layer


def test_a_blind_annotator_sees_nothing_of_others_and_writes_a_layer(toy_copy: Path) -> None:
    shelf = Readings(Articles(toy_copy), "dara", BY)
    desk = Desk(shelf)
    list(shelf.ids())
    before = (toy_copy / "articles" / "2022" / f"{NURSES}.yaml").read_bytes()
    assert desk.sheet(NURSES).article.mentions == ()
    assert desk.sheet(NURSES).article.initiatives == ()
    desk.decide(NURSES, [SetMention(key=key(), op="mention", start=108, end=116, label="GPE")], BY)
    desk.close()
    layer = _layer(toy_copy, "dara")
    assert (layer.by, layer.blind, layer.codebook) == (BY, True, vocab.CODEBOOK)
    assert [m.text for m in layer.mentions] == ["Cambodia"]
    assert (toy_copy / "articles" / "2022" / f"{NURSES}.yaml").read_bytes() == before
    assert store.read_corpus(toy_copy).findings == []


@pytest.fixture
def referee(desk: Desk) -> Referee:
    return Referee(desk, "first", "second")


def test_differences_are_where_the_readings_differ_and_nowhere_else(desk: Desk) -> None:
    first, second = _layer(desk.shelf.root, "first"), _layer(desk.shelf.root, "second")
    assert list(differences(first, first)) == []
    places = list(differences(first, second))
    assert places, "the toy layers differ"
    both = {m.model_dump_json(exclude={"id", "review", "suggestion"}) for m in first.mentions}
    both &= {m.model_dump_json(exclude={"id", "review", "suggestion"}) for m in second.mentions}
    for place in places:
        for item in (place.first, place.second):
            assert item is None or item.model_dump_json(exclude={"id", "review", "suggestion"}) not in both
    told = [item for place in places for item in (place.first, place.second) if item and place.what == "mention"]
    assert len(told) == len(first.mentions) + len(second.mentions) - 2 * len(both)


@pytest.mark.parametrize("kept", ["first", "second", "neither"])
def test_a_ruling_goes_into_the_accepted_annotations_with_its_reason(desk: Desk, referee: Referee, kept: str) -> None:
    first, second = _layer(desk.shelf.root, "first"), _layer(desk.shelf.root, "second")
    done = 0
    for place in list(differences(first, second)):
        chosen = {"first": place.first, "second": place.second, "neither": None}[kept]
        ruling = Adjudicate.model_validate(
            {
                "name": "Sok Toy", "what": place.what, "kept": kept, "why": "the codebook says so",
                "first": place.first and place.first.id, "second": place.second and place.second.id,
            }
        )  # fmt: skip
        if chosen is None and kept != "neither":
            with pytest.raises(InputError, match="has nothing here"):
                referee.rule(NURSES, ruling)
            continue
        referee.rule(NURSES, ruling)
        done += 1
        article = desk.sheet(NURSES).article
        items = article.mentions if place.what == "mention" else article.initiatives
        own = {"id", "suggestion", "review"}
        alike = [i for i in items if chosen and i.model_dump(exclude=own) == chosen.model_dump(exclude=own)]
        assert chosen is None or [(i.review.state, i.review.by) for i in alike] == [("accepted", "human:Sok Toy")]
        if place.what == "mention" and chosen is None:
            start, end = place.bounds
            standing = [m for m in article.mentions if m.start < end and start < m.end]
            assert {m.review.state for m in standing} <= {"rejected"}
    desk.flush(NURSES)
    assert done
    assert read(desk.shelf.root, NURSES) == desk.sheet(NURSES).article
    recorded = _layer(desk.shelf.root, "second").adjudicated
    assert {one.why for one in recorded if one.kept == kept} >= {"the codebook says so"}


def test_agreement_is_told_for_the_text_and_over_all(desk: Desk, referee: Referee) -> None:
    service = Service(desk, KnowledgeBase(store.read_entities(desk.shelf.root).values()), referee=referee)
    told = service.compared(NURSES)
    assert {row["measure"] for row in told["agreement"]} >= {"span", "initiative", "alpha"}
    assert told["texts"] == 1
    with pytest.raises(UnknownNameError):
        service.compared("2021-clinic-opens")
    with pytest.raises(UnknownNameError, match="layer 'third'"):
        Referee(desk, "first", "third")


def test_a_ruling_that_has_been_made_changes_nothing_again(desk: Desk) -> None:
    first, second = _layer(desk.shelf.root, "first"), _layer(desk.shelf.root, "second")
    place = next(p for p in differences(first, second) if p.first)
    article = desk.sheet(NURSES).article
    changes = ruled(article, (first, second), place, "first", BY, "2026-11-22")
    assert changes
    desk.change(NURSES, changes, BY)
    again = ruled(desk.sheet(NURSES).article, (first, second), place, "first", BY, "2026-11-22")
    assert all(change.before == change.after for change in again)


def test_annotating_anew_keeps_what_was_decided(desk: Desk) -> None:
    kb = KnowledgeBase(store.read_entities(desk.shelf.root).values())
    before = desk.sheet(NURSES).article
    assert before.text is not None

    def annotate(text: str, **_: object) -> Article:
        told = Suggestion(by="khkr@9", score=0.5, reason="model")
        new = Mention(id="m1", start=90, end=95, text=text[90:95], label="ORG", suggestion=told)
        clash = Mention(id="m2", start=4, end=22, text=text[4:22], label="ORG", suggestion=told)
        return before.model_copy(update={"mentions": (clash, new), "initiatives": ()})

    told = Service(desk, kb, annotate=annotate).renew(NURSES)
    desk.flush(NURSES)
    after = read(desk.shelf.root, NURSES)
    assert [m for m in after.mentions if m.review.decided] == list(before.mentions)
    assert [(m.id, m.text) for m in after.mentions if not m.review.decided] == [("m9", "forty")]
    assert after.initiatives == before.initiatives
    assert len(told["mentions"]) == len(after.mentions)


def test_a_corpus_that_can_not_be_written_is_shown_and_refuses_decisions(toy_copy: Path) -> None:
    from kh_kr_corpus.errors import EnvironmentFailure

    (toy_copy / ".khkr").write_text("in the way", encoding="utf-8")
    with pytest.raises(EnvironmentFailure) as told:
        Desk(Articles(toy_copy))
    desk = Desk(Articles(toy_copy), log=Sealed(told.value))
    service = Service(desk, KnowledgeBase(()), read_only=str(told.value))
    assert service.rows()["articles"]
    assert service.article(NURSES)["mentions"]
    with pytest.raises(InputError, match="cannot be opened"):
        service.decide(NURSES, [], "Dara")
    with pytest.raises(EnvironmentFailure):
        desk.decide(NURSES, [SetMention(key=key(), op="mention", start=108, end=116, label="GPE")], BY)
    assert desk.sheet(NURSES).article == read(toy_copy, NURSES)


def test_the_codebook_s_version_is_that_of_the_page_in_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert page.startswith(f"# Codebook {vocab.CODEBOOK}:")
