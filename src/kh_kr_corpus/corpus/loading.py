"""From a folder to a corpus in memory."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kh_kr_corpus import store
from kh_kr_corpus.corpus.corpus import Corpus
from kh_kr_corpus.errors import InvalidFileError, VersionError
from kh_kr_corpus.store.files import require
from kh_kr_corpus.tables import parts

__all__ = ["load", "shipped_root"]


def load(path: str | Path | None = None, *, version: str | None = None, synthetic: bool = False) -> Corpus:
    """The shipped corpus, or the one that ``path`` lies in (any file or folder of it).

    The first load reads and checks every file; the next ones use what was kept of it in the user's cache, unless one
    byte of the files or of the library has changed. ``KHKR_CACHE`` names another folder for that, ``off`` none.
    ``synthetic`` takes in the style exercises, which are never part of it otherwise. ``version`` pins the data: a
    corpus of another version is refused, and so is one of which a file is not as it was released. The folder of a
    ``khkr batch`` is a corpus, too: its articles, with the entities and sources of the shipped one, all in memory.
    Raises :class:`InvalidFileError` with all findings when a file is invalid or not as released,
    :class:`VersionError` for another version, :class:`InputError` when there is no corpus at ``path``,
    :class:`EnvironmentFailure` when ``path`` does not exist.

    >>> import kh_kr_corpus as khkr
    >>> corpus = khkr.load()
    >>> {article.origin for article in corpus.articles} <= {"genuine", "brief"}
    True
    """
    place = shipped_root() if path is None else Path(path)
    require(place)
    if parts.is_batch(place):
        known = _contents(store.find_root(shipped_root()))
        found = store.Contents(place, parts.read_articles(place), entities=known.entities, sources=known.sources)
        if version is not None:
            _require_version(found, version)
        return Corpus(found)
    contents = _contents(store.find_root(place))
    if version is not None:
        _require_version(contents, version)
    if synthetic:
        contents = dataclasses.replace(contents, articles={**contents.articles, **contents.synthetic})
    return Corpus(contents)


def _contents(root: Path) -> store.Contents:
    """The compiled records where they are those of the files, else the files, compiled for the next time."""
    with _collector_off():
        compiled = store.read_compiled(root)
        if compiled is not None:
            return compiled
        contents = store.read_corpus(root, strict=True, whole=False)
        store.write_compiled(contents)
    # the files' trees are for whoever edits them: a corpus that is asked needs only the records
    return dataclasses.replace(contents, files=[])


def _require_version(contents: store.Contents, wanted: str) -> None:
    release = contents.release
    if release is None or release.version != wanted:
        carried = {one.version: one.library for one in release.versions if one.date} if release else {}
        fix = f"pip install 'kh-kr-corpus=={carried[wanted]}'" if carried.get(wanted) else "khkr cite tells the version"
        raise VersionError(str(contents.root), wanted, release.version if release else None, fix)
    if found := tuple(store.unlike_release(contents.root, release)):
        raise InvalidFileError(str(contents.root), found)


def shipped_root() -> Path:
    """The data inside an installed package, or beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


@contextmanager
def _collector_off() -> Iterator[None]:
    """Without garbage collection: while only long-lived objects are made, its passes more than double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
