"""A referee's rulings: each belongs to one difference, is kept with its reason, and taken back with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.conftest import NURSES, key, read

from kh_kr_corpus import store
from kh_kr_corpus.errors import ConflictError
from kh_kr_corpus.models import Adjudication, Article, Initiative, Layer
from kh_kr_corpus.review import Articles, Desk, Referee, compare, desk
from kh_kr_corpus.review.compare import Adjudicate, ruled
from kh_kr_corpus.review.decisions import Step
from kh_kr_corpus.review.differences import Difference, differences, rulings_on, said_at

SOK, LIM = "human:Sok Toy", "human:Lim Toy"


def _second(root: Path) -> Layer:
    layer = store.read_layers(root)[f"second/{NURSES}"]
    assert isinstance(layer, Layer)
    return layer


def _reasons(root: Path) -> list[str]:
    return [one.why for one in _second(root).adjudicated]


def _ruling(place: Difference, kept: str, why: str, by: str = SOK) -> Adjudicate:
    first, second = place.ids
    told = {"name": by[6:], "what": place.what, "first": first, "second": second, "kept": kept, "why": why}
    return Adjudicate.model_validate(told)


def _open(root: Path) -> tuple[Desk, Referee]:
    desk = Desk(Articles(root))
    list(desk.shelf.ids())
    return desk, Referee(desk, "first", "second")


def _initiative_place(referee: Referee, first: str | None = "i1") -> Difference:
    both = referee.pair(NURSES)
    assert both
    return next(p for p in differences(*both) if p.what == "initiative" and p.ids[0] == first)


def _step(desk: Desk, op: str, by: str = SOK) -> str:
    step = Step.model_validate({"key": key(), "op": op})
    return desk.decide(NURSES, [step], by).results[0].result


def _undone(root: Path) -> list[str]:
    """A ruling that is taken back before its file is written, and one after; the reasons that stand there then."""
    desk, referee = _open(root)
    place = _initiative_place(referee)
    for _ in range(2):
        referee.rule(NURSES, _ruling(place, "second", "its aim is help"))
        assert _step(desk, "undo") == "saved"
        desk.flush(NURSES)
        referee.rule(NURSES, _ruling(place, "second", "its aim is help"))
        desk.flush(NURSES)
        assert _step(desk, "undo") == "saved"
    told = referee.left(NURSES)
    desk.close()
    assert told
    return _reasons(root)


def test_a_ruling_that_is_taken_back_takes_its_reason_with_it(
    toy_copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shutil

    naive = Path(shutil.copytree(toy_copy, tmp_path / "naive"))
    before = _reasons(toy_copy)
    assert _undone(toy_copy) == before
    assert read(toy_copy, NURSES).initiatives[0].kind == "training"
    with monkeypatch.context() as patch:
        patch.setattr(desk, "taken_back", lambda _: None)
        assert "its aim is help" in _undone(naive), "a step that only changes annotations is found out"


def test_undo_and_redo_show_in_what_is_left(toy_copy: Path) -> None:
    desk, referee = _open(toy_copy)
    left = referee.left(NURSES)
    assert left
    referee.rule(NURSES, _ruling(_initiative_place(referee), "first", "it is a course"))
    assert referee.left(NURSES) == (left[0] - 1, left[1])
    _step(desk, "undo")
    assert referee.left(NURSES) == left
    _step(desk, "redo")
    assert referee.left(NURSES) == (left[0] - 1, left[1])
    desk.close()
    assert "it is a course" in _reasons(toy_copy)


def test_a_ruling_outlives_a_crash_before_its_files_are_written(toy_copy: Path) -> None:
    desk, referee = _open(toy_copy)
    referee.rule(NURSES, _ruling(_initiative_place(referee), "second", "its aim is help"))
    left = referee.left(NURSES)
    desk.journal.close()  # nothing was written but the journal
    assert "its aim is help" not in _reasons(toy_copy)
    desk, referee = _open(toy_copy)
    assert referee.left(NURSES) == left
    desk.close()
    assert "its aim is help" in _reasons(toy_copy)
    assert read(toy_copy, NURSES).initiatives[0].kind == "humanitarian-aid"
    assert store.read_corpus(toy_copy).findings == []


def test_a_reading_that_is_changed_underneath_is_compared_as_it_stands(toy_copy: Path) -> None:
    desk, referee = _open(toy_copy)
    before = len(referee.compared(NURSES)["differences"])
    place = _initiative_place(referee)
    referee.rule(NURSES, _ruling(place, "second", "its aim is help"))
    layer, added = _second(toy_copy), place.first
    assert isinstance(added, Initiative)
    third = added.model_copy(update={"id": "i9", "title": "A third one", "evidence": layer.initiatives[1].evidence})
    _rewrite(layer.model_copy(update={"initiatives": (*layer.initiatives, third)}), toy_copy)
    told = referee.compared(NURSES)["differences"]
    assert len(told) == before + 1
    assert [one["ruling"]["why"] for one in told if one["ruling"] and one["what"] == "initiative"] == [
        "its aim is help"
    ]
    desk.close()
    assert "its aim is help" in _reasons(toy_copy)
    assert [i.id for i in _second(toy_copy).initiatives] == ["i1", "i2", "i9"]


def test_the_same_ruling_made_again_stays(toy_copy: Path) -> None:
    desk, referee = _open(toy_copy)
    for _ in range(2):
        referee.rule(NURSES, _ruling(_initiative_place(referee), "second", "its aim is help"))
    desk.close()
    assert _reasons(toy_copy).count("its aim is help") == 1


def test_a_second_referee_s_ruling_is_not_taken_back_by_the_first(toy_copy: Path) -> None:
    desk, referee = _open(toy_copy)
    place = _initiative_place(referee)
    referee.rule(NURSES, _ruling(place, "second", "its aim is help"))
    referee.rule(NURSES, _ruling(place, "first", "nurses are taught", LIM))
    assert _step(desk, "undo") == "conflict"
    desk.close()
    assert [why for why in _reasons(toy_copy) if why in ("its aim is help", "nurses are taught")] == [
        "nurses are taught"
    ]


def test_a_ruling_on_what_was_changed_meanwhile_is_refused(toy_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, referee = _open(toy_copy)
    place, both = _initiative_place(referee), referee.pair(NURSES)
    assert both
    late = ruled(desk.sheet(NURSES).article, both, place, "first", LIM, "2026-11-22")
    referee.rule(NURSES, _ruling(place, "second", "its aim is help"))
    monkeypatch.setattr(compare, "ruled", lambda *_: late)  # worked out before that
    with pytest.raises(ConflictError):
        referee.rule(NURSES, _ruling(place, "first", "nurses are taught", LIM))
    desk.close()
    assert "nurses are taught" not in _reasons(toy_copy)


TITLES = {"i2": "The agreement on river clinics", "i3": "The course for nurses", "i4": "Boats as clinics"}


def _rivals(root: Path) -> None:
    """Three initiatives on the same words, in each reading and in the article; the readings differ on two of them, in
    the same field and with the same values."""
    layers = store.read_layers(root)

    def made(report: Initiative, status: str) -> tuple[Initiative, ...]:
        one = [report.model_copy(update={"id": i, "title": t, "status": status}) for i, t in TITLES.items()]
        return (*one[:2], one[2].model_copy(update={"status": "agreed"}))

    for name, status in (("first", "agreed"), ("second", "pledged")):
        layer = layers[f"{name}/{NURSES}"]
        assert isinstance(layer, Layer)
        report = next(i for i in layer.initiatives if i.id == "i2").model_copy(update={"kind": "humanitarian-aid"})
        update = {"initiatives": made(report, status), "adjudicated": ()}
        _rewrite(layer.model_copy(update=update), root)
    article = read(root, NURSES)
    update = {"initiatives": made(article.initiatives[1], "proposed")}
    _rewrite(article.model_copy(update=update), root)


def _rewrite(record: Article | Layer, root: Path) -> None:
    store.write(record, root, revision=store.read_file(store.path_of(record, root), root).revision, keep=False)


def _standing(article: Article) -> dict[str, tuple[str, str]]:
    return {i.title: (i.status, i.review.state) for i in article.initiatives}


def test_differences_on_the_same_words_have_a_ruling_each(toy_copy: Path) -> None:
    _rivals(toy_copy)
    desk, referee = _open(toy_copy)
    ones = [_initiative_place(referee, item) for item in ("i2", "i3")]
    assert ones[0].bounds == ones[1].bounds
    assert referee.left(NURSES) is not None
    left = (referee.left(NURSES) or (0, 0))[0]
    referee.rule(NURSES, _ruling(ones[1], "second", "nobody signed"))
    assert (referee.left(NURSES) or (0, 0))[0] == left - 1, "the other one is open"
    assert _standing(desk.sheet(NURSES).article) == {
        TITLES["i2"]: ("proposed", "accepted"),
        TITLES["i3"]: ("pledged", "accepted"),
        TITLES["i4"]: ("agreed", "accepted"),
    }
    referee.rule(NURSES, _ruling(ones[0], "first", "both signed"))
    told = [one for one in referee.compared(NURSES)["differences"] if one["what"] == "initiative"]
    rulings = {one["first"]["title"]: one["ruling"] for one in told}
    assert rulings[TITLES["i2"]] == {"kept": "first", "why": "both signed"}
    assert rulings[TITLES["i3"]] == {"kept": "second", "why": "nobody signed"}
    _step(desk, "undo")
    desk.close()
    assert _reasons(toy_copy) == ["nobody signed"]
    assert _standing(read(toy_copy, NURSES))[TITLES["i2"]] == ("proposed", "accepted")


def test_words_of_somebody_else_s_are_taken_in_order_or_not_at_all(toy_copy: Path) -> None:
    _rivals(toy_copy)
    _, referee = _open(toy_copy)
    both = referee.pair(NURSES)
    assert both
    places = [place for place in differences(*both) if place.what == "initiative"]
    assert len({said_at(place, places) for place in places}) == len(places) == 2
    (start, end), told = places[0].bounds, []
    for words in ("signed", "not signed"):
        told.append(Adjudication(what="initiative", start=start, end=end, layers=(words, "?"), kept="first", why=words))
    assert rulings_on(places, told) == told
    assert rulings_on(places, told[:1]) == [None, None], "it may belong to either"
    own = told[0].model_copy(update={"layers": said_at(places[1], places)})
    assert rulings_on(places, [*told, own]) == [None, own]
