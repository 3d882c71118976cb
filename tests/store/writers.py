"""Ours, and the usual ways to write a file, which are the controls: each test of a fault must fail for them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from kh_kr_corpus.store.files import replace_file

__all__ = ["WRITERS", "Writer", "version", "version_of"]

Writer = Callable[[Path, bytes, str | None], None]
"""Takes the path, the new bytes, and the revision that was read."""


def _put(path: Path, data: bytes, *, sync: bool) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        for start in range(0, len(data), 8192):  # as buffered files do
            os.write(handle, data[start : start + 8192])
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def in_place(path: Path, data: bytes, revision: str | None) -> None:
    """``path.write_bytes(data)``: a crash in the middle leaves half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, data, sync=False)


def renamed(path: Path, data: bytes, revision: str | None) -> None:
    """A temporary file and a rename, as most programs do: what the disk has not seen yet is lost with the power."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    _put(temporary, data, sync=False)
    os.replace(temporary, path)  # noqa: PTH105 - the call that is recorded


def synced(path: Path, data: bytes, revision: str | None) -> None:
    """The same with fsync of the file, but not of the folder: the new name is lost with the power."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    _put(temporary, data, sync=True)
    os.replace(temporary, path)  # noqa: PTH105 - the call that is recorded


WRITERS: dict[str, Writer] = {"ours": replace_file, "in place": in_place, "renamed": renamed, "synced": synced}


@lru_cache(maxsize=64)
def version(number: int, size: int = 40_000) -> bytes:
    """A file that tells at both ends which version it is, so that a torn one can't look whole."""
    body = f"version {number}\n".encode()
    return body + (f"{number:08d} 한국 ".encode() * (size // 16)) + body


def version_of(data: bytes, size: int = 40_000) -> int | None:
    """The version that ``data`` is, whole and unchanged; None for a torn file."""
    head = data.partition(b"\n")[0].removeprefix(b"version ")
    return int(head) if head.isdigit() and version(int(head), size) == data else None
