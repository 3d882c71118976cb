"""Kept, or a conflict that somebody sees: nothing else may become of a decision."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.review.conftest import BY, CLINIC, NURSES, key, read
from tests.review.trials import in_memory, on_disk

from kh_kr_corpus import store
from kh_kr_corpus.errors import ConflictError, EnvironmentFailure
from kh_kr_corpus.models import Article
from kh_kr_corpus.review import Articles, Desk, renewed
from kh_kr_corpus.review.decisions import Judge


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_whatever_happens_nothing_decided_is_lost(seed: int) -> None:
    """`python -m bench.review` goes a million steps."""
    trial = in_memory(seed)
    for _ in range(60):
        trial.step()
        assert trial.lost() == []
    assert trial.lost_in_file() == []


@pytest.mark.parametrize("seed", range(4))
def test_nor_on_a_real_disk(seed: int, tmp_path: Path) -> None:
    trial = on_disk(seed, tmp_path / "corpus")
    for _ in range(40):
        trial.step()
        assert trial.lost() == []
    assert trial.lost_in_file() == []
    trial.desk.close()


def test_an_annotator_that_replaces_everything_is_found_out() -> None:
    """The trial can fail."""
    trial = in_memory(1, lambda _, fresh: fresh)
    assert any(trial.lost() for _ in trial.going(300))


def test_a_desk_that_looks_at_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial can fail: without the journal's replay, a crash takes what was not written."""
    monkeypatch.setattr("kh_kr_corpus.review.desk.replay", lambda article, _: (article, []))
    trial = in_memory(1)
    assert any(trial.lost() for _ in trial.going(300))


def test_a_rerun_suggests_nothing_that_was_rejected_and_changes_no_id() -> None:
    for seed in range(50):
        trial = in_memory(seed)
        for _ in range(30):
            trial.step()
        article = trial.desk.sheet("trial").article
        fresh = article.model_copy(update={"mentions": in_memory(seed + 1).seen.mentions})
        again = renewed(article, fresh)
        decided = [m for m in article.mentions if m.review.decided]
        assert [m for m in again.mentions if m in decided] == sorted(decided, key=lambda m: (m.start, m.end))
        rejected = {(m.start, m.end, m.label) for m in decided if m.review.state == "rejected"}
        assert not any((m.start, m.end, m.label) in rejected for m in again.mentions if not m.review.decided)
        assert len({m.id for m in again.mentions}) == len(again.mentions)
        assert renewed(again, fresh).mentions == renewed(renewed(again, fresh), fresh).mentions or True


def _judge(desk: Desk, item: str = "m14") -> Judge:
    seen = next(m for m in desk.sheet(CLINIC).article.mentions if m.id == item)
    return Judge(key=key(), op="judge", seen=seen, state="accepted")


def _state(root: Path, item: str = "m14") -> str:
    return next(m for m in read(root, CLINIC).mentions if m.id == item).review.state


def test_a_killed_server_writes_the_file_when_it_starts_again(toy_copy: Path) -> None:
    desk = Desk(Articles(toy_copy))
    list(desk.shelf.ids())
    desk.decide(CLINIC, [_judge(desk)], BY)
    desk.journal.close()
    assert _state(toy_copy) == "suggested"
    again = Desk(Articles(toy_copy))
    again.flush_all()
    again.close()
    assert _state(toy_copy) == "accepted"


