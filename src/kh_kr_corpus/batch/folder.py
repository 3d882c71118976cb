"""The folder that a batch writes: which parts are finished, and whether it may go on."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from kh_kr_corpus.batch.documents import Partition, Settings
from kh_kr_corpus.batch.places import Place
from kh_kr_corpus.batch.repeats import repeats
from kh_kr_corpus.batch.source import Source
from kh_kr_corpus.batch.work import Part, annotator_fingerprint
from kh_kr_corpus.errors import ConflictError, InputError
from kh_kr_corpus.store.files import revision_of
from kh_kr_corpus.tables.parts import MANIFEST, REPRINTS, Files, name_of

__all__ = ["Folder"]

_FORMAT = 1
_COUNTS = ("documents", "failed", "about", "words", "mentions", "initiatives")


class Folder:
    """The output of one batch.

    A part counts once its line is there, and that is written when all its files are; the batch counts once its manifest
    says how many parts there are, which is written last. Raises :class:`ConflictError` when the source, the settings or
    the annotator are no longer those of the parts that are there, and when another process writes the folder;
    :class:`InputError` for a folder with other things in it.
    """

    def __init__(self, place: Place, source: Source, settings: Settings) -> None:
        self._place, self.where, self.settings = place, place.where, settings
        if source.is_above(place.where):
            raise InputError(place.where, "lies in the source, which would read it", "write somewhere else")
        if place.foreign():
            raise InputError(place.where, "has other things in it", "name a new or an empty folder")
        place.take()
        try:
            self._begun = self._begin(source, settings)
            self.finished = {line["number"]: line for line in _whole(place.finished())}
        except BaseException:
            place.close()
            raise

    def _begin(self, source: Source, settings: Settings) -> dict[str, Any]:
        now: dict[str, Any] = {
            "format": _FORMAT,
            "source": {"files": len(source.files), "fingerprint": source.fingerprint()},
            "settings": dataclasses.asdict(settings),
            "annotator": annotator_fingerprint(),
        }
        then = self._manifest()
        if then is None:
            self._place.put(MANIFEST, _dumps({**now, "parts": None}))
            return now
        changed = [name for name in now if then.get(name) != now[name]]
        if changed:
            told = f"was begun with another {' and '.join(changed)}; nothing was written"
            raise ConflictError(self.where, f"{told}. Write to a new folder, or bring back what it was begun with")
        return now

    def _manifest(self) -> dict[str, Any] | None:
        """What is known of the batch; None where none was begun."""
        data = self._place.read(MANIFEST)
        try:
            return None if data is None else dict(json.loads(data))
        except ValueError:
            raise InputError(f"{self.where}/{MANIFEST}", "is no JSON", "begin in a new folder") from None

    def has(self, partition: Partition) -> bool:
        """Whether its part is finished; raises :class:`ConflictError` when it was made from something else."""
        line = self.finished.get(partition.number)
        if line is not None and line["digest"] != partition.digest():
            place = partition.documents[0].place
            raise ConflictError(
                self.where, f"the source has changed since this batch was begun, at {place} or after it"
            )
        return line is not None

    def write(self, partition: Partition, part: Part) -> None:
        """Put the files of a part where they belong, then say that it is finished."""
        for table, data in part.files.items():
            self._place.put(name_of(table, partition.number), data)
        line = {"number": partition.number, "digest": partition.digest(), **part.counts}
        line["sha256"] = {table: revision_of(data) for table, data in part.files.items()}
        self._place.finish(partition.number, json.dumps(line))
        self.finished[partition.number] = line

    def counts(self) -> Counter[str]:
        """Documents, failed ones, those about relations, words, mentions and initiatives of all finished parts."""
        total: Counter[str] = Counter()
        for line in self.finished.values():
            total.update({name: line[name] for name in _COUNTS})
        return total

    def finish(self, parts: int) -> int:
        """Mark the reprints, and say that so many parts are all of them; how many reprints there are.

        Raises :class:`ConflictError` when they are not all there, or are not those of this run.
        """
        missing = [number for number in range(parts) if number not in self.finished]
        if missing:
            lost = f"{len(missing)} of {parts} parts are missing, the first is {missing[0]}"
            raise ConflictError(self.where, f"{lost}; run it again, and report this")
        now, there = self._manifest() or {}, {line["number"]: line for line in _whole(self._place.finished())}
        if there != self.finished or any(now.get(name) != value for name, value in self._begun.items()):
            raise ConflictError(self.where, "another process has written here meanwhile; begin in a new folder")
        table, count = repeats(Files(self.where, self._read), parts)
        self._place.put(REPRINTS, table)
        self._place.put(MANIFEST, _dumps({**self._begun, "parts": parts, "rows": dict(self.counts())}))
        return count

    def _read(self, name: str) -> bytes:
        data = self._place.read(name)
        if data is None:
            raise ConflictError(f"{self.where}/{name}", "is gone since it was written; begin in a new folder")
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._place.close()


def _whole(lines: list[str]) -> Iterator[dict[str, Any]]:
    """The lines that were written to their end; one that was not says nothing."""
    for line in lines:
        with contextlib.suppress(ValueError):
            yield json.loads(line)


def _dumps(value: object) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True) + "\n").encode()
