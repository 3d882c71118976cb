"""Every call that touches a file. What the machine refuses becomes one of our errors, and nothing is lost."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import random
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure, InputError

__all__ = [
    "CONFLICT",
    "keep_aside",
    "read_bytes",
    "read_text",
    "replace_file",
    "require",
    "require_writable",
    "revision_of",
    "scan",
]

CONFLICT = ".conflict-"
"""What stands behind the name of a file that was refused, with the beginning of its own revision."""
LOCK_SECONDS = 10

_PREFIX = ".khkr-"
SAFE: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
SAFE |= getattr(os, "O_BINARY", 0)


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


def require_writable(*folders: Path) -> None:
    """Raise :class:`EnvironmentFailure` when no file can be made in one of ``folders``, before any work is done for
    it; one that does not exist yet is left out."""
    for folder in folders:
        try:
            handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=folder)
            os.close(handle)
            os.unlink(name)  # noqa: PTH108
        except OSError as error:
            if not isinstance(error, FileNotFoundError):
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
    """Put ``data`` at ``path``, or leave the file as it is: lock, check, temporary file, fsync, replace, fsync of the
    folder.

    ``revision`` is what the caller read (:func:`revision_of`), or None for a file that must not exist yet.
    Raises :class:`ConflictError` when the file is not in that state or somebody else is writing it,
    :class:`EnvironmentFailure` when the machine refuses. Keeps the file's mode, and its owner where we may;
    a link is followed, not replaced.
    """
    target = Path(os.path.realpath(path))
    replaced = False
    try:
        make_folder(target.parent)
        with _locked(target):
            old = _checked(target, revision)
            temporary = _beside(target, "tmp")
            try:
                _write_new(temporary, data, old)
                _checked(target, revision)  # an editor takes no lock
                os.replace(temporary, target)  # noqa: PTH105 - the call whose atomicity we rely on
                replaced = True
            finally:
                if not replaced:
                    _remove(temporary)
            sync_folder(target.parent)
    except OSError as error:
        told = f"written, but may not survive a power cut: {error.strerror or error}"
        if not replaced:
            told = f"cannot be written: {error.strerror or error}; nothing was changed"
        raise EnvironmentFailure(str(path), told) from error


def keep_aside(path: Path, data: bytes) -> Path:
    """Put what could not be written to ``path`` into a file beside it, and return that; the same data, the same
    file. Raises :class:`EnvironmentFailure` when the machine refuses that too."""
    aside = path.with_name(f"{path.name}{CONFLICT}{revision_of(data)[:8]}")
    with contextlib.suppress(ConflictError):  # it is there from the last time
        replace_file(aside, data, None)
    return aside


def _beside(target: Path, kind: str) -> Path:
    """The file that goes with ``target`` while it is written. Its name is always the same, so that what a killed
    process left behind is found, and taken away, by the next one that writes ``target``."""
    return target.with_name(f"{_PREFIX}{target.name}.{kind}")


def _write_new(temporary: Path, data: bytes, old: os.stat_result | None) -> None:
    """A new file with ``data`` that is on the disk when this returns, with the mode and owner of the ``old`` one."""
    _remove(temporary)  # what a killed process left
    # without an old file, the mode is what the umask and the folder say
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE, 0o666 if old is None else 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if old is not None:
            now = os.fstat(handle)
            if hasattr(os, "fchown") and (now.st_uid, now.st_gid) != (old.st_uid, old.st_gid):
                with contextlib.suppress(PermissionError):  # only root may give files away
                    os.fchown(handle, old.st_uid, old.st_gid)
            os.chmod(temporary, stat.S_IMODE(old.st_mode))  # noqa: PTH101
        os.fsync(handle)
    finally:
        os.close(handle)


def _checked(target: Path, revision: str | None) -> os.stat_result | None:
    """The file that stands at ``target``, None for none, in the state that was read, and we may write it."""
    try:
        handle = os.open(target, os.O_RDWR | SAFE)
    except FileNotFoundError:
        if revision is None:
            return None
        raise ConflictError(str(target), "the file is gone since it was read; nothing was written") from None
    try:
        info = os.fstat(handle)
        if revision is None:
            raise ConflictError(str(target), "the file exists already; nothing was written")
        digest = hashlib.sha256()
        while stat.S_ISREG(info.st_mode) and (block := os.read(handle, 1 << 20)):
            digest.update(block)
    finally:
        os.close(handle)
    if digest.hexdigest() != revision:
        raise ConflictError(str(target), "the file changed since it was read; nothing was written")
    return info


def make_folder(folder: Path) -> None:
    """``folder`` and what is missing above it, each made durable in the one above."""
    if os.path.isdir(folder):  # noqa: PTH112
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):  # somebody else was quicker; if it is no folder, the next call says
        os.mkdir(folder)  # noqa: PTH102
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows can't open a folder and doesn't need it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    """Take a file of our own away; what can't be taken away is taken by the next one who writes."""
    with contextlib.suppress(OSError):
        os.unlink(path)  # noqa: PTH108


# -- the lock ------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Alone with ``target`` among all processes and threads that write through this module.

    The lock is the operating system's, on a file beside the target, so it ends with the process that holds it. The
    file is removed by its holder; whoever waited for one that is gone begins anew. Raises :class:`ConflictError`
    when somebody holds it for longer than ``LOCK_SECONDS``.
    """
    place = _beside(target, "lock")
    deadline = time.monotonic() + LOCK_SECONDS
    while (handle := _try_lock(place)) is None:
        if time.monotonic() > deadline:
            message = f"somebody else has been writing it for {LOCK_SECONDS} s ({_holder(place)}); nothing was written"
            raise ConflictError(str(target), message)
        time.sleep(random.uniform(0.0005, 0.01))  # noqa: S311 - so that those who wait don't wake together
    try:
        os.write(handle, f"process {os.getpid()} on {platform.node()}\n".encode())
        yield
    finally:
        _remove(place)
        with contextlib.suppress(OSError):
            os.close(handle)


def _try_lock(place: Path) -> int | None:
    """A handle of the lock file with the lock on it, or None when somebody else has it."""
    handle = os.open(place, os.O_RDWR | os.O_CREAT | SAFE, 0o666)
    ours = False
    try:
        lock(handle)
        ours = os.path.samestat(os.fstat(handle), os.stat(place))  # noqa: PTH116
    except (BlockingIOError, FileNotFoundError):
        pass
    finally:
        if not ours:  # and it stays where it is: it may be somebody else's
            os.close(handle)
    return handle if ours else None


def lock(handle: int) -> None:
    """Raises :class:`BlockingIOError` when somebody else has the lock."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from error
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8", errors="replace").partition("\n")[0] or "who is not known"
    except OSError:
        return "who is not known"
