"""A file that only grows: each line is on the disk before the call returns, and one process at a time writes it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure
from kh_kr_corpus.store import files

__all__ = ["Log"]


class Log:
    """The lines of ``path``, and the right to add to them until :meth:`close`; the file is made when it is missing.

    Raises :class:`ConflictError` when another process has that right, :class:`EnvironmentFailure` when the machine
    refuses. The lock is the operating system's: it ends with the process.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            files.make_folder(path.parent)
            self._handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | files.SAFE, 0o666)
        except OSError as error:
            raise EnvironmentFailure(str(path), f"cannot be opened: {error.strerror or error}") from error
        try:
            files.lock(self._handle)
            if not os.path.samestat(os.fstat(self._handle), os.stat(path)):  # noqa: PTH116
                raise BlockingIOError  # whoever had it put another file in its place
            files.sync_folder(path.parent)  # whoever made it may not have come to that
        except OSError as error:
            self.close()
            if isinstance(error, BlockingIOError):
                raise ConflictError(str(path), "another process has it open; end that one first") from None
            raise EnvironmentFailure(str(path), f"cannot be written: {error.strerror or error}") from error

    def read(self) -> list[str]:
        """All whole lines so far. What a crash cut off at the end was never acknowledged, and is no line."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise EnvironmentFailure(str(self.path), f"cannot be read: {error.strerror or error}") from error
        return [line.decode("utf-8", "replace") for line in data.split(b"\n")[:-1]]

    def append(self, lines: list[str], *, durable: bool = True) -> None:
        """Add lines; with ``durable`` they survive a power cut once this returns.

        Raises :class:`EnvironmentFailure` when the machine refuses; what part of them was written then is cut off
        again, or ends in a line of its own that says nothing.
        """
        data = "".join(f"{line}\n" for line in lines).encode("utf-8")
        try:
            end = os.fstat(self._handle).st_size
            if end and os.pread(self._handle, 1, end - 1) != b"\n":
                data = b"\n" + data  # behind what a crash cut off
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(self._handle, rest) :]
                if durable:
                    os.fsync(self._handle)
            except OSError:
                os.ftruncate(self._handle, end)
                raise
        except OSError as error:
            message = f"cannot be written: {error.strerror or error}; nothing was kept"
            raise EnvironmentFailure(str(self.path), message) from error

    def close(self) -> None:
        """Give up the right to add lines."""
        with contextlib.suppress(OSError):  # every line was synced when it was added
            os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
