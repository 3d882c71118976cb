"""Where documents come from: Parquet, JSON lines and text files, on this machine or in an object store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kh_kr_corpus.batch.documents import Document, Settings
from kh_kr_corpus.batch.readers import ENDINGS, Opened, read_documents
from kh_kr_corpus.errors import EnvironmentFailure, InputError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Source", "file_system", "is_local", "need"]


class _File(NamedTuple):
    path: str
    name: str
    """Below the source's folder."""
    size: int


class Source:
    """The files at ``url``: one file, or a folder with all below it, in the order of their names; hidden ones are
    left out. ``url`` is a path or whatever fsspec takes, such as ``s3://bucket/news/`` or ``memory://news``.

    Raises :class:`EnvironmentFailure` when nothing is there, :class:`InputError` for an address or a kind of file
    that can't be read.
    """

    def __init__(self, url: str, settings: Settings) -> None:
        self.url, self.settings = url, settings
        self._fs, self._path = file_system(url)

    @cached_property
    def files(self) -> tuple[_File, ...]:
        """The files that are read."""
        files = [file for file in self._all if file.path.endswith(ENDINGS)]
        if not files:
            raise InputError(self.url, "holds no document", f"files that end in {', '.join(ENDINGS)} are read")
        return tuple(files)

    @cached_property
    def _all(self) -> list[_File]:
        try:
            if self._fs.isfile(self._path):
                return [_File(self._path, _last(self._path), _size(self._fs.info(self._path)))]
            found = self._fs.find(self._path, detail=True)
        except Exception as error:  # what an object store's client raises is its own affair
            raise EnvironmentFailure(self.url, f"cannot be read: {type(error).__name__}: {error}") from error
        if not found and not self._fs.exists(self._path):
            raise EnvironmentFailure(self.url, "no such file or folder")
        above = len(self._path.rstrip("/")) + 1
        named = [_File(path, path[above:], _size(info)) for path, info in sorted(found.items())]
        return [file for file in named if not any(part.startswith(".") for part in file.name.split("/"))]

    @property
    def left_out(self) -> int:
        """Files of other kinds, which are not read."""
        return len(self._all) - len(self.files)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)

    def fingerprint(self) -> str:
        """The SHA-256 of the names and sizes of its files; what they say is compared part by part."""
        return hashlib.sha256(json.dumps([file[1:] for file in self.files]).encode()).hexdigest()

    def documents(self) -> Iterator[Document]:
        """Every document, in order; what can't be read is one with a problem."""
        before = 0
        for file in self.files:
            opened = Opened(self._fs, file.path, file.name, file.size)
            for document in read_documents(opened, self.settings):
                yield document._replace(done=before + min(document.done, file.size))
            before += file.size

    def is_above(self, out: str) -> bool:
        """Whether ``out`` lies in the source, which would then read what is written."""
        there, path = file_system(out)
        if type(there) is not type(self._fs):
            return False
        if is_local(there):
            return Path(path).resolve().is_relative_to(Path(self._path).resolve())
        return f"{path.rstrip('/')}/".startswith(f"{self._path.rstrip('/')}/")


def is_local(file_system: AbstractFileSystem) -> bool:
    """Whether that is the file system of this machine."""
    names = file_system.protocol
    return "file" in ((names,) if isinstance(names, str) else names)


def file_system(url: str) -> tuple[AbstractFileSystem, str]:
    """What fsspec has for an address, and the path in it; raises :class:`InputError` where it has nothing."""
    core = need("fsspec.core")
    try:
        found: tuple[AbstractFileSystem, str] = core.url_to_fs(url)
    except ImportError as error:
        raise InputError(url, "a library for such addresses is not installed", str(error)) from None
    except (ValueError, TypeError) as error:
        raise InputError(url, "is no address that can be read", str(error)) from None
    return found


def need(module: str) -> Any:
    """A module of the extra ``batch``; raises :class:`InputError` where it is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise InputError("batch", f"{name} is not installed", "pip install 'kh-kr-corpus[batch]'") from None


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _size(info: dict[str, Any]) -> int:
    return int(info.get("size") or 0)
