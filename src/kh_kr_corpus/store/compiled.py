"""The compiled form of a corpus: its records as checked JSON lines in the user's cache, read one by one when asked for.

It is used only if it was made from exactly the files that stand there now, by exactly this code: both are compared by
their contents, never by a time stamp. It can be deleted at any time. ``KHKR_CACHE`` names another folder, ``off`` none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from kh_kr_corpus.errors import KhkrError
from kh_kr_corpus.models import Activity, Article, Entity, Model, Release, Source, Splits
from kh_kr_corpus.store.files import read_bytes, replace_file, revision_of
from kh_kr_corpus.store.reader import Contents, corpus_files

__all__ = ["Records", "read_compiled", "write_compiled"]

M = TypeVar("M", bound=Model)
_FORMAT = 2
_LIMIT = 2_000_000_000
_GROUPS: Mapping[str, type[Model]] = {
    "articles": Article,
    "synthetic": Article,
    "activities": Activity,
    "entities": Entity,
    "sources": Source,
}


class Records(Mapping[str, M], Generic[M]):
    """Records by id, each made from its line of JSON when it is first asked for."""

    def __init__(self, model: type[M], lines: Mapping[str, bytes]) -> None:
        self._model, self._lines = model, lines
        self._made: dict[str, M] = {}

    def __getitem__(self, record_id: str) -> M:
        if record_id not in self._made:
            self._made[record_id] = self._model.model_validate_json(self._lines[record_id])
        return self._made[record_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._lines


def read_compiled(root: Path) -> Contents | None:
    """The records of the corpus at ``root`` without what is read later; None where no compiled form holds."""
    place = _place(root)
    if place is None or not place.is_file():
        return None
    try:
        head, _, body = read_bytes(place, _LIMIT).partition(b"\n")
        header: dict[str, Any] = json.loads(head)
        sources = {_name(path, root): revision_of(read_bytes(path, _LIMIT)) for path in _sources(root)}
        if header["made_from"] != _fingerprint(sources) or header["body"] != revision_of(body):
            return None
    except (KhkrError, ValueError, KeyError, TypeError):
        return None  # unreadable, or not ours: the files themselves decide
    lines = iter(body.split(b"\n"))
    groups = {name: Records(model, dict(zip(header[name], lines, strict=False))) for name, model in _GROUPS.items()}
    splits, release = Splits.model_validate_json(next(lines)), TypeAdapter(Release | None).validate_json(next(lines))
    return Contents(root, splits=splits, release=release, **groups)  # type: ignore[arg-type]


def write_compiled(contents: Contents) -> bool:
    """Keep the records of ``contents``, as it was read from its files, for the next time; whether it was done.

    Not done for a corpus with texts that must not leave it, nor where the cache can't be written: that is no error.
    """
    place = _place(contents.root)
    if place is None or contents.findings or any(a.rights.text == "local" for a in contents.articles.values()):
        return False
    # the revisions are those of the bytes that were read, so no change in between can slip through
    sources = {loaded.relative.as_posix(): loaded.revision for loaded in contents.files}
    groups = {name: getattr(contents, name) for name in _GROUPS}
    lines = [record.model_dump_json(exclude_unset=True) for group in groups.values() for record in group.values()]
    release = contents.release.model_dump_json() if contents.release else "null"
    body = "\n".join([*lines, contents.splits.model_dump_json(), release]).encode()
    ids = {name: list(group) for name, group in groups.items()}
    header = json.dumps({"made_from": _fingerprint(sources), "body": revision_of(body), **ids})
    with contextlib.suppress(KhkrError):
        old = revision_of(read_bytes(place, _LIMIT)) if place.exists() else None
        replace_file(place, header.encode() + b"\n" + body, old)
        return True
    return False


def _place(root: Path) -> Path | None:
    """Where the compiled form of a corpus is kept: one file a corpus, in the user's cache."""
    told = os.environ.get("KHKR_CACHE", "")
    if told == "off":
        return None
    try:
        folder = Path(told) if told else _user_cache() / "kh-kr-corpus"
    except RuntimeError:  # nobody's home
        return None
    return folder / f"{hashlib.sha256(str(root).encode()).hexdigest()[:24]}.jsonl"


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _sources(root: Path) -> Iterator[Path]:
    return corpus_files(root, whole=False)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _fingerprint(sources: Mapping[str, str]) -> str:
    """Of the files, by name and contents, and of the code that reads them."""
    told = [_code(), *(f"{name} {revision}" for name, revision in sorted(sources.items()))]
    return revision_of("\n".join(told).encode())


@cache
def _code() -> str:
    """The version of the library, and in a checkout the state of what decides how a file is read."""
    package = Path(__file__).resolve().parents[1]
    files = [path for part in ("_yaml", "models", "store", "vocab") for path in sorted((package / part).rglob("*.*"))]
    files += sorted(package.glob("_*.py"))
    told = [revision_of(path.read_bytes()) for path in files if path.suffix in (".py", ".yaml")]
    return f"{_FORMAT} {version('kh-kr-corpus')} {revision_of(''.join(told).encode())}"
