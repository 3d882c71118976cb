"""Power cuts, without a power switch: every disk that may be there afterwards, computed from the calls of a writer.

A writer runs for real while its calls are recorded. What an operating system may keep after a cut follows from them:
bytes of a file that were not synced may be there, or half of them, or none, or as zeros; names in a folder that was
not synced (made, renamed, removed) may be there or not, each for itself. This is harsher than a journalled file
system; what holds here does not rest on one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest

__all__ = ["Disk", "Recorder", "disks"]

FOLDER = -1
"""What a name of a folder leads to, in place of the number of a file."""


def _split(path: object) -> tuple[str, str]:
    folder, _, name = str(path).rpartition("/")
    return folder, name


@dataclass
class Recorder:
    """The calls of a writer below ``root``, and what it said was saved."""

    root: Path
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    """``("name", folder, name, number or None)``, ``("rename", folder, old, new, number)``,
    ``("bytes", number, data)``, ``("sync", number)``, ``("sync names", folder)``, ``("saved", version)``."""
    begin: int = 0
    """How many of the calls came before the writer's."""
    _numbers: dict[str, int] = field(default_factory=dict)
    _handles: dict[int, int | str] = field(default_factory=dict)
    _count: int = 0

    def start(self, saved: int | None) -> None:
        """Take what lies below the root as being on the disk, as the version ``saved``."""
        for path in sorted(self.root.rglob("*")):
            self.calls.append(("name", str(path.parent), path.name, FOLDER if path.is_dir() else self._new(path)))
            if path.is_file():
                self.calls.append(("bytes", self._numbers[str(path)], path.read_bytes()))
                self.calls.append(("sync", self._numbers[str(path)]))
            self.calls.append(("sync names", str(path.parent)))
        self.saved(saved)
        self.begin = len(self.calls)

    def _new(self, path: object) -> int:
        self._count += 1
        self._numbers[str(path)] = self._count
        return self._count

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Within it, every call of :mod:`os` that changes a file is noted and carried out."""
        with pytest.MonkeyPatch.context() as patch:
            for name in ("open", "write", "truncate", "fsync", "replace", "unlink", "mkdir", "close"):
                patch.setattr(os, name, self._noting(name, getattr(os, name)))
            yield

    def _noting(self, name: str, real: Any) -> Any:
        note = getattr(self, f"_{name}")

        def call(*args: Any, **named: Any) -> Any:
            existed = name == "open" and os.path.lexists(args[0])
            result = real(*args, **named)
            note(result, existed, *args)
            return result

        return call

    def _open(self, handle: int, existed: bool, path: Any, flags: int, *_: Any) -> None:
        if Path(path).is_dir():
            self._handles[handle] = str(path)
            return
        if not existed:
            self.calls.append(("name", *_split(path), self._new(path)))
        self._handles[handle] = self._numbers[str(path)]
        if existed and flags & os.O_TRUNC:
            self.calls.append(("bytes", self._numbers[str(path)], None))

    def _write(self, written: int, _: bool, handle: int, data: Any) -> None:
        if handle in self._handles:
            self.calls.append(("bytes", self._handles[handle], bytes(data[:written])))

    def _truncate(self, _: None, __: bool, handle: int, ___: int) -> None:
        self.calls.append(("bytes", self._handles[handle], None))

    def _fsync(self, _: None, __: bool, handle: int) -> None:
        what = self._handles[handle]
        self.calls.append(("sync names", what) if isinstance(what, str) else ("sync", what))

    def _close(self, _: None, __: bool, handle: int) -> None:
        self._handles.pop(handle, None)

    def _replace(self, _: None, __: bool, old: Any, new: Any) -> None:
        number = self._numbers[str(new)] = self._numbers.pop(str(old))
        self.calls.append(("rename", *_split(old), _split(new)[1], number))

    def _unlink(self, _: None, __: bool, path: Any) -> None:
        self._numbers.pop(str(path), None)
        self.calls.append(("name", *_split(path), None))

    def _mkdir(self, _: None, __: bool, path: Any, *___: Any) -> None:
        self.calls.append(("name", *_split(path), FOLDER))

    def saved(self, version: int | None) -> None:
        """The writer returned: from here on this version must be there."""
        self.calls.append(("saved", version))


@dataclass(frozen=True)
class Disk:
    """What may be found after a cut: files by path, and the version that had been said to be saved by then."""

    files: dict[str, bytes]
    folders: frozenset[str]
    saved: int | None

    def lay_out(self, root: Path, new: Path) -> None:
        """Make this disk for real, below ``new`` what was below ``root``."""
        for folder in sorted(self.folders):
            Path(str(new) + folder.removeprefix(str(root))).mkdir(parents=True, exist_ok=True)
        for path, data in self.files.items():
            Path(str(new) + path.removeprefix(str(root))).write_bytes(data)


def disks(recorder: Recorder) -> Iterator[Disk]:
    """Every disk that may be there when the power goes after any of the calls."""
    seen = set()
    for end in range(recorder.begin, len(recorder.calls) + 1):
        for disk in _after(recorder.calls[:end], str(recorder.root)):
            key = (tuple(sorted(disk.files.items())), disk.folders, disk.saved)
            if key not in seen:
                seen.add(key)
                yield disk


def _after(calls: list[tuple[Any, ...]], root: str) -> Iterator[Disk]:
    synced: dict[int, bytes] = {}
    written: dict[int, bytes] = {}
    certain: list[tuple[Any, ...]] = []
    open_names: list[tuple[Any, ...]] = []
    saved = None
    for what, *rest in calls:
        if what == "bytes":
            written[rest[0]] = b"" if rest[1] is None else written.get(rest[0], b"") + rest[1]
        elif what == "sync":
            synced[rest[0]] = written.get(rest[0], b"")
        elif what == "sync names":
            certain += [one for one in open_names if one[1] == rest[0]]
            open_names = [one for one in open_names if one[1] != rest[0]]
        elif what == "saved":
            saved = rest[0]
        else:
            open_names.append((what, *rest))
    for kept in product((True, False), repeat=len(open_names)):
        names = _names(certain + [one for one, keep in zip(open_names, kept, strict=True) if keep], root)
        for contents in _contents({n for n in names.values() if n != FOLDER}, synced, written):
            files = {path: contents[number] for path, number in names.items() if number != FOLDER}
            yield Disk(files, frozenset(path for path, number in names.items() if number == FOLDER), saved)


def _names(calls: list[tuple[Any, ...]], root: str) -> dict[str, int]:
    """Which path leads where; a name in a folder that is not there is not there."""
    found: dict[str, int] = {}
    for what, folder, name, *rest in calls:
        if what == "rename":
            found.pop(f"{folder}/{name}", None)
            found[f"{folder}/{rest[0]}"] = rest[1]
        elif rest[0] is None:
            found.pop(f"{folder}/{name}", None)
        else:
            found[f"{folder}/{name}"] = rest[0]
    there = {root} | {path for path, number in found.items() if number == FOLDER}
    while gone := {path for path in found if _split(path)[0] not in there}:
        there -= gone
        found = {path: number for path, number in found.items() if path not in gone}
    return found


def _contents(numbers: set[int], synced: dict[int, bytes], written: dict[int, bytes]) -> Iterator[dict[int, bytes]]:
    ordered = sorted(numbers)
    choices = [_states(synced.get(number, b""), written.get(number, b"")) for number in ordered]
    for chosen in product(*choices):
        yield dict(zip(ordered, chosen, strict=True))


def _states(synced: bytes, written: bytes) -> list[bytes]:
    if written == synced:
        return [synced]
    half = len(written) // 2
    return list(dict.fromkeys((synced, written, written[:half], written[:half] + bytes(len(written) - half))))
