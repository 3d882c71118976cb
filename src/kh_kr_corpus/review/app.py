"""The web layer: it parses requests, calls the desk, and renders JSON. Nothing is decided here."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure, InputError, KhkrError, UnknownNameError
from kh_kr_corpus.models import Model
from kh_kr_corpus.review.compare import Adjudicate
from kh_kr_corpus.review.decisions import Decision
from kh_kr_corpus.review.service import NewEntity, NewText, Service

__all__ = ["create_app"]

_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_STATUS: tuple[tuple[type[KhkrError], int], ...] = (
    (UnknownNameError, 404), (InputError, 422), (ConflictError, 409), (EnvironmentFailure, 507),
)  # fmt: skip

Name = Annotated[str, StringConstraints(pattern=r"^[^\s:](?:[^\r\n\t:]{0,78}[^\s:])?$", max_length=80)]


class Decide(Model):
    """Some decisions of one person on one article."""

    name: Name
    decisions: Annotated[tuple[Decision, ...], Field(min_length=1, max_length=200)]


class Settle(Model):
    """One person's choice between the two versions of a dispute."""

    name: Name
    dispute: int
    keep: Literal["mine", "theirs"]


class Renew(Model):
    """Annotate anew; nothing else to say."""


_BODY: dict[str, TypeAdapter[Any]] = {
    "decide": TypeAdapter(Decide), "settle": TypeAdapter(Settle),
    "renew": TypeAdapter(Renew), "rule": TypeAdapter(Adjudicate),
    "text": TypeAdapter(NewText), "entity": TypeAdapter(NewEntity),
}  # fmt: skip


def create_app(service: Service) -> Starlette:
    """The application around ``service``; :class:`~kh_kr_corpus.review.guard.Guard` belongs in front of it."""
    routes = [Route(path, _page(name), methods=["GET"]) for path, name in _assets().items()]

    def get(path: str, answer: Callable[[Request], Any]) -> None:
        async def run(request: Request) -> Response:
            return await _answered(lambda: run_in_threadpool(answer, request))

        routes.append(Route(path, run, methods=["GET"]))

    def post(path: str, kind: str, answer: Callable[[Request, Any], Any]) -> None:
        async def run(request: Request) -> Response:
            return await _answered(lambda: _parsed(request, kind, answer))

        routes.append(Route(path, run, methods=["POST"]))

    def of(request: Request) -> str:
        return str(request.path_params["article"])

    get("/api/session", lambda r: {**service.session(), "token": r.state.secret})
    get("/api/articles", lambda _: service.rows())
    get("/api/articles/{article}", lambda r: service.article(of(r)))
    get("/api/articles/{article}/state", lambda r: service.state(of(r)))
    get("/api/articles/{article}/compare", lambda r: service.compared(of(r)))
    get("/api/search", lambda r: service.search(r.query_params.get("q", ""), r.query_params.get("label", "")))
    post("/api/articles/{article}/decisions", "decide", lambda r, b: service.decide(of(r), b.decisions, b.name))
    post("/api/articles/{article}/settle", "settle", lambda r, b: service.settle(of(r), b.dispute, b.keep, b.name))
    post("/api/articles/{article}/renew", "renew", lambda r, _: service.renew(of(r)))
    post("/api/articles/{article}/rulings", "rule", lambda r, b: service.rule(of(r), b))
    post("/api/articles", "text", lambda _, b: service.add_text(b))
    post("/api/entities", "entity", lambda _, b: service.add_entity(b))
    return Starlette(routes=routes, exception_handlers={404: _not_found, 405: _not_found})


def _assets() -> dict[str, str]:
    """The page's files by their address. The addresses are made from the files, never the other way round."""
    names = sorted(entry.name for entry in resources.files("kh_kr_corpus.review").joinpath("static").iterdir())
    known = {f"/static/{name}": name for name in names if name.rpartition(".")[2] in _TYPES}
    return {"/": "index.html", **known}


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    body = resources.files("kh_kr_corpus.review").joinpath("static", name).read_bytes()
    kind = f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8"

    async def page(_: Request) -> Response:
        return Response(body, headers={"content-type": kind})

    return page


async def _parsed(request: Request, kind: str, answer: Callable[[Request, Any], Any]) -> Any:
    try:
        body = _BODY[kind].validate_json(await request.body())
    except ValidationError as error:
        told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False)[:5]]
        raise InputError("request", "; ".join(told)) from None
    except ClientDisconnect:
        raise InputError("request", "it was cut off") from None
    return await run_in_threadpool(answer, request, body)


async def _answered(work: Callable[[], Awaitable[Any]]) -> Response:
    try:
        return _json(await work())
    except KhkrError as error:
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 409)
        return _json({"error": str(error)}, status)
    except Exception as error:
        if os.environ.get("KHKR_DEBUG"):
            raise
        return _json({"error": f"this is a bug of ours ({type(error).__name__}); nothing was saved"}, 500)


def _json(value: Any, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return Response(body, status, headers={"content-type": "application/json; charset=utf-8"})


async def _not_found(_: Request, error: Exception) -> Response:
    return _json({"error": "there is nothing here"}, getattr(error, "status_code", 404))
