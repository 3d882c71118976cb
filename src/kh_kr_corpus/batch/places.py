"""Where a batch is written: a folder of this machine, or an address that fsspec takes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from kh_kr_corpus.batch.source import file_system, is_local
from kh_kr_corpus.errors import EnvironmentFailure
from kh_kr_corpus.store import Log
from kh_kr_corpus.store.files import read_bytes, replace_file, revision_of
from kh_kr_corpus.tables.parts import FINISHED, LINES, MANIFEST

__all__ = ["Place", "place_of"]

_LIMIT = 4_000_000_000


class Place(Protocol):
    """What a batch needs of the place that it writes to."""

    where: str
    """As the user named it."""

    def foreign(self) -> bool:
        """Whether there are things that no batch has put there."""

    def take(self) -> None:
        """Take the right to write, where there is such a thing."""

    def read(self, name: str) -> bytes | None:
        """A file; None where there is none."""

    def put(self, name: str, data: bytes) -> None:
        """A file in place of what a run left that was stopped before the file counted."""

    def finished(self) -> list[str]:
        """The line of each part that is said to be finished; what was cut off says nothing."""

    def finish(self, number: int, line: str) -> None:
        """Say that a part is finished, all of whose files are there."""

    def close(self) -> None:
        """Give up the right to write."""


def place_of(out: str | os.PathLike[str]) -> Place:
    """The place at a path or an address.

    Raises :class:`~kh_kr_corpus.errors.InputError` for an address that nothing installed can write to.
    """
    if "://" not in str(out):
        return _Folder(Path(out))
    place = _Store(str(out))
    return _Folder(Path(place.path)) if place.local else place


class _Folder:
    """A folder of this machine: files are renamed into place, and one process at a time writes, held by a lock.

    What is finished is one file that only grows; a line counts when it is on the disk, after all files of its part.
    """

    def __init__(self, path: Path) -> None:
        self.where, self._path = str(path), path
        self._log: Log | None = None

    def foreign(self) -> bool:
        if not self._path.is_dir() or (self._path / MANIFEST).exists():
            return False
        return any(one.name != FINISHED for one in self._path.iterdir() if one.name[0] != ".")

    def take(self) -> None:
        self._log = Log(self._path / FINISHED)

    def read(self, name: str) -> bytes | None:
        path = self._path / name
        return read_bytes(path, _LIMIT) if path.exists() else None

    def put(self, name: str, data: bytes) -> None:
        old = self.read(name)
        replace_file(self._path / name, data, None if old is None else revision_of(old))

    def finished(self) -> list[str]:
        return self._log.read() if self._log else []

    def finish(self, number: int, line: str) -> None:  # noqa: ARG002 - a line says its number
        if self._log:
            self._log.append([line])

    def close(self) -> None:
        if self._log:
            self._log.close()


class _Store:
    """An object store, or another file system behind fsspec, of which nothing is asked but to put and to get a file:
    it need not rename, append or lock.

    The order of commits is what makes a stopped run whole again: first the tables of a part, each under the one name
    that it has in every run; then the part's own small file, without which it does not count; last of all the manifest
    with the number of parts, without which the batch does not. An object is there whole or not at all. Where a killed
    process can leave half a file, half a table belongs to a part that does not count and is put again, and half a line
    is no JSON, so that its part does not count either. No leftover has a name of its own, so ``articles/*.parquet``
    never has a row twice. Two processes cannot shut each other out here; if they run the same batch they put the same
    bytes, and if not, the one that ends finds a manifest or lines that are not its own, and says so.
    """

    def __init__(self, url: str) -> None:
        self.where = url.rstrip("/")
        self._fs, path = file_system(url)
        self.path = path.rstrip("/")

    @property
    def local(self) -> bool:
        return is_local(self._fs)

    def foreign(self) -> bool:
        return self.read(MANIFEST) is None and bool(self._found(self.path))

    def take(self) -> None:
        pass

    def read(self, name: str) -> bytes | None:
        try:
            data: bytes = self._fs.cat_file(f"{self.path}/{name}")
        except FileNotFoundError:
            return None
        except Exception as error:  # what an object store's client raises is its own affair
            raise self._failure(name, "read", error) from error
        return data

    def put(self, name: str, data: bytes) -> None:
        path = f"{self.path}/{name}"
        try:
            self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._fs.pipe_file(path, data)
        except Exception as error:
            raise self._failure(name, "written", error) from error

    def finished(self) -> list[str]:
        names = [path[len(self.path) + 1 :] for path in self._found(f"{self.path}/{LINES}")]
        return [(self.read(name) or b"").decode("utf-8", "replace") for name in names]

    def finish(self, number: int, line: str) -> None:
        self.put(f"{LINES}/part-{number:06d}.json", line.encode())

    def close(self) -> None:
        pass

    def _found(self, path: str) -> list[str]:
        try:
            self._fs.invalidate_cache()
            return sorted(self._fs.find(path))
        except FileNotFoundError:
            return []
        except Exception as error:
            raise self._failure("", "listed", error) from error

    def _failure(self, name: str, what: str, error: Exception) -> EnvironmentFailure:
        return EnvironmentFailure(f"{self.where}/{name}", f"cannot be {what}: {type(error).__name__}: {error}")
