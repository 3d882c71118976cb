"""A desk on a copy of the toy corpus, and the server's application in front of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from starlette.types import ASGIApp, Message
from tests.review.browser import Server, browser

from kh_kr_corpus import store
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article
from kh_kr_corpus.review import Articles, Desk, Referee, Service
from kh_kr_corpus.review.app import create_app
from kh_kr_corpus.review.guard import Guard
from kh_kr_corpus.review.service import Annotate

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOTE = "synthetic-khmer-notice"
NURSES = "2022-nurses-for-the-boats"
CLINIC = "2021-clinic-opens"
BY = "human:Chan Dara"
HOST = "127.0.0.1:8765"
TOKEN = "t" * 43
_keys = count()


def key() -> str:
    """A key that no decision has had."""
    return f"key-{next(_keys):08d}"


def read(root: Path, article_id: str) -> Article:
    """The article as its file has it."""
    path = next(path for path in root.rglob(f"{article_id}.yaml") if "layers" not in path.parts)
    model = store.read_file(path, root).model
    assert isinstance(model, Article)
    return model


@dataclass
class Answer:
    """What the server says to one request."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        return json.loads(self.body)


def ask(app: ASGIApp, method: str, path: str, headers: list[tuple[str, str]], body: bytes = b"") -> Answer:
    """One request straight into the application, with exactly these headers."""
    plain, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(plain), "raw_path": plain.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8765),
    }  # fmt: skip
    answer, sent = Answer(), iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        return next(sent, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode(): v.decode("latin-1") for k, v in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    async def run() -> None:
        await app(scope, receive, send)

    asyncio.run(run())
    return answer


class Client:
    """The page's side of the interface: it sends what the page sends."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.headers = {"host": HOST, "cookie": f"{guard.cookie}={TOKEN}"}
        self.change = {"origin": f"http://{HOST}", "x-khkr-token": guard.secret, "content-type": "application/json"}

    def get(self, path: str) -> Any:
        answer = ask(self.guard, "GET", path, list(self.headers.items()))
        assert answer.status == 200, answer.body
        return answer.json()

    def post(self, path: str, body: object) -> Answer:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers, **self.change, "content-length": str(len(data))}
        return ask(self.guard, "POST", path, list(headers.items()), data)

    def decide(self, article_id: str, *decisions: dict[str, Any], name: str = "Chan Dara") -> Any:
        sent = [{"key": key(), **one} for one in decisions]
        answer = self.post(f"/api/articles/{article_id}/decisions", {"name": name, "decisions": sent})
        assert answer.status == 200, answer.body
        return answer.json()


@pytest.fixture
def desk(toy_copy: Path) -> Iterator[Desk]:
    """A desk without a thread that writes: files follow when the test says so."""
    desk = Desk(Articles(toy_copy))
    list(desk.shelf.ids())
    yield desk
    desk.close()


def service_of(desk: Desk, *, annotate: Annotate | None = None, referee: bool = False) -> Service:
    """The service around a desk, without an annotator and without a referee unless they are wanted."""
    kb = KnowledgeBase(store.read_entities(desk.shelf.root).values())
    return Service(desk, kb, annotate=annotate, referee=Referee(desk, "first", "second") if referee else None)


@pytest.fixture
def guard(desk: Desk) -> Guard:
    """The guarded application."""
    return Guard(create_app(service_of(desk)), frozenset({HOST, "localhost:8765"}), TOKEN)


@pytest.fixture
def client(guard: Guard) -> Client:
    """A page that has been let in."""
    return Client(guard)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of a file; each opens pages of its own."""
    with browser() as chromium:
        yield chromium


@pytest.fixture
def server(toy_copy: Path, copies: Path) -> Iterator[Server]:
    """``khkr review`` on a copy of the toy corpus, with a reader's own copies of the external texts."""
    server = Server(toy_copy, "--name", "Chan Dara", "--texts", str(copies)).start()
    yield server
    if server.process is not None and server.process.poll() is None:
        assert server.stop() == 0


@pytest.fixture
def errors() -> Iterator[list[str]]:
    """What goes wrong in a page; nothing must."""
    found: list[str] = []
    yield found
    assert found == []
