"""One HTTP endpoint that may be slow, busy, broken or hostile: a JSON body goes out, a JSON value comes back."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from kh_kr_corpus.errors import EnvironmentFailure, InputError

__all__ = ["Endpoint"]

_LARGEST = 4_000_000
"""Bytes of an answer; no list of suggestions on one text is longer."""
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Answers that may be better a little later."""
_LONGEST_PAUSE = 30.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class _TryAgainError(Exception):
    """What may pass; ``after`` is how long the server asks us to wait, in seconds."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message, after)
        self.message, self.after = message, after


@dataclass(frozen=True)
class Endpoint:
    """Where requests go. Redirects are not followed and proxies not used: nothing travels to another host.

    Raises :class:`InputError` for an address that is none, or that would carry ``key`` over the net in the clear.
    """

    base_url: str
    """E.g. ``http://localhost:8080/v1``."""
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    """Seconds for one request, from the first byte out to the last byte in."""
    retries: int = 2
    pause: Callable[[float], object] = field(default=time.sleep, repr=False)

    def __post_init__(self) -> None:
        address = self._address
        if address.scheme not in ("http", "https") or not address.hostname or address.username or address.query:
            raise InputError(_told(self.base_url), "is no address of an endpoint", "write http(s)://HOST[:PORT]/v1")
        if self.key and address.scheme == "http" and address.hostname not in _LOOPBACK:
            raise InputError(_told(self.base_url), "the key would travel in the clear", "use https")

    @property
    def _address(self) -> SplitResult:
        try:
            address = urlsplit(self.base_url)
            _ = address.port  # checked only when it is asked for
        except ValueError:
            return SplitResult("", "", "", "", "")
        return address

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON value that the endpoint answers to ``body``.

        Raises :class:`EnvironmentFailure` when there is none: after ``retries`` more attempts where the trouble may
        pass, each a while after the one before.
        """
        data = json.dumps(body).encode("ascii")
        problem = ""
        for attempt in range(self.retries + 1):
            try:
                return _loads(self._once(path, data))
            except _TryAgainError as error:
                problem = error.message
                if attempt < self.retries:
                    self.pause(min(max(2.0**attempt, error.after), _LONGEST_PAUSE))
        tried = f" (tried {self.retries + 1} times)" if self.retries else ""
        raise EnvironmentFailure(_told(self.base_url), problem + tried)

    def _once(self, path: str, data: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "khkr"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        expired = threading.Event()
        try:
            with self._connection(expired) as connection:
                connection.request("POST", self._address.path.rstrip("/") + path, data, headers)
                with connection.getresponse() as response:
                    return self._read(response)
        except ssl.SSLCertVerificationError as error:
            raise EnvironmentFailure(_told(self.base_url), f"its certificate does not hold: {error.reason}") from error
        except (OSError, HTTPException, ValueError, AttributeError) as error:
            # AttributeError: http.client when the socket is taken away while it reads
            late = expired.is_set() or isinstance(error, TimeoutError)
            told = f"no answer within {self.timeout:g} s" if late else f"no answer: {_reason(error)}"
            raise _TryAgainError(told) from error

    @contextmanager
    def _connection(self, expired: threading.Event) -> Iterator[HTTPConnection]:
        """A connection that is cut when its time is over, however slowly the other side keeps talking."""
        address = self._address
        secure = address.scheme == "https"
        kind = HTTPSConnection if secure else HTTPConnection
        connection = kind(address.hostname or "", address.port, timeout=self.timeout)
        timer: threading.Timer | None = None
        try:
            connection.connect()
            # kept here: http.client lets go of it when an answer is the last one
            timer = threading.Timer(self.timeout, _cut, (connection.sock, expired))
            timer.daemon = True
            timer.start()
            yield connection
            if expired.is_set():
                raise TimeoutError
        finally:
            if timer:
                timer.cancel()
            connection.close()

    def _read(self, response: HTTPResponse) -> bytes:
        status = response.status
        if status in _BUSY:
            raise _TryAgainError(f"it answers {status}", _seconds(response.getheader("Retry-After")))
        if status != 200:
            raise EnvironmentFailure(_told(self.base_url), f"it answers {status}")
        data = response.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise EnvironmentFailure(_told(self.base_url), f"its answer has over {_LARGEST:,} bytes")
        return data


def _cut(wire: socket.socket, expired: threading.Event) -> None:
    expired.set()
    with suppress(OSError):  # it is closed already
        wire.shutdown(socket.SHUT_RDWR)


def _loads(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        # half an answer, or a page of a server in between
        raise _TryAgainError("its answer is no JSON") from error


def _seconds(value: str | None) -> float:
    return float(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 0.0


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or type(error).__name__).lower()


def _told(url: str) -> str:
    """The address without what may be secret in it."""
    bare = url.partition("?")[0].partition("#")[0]
    scheme, found, rest = bare.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if found else bare.rpartition("@")[2]
