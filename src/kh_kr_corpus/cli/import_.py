"""``khkr import``: what other programs annotated, as suggestions or as a layer; nothing that stands is changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.export import show_item, show_lost
from kh_kr_corpus.cli.output import Format, FormatOption, emit_json, say
from kh_kr_corpus.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kh_kr_corpus.formats import Imported, Loss, NotCarried
    from kh_kr_corpus.formats.importing import Taken
    from kh_kr_corpus.store import Contents

Of = Annotated[str, typer.Argument(metavar="FORMAT", help="a two-way format; khkr export lists them")]
Place = Annotated[Path, typer.Argument(metavar="PATH", help="the file or folder", readable=False)]
Into = Annotated[Path, typer.Option("--into", help="the corpus to write to (see khkr init)", readable=False)]
As = Annotated[str, typer.Option("--as", help="suggestions, or layer:NAME for one annotator's reading")]
Labels = Annotated[str | None, typer.Option("--labels", help="what the file's labels are here: PER=PERSON,LOC=GPE")]
Tool = Annotated[str | None, typer.Option("--tool", help="the program that made it, e.g. brat@1.3")]
By = Annotated[str | None, typer.Option("--by", help="with layer: human:NAME or model:NAME@VERSION")]
At = Annotated[str | None, typer.Option("--at", help="with layer: the day, e.g. 2026-11-22; default: today")]
Blind = Annotated[bool, typer.Option("--blind", help="with layer: the annotator had seen no other reading")]


def run(
    of: Of,
    path: Place,
    into: Into,
    as_: As = "suggestions",
    labels: Labels = None,
    tool: Tool = None,
    by: By = None,
    at: At = None,
    blind: Blind = False,
    output: FormatOption = Format.text,
) -> int:
    """Take in a file of another program: `khkr import brat FOLDER --into my-corpus --labels PER=PERSON`.

    A text that the corpus lacks becomes a local article. Each item that is not carried is told, and makes the exit
    code 1. Everything is read and checked before the first file is written.
    """
    from kh_kr_corpus import store
    from kh_kr_corpus.formats import NotCarried, get_format
    from kh_kr_corpus.formats.importing import IMPORTING, to_suggestions
    from kh_kr_corpus.store.files import require

    form = get_format(of)
    if form.read is None:
        raise InputError(of, "files of this format are only written", "khkr export lists the formats")
    require(into)
    contents = store.read_corpus(store.find_root(into), strict=True)
    found = form.read(path, _to_labels(labels))
    if as_ == "suggestions":
        made = list(to_suggestions(found, contents, form=of, tool=tool))
    else:
        made = list(_layers(found, contents, of, as_, by, at, blind))
    for one in made:
        if not isinstance(one, NotCarried):
            _write(one, contents)
    return _tell(made, (*form.losses, *IMPORTING), output)


def _tell(made: list[Taken | NotCarried], losses: Iterable[Loss], output: Format) -> int:
    """What was taken and, item by item, what was not; the exit code."""
    from kh_kr_corpus.formats import NotCarried

    taken = [one for one in made if not isinstance(one, NotCarried)]
    lost = [one for one in made if isinstance(one, NotCarried)]
    if output is Format.json:
        emit_json({"taken": [_shown(one) for one in taken], "not_carried": [show_item(one) for one in lost]})
        return 1 if lost else 0
    for item in lost:
        say(str(item))
    new, known = sum(one.new for one in taken), sum(one.known for one in taken)
    say(f"{len(taken):,} articles: {new:,} annotations taken, {known:,} there already, {len(lost):,} items not carried")
    show_lost(lost, losses)
    return 1 if lost else 0


def _to_labels(told: str | None) -> dict[str, str]:
    """``PER=PERSON,LOC=GPE`` as a mapping to labels of the codebook."""
    from kh_kr_corpus import vocab

    known = vocab.load("labels")
    pairs = [pair.partition("=") for pair in (told or "").split(",") if pair.strip()]
    for theirs, equals, ours in pairs:
        if not theirs.strip() or not equals:
            raise InputError("--labels", f"{theirs!r} says nothing", "write THEIRS=OURS,...")
        known[ours.strip()]  # an unknown label is told with what is near
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}


def _layers(
    found: Iterator[Imported | NotCarried], contents: Contents, of: str, as_: str, by: str | None, at: str | None,
    blind: bool,
) -> Iterator[Taken | NotCarried]:  # fmt: skip
    from pydantic import ValidationError

    from kh_kr_corpus.formats.importing import Annotator, to_layers
    from kh_kr_corpus.models import Layer, Review

    kind, _, name = as_.partition(":")
    if kind != "layer" or not name:
        raise InputError("--as", f"{as_!r} is neither suggestions nor a layer", "write --as layer:NAME")
    if by is None:
        raise InputError("--as", "a layer is somebody's reading", "add --by human:NAME or --by model:NAME@VERSION")
    annotator = Annotator(name, by, at or f"{datetime.now(UTC):%Y-%m-%d}", blind)
    try:
        Review(state="accepted", by=annotator.by, at=annotator.at)
        Layer(article="a", annotator=name, by=annotator.by, at=annotator.at, blind=blind, codebook="1")
    except ValidationError as error:
        wrong = ", ".join(str(problem["loc"][0] if problem["loc"] else "at") for problem in error.errors())
        raise InputError("--as", f"{wrong} of the layer can't be so", "see khkr import --help") from error
    yield from to_layers(found, contents, annotator, form=of)


def _write(one: Taken, contents: Contents) -> None:
    """One article or layer to its place; an article that nothing was added to is left alone."""
    from kh_kr_corpus import store
    from kh_kr_corpus.models import Article

    known = contents.articles.get(one.record.id) or contents.synthetic.get(one.record.id)
    if not isinstance(one.record, Article) or known is None:
        store.write(one.record, contents.root)
    elif one.new:
        loaded = next(file for file in contents.files if file.model is known)
        store.write(one.record, contents.root, revision=loaded.revision)


def _shown(one: Taken) -> dict[str, object]:
    return {"record": one.record.id, "new": one.new, "known": one.known}
