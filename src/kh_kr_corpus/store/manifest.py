"""``MANIFEST.sha256``: the checksum of every file of a released corpus, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kh_kr_corpus.findings import Finding, Location
from kh_kr_corpus.models import Release
from kh_kr_corpus.store import files
from kh_kr_corpus.store.layout import MANIFEST_FILE, RELEASE_FILE, SCHEMA_FILE

__all__ = ["CODE", "dumps_manifest", "manifest", "read_manifest", "unlike_release"]

CODE = "KC171"
_LIMIT = 1_000_000_000
_NOT_DATA = (MANIFEST_FILE, SCHEMA_FILE)
_CHANGED = "begin a new version there, without a date; an installed corpus has to be installed anew"
_UNSEALED = "take the date out again and say: khkr release"


def manifest(root: Path) -> dict[str, str]:
    """The SHA-256 of every file below ``root`` by its path from there; without the manifest itself, and without the
    schema, which the library derives and a newer library derives anew."""
    paths = ((path.relative_to(root).as_posix(), path) for path in files.scan(root, ""))
    return {name: files.revision_of(files.read_bytes(path, _LIMIT)) for name, path in paths if name not in _NOT_DATA}


def dumps_manifest(sums: Mapping[str, str]) -> str:
    """The text of the manifest: a line a file, sorted by path.

    >>> dumps_manifest({"a.yaml": "0" * 64}) == "0" * 64 + "  a.yaml\\n"
    True
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def read_manifest(root: Path) -> dict[str, str]:
    """The checksums that were written at the release; empty where there is no manifest."""
    place = root / MANIFEST_FILE
    if not place.exists():
        return {}
    lines = (line.partition("  ") for line in files.read_text(place).splitlines())
    return {name: digest for digest, _, name in lines}


def unlike_release(root: Path, release: Release) -> Iterator[Finding]:
    """A finding for each file of a released version that is not as it was released, at the version's place. A version
    that is still being worked on has nothing to be held to."""
    if release.head.date is None:
        return
    then, now = read_manifest(root), manifest(root)
    place = Location(str(root / RELEASE_FILE))
    if not then:
        yield Finding(CODE, "error", place, f"version {release.version} has a date and no {MANIFEST_FILE}", _UNSEALED)
    for name in sorted({*then, *now} if then else ()):
        if then.get(name) != now.get(name):
            what = "is gone" if name not in now else "is new" if name not in then else "is another"
            message = f"version {release.version} is released, and since then {name} {what}"
            yield Finding(CODE, "error", place, message, _CHANGED)
