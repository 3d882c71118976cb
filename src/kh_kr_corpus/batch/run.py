"""One batch from its source to its folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kh_kr_corpus.batch.cluster import annotated_on, connect
from kh_kr_corpus.batch.documents import Partition, Settings, cut
from kh_kr_corpus.batch.folder import Folder
from kh_kr_corpus.batch.places import place_of
from kh_kr_corpus.batch.source import Source
from kh_kr_corpus.batch.work import Part, annotate_documents
from kh_kr_corpus.errors import InputError

__all__ = ["Progress", "Report", "annotate_source"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is."""

    done: int = 0
    """Bytes of the source that are behind it."""
    size: int = 0
    """Bytes of the source."""
    documents: int = 0
    failed: int = 0
    words: int = 0
    """Words annotated in this run, parts of earlier runs left out."""
    seconds: float = 0.0
    """Since the first document of this run."""

    @property
    def speed(self) -> float:
        """Words a second."""
        return self.words / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch has done."""

    folder: str
    """As it was named: a path or an address."""
    parts: int
    """All parts of the output."""
    resumed: int
    """Those of them that an earlier run had finished."""
    documents: int
    failed: int
    about: int
    """Articles about Korea–Cambodia relations, as far as the filter can tell."""
    words: int
    mentions: int
    initiatives: int
    reprints: int
    """Articles that repeat another one."""
    left_out: int
    """Files of the source that are of no kind that is read."""
    seconds: float
    speed: float
    """Words a second of this run."""


def annotate_source(
    source: str,
    out: str | os.PathLike[str],
    *,
    workers: int = 0,
    scheduler: str | None = None,
    settings: Settings | None = None,
    told: Callable[[Progress], object] = bool,
) -> Report:
    """Annotate every document at ``source`` and write the tables to ``out``.

    ``source`` is a file or a folder: Parquet, JSON lines (also ``.zst``, ``.gz``) and ``.txt``. It and ``out`` are
    paths or any addresses that fsspec takes. Without ``workers`` all is done in this process; with them in so many
    processes of this machine, or by the Dask cluster at ``scheduler``; the rows are the same. Run again after it was
    stopped, it goes on behind the last finished part. A document that can't be annotated is a row of the table
    ``errors``. ``told`` is called with the :class:`Progress`.

    Raises :class:`ConflictError` when the source, the settings or the annotator are not those that ``out`` was begun
    with, :class:`EnvironmentFailure` when something can't be read or written, :class:`InputError` for a source without
    documents.
    """
    if workers and scheduler:
        raise InputError("--workers", "starts processes of its own, but --scheduler has some", "give one of them")
    settings = settings or Settings()
    origin = Source(source, settings)
    with Folder(place_of(out), origin, settings) as folder:
        run = _Run(origin, folder, told)
        parts = run.all_parts(workers, scheduler)
        reprints = folder.finish(parts)
        counts = folder.counts()
        return Report(
            folder.where, parts, run.resumed, counts["documents"], counts["failed"], counts["about"], counts["words"],
            counts["mentions"], counts["initiatives"], reprints, origin.left_out,
            run.progress.seconds, run.progress.speed,
        )  # fmt: skip


class _Run:
    """The state of one run."""

    def __init__(self, source: Source, folder: Folder, told: Callable[[Progress], object]) -> None:
        self.source, self.folder, self._told = source, folder, told
        self.progress = Progress(size=source.size)
        self.parts = self.resumed = 0
        self._start = time.monotonic()

    def all_parts(self, workers: int, scheduler: str | None) -> int:
        """Make every part that is missing; how many there are."""
        if workers or scheduler:
            with connect(workers, scheduler) as client:
                self._start = time.monotonic()
                for partition, part in annotated_on(client, self._missing()):
                    self._keep(partition, part)
                    self._tell(done=partition.done, documents=part.counts["documents"], words=part.counts["words"])
        else:
            for partition in self._missing():
                self._keep(partition, annotate_documents(partition.documents, self._one_by_one(partition)))
        return self.parts

    def _missing(self) -> Iterator[Partition]:
        """The partitions whose parts are not finished."""
        for partition in cut(self.source.documents(), self.folder.settings):
            self.parts += 1
            if self.folder.has(partition):
                self.resumed += 1
                self._start = time.monotonic()
                self._tell(done=partition.done)
            else:
                yield partition

    def _keep(self, partition: Partition, part: Part) -> None:
        self.folder.write(partition, part)
        self.progress = replace(self.progress, failed=self.progress.failed + part.counts["failed"])

    def _one_by_one(self, partition: Partition) -> Callable[[], None]:
        documents = iter(partition.documents)

        def told() -> None:
            document = next(documents)
            self._tell(done=document.done, documents=1, words=len((document.text or "").split()))

        return told

    def _tell(self, *, done: int, documents: int = 0, words: int = 0) -> None:
        now = self.progress
        self.progress = replace(
            now,
            done=max(now.done, done),
            documents=now.documents + documents,
            words=now.words + words,
            seconds=time.monotonic() - self._start,
        )
        self._told(self.progress)
