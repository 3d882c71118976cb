"""Sealing a version of the data: its day, the ids that it releases, and the checksum of every file."""

from __future__ import annotations

import datetime
from pathlib import Path, PurePosixPath

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Release
from kh_kr_corpus.store import files
from kh_kr_corpus.store.dump import dumps
from kh_kr_corpus.store.ids import dumps_ids, joined, read_ids
from kh_kr_corpus.store.layout import IDS_FILE, MANIFEST_FILE, RELEASE_FILE
from kh_kr_corpus.store.manifest import dumps_manifest, manifest
from kh_kr_corpus.store.reader import read_corpus
from kh_kr_corpus.store.writer import write_text

__all__ = ["release"]


def release(root: Path, day: datetime.date) -> Release:
    """Release the version of the corpus at ``root`` that is being worked on, and return its record.

    Its files don't change from then on: rule KC171 compares them with ``MANIFEST.sha256``, which is written last, so
    that a release that was cut off is told. Raises :class:`InputError` for a corpus without ``release.yaml`` and for a
    version that has a date or would be older than the last, :class:`InvalidFileError` for an invalid corpus.
    """
    contents = read_corpus(root, strict=True)
    place = root / RELEASE_FILE
    told = contents.release
    if told is None:
        raise InputError(str(root), f"states no version: there is no {RELEASE_FILE}", "write one; see docs/citing.md")
    if told.head.date:
        message = f"version {told.version} was released on {told.head.date}"
        raise InputError(str(place), message, "put the next version in front of it, without a date")
    before = told.versions[1].date if len(told.versions) > 1 else None
    if before and day.isoformat() < before:
        raise InputError(str(place), f"{day} is before the last release, of {before}", "give the day of this release")
    head = told.head.model_copy(update={"date": day.isoformat()})
    made = told.model_copy(update={"versions": (head, *told.versions[1:])})
    _replace(place, dumps(made, PurePosixPath(RELEASE_FILE)))
    _replace(root / IDS_FILE, dumps_ids(joined(read_ids(root), contents, head.version)))
    _replace(root / MANIFEST_FILE, dumps_manifest(manifest(root)))
    return made


def _replace(path: Path, text: str) -> None:
    old = files.revision_of(files.read_bytes(path, 1_000_000_000)) if path.exists() else None
    write_text(path, text, revision=old)
