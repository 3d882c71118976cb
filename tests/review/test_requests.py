"""Nonsense gets an answer that says what is wrong; never a traceback, and never a damaged file."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from tests.review.conftest import HOST, TOKEN, Client, service_of
from tests.review.requests import request

from kh_kr_corpus import store
from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.review import Desk
from kh_kr_corpus.review.app import create_app
from kh_kr_corpus.review.guard import Guard


def test_generated_requests_get_no_error_of_ours_and_the_files_stay_valid(desk: Desk, toy_copy: Path) -> None:
    """`python -m bench.review` sends a hundred thousand."""
    rng = random.Random(3)  # noqa: S311
    service = service_of(desk, annotate=Annotator().annotate, referee=True)
    client = Client(Guard(create_app(service), frozenset({HOST}), TOKEN))
    statuses: Counter[int] = Counter()
    for _ in range(1500):
        answer = request(rng, client)
        statuses[answer.status] += 1
        assert answer.status < 500, answer.body
        assert b"Traceback" not in answer.body
    assert statuses[200] > 100, "else nothing is tested but the guard"
    assert statuses[422] > 100
    desk.flush_all()
    assert [str(found) for found in store.read_corpus(toy_copy).findings] == []


def test_an_error_of_ours_would_be_seen(client: Client, desk: Desk) -> None:
    """The check can fail."""
    desk.shelf.revision = None  # type: ignore[assignment,method-assign]
    answer = client.post("/api/articles/x/settle", {"name": "Eve", "dispute": 1, "keep": "mine"})
    assert answer.status == 500
    assert b"Traceback" not in answer.body