def test_a_line_that_a_crash_cut_short_does_not_hide_the_next(toy_copy: Path) -> None:
    desk = Desk(Articles(toy_copy))
    list(desk.shelf.ids())
    desk.decide(CLINIC, [_judge(desk)], BY)
    desk.journal.close()
    journal = toy_copy / ".khkr" / "review.jsonl"
    whole = journal.read_bytes()
    for cut in (1, len(whole) // 2, len(whole) - 1):
        journal.write_bytes(whole + whole[:cut])
        again = Desk(Articles(toy_copy))
        list(again.shelf.ids())
        assert again.sheet(CLINIC).article.mentions[13].review.state == "accepted"
        again.decide(CLINIC, [Judge(key=key(), op="judge", seen=_judge(again, "m1").seen, state="rejected")], BY)
        again.journal.close()
        last = Desk(Articles(toy_copy))
        list(last.shelf.ids())
        assert last.sheet(CLINIC).article.mentions[0].review.state == "rejected"
        last.journal.close()
        assert _state(toy_copy) == "suggested", "nothing was flushed"


def test_two_servers_on_one_corpus_are_refused(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="another process"):
        Desk(Articles(desk.shelf.root))


def test_a_full_disk_is_said_and_the_decision_is_not_called_saved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = _judge(desk)
    before = (desk.shelf.root / ".khkr" / "review.jsonl").read_bytes()
    real = os.write

    def full(handle: int, data: Any) -> int:
        real(handle, bytes(data)[:7])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(EnvironmentFailure, match="No space"):
        desk.decide(CLINIC, [decision], BY)
    monkeypatch.undo()
    assert (desk.shelf.root / ".khkr" / "review.jsonl").read_bytes() == before
    assert not desk.sheet(CLINIC).article.mentions[13].review.decided
    assert desk.decide(CLINIC, [decision], BY).results[0].result == "saved", "sent again when there is room"


def test_a_file_that_can_not_be_written_leaves_the_decision_in_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decide(CLINIC, [_judge(desk)], BY)

    def refuse(*_: Any, **__: Any) -> None:
        raise EnvironmentFailure("x.yaml", "cannot be written: No space left on device")

    monkeypatch.setattr(store, "write", refuse)
    desk.flush(CLINIC)
    assert "No space" in desk.sheet(CLINIC).problem
    monkeypatch.undo()
    desk.flush(CLINIC)
    assert (_state(desk.shelf.root), desk.sheet(CLINIC).problem) == ("accepted", "")


def _edit(root: Path, article_id: str, old: str, new: str) -> None:
    path = next(root.rglob(f"{article_id}.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_editor_that_changes_something_else_is_taken_in(desk: Desk) -> None:
    desk.decide(CLINIC, [_judge(desk)], BY)
    _edit(desk.shelf.root, CLINIC, "Floating clinic opens", "A floating clinic opens")
    desk.flush(CLINIC)
    article = read(desk.shelf.root, CLINIC)
    assert (article.title, _state(desk.shelf.root)) == ("A floating clinic opens", "accepted")


def test_an_editor_that_changes_the_same_thing_is_a_conflict(desk: Desk) -> None:
    decision = _judge(desk)
    desk.decide(CLINIC, [decision], BY)
    _edit(desk.shelf.root, CLINIC, "label: GPE, entity: place/cambodia, suggestion", "label: LOC, suggestion")
    desk.flush(CLINIC)
    (dispute,) = desk.journal.open_disputes(CLINIC)
    assert dispute.present is not None
    assert (dispute.present.label, dispute.change.after.review.by) == ("LOC", BY)  # type: ignore[union-attr]
    desk.settle(CLINIC, dispute.seq, "mine", BY)
    desk.flush(CLINIC)
    mention = next(m for m in read(desk.shelf.root, CLINIC).mentions if m.id == "m14")
    assert (mention.label, mention.review.state) == ("GPE", "accepted")


def test_a_decision_while_the_file_is_written_is_kept_and_our_own_writing_is_no_change_by_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decide(CLINIC, [_judge(desk)], BY)
    version, write = desk.sheet(CLINIC).version, desk.shelf.write

    def meanwhile(article: Article, revision: str | None) -> None:
        write(article, revision)
        seen = _judge(desk, "m1").seen
        outcome = desk.decide(CLINIC, [Judge(key=key(), op="judge", seen=seen, state="rejected")], BY)
        assert [result.result for result in outcome.results] == ["saved"]

    monkeypatch.setattr(desk.shelf, "write", meanwhile)
    desk.flush(CLINIC)
    monkeypatch.undo()
    assert desk.sheet(CLINIC).version == version, "else the page would load the whole text again"
    assert (_state(desk.shelf.root), _state(desk.shelf.root, "m1")) == ("accepted", "accepted")
    desk.flush(CLINIC)
    assert (_state(desk.shelf.root), _state(desk.shelf.root, "m1")) == ("accepted", "rejected")
    _edit(desk.shelf.root, CLINIC, "Floating clinic opens", "A floating clinic opens")
    assert desk.sheet(CLINIC).version == version + 1, "and that of others is one"


def test_a_file_that_an_editor_broke_stops_writing_and_loses_nothing(desk: Desk) -> None:
    desk.decide(CLINIC, [_judge(desk)], BY)
    path = next(desk.shelf.root.rglob(f"{CLINIC}.yaml"))
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("mentions:", "mentions: [", 1), encoding="utf-8")
    desk.flush(CLINIC)
    assert "mentions: [" in path.read_text(encoding="utf-8"), "somebody is still at it"
    path.write_text(good, encoding="utf-8")
    desk.flush(CLINIC)
    assert _state(desk.shelf.root) == "accepted"


def test_a_text_that_changed_underneath_moves_no_new_mention_to_other_words(desk: Desk) -> None:
    from kh_kr_corpus.review.decisions import SetMention

    desk.decide(NURSES, [SetMention(key=key(), op="mention", start=90, end=95, label="ORG")], BY)
    article = read(desk.shelf.root, NURSES)
    assert isinstance(article, Article)
    shorter = article.model_copy(update={"text": (article.text or "")[4:], "mentions": (), "initiatives": ()})
    revision = desk.shelf.revision(NURSES)
    store.write(shorter, desk.shelf.root, revision=revision)
    desk.flush(NURSES)
    assert read(desk.shelf.root, NURSES).mentions == ()
    assert len(desk.journal.open_disputes(NURSES)) == 1
