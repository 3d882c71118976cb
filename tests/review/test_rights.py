"""A text that is somebody else's, or a curator's own, is shown on the page and written nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.review.conftest import BY, CLINIC, HOST, NURSES, TOKEN, Client, key, read, service_of

from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.corpus import load
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Initiative
from kh_kr_corpus.models.prints import word_runs
from kh_kr_corpus.review import Articles, Desk, Readings
from kh_kr_corpus.review.app import create_app
from kh_kr_corpus.review.decisions import Note, SetInitiative, SetMention, changes_of
from kh_kr_corpus.review.guard import Guard
from kh_kr_corpus.review.journal import PLACE, open_log
from kh_kr_corpus.review.wording import retitled

LOCAL = "Quince jam was weighed twice by nobody in particular that evening. KOICA was not told in 2021."


@pytest.fixture
def text(copies: Path) -> str:
    return (copies / f"{CLINIC}.txt").read_text(encoding="utf-8").rstrip("\n")


@pytest.fixture
def attached(toy_copy: Path, copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """As ``khkr review --texts`` has it, with everything that a program may write in ``tmp_path``."""
    for name in ("XDG_CACHE_HOME", "KHKR_CACHE", "HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    texts = {a.id: a.text for a in load(toy_copy / "articles").attach(copies).articles if a.text}
    desk = Desk(Articles(toy_copy, texts))
    list(desk.shelf.ids())
    yield desk
    desk.close()


def leaks(place: Path, text: str) -> list[tuple[str, str]]:
    """The files below ``place`` that hold a sentence of at least eight words of ``text``."""
    every = [" ".join(text[a:b].split()).strip(".!? ") for a, b in sentences(text)]
    found = []
    for path in (one for one in place.rglob("*") if one.is_file()):
        held = " ".join(path.read_text(encoding="utf-8", errors="replace").split())
        found += [(str(path), one) for one in every if len(one.split()) >= 8 and one in held]
    return found


def test_the_search_for_leaks_finds_one(tmp_path: Path, text: str) -> None:
    """The check can fail."""
    (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
    assert len(leaks(tmp_path, text)) >= 3


def test_after_a_session_a_foreign_text_is_in_no_file(attached: Desk, text: str, tmp_path: Path) -> None:
    service = service_of(attached, annotate=Annotator().annotate)
    client = Client(Guard(create_app(service), frozenset({HOST}), TOKEN))
    shown = client.get(f"/api/articles/{CLINIC}")
    assert shown["article"]["text"] == text, "the page shows it"
    seen = next(m for m in shown["mentions"] if m["id"] == "m14")
    client.decide(CLINIC, {"op": "judge", "seen": seen, "state": "accepted"})
    client.decide(CLINIC, {"op": "judge", "seen": seen, "state": "rejected"})  # a conflict: both versions are kept
    client.decide(CLINIC, {"op": "mention", "seen": None, "start": 0, "end": 5, "label": "ORG"})
    client.decide(CLINIC, {"op": "undo"}, {"op": "redo"}, {"op": "accept-above", "score": 0})
    assert client.post(f"/api/articles/{CLINIC}/renew", {}).status == 200
    start, end = max(sentences(text), key=lambda bounds: bounds[1] - bounds[0])
    whole = text[start:end]
    refused = client.decide(
        CLINIC,
        {"op": "mention", "seen": None, "start": start, "end": end, "label": "ORG"},
        {"op": "note", "seen": shown["mentions"][0], "note": f"It says: {whole}"},
        {"op": "initiative", "seen": None, "fields": {**shown["initiatives"][0], "title": whole.upper()}},
    )
    assert [one["result"] for one in refused["results"]] == ["refused"] * 3
    assert "your own words" in refused["results"][0]["message"]
    attached.flush_all()
    attached.journal.close()
    open_log(attached.shelf.root / PLACE, long=0, kept=1).close()
    attached.journal._log = open_log(attached.shelf.root / PLACE)
    assert read(attached.shelf.root, CLINIC).text is None
    assert leaks(tmp_path, text) == []


def test_a_blind_layer_of_a_foreign_text_holds_none_of_it(attached: Desk, text: str, tmp_path: Path) -> None:
    attached.journal.close()
    readings = Readings(attached.shelf, "third", BY)  # type: ignore[arg-type]
    desk = Desk(readings)
    desk.decide(CLINIC, [SetMention(key=key(), op="mention", start=107, end=112, label="ORG")], BY)
    desk.close()
    assert (attached.shelf.root / "layers" / "third" / f"{CLINIC}.yaml").exists()
    assert leaks(tmp_path, text) == []
    attached.journal._log = open_log(attached.shelf.root / PLACE)


def test_a_curators_own_text_stays_in_its_file_of_the_corpus(attached: Desk, tmp_path: Path) -> None:
    service = service_of(attached, annotate=Annotator().annotate)
    client = Client(Guard(create_app(service), frozenset({HOST}), TOKEN))
    answer = client.post("/api/articles", {"title": "Quinces", "text": LOCAL})
    assert answer.status == 200
    article_id = answer.json()["id"]
    client.decide(article_id, {"op": "accept-above", "score": 0})
    client.post(f"/api/articles/{article_id}/renew", {})
    attached.flush(article_id)
    load(attached.shelf.root)  # a corpus with local texts is not compiled into the user's cache
    assert {path for path, _ in leaks(tmp_path, LOCAL)} == {
        str(next(attached.shelf.root.rglob(f"articles/**/{article_id}.yaml")))
    }


def test_a_programs_title_that_repeats_a_sentence_is_replaced(attached: Desk, text: str) -> None:
    article = attached.sheet(CLINIC).article
    start, end = max(sentences(text), key=lambda bounds: bounds[1] - bounds[0])
    one = article.initiatives[0].model_copy(update={"title": text[start:end]})
    assert [i.title for i in retitled(article, (one, article.initiatives[0]))] == [
        "Infrastructure", article.initiatives[0].title,
    ]  # fmt: skip


def test_eight_words_from_the_middle_of_a_sentence_are_refused_in_any_typography(attached: Desk, text: str) -> None:
    article = attached.sheet(CLINIC).article
    start, end = max(sentences(text), key=lambda bounds: bounds[1] - bounds[0])
    words = list(word_runs(text[start:end]))[1].split()

    def noting(taken: list[str]) -> Note:
        return Note(key=key(), op="note", seen=article.mentions[0], note="as «" + "\u00a0 ".join(taken) + "»")

    with pytest.raises(InputError, match="not ours"):
        changes_of(article, noting(words), BY, "2026-11-22T00:00:00Z")
    assert changes_of(article, noting(words[:7]), BY, "2026-11-22T00:00:00Z")


def test_in_a_text_of_ours_a_sentence_may_be_quoted(attached: Desk) -> None:
    article = attached.sheet(NURSES).article
    assert article.text is not None
    start, end = next(iter(sentences(article.text)))
    note = Note(key=key(), op="note", seen=article.mentions[0], note=article.text[start:end])
    assert changes_of(article, note, BY, "2026-11-22T00:00:00Z")
    made = _copy(article.initiatives[0], article.text[start:end])
    assert changes_of(article, made, BY, "2026-11-22T00:00:00Z")
    foreign = article.model_copy(update={"rights": article.rights.model_copy(update={"text": "external"})})
    with pytest.raises(InputError, match="not ours"):
        changes_of(foreign, note, BY, "2026-11-22T00:00:00Z")


def _copy(initiative: Initiative, title: str) -> SetInitiative:
    fields = {**initiative.model_dump(mode="json"), "title": title}
    return SetInitiative(key=key(), op="initiative", seen=initiative, fields=fields)


def test_without_the_text_nothing_is_shown_of_it(desk: Desk) -> None:
    client = Client(Guard(create_app(service_of(desk)), frozenset({HOST}), TOKEN))
    shown = client.get(f"/api/articles/{CLINIC}")
    assert shown["article"]["text"] is None
    assert isinstance(desk.sheet(CLINIC).article, Article)
