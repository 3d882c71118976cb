"""Who may talk to the server: this machine's own page, opened with this start's token, and nobody else.

Any page on the web can make a browser send requests to 127.0.0.1, so being local proves nothing. Four things must
agree: the name that the request was sent to (Host), the page that sent it (Origin), a secret that only our page knows,
and, for a request that changes something, a content type that no plain form can send.
"""

from __future__ import annotations

import hmac
import json
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "MAX_BODY", "Guard"]

MAX_BODY = 9_000_000
"""Bytes of a request: enough for the longest text that the annotator takes, in Khmer."""
_MAX_QUERY = 4_000
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""What every answer carries."""


class Guard:
    """An ASGI application that lets through to ``app`` only what our own page sends.

    ``hosts`` are the names, with port, under which the server may be addressed. ``token`` opens the page once, in its
    address, and is a cookie from then on; ``secret`` is told to the page alone and must come with every change.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], token: str) -> None:
        self._app, self._hosts, self._token = app, hosts, token
        self.secret = secrets.token_urlsafe(32)
        port = min(hosts, default="").rpartition(":")[2]
        self.cookie = f"khkr-{port}"  # cookies are shared between the ports of a host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = _Headers(scope)
        status, why = self._judge(scope, headers)
        if status:
            await _answer(send, status, why)
        elif scope["path"] == "/" and scope["query_string"]:
            await self._let_in(scope, send)
        else:
            scope["state"] = {**scope.get("state", {}), "secret": self.secret}
            await self._app(scope, _limited(receive), _with_headers(send))

    def _judge(self, scope: Scope, headers: _Headers) -> tuple[int, str]:
        """The status and reason of a refusal, or 0."""
        host = headers.only("host")
        if host not in self._hosts:
            return 403, "this server answers to its own address only"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "use GET or POST"
        if len(scope["query_string"]) > _MAX_QUERY or len(scope["path"]) > _MAX_QUERY:
            return 414, "the address is too long"
        opens = scope["path"] == "/" and bool(scope["query_string"]) and scope["method"] == "GET"
        # a link in a terminal or mail may open the page; anything else must come from the page itself
        if not opens and headers.only("sec-fetch-site", "none") not in ("same-origin", "none"):
            return 403, "only the page of this server may ask"
        if not opens and not self._has_cookie(headers):
            return 401, "open the address that khkr review printed; it has this start's token"
        origin = headers.only("origin", "")
        if origin not in ("", f"http://{host}"):
            return 403, "only the page of this server may ask"
        return self._judge_change(headers, origin) if scope["method"] == "POST" else (0, "")

    def _judge_change(self, headers: _Headers, origin: str) -> tuple[int, str]:
        if not origin:
            return 403, "a change must say which page it comes from"
        if not _same(headers.only("x-khkr-token", ""), self.secret):
            return 403, "a change needs the page's own token; load the page again"
        kind = headers.only("content-type", "").partition(";")[0].strip().casefold()
        if kind != "application/json":
            return 415, "send application/json"
        length = headers.only("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return 411, "say how long the request is"
        if len(length) > 12 or int(length) > MAX_BODY:
            return 413, f"up to {MAX_BODY:,} bytes are taken"
        return 0, ""

    def _has_cookie(self, headers: _Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.only("cookie", ""))
        except CookieError:
            return False
        return self.cookie in cookies and _same(cookies[self.cookie].value, self._token)

    async def _let_in(self, scope: Scope, send: Send) -> None:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        if len(given) != 1 or not _same(given[0], self._token):
            await _answer(send, 403, "this token is of another start; open the address that khkr review printed")
            return
        cookie = f"{self.cookie}={quote(self._token)}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 303, "", {"location": "/", "set-cookie": cookie})


class _Headers:
    """A request's headers; one that is sent twice counts as a wrong one."""

    def __init__(self, scope: Scope) -> None:
        self._all: list[tuple[bytes, bytes]] = list(scope["headers"])

    def only(self, name: str, default: str = "\0") -> str:
        values = [value for key, value in self._all if key == name.encode()]
        if not values:
            return default
        return values[0].decode("latin-1") if len(values) == 1 else "\0"


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


async def _answer(send: Send, status: int, why: str, more: dict[str, str] | None = None) -> None:
    body = json.dumps({"error": why}).encode() if why else b""
    headers = {**HEADERS, "content-type": "application/json", "content-length": str(len(body)), **(more or {})}
    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {key for key, _ in message["headers"]}
            extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in names]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sent


def _limited(receive: Receive) -> Receive:
    """``receive`` that ends a body which is longer than it said."""
    read = 0

    async def received() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        return message if read <= MAX_BODY else {"type": "http.disconnect"}

    return received
