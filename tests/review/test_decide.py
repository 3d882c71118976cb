"""What a curator decides reaches the journal at once and the file a moment later, as the codebook says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.review.conftest import BY, CLINIC, NURSES, Client, read

from kh_kr_corpus.review import Desk

KOREAN = "2023-boat-diary-ko"


def _item(client: Client, article_id: str, item_id: str) -> Any:
    data = client.get(f"/api/articles/{article_id}")
    return next(one for one in data["mentions"] + data["initiatives"] if one["id"] == item_id)


def test_an_accepted_suggestion_says_who_and_when_and_keeps_the_suggestion(client: Client, desk: Desk) -> None:
    seen = _item(client, CLINIC, "m14")
    done = client.decide(CLINIC, {"op": "judge", "seen": seen, "state": "accepted"})
    assert done["results"][0]["result"] == "saved"
    desk.flush(CLINIC)
    mention = next(m for m in read(desk.shelf.root, CLINIC).mentions if m.id == "m14")
    assert (mention.review.state, mention.review.by) == ("accepted", BY)
    assert mention.review.at is not None and mention.review.at.endswith("Z")
    assert mention.suggestion is not None and mention.suggestion.score == 0.35


def test_saved_means_journaled(client: Client, desk: Desk, toy_copy: Path) -> None:
    client.decide(CLINIC, {"op": "judge", "seen": _item(client, CLINIC, "m14"), "state": "rejected"})
    assert read(toy_copy, CLINIC).mentions[13].review.state == "suggested", "the file follows later"
    assert '"m14"' in (toy_copy / ".khkr" / "review.jsonl").read_text(encoding="utf-8")
    desk.flush(CLINIC)
    assert read(toy_copy, CLINIC).mentions[13].review.state == "rejected"
    assert client.get(f"/api/articles/{CLINIC}/state")["written"]


def test_moved_bounds_take_the_quote_from_the_text_and_are_a_correction(client: Client) -> None:
    seen = _item(client, NURSES, "m3")
    change = {"op": "mention", "seen": seen, "start": 103, "end": 116, "label": "GPE", "entity": seen["entity"]}
    client.decide(NURSES, change)
    moved = _item(client, NURSES, "m3")
    assert (moved["text"], moved["review"]["state"]) == ("from Cambodia", "corrected")
    client.decide(NURSES, {"op": "undo"})
    assert _item(client, NURSES, "m3") == seen
    client.decide(NURSES, {"op": "redo"})
    assert _item(client, NURSES, "m3") == moved
    assert client.decide(NURSES, {"op": "redo"})["results"][0]["result"] == "refused"


def test_a_new_mention_stands_where_it_belongs(client: Client, desk: Desk, toy_copy: Path) -> None:
    new = {"op": "mention", "start": 90, "end": 95, "label": "ORG", "entity": None}
    done = client.decide(NURSES, new)
    assert done["items"][0]["id"] == "m9"
    assert done["items"][0]["item"]["review"]["state"] == "accepted"
    desk.flush(NURSES)
    assert [m.id for m in read(toy_copy, NURSES).mentions][:4] == ["m1", "m2", "m9", "m3"]


def test_what_is_no_span_is_refused_and_the_others_are_saved(client: Client) -> None:
    bad = [
        {"op": "mention", "start": 5, "end": 5, "label": "ORG"},
        {"op": "mention", "start": 0, "end": 10_000, "label": "ORG"},
        {"op": "mention", "start": 3, "end": 8, "label": "ORG"},
    ]
    good = {"op": "judge", "seen": _item(client, NURSES, "m1"), "state": "rejected"}
    results = [one["result"] for one in client.decide(NURSES, *bad, good)["results"]]
    assert results == ["refused"] * 3 + ["saved"]


def test_an_initiative_is_edited_with_evidence_by_bounds(client: Client, desk: Desk, toy_copy: Path) -> None:
    seen = _item(client, NURSES, "i1")
    fields = {**seen, "kind": "policy-dialogue", "themes": ["training", "policy-dialogue"], "status": "agreed"}
    fields["evidence"] = [{"start": 0, "end": 117}]
    assert (
        client.decide(NURSES, {"op": "initiative", "seen": seen, "fields": fields})["results"][0]["result"] == "saved"
    )
    desk.flush(NURSES)
    saved = read(toy_copy, NURSES).initiatives[0]
    assert (saved.kind, saved.status, saved.review.state) == ("policy-dialogue", "agreed", "corrected")
    assert [one.sha256 for one in saved.evidence] == ["52593fe2751284b2"]
    wrong = {**fields, "kind": "teaching", "themes": ["teaching"]}
    told = client.decide(NURSES, {"op": "initiative", "seen": _item(client, NURSES, "i1"), "fields": wrong})["results"][
        0
    ]
    assert told["result"] == "refused"
    assert "kind" in told["message"]


def test_accepting_all_above_a_score_is_one_step(client: Client) -> None:
    done = client.decide(CLINIC, {"op": "accept-above", "score": 0.33})
    assert {(one["what"], one["id"]) for one in done["items"]} == {("mention", "m14")}
    done = client.decide(CLINIC, {"op": "accept-above", "score": 0.0})
    assert {one["id"] for one in done["items"]} == {"i3"}
    assert done["row"]["open"] == 0
    client.decide(CLINIC, {"op": "undo"})
    client.decide(CLINIC, {"op": "undo"})
    assert _item(client, CLINIC, "m14")["review"]["state"] == "suggested"


def test_a_decision_sent_twice_is_taken_once(client: Client, desk: Desk) -> None:
    once = {"op": "mention", "start": 90, "end": 95, "label": "ORG", "key": "the-same-key"}
    client.decide(NURSES, once)
    assert client.decide(NURSES, once)["results"][0]["result"] == "saved"
    assert len(desk.sheet(NURSES).article.mentions) == 9


def test_a_note_changes_nothing_else(client: Client) -> None:
    seen = _item(client, NURSES, "m1")
    client.decide(NURSES, {"op": "note", "seen": seen, "note": "ask the ministry"})
    noted = _item(client, NURSES, "m1")
    assert noted["review"].pop("note") == "ask the ministry"
    assert noted["review"] == {k: v for k, v in seen["review"].items() if k != "note"}


def test_a_stale_decision_is_a_conflict_with_both_versions_until_somebody_chooses(client: Client) -> None:
    seen = _item(client, NURSES, "m1")
    client.decide(NURSES, {"op": "judge", "seen": seen, "state": "rejected"}, name="Sok Toy")
    change = {"op": "mention", "seen": seen, "start": 4, "end": 43, "label": "GPE"}
    done = client.decide(NURSES, change)
    assert done["results"][0]["result"] == "conflict"
    dispute = done["disputes"][0]
    assert dispute["change"]["after"]["label"] == "GPE"
    assert dispute["present"]["review"]["by"] == "human:Sok Toy"
    body = {"name": "Chan Dara", "dispute": dispute["seq"], "keep": "mine"}
    after = client.post(f"/api/articles/{NURSES}/settle", body).json()
    assert after["disputes"] == []
    assert _item(client, NURSES, "m1")["label"] == "GPE"
    assert client.post(f"/api/articles/{NURSES}/settle", body).status == 404
