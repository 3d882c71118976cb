"""Who is let in: every wrong mixture of host, page, token and content type is refused, and nothing is saved."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from tests.review.conftest import HOST, NURSES, TOKEN, Answer, Client, ask, key

from kh_kr_corpus.review import Desk
from kh_kr_corpus.review.guard import MAX_BODY, Guard

HOSTS = (HOST, "localhost:8765", "evil.example", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8765.evil.example", None)
ORIGINS = (f"http://{HOST}", "http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:8766", None)
COOKIES = (TOKEN, TOKEN[:-1], "", None)
SECRETS = (True, False, None)
TYPES = ("application/json", "application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded", None)


def _body(client: Client) -> bytes:
    seen = next(m for m in client.get(f"/api/articles/{NURSES}")["mentions"] if m["id"] == "m1")
    return json.dumps(
        {"name": "Eve", "decisions": [{"op": "judge", "seen": seen, "state": "rejected", "key": key()}]}
    ).encode()


def _post(guard: Guard, host: Any, origin: Any, cookie: Any, secret: Any, kind: Any, body: bytes) -> Answer:
    told = {True: guard.secret, False: "x" * 43, None: None}[secret]
    headers = {
        "host": host,
        "origin": origin,
        "x-khkr-token": told,
        "content-type": kind,
        "content-length": str(len(body)),
    }
    headers["cookie"] = None if cookie is None else f"{guard.cookie}={cookie}"
    sent = [(name, value) for name, value in headers.items() if value is not None]
    return ask(guard, "POST", f"/api/articles/{NURSES}/decisions", sent, body)


def test_every_wrong_mixture_is_refused(guard: Guard, client: Client, desk: Desk) -> None:
    body, let_in = _body(client), []
    for mixture in product(HOSTS, ORIGINS, COOKIES, SECRETS, TYPES):
        answer = _post(guard, *mixture, body)
        if answer.status == 200:
            let_in.append(mixture)
        else:
            assert answer.status in (401, 403, 415), mixture
    assert let_in == [(HOST, ORIGINS[0], TOKEN, True, kind) for kind in TYPES[:2]]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "post"])
def test_other_methods_are_refused(guard: Guard, method: str) -> None:
    headers = [("host", HOST), ("cookie", f"{guard.cookie}={TOKEN}")]
    assert ask(guard, method, "/api/session", headers).status == 405


@pytest.mark.parametrize("path", ["/", "/api/session", "/api/articles", "/static/main.js", "/nothing"])
def test_nothing_is_shown_without_the_cookie_or_to_another_page(guard: Guard, path: str) -> None:
    good = [("host", HOST), ("cookie", f"{guard.cookie}={TOKEN}")]
    assert ask(guard, "GET", path, good[:1]).status == 401
    assert ask(guard, "GET", path, [("host", "evil.example"), good[1]]).status == 403
    assert ask(guard, "GET", path, [*good, ("origin", "http://evil.example")]).status == 403
    assert ask(guard, "GET", path, [*good, ("sec-fetch-site", "cross-site")]).status == 403
    assert ask(guard, "GET", path, [*good, ("host", "evil.example")]).status == 403, "two hosts"


def test_the_token_opens_the_page_once_and_leaves_the_address(guard: Guard) -> None:
    answer = ask(guard, "GET", f"/?token={TOKEN}", [("host", HOST), ("sec-fetch-site", "cross-site")])
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert ask(guard, "GET", "/?token=wrong", [("host", HOST)]).status == 403
    assert ask(guard, "GET", f"/?token={TOKEN}&token={TOKEN}", [("host", HOST)]).status == 403


def test_every_answer_forbids_foreign_script_and_frames(guard: Guard, client: Client) -> None:
    for path in ("/", "/api/session", "/static/main.js", "/nothing"):
        headers = ask(guard, "GET", path, list(client.headers.items())).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../guard.py",
        "/static/..%2fguard.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/main.js%00",
        "/static/C:\\x",
        "/api/articles/..%2f..%2fschema",
        "/api/articles/%00",
        "/api/articles/%2e%2e",
        "/api/articles/toy",
    ],
)
def test_no_path_comes_from_the_client(guard: Guard, client: Client, path: str) -> None:
    assert ask(guard, "GET", path, list(client.headers.items())).status == 404


def test_too_much_is_refused_before_it_is_read(guard: Guard, client: Client) -> None:
    sent = {**client.headers, **client.change, "content-length": str(MAX_BODY + 1)}
    path = f"/api/articles/{NURSES}/decisions"
    assert ask(guard, "POST", path, list(sent.items())).status == 413
    del sent["content-length"]
    assert ask(guard, "POST", path, list(sent.items())).status == 411
    lying = {**sent, "content-length": "5"}
    assert ask(guard, "POST", path, list(lying.items()), b" " * (MAX_BODY + 1)).status == 422
    assert ask(guard, "GET", f"/api/search?q={'x' * 5000}", list(client.headers.items())).status == 414
