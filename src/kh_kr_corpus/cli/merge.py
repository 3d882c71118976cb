"""``khkr merge``: two people's versions of a file into one; git calls it where both changed a file."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kh_kr_corpus.cli.output import fail, say
from kh_kr_corpus.errors import YamlError

if TYPE_CHECKING:
    from kh_kr_corpus.changes import Merged

Base = Annotated[Path, typer.Argument(help="the file that both started from; empty where there was none (git's %O)")]
Ours = Annotated[Path, typer.Argument(help="one version (git's %A); the result is written here")]
Theirs = Annotated[Path, typer.Argument(help="the other version (git's %B)")]
Name = Annotated[str, typer.Argument(help="the file's path in the repository, for messages (git's %P)")]
Output = Annotated[Path | None, typer.Option("--output", help="write the result to this file instead")]


def run(base: Base, ours: Ours, theirs: Theirs, name: Name = "", output: Output = None) -> int:
    """Merge two versions of a corpus file by mentions, initiatives, records and fields.

    Exits with 0 when they go together and with 1 when they disagree: then the result holds git's conflict marks
    around what they disagree on, and nothing else. See docs/ci.md for the two lines that make git use it.
    """
    from kh_kr_corpus import store
    from kh_kr_corpus.store.files import read_bytes, read_text, revision_of

    texts = [read_text(path) for path in (base, ours, theirs)]
    told = name or str(ours)
    text, problems = merged_text(texts[0], texts[1], texts[2], told)
    target = output or ours
    revision = revision_of(read_bytes(target, 100_000_000)) if target.exists() else None
    store.write_text(target, text, revision=revision)
    for problem in problems:
        fail(f"{told}: {problem}")
    if not problems:
        say(f"{told}: merged")
    return int(bool(problems))


def merged_text(base: str, ours: str, theirs: str, name: str) -> tuple[str, list[str]]:
    """The merged file, and what its two versions disagree on; a version that is no YAML is left to the reader."""
    from kh_kr_corpus import _yaml
    from kh_kr_corpus.changes import merge, with_markers

    try:
        sides = [_yaml.loads(text, name).data if text.strip() else {} for text in (base, ours, theirs)]
    except YamlError as error:
        return with_markers(ours, theirs), [f"one version can't be read, so lines are compared: {error}"]
    if not all(isinstance(side, dict) for side in sides):
        return with_markers(ours, theirs), ["one version holds no fields, so lines are compared"]
    merged = merge(*sides)
    left, right = _written(merged.ours, ours), _written(merged.theirs, theirs)
    if not merged.conflicts:
        wrong = _wrong(left)
        if wrong and not (_wrong(ours) or _wrong(theirs)):
            return with_markers(_written(sides[1], ours), _written(sides[2], theirs)), [f"together, {wrong}"]
    return (with_markers(left, right) if merged.conflicts else left), _told(merged)


def _told(merged: Merged) -> list[str]:
    from kh_kr_corpus.changes.parts import shown

    return [
        f"both changed {one.what}" + ("" if one.ours is one.theirs is None else f"\n  ours:   {shown(one.ours, 160)}")
        + ("" if one.ours is one.theirs is None else f"\n  theirs: {shown(one.theirs, 160)}")
        for one in merged.conflicts
    ]  # fmt: skip


def _place(data: dict[str, Any]) -> PurePosixPath | None:
    """Where a file with this header stands: enough to write it in canonical form."""
    record, name = data.get("record"), str(data.get("id", "x"))
    if record == "article":
        synthetic = data.get("origin") == "synthetic"
        return PurePosixPath("synthetic", f"{name}.yaml") if synthetic else PurePosixPath("articles/0", f"{name}.yaml")
    places = {"activity": f"activities/{name}.yaml", "sources": "sources.yaml", "splits": "splits.yaml"}
    places |= {"entities": f"entities/{data.get('type')}.yaml", "layer": f"layers/x/{data.get('article')}.yaml"}
    return PurePosixPath(places[str(record)]) if record in places else None


def _written(data: dict[str, Any], like: str) -> str:
    """The file's text: canonical where the record is valid, with the first line of the version that it comes from."""
    from kh_kr_corpus import _yaml, store
    from kh_kr_corpus.store.writer import canonical

    first = like.split("\n", 1)[0]
    head = f"{first}\n" if first.startswith("# yaml-language-server:") else ""
    text = _yaml.dumps(data)
    place = _place(data)
    loaded = store.loads(text, Path("merged"), place) if place else None
    body = canonical(loaded) if loaded else None
    if body is None:
        return head + text
    rest = body.split("\n", 1)
    return head + (rest[1] if rest[0].startswith("# yaml-language-server:") else body)


def _wrong(text: str) -> str:
    """The first finding in a file by itself, empty for a valid one."""
    from kh_kr_corpus import _yaml, store

    data = _yaml.loads(text).data
    place = _place(data) if isinstance(data, dict) else None
    found = store.loads(text, Path("merged"), place).findings if place else ()
    return f"{found[0].location.field}: {found[0].message}" if found else ""
