"""Which files git says have changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kh_kr_corpus.errors import EnvironmentFailure, InputError

__all__ = ["changed_files", "old_text"]


def changed_files(place: Path, since: str = "HEAD", *, removed: bool = False) -> list[Path]:
    """The files below the repository of ``place`` that differ from the commit ``since``, new ones included,
    and with ``removed`` those that are gone.

    With a branch, what counts is where the two parted (``since...``), so that a pull request answers only for its own
    changes. Raises :class:`InputError` outside a repository and for an unknown commit, and
    :class:`~kh_kr_corpus.errors.EnvironmentFailure` where git can't be run.
    """
    folder = place if place.is_dir() else place.parent
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    base = _git(folder, "merge-base", "--end-of-options", since, "HEAD").strip()
    kept = () if removed else ("--diff-filter=d",)
    listed = _git(top, "diff", "--name-only", "--no-renames", "-z", *kept, "--end-of-options", base)
    listed += _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return [top / name for name in dict.fromkeys(listed.split("\0")) if name]


def old_text(path: Path, since: str) -> str | None:
    """A file's text in the commit ``since``, None where it was not there yet."""
    folder = path.parent
    while not folder.is_dir():
        folder = folder.parent
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    commit = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{since}^{{commit}}").strip()
    name = path.resolve().relative_to(top.resolve()).as_posix()
    if not _git(top, "ls-tree", commit, "--", name):
        return None
    return _git(top, "cat-file", "blob", f"{commit}:{name}")


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and options end before a name
            ["git", *arguments],  # noqa: S607 - git is wherever the user has it
            cwd=folder, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentFailure(str(folder), f"git can't be run: {error}") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(str(folder), f"git says: {told[-1] if told else done.returncode}", "name a commit or a branch")
    return done.stdout.decode("utf-8", "surrogateescape")
