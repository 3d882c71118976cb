"""An endpoint that is slow, busy, broken or gone: what may pass is tried again, the rest is told, nothing hangs."""

from __future__ import annotations

import json
import pickle
import time
from typing import Any

import pytest

from kh_kr_corpus.annotate.llm.endpoint import Endpoint
from kh_kr_corpus.errors import EnvironmentFailure, InputError

from .llm_server import Act, Handler, Server, drip, hang_up, says, sends, serving, silence

FINE = sends(b'{"fine": true}')


def post(server: Server, *, timeout: float = 20.0, retries: int = 2, key: str | None = None) -> tuple[Any, list[float]]:
    pauses: list[float] = []
    endpoint = Endpoint(server.url, key, timeout, retries, pauses.append)
    return endpoint.post("/chat/completions", {"word": "학교"}), pauses


def test_a_body_goes_out_and_a_value_comes_back() -> None:
    with serving(FINE) as server:
        assert post(server) == ({"fine": True}, [])
        path, headers, body = server.requests[0]
    assert (path, body) == ("/v1/chat/completions", {"word": "학교"})
    assert headers["Content-Type"] == "application/json" and "Authorization" not in headers


def test_a_key_travels_in_the_header_only() -> None:
    with serving(FINE) as server:
        post(server, key="sesame")
        path, headers, body = server.requests[0]
    assert headers["Authorization"] == "Bearer sesame"
    assert "sesame" not in path + json.dumps(body)
    assert "sesame" not in repr(Endpoint("http://localhost/v1", "sesame"))


@pytest.mark.parametrize(
    "trouble",
    [sends(b"", 429), sends(b"<html>", 500), sends(b"", 503), sends(b"no JSON"), sends(b'{"a": '), hang_up],
    ids=["429", "500", "503", "no JSON", "half", "hung up"],
)
def test_what_may_pass_is_tried_again(trouble: Act) -> None:
    with serving(trouble, trouble, FINE) as server:
        assert post(server) == ({"fine": True}, [1.0, 2.0])
    with serving(trouble) as server, pytest.raises(EnvironmentFailure, match=r"tried 3 times"):
        post(server)
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 301, 307, 204])
def test_what_will_not_pass_is_not(status: int) -> None:
    with serving(sends(b"", status, Location="http://127.0.0.1:1/elsewhere")) as server:
        with pytest.raises(EnvironmentFailure, match=str(status)):
            post(server, key="sesame")
        assert len(server.requests) == 1, "neither tried again nor sent elsewhere"


def test_a_server_that_asks_for_time_gets_it_within_reason() -> None:
    with serving(sends(b"", 429, Retry_After="7"), sends(b"", 429, Retry_After="99999"), FINE) as server:
        assert post(server)[1] == [7.0, 30.0]
    with serving(sends(b"", 429, Retry_After="Wed, 21 Oct 2099 07:28:00 GMT"), FINE) as server:
        assert post(server)[1] == [1.0]


@pytest.mark.parametrize("trouble", [silence, drip])
def test_a_server_that_never_comes_to_an_end_is_left(trouble: Act) -> None:
    began = time.monotonic()
    with serving(trouble) as server, pytest.raises(EnvironmentFailure, match=r"no answer within 0\.3 s"):
        post(server, timeout=0.3, retries=1)
    assert len(server.requests) == 2
    assert time.monotonic() - began < 15, "the server would have gone on for 30 seconds and more"


def test_an_answer_without_end_in_size_is_left() -> None:
    def flood(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not handler.server.released.is_set():
            handler.wfile.write(b" " * 1_000_000)

    with serving(flood) as server, pytest.raises(EnvironmentFailure, match="4,000,000 bytes"):
        post(server)


def test_deep_nesting_is_no_answer() -> None:
    with serving(sends(b"[" * 200_000)) as server, pytest.raises(EnvironmentFailure, match="no JSON"):
        post(server, retries=0)


def test_nobody_is_there() -> None:
    with serving(FINE) as server:
        address = server.url
    with pytest.raises(EnvironmentFailure, match="no answer") as caught:
        Endpoint(address, retries=1, pause=lambda _: None).post("/chat/completions", {})
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "url",
    ["", "localhost:8080", "ftp://a/v1", "file:///etc/passwd", "http:///v1", "http://a:b/v1", "http://u:word@a/v1",
     "http://a/v1?key=word", "http://[::1/v1"],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(InputError) as caught:
        Endpoint(url)
    assert "word" not in str(caught.value)


def test_no_key_in_the_clear() -> None:
    with pytest.raises(InputError, match="https"):
        Endpoint("http://example.org/v1", "sesame")
    assert Endpoint("https://example.org/v1", "sesame").base_url
    assert Endpoint("http://localhost:1/v1", "sesame").base_url


def test_the_server_of_these_tests_speaks_the_protocol() -> None:
    with serving(says("hello")) as server:
        assert post(server)[0]["choices"][0]["message"]["content"] == "hello"
