"""Every call that touches a file. What the machine refuses becomes one of our errors, and nothing is lost."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure, InputError

__all__ = ["read_bytes", "read_text", "replace_file", "require", "require_writable", "revision_of", "scan"]

_TEMP_PREFIX = ".khkr-"


def require(path: Path, *, folder: bool = False) -> None:
    """Raise :class:`EnvironmentFailure` when nothing is at ``path`` or we may not look, and :class:`InputError` when
    a ``folder`` is wanted and it is none. A link that leads nowhere is something, but no folder."""
    try:
        mode = path.stat().st_mode if folder else path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        raise EnvironmentFailure(str(path), "no such file or folder") from None
    except OSError as error:
        raise EnvironmentFailure(str(path), f"cannot be read: {error.strerror or error}") from error
    if folder and not stat.S_ISDIR(mode):
        raise InputError(str(path), "this is a file, not a folder", "name the folder that it lies in")


def require_writable(folder: Path) -> None:
    """Raise :class:`EnvironmentFailure` when no file can be made in ``folder``, before any work is done for one."""
    try:
        handle, name = tempfile.mkstemp(prefix=_TEMP_PREFIX, dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        raise EnvironmentFailure(str(folder), f"cannot be written: {error.strerror or error}") from error


def read_bytes(path: Path, limit: int) -> bytes:
    """The file's bytes; raises :class:`EnvironmentFailure` when it can't be read, :class:`InputError` when it is
    no file or has more than ``limit`` bytes."""
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise InputError(str(path), "this is a directory, not a file", "name the files in it")
        if not stat.S_ISREG(info.st_mode):
            raise InputError(str(path), "this is no regular file")
        if info.st_size > limit:
            raise InputError(str(path), f"{info.st_size:,} bytes is over the limit of {limit:,}", "split it")
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFailure(str(path), f"cannot be read: {error.strerror or error}") from error


def read_text(path: Path, limit: int = 16_000_000) -> str:
    """The file as UTF-8 text; an undecodable byte is an :class:`InputError` that names its line."""
    return decode(read_bytes(path, limit), str(path))


def decode(data: bytes, where: str) -> str:
    """``data`` as UTF-8, line ends untouched; raises :class:`InputError` with the line of the first bad byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        message = f"not UTF-8: byte 0x{byte:02x} at offset {error.start:,}"
        raise InputError(where, message, "save the file as UTF-8", line) from error


def revision_of(data: bytes) -> str:
    """What identifies one state of a file: the SHA-256 of its bytes. Never its time stamp."""
    return hashlib.sha256(data).hexdigest()


def scan(folder: Path, suffix: str = ".yaml") -> Iterator[Path]:
    """All files below ``folder`` whose names end in ``suffix``, in a stable order; hidden ones left out, and
    those in hidden folders. A folder that can't be read is an :class:`EnvironmentFailure`, not an empty one."""

    def refuse(error: OSError) -> None:
        raise EnvironmentFailure(str(error.filename), f"cannot be read: {error.strerror or error}") from error

    found: list[Path] = []
    if folder.exists():
        for parent, folders, names in os.walk(folder, onerror=refuse):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(parent, n) for n in names if n.endswith(suffix) and not n.startswith(".")]
    yield from sorted(found)


def replace_file(path: Path, data: bytes, revision: str | None) -> None:
    """Put ``data`` at ``path``, or leave the file as it is: temporary file, fsync, replace, fsync of the folder.

    ``revision`` is what the caller read (:func:`revision_of`), or None for a file that must not exist yet.
    Raises :class:`ConflictError` when the file is not in that state, :class:`EnvironmentFailure` when the
    machine refuses. Keeps the file's mode; a link is followed, not replaced.
    """
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = _check_revision(target, revision)
        handle, name = tempfile.mkstemp(prefix=_TEMP_PREFIX, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            _check_revision(target, revision)
            os.replace(name, target)  # noqa: PTH105 - the call whose atomicity we rely on
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; nothing was changed"
        raise EnvironmentFailure(str(path), message) from error
    try:
        _sync_folder(target.parent)
    except OSError as error:
        message = f"written, but may not survive a power cut: {error.strerror or error}"
        raise EnvironmentFailure(str(path), message) from error


def _check_revision(target: Path, revision: str | None) -> int:
    """The mode that the new file gets, after checking that the old one is in the expected state."""
    try:
        current = target.read_bytes()
    except FileNotFoundError:
        if revision is not None:
            raise ConflictError(str(target), "the file is gone since it was read; nothing was written") from None
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
    if revision is None:
        raise ConflictError(str(target), "the file exists already; nothing was written")
    if revision_of(current) != revision:
        raise ConflictError(str(target), "the file changed since it was read; nothing was written")
    return stat.S_IMODE(target.stat().st_mode)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows can't open a folder and doesn't need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
