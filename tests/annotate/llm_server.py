"""A server on this machine that speaks chat completions, and misbehaves as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request: kept, then met with the next act; the last act is repeated."""

    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), json.loads(body)))
        acts = self.server.acts
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        try:
            act(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Acts to come, requests that came."""

    daemon_threads = True

    def __init__(self, *acts: Act) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts = list(acts)
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, *args: object) -> None:
        """A client that hung up is what some tests are about."""


@contextmanager
def serving(*acts: Act) -> Iterator[Server]:
    """A server that meets requests with ``acts``, gone at the end."""
    server = Server(*acts)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def says(content: object) -> Act:
    """A completion with that content; what is no text becomes JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    completion = {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
    return sends(json.dumps(completion).encode())


def sends(body: bytes, status: int = 200, **headers: str) -> Act:
    """These very bytes."""
    return lambda handler: handler.answer(body, status, **headers)


def silence(handler: Handler) -> None:
    """Nothing, until the test is over."""
    handler.server.released.wait(30)
    handler.close_connection = True


def drip(handler: Handler) -> None:
    """A byte now and then, never enough: a limit on each read alone would wait for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.server.released.wait(0.02):
        handler.wfile.write(b" ")


def hang_up(handler: Handler) -> None:
    """Half an answer, and gone."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True
