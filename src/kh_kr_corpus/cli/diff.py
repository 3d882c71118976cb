"""``khkr diff``: what changed, in mentions, initiatives, activities and entities, not in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from kh_kr_corpus.cli.output import Format, FormatOption, emit_json, fail, harmless, say
from kh_kr_corpus.errors import InputError

Old = Annotated[Path, typer.Argument(help="a file or corpus folder; with --since the one of today", readable=False)]
New = Annotated[Path | None, typer.Argument(help="the file or folder to compare it with", readable=False)]
Since = Annotated[str | None, typer.Option("--since", help="compare with this commit or branch of git")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="exit with 1 when something differs")]

Pair = tuple[str, dict[str, Any] | None, dict[str, Any] | None]


def run(
    old: Old, new: New = None, since: Since = None, exit_code: ExitCode = False, output: FormatOption = Format.text
) -> int:
    """Compare two files, two corpora, or a corpus with an earlier commit of itself."""
    from kh_kr_corpus.changes import diff

    if (new is None) == (since is None):
        raise InputError("diff", "one thing can't be compared", "name two files or folders, or one and --since COMMIT")
    counts: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for name, before, after in _since(old, since) if since else _pairs(old, new or old):
        changes = list(diff(before, after))
        counts.update(f"{change.what} {change.action}" for change in changes)
        rows += [{"file": name, **change.to_dict()} for change in changes]
        if changes and output is Format.text:
            say(name, "bold")
            for change in changes:
                say(f"  {harmless(str(change))}", _COLOURS[change.action])
    if output is Format.json:
        emit_json(rows)
    else:
        say(", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "no differences")
    return int(exit_code and bool(rows))


def _pairs(old: Path, new: Path) -> Iterator[Pair]:
    from kh_kr_corpus.store.files import require

    require(old)
    require(new)
    if old.is_dir() != new.is_dir():
        raise InputError(str(new), "a file can't be compared with a folder", "name two of a kind")
    if not old.is_dir():
        yield str(new), _read(old), _read(new)
        return
    before, after = _listed(old), _listed(new)
    for name in sorted({*before, *after}):
        yield name, _read(before.get(name)), _read(after.get(name))


def _listed(folder: Path) -> dict[str, Path]:
    from kh_kr_corpus.store.files import scan
    from kh_kr_corpus.store.layout import SCHEMA_FILE

    files = {path.relative_to(folder).as_posix(): path for path in scan(folder)}
    return {name: path for name, path in files.items() if name != SCHEMA_FILE}


def _since(place: Path, since: str) -> Iterator[Pair]:
    from kh_kr_corpus.lint.changed import changed_files, old_text
    from kh_kr_corpus.store.files import require

    require(place)
    for path in sorted(changed_files(place, since, removed=True)):
        if path.suffix == ".yaml" and path.resolve().is_relative_to(place.resolve()) and path.name != "schema.yaml":
            yield str(path), _parsed(old_text(path, since), path), _read(path if path.exists() else None)


def _read(path: Path | None) -> dict[str, Any] | None:
    from kh_kr_corpus.store.files import read_text

    return None if path is None else _parsed(read_text(path), path)


def _parsed(text: str | None, path: Path) -> dict[str, Any] | None:
    from kh_kr_corpus import _yaml

    if text is None or not text.strip():
        return None
    data = _yaml.loads(text, str(path)).data
    if not isinstance(data, dict):
        fail(f"{path}: holds no fields")
        return None
    return data


_COLOURS = {"added": "green", "removed": "red", "changed": "yellow", "moved": "cyan"}
