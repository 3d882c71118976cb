"""The folder that a batch writes: which parts are finished, and whether it may go on."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kh_kr_corpus.batch.documents import Partition, Settings
from kh_kr_corpus.batch.repeats import repeats
from kh_kr_corpus.batch.source import Source
from kh_kr_corpus.batch.work import Part, annotator_fingerprint
from kh_kr_corpus.errors import ConflictError, InputError
from kh_kr_corpus.store import Log, read_text, write_text
from kh_kr_corpus.store.files import read_bytes, replace_file, revision_of
from kh_kr_corpus.tables.parts import FINISHED, MANIFEST, REPRINTS, name_of

__all__ = ["Folder"]

_FORMAT = 1
_COUNTS = ("documents", "failed", "about", "words", "mentions", "initiatives")
_LIMIT = 4_000_000_000


class Folder:
    """The output of one batch, held by one process at a time.

    A part counts once its line stands in ``parts.jsonl``, and that is written when all its files are on the disk.
    Raises :class:`ConflictError` when the source, the settings or the annotator are no longer those of the parts that
    are there, and when another process writes the folder; :class:`InputError` for a folder with other things in it.
    """

    def __init__(self, path: Path, source: Source, settings: Settings) -> None:
        self.path, self.settings = path, settings
        if source.is_above(path):
            raise InputError(str(path), "lies in the source, which would read it", "write somewhere else")
        manifest = path / MANIFEST
        ours = {FINISHED} if path.is_dir() else set()
        if not manifest.exists() and ours and any(one.name not in ours for one in path.iterdir() if one.name[0] != "."):
            raise InputError(str(path), "has other things in it", "name a new or an empty folder")
        self._log = Log(path / FINISHED)
        try:
            self._manifest = self._begun(manifest, source, settings)
            self.finished = {line["number"]: line for line in _whole(self._log.read())}
        except BaseException:
            self._log.close()
            raise

    def _begun(self, manifest: Path, source: Source, settings: Settings) -> dict[str, Any]:
        now: dict[str, Any] = {
            "format": _FORMAT,
            "source": {"files": len(source.files), "fingerprint": source.fingerprint()},
            "settings": dataclasses.asdict(settings),
            "annotator": annotator_fingerprint(),
        }
        if not manifest.exists():
            write_text(manifest, _dumps({**now, "parts": None}))
            return now
        then = json.loads(read_text(manifest))
        changed = [name for name in now if then.get(name) != now[name]]
        if changed:
            told = f"was begun with another {' and '.join(changed)}; nothing was written"
            raise ConflictError(str(self.path), f"{told}. Write to a new folder, or bring back what it was begun with")
        return now

    def has(self, partition: Partition) -> bool:
        """Whether its part is finished; raises :class:`ConflictError` when it was made from something else."""
        line = self.finished.get(partition.number)
        if line is not None and line["digest"] != partition.digest():
            place = partition.documents[0].place
            raise ConflictError(
                str(self.path), f"the source has changed since this batch was begun, at {place} or after it"
            )
        return line is not None

    def write(self, partition: Partition, part: Part) -> None:
        """Put the files of a part where they belong, then say that it is finished."""
        for table, data in part.files.items():
            self._put(name_of(table, partition.number), data)
        line = {"number": partition.number, "digest": partition.digest(), **part.counts}
        line["sha256"] = {table: revision_of(data) for table, data in part.files.items()}
        self._log.append([json.dumps(line)])
        self.finished[partition.number] = line

    def counts(self) -> Counter[str]:
        """Documents, failed ones, those about relations, words, mentions and initiatives of all finished parts."""
        total: Counter[str] = Counter()
        for line in self.finished.values():
            total.update({name: line[name] for name in _COUNTS})
        return total

    def finish(self, parts: int) -> int:
        """Say that so many parts are all of them, and mark the reprints; how many there are.

        Raises :class:`ConflictError` when they are not all there.
        """
        missing = [number for number in range(parts) if number not in self.finished]
        if missing:
            lost = f"{len(missing)} of {parts} parts are missing, the first is {missing[0]}"
            raise ConflictError(str(self.path), f"{lost}; run it again, and report this")
        told = {**self._manifest, "parts": parts, "rows": dict(self.counts())}
        self._put(MANIFEST, _dumps(told).encode())
        # needs all parts; written again by a run that finds everything done, so that it can't be missed
        table, count = repeats(self.path)
        self._put(REPRINTS, table)
        return count

    def _put(self, name: str, data: bytes) -> None:
        """Write a file in place of what a run left that was stopped before the file counted."""
        path = self.path / name
        replace_file(path, data, revision_of(read_bytes(path, _LIMIT)) if path.exists() else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._log.close()


def _whole(lines: list[str]) -> Iterator[dict[str, Any]]:
    """The lines that were written to their end; one that was not says nothing."""
    for line in lines:
        with contextlib.suppress(ValueError):
            yield json.loads(line)


def _dumps(value: object) -> str:
    return json.dumps(value, indent=2, sort_keys=True) + "\n"
