"""Starts the server, brings files up to date behind the decisions, and ends in order."""

from __future__ import annotations

import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn

from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.review.app import create_app
from kh_kr_corpus.review.desk import Desk
from kh_kr_corpus.review.guard import Guard
from kh_kr_corpus.review.service import Service

__all__ = ["LOOPBACK", "Scribe", "hosts_of", "serve"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORT = 8765
"""A browser keeps what could not be sent by address, so the address is the same each time where that is possible."""
_REST_SECONDS = 1.5
"""How long nobody must decide anything before files are written: writing a long one takes half a second of work."""
_LONGEST_SECONDS = 20.0
"""How long a file waits at most."""


class Scribe:
    """A thread that brings the files of a desk up to date a moment after decisions on them."""

    def __init__(self, rest: float = _REST_SECONDS) -> None:
        self._rest = rest
        self._waiting: set[str] = set()
        self._wake, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="scribe", daemon=True)
        self.desk: Desk | None = None

    def note(self, article_id: str) -> None:
        """There is something new to write."""
        self._waiting.add(article_id)
        self._wake.set()

    def start(self, desk: Desk) -> None:
        """Begin, with what a crash left undone."""
        self.desk = desk
        desk.flush_all()
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what is waiting is written by :meth:`Desk.close`."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.wait()
            deadline = time.monotonic() + _LONGEST_SECONDS
            while self._wake.is_set() and time.monotonic() < deadline and not self._ended.is_set():
                self._wake.clear()
                self._ended.wait(self._rest)
            while self._waiting and self.desk and not self._ended.is_set():
                self.desk.flush(self._waiting.pop())


def hosts_of(host: str, port: int) -> frozenset[str]:
    """The names under which a server at ``host`` may be addressed."""
    names = LOOPBACK if host in LOOPBACK else (*LOOPBACK, host)
    return frozenset(f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names)


def serve(
    service: Service, scribe: Scribe, *, host: str = "127.0.0.1", port: int | None = None, remote: bool = False,
    ready: Callable[[str], None] = lambda _: None,
) -> None:  # fmt: skip
    """Serve the review page until the process is interrupted; ``ready`` gets its address, token included.

    Raises :class:`InputError` for a host that is not this machine's own loopback, unless ``remote`` is wanted, and
    :class:`EnvironmentFailure` when the port is taken.
    """
    try:
        if host not in LOOPBACK and not remote:
            raise InputError("--host", f"{host!r} is open to other machines", "say --remote as well if you mean it")
        with _listening(host, port) as listener:
            _run(service, scribe, host, listener, ready)
    finally:
        scribe.stop()
        service.desk.close()


def _run(service: Service, scribe: Scribe, host: str, listener: socket.socket, ready: Callable[[str], None]) -> None:
    port, token = listener.getsockname()[1], secrets.token_urlsafe(32)
    guard = Guard(create_app(service), hosts_of(host, port), token)
    config = uvicorn.Config(
        guard, log_level="critical", access_log=False, lifespan="off", ws="none", server_header=False
    )
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)
    sys.setswitchinterval(0.0005)  # a decision is not to wait while the scribe writes a long file
    scribe.start(service.desk)
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{port}/?token={token}")
    with suppress(KeyboardInterrupt):  # the way in which it ends
        uvicorn.Server(config).run(sockets=[listener])


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _listening(host: str, port: int | None) -> Iterator[socket.socket]:
    """A socket that listens on ``port``; without one, on the usual port, or on a free one when that is taken."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            try:
                listener.bind((host, _PORT if port is None else port))
            except OSError:
                if port is not None:
                    raise
                listener.bind((host, 0))
            listener.listen(64)
        except OSError as error:
            raise EnvironmentFailure(f"{host}:{port}", f"cannot be served: {error.strerror or error}") from error
        yield listener
