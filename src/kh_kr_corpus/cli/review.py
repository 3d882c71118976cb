"""``khkr review``: a page in the browser on which a curator decides on suggestions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.extras import require_extra
from kh_kr_corpus.cli.output import say

if TYPE_CHECKING:
    from kh_kr_corpus.review import Service
    from kh_kr_corpus.review.shelf import Shelf

Place = Annotated[Path, typer.Argument(help="a folder of articles, or one article's file", readable=False)]
Name = Annotated[str | None, typer.Option("--name", help="your name, which stands beside what you decide")]
Port = Annotated[
    int | None,
    typer.Option(
        "--port", min=0, max=65535, help="default: 8765, where unsent decisions of last time wait, or a free one"
    ),
]
Host = Annotated[str, typer.Option("--host", help="the address to serve on")]
Remote = Annotated[bool, typer.Option("--remote", help="allow a --host that other machines can reach")]
Texts = Annotated[
    Path | None, typer.Option("--texts", help="folder with your own copies of external texts", readable=False)
]
LayerOption = Annotated[
    str | None,
    typer.Option("--layer", help="annotate blind, into this layer of your own, e.g. dara: nothing of others is shown"),
]
Compare = Annotated[str | None, typer.Option("--compare", help="referee two layers: FIRST,SECOND (folders of layers/)")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="open the page in the browser")]


def run(
    place: Place,
    name: Name = None,
    texts: Texts = None,
    layer: LayerOption = None,
    compare: Compare = None,
    port: Port = None,
    host: Host = "127.0.0.1",
    remote: Remote = False,
    browser: Browser = True,
) -> int:
    """Review suggestions in the browser. Every decision is on the disk before the page says that it is saved.

    The page is for this machine and this start only: its address holds a token. Stop it with Ctrl+C.
    """
    require_extra("review", "starlette", "uvicorn")
    from kh_kr_corpus.review import Scribe, serve

    scribe = Scribe()
    service = _service(place, name, texts, layer, compare, scribe)

    def ready(address: str) -> None:
        say(f"review page: {address}")
        if host not in ("127.0.0.1", "localhost", "::1"):
            say("other machines can reach this page; whoever has its address can decide", "yellow")
        if browser and "PYTEST_CURRENT_TEST" not in os.environ:
            import webbrowser

            webbrowser.open(address)

    serve(service, scribe, host=host, port=port, remote=remote, ready=ready)
    say("all decisions are in their files")
    return 0


def _copies(place: Path, texts: Path) -> dict[str, str]:
    """The attached texts that are the very ones that were annotated: what is decided counts in those."""
    from kh_kr_corpus.corpus import load

    corpus = load(place)
    copies = {}
    for article in corpus.attach(texts).articles:
        if article.text and article.fingerprints == corpus.articles[article.id].fingerprints:
            copies[article.id] = article.text
        elif article.text and article.rights.text == "external":
            say(f"{article.id}: your copy is set otherwise; it is shown without text, as spans count in the other one")
    return copies


def _service(
    place: Path, name: str | None, texts: Path | None, layer: str | None, compare: str | None, scribe: object
) -> Service:
    from kh_kr_corpus.annotate import Annotator
    from kh_kr_corpus.errors import EnvironmentFailure, InputError
    from kh_kr_corpus.kb import KnowledgeBase
    from kh_kr_corpus.review import Articles, Desk, Readings, Referee, Scribe, Sealed, Service
    from kh_kr_corpus.store import read_entities

    if layer and compare:
        raise InputError("--compare", "a blind annotator sees no other reading", "leave out --layer")
    layers = [one.strip() for one in compare.split(",")] if compare else []
    if compare and len(layers) != 2:
        raise InputError("--compare", f"{compare!r} is not two layers", "write FIRST,SECOND")
    if layer and not name:
        raise InputError("--layer", "whose layer is it", "say --name as well")
    articles = Articles(place, _copies(place, texts) if texts else {})
    shelf: Shelf = Readings(articles, layer, f"human:{name}") if layer else articles
    kb = KnowledgeBase(read_entities(shelf.root).values())
    read_only, note = "", scribe.note if isinstance(scribe, Scribe) else lambda _: None
    try:
        desk = Desk(shelf, on_change=note)
    except EnvironmentFailure as error:  # it can still be read
        read_only, desk = str(error), Desk(shelf, log=Sealed(error))
    list(shelf.ids())
    referee = Referee(desk, layers[0], layers[1]) if layers else None
    annotate = None if layer else Annotator(kb=kb).annotate
    return Service(desk, kb, name=name, layer=layer, annotate=annotate, referee=referee, read_only=read_only)
