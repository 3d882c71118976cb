"""Partitions on the processes of a Dask cluster: one on this machine, or one that is there already.

Workers only compute: the documents are sent to them, the rows come back, and this process alone writes. So a worker
may die at any time, or do its work twice, and the output has every document once.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from kh_kr_corpus.batch.documents import Document, Partition
from kh_kr_corpus.batch.source import need
from kh_kr_corpus.batch.work import Part, annotate_documents, annotator_fingerprint, failed_part, joined
from kh_kr_corpus.errors import ConflictError, EnvironmentFailure

__all__ = ["annotated_on", "connect"]

_AHEAD = 2
"""Partitions that are sent out for each worker, so that none waits and the memory needed has a bound."""
_LIVES = 2
"""A document with which a worker died so many times, with nothing else under way, is the one to blame."""
_THREADS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
_LOCAL = {
    # what was lost is sent again from here, in halves; the scheduler needs no tries of its own
    "distributed.scheduler.allowed-failures": 0,
    # a worker that died is started again, however long that takes; after 15 s Dask would give it up for good, and a run
    # on a busy machine wait for ever once all have gone that way
    "distributed.deploy.lost-worker-timeout": "1000 days",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
_PATIENCE = "20s"
_QUIET = 50


@contextlib.contextmanager
def connect(workers: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the cluster at ``scheduler``, or of ``workers`` processes of our own that end with it.

    Raises :class:`EnvironmentFailure` when nothing answers there.
    """
    distributed = need("distributed")
    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise EnvironmentFailure(scheduler, f"no Dask scheduler answers: {type(error).__name__}") from error
        with client:
            yield client
        return
    # only this machine can reach it, and it serves no pages
    local: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": _QUIET}
    os.environ.update({name: os.environ.get(name, one) for name, one in _THREADS.items()})
    with (
        need("dask").config.set(_LOCAL),
        distributed.LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, **local) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


@dataclass
class _Slice:
    """Documents that follow each other in a partition, on their way."""

    number: int
    first: int
    documents: tuple[Document, ...]
    deaths: int = 0


@dataclass
class _Waiting:
    """A partition of which not every slice is back."""

    partition: Partition
    parts: dict[int, Part] = field(default_factory=dict)

    def whole(self) -> Part | None:
        """Its rows, once all its documents have come back."""
        if sum(part.counts["documents"] for part in self.parts.values()) < len(self.partition.documents):
            return None
        return joined([part for _, part in sorted(self.parts.items())])


def annotated_on(client: Any, partitions: Iterable[Partition]) -> Iterator[tuple[Partition, Part]]:
    """The partitions with their rows, in whatever order they are finished; only a few are on their way at once."""
    return _Traffic(client, partitions).results()


class _Traffic:
    """What is on its way to the workers and back."""

    def __init__(self, client: Any, partitions: Iterable[Partition]) -> None:
        self._client, self._coming = client, iter(partitions)
        self._waiting: dict[int, _Waiting] = {}
        self._futures: dict[Any, _Slice] = {}
        self._suspects: deque[_Slice] = deque()
        """Single documents that were on a worker when it died: tried again with nothing else under way."""
        self._finished = need("distributed").as_completed(loop=client.loop, with_results=False)

    def results(self) -> Iterator[tuple[Partition, Part]]:
        """Send everything, try again what was lost, and give what is whole."""
        while self._fill():
            future = next(self._finished)
            piece = self._futures.pop(future)
            part = _result(future)
            future.release()
            if part is None:
                part = self._again(piece)
            if part is not None:
                waiting = self._waiting[piece.number]
                waiting.parts[piece.first] = part
                whole = waiting.whole()
                if whole is not None:
                    del self._waiting[piece.number]
                    yield waiting.partition, whole

    def _fill(self) -> bool:
        """Send what may be sent now; whether anything is under way."""
        if self._suspects:
            if not self._futures:
                self._send(self._suspects.popleft())
            return True
        room = _AHEAD * max(1, len(self._client.nthreads())) - len(self._waiting)
        for partition in islice(self._coming, max(0, room)):
            self._waiting[partition.number] = _Waiting(partition)
            self._send(_Slice(partition.number, 0, partition.documents))
        return bool(self._futures)

    def _send(self, piece: _Slice) -> None:
        future = self._client.submit(annotate_documents, piece.documents, pure=False)
        self._futures[future] = piece
        self._finished.add(future)

    def _again(self, piece: _Slice) -> Part | None:
        """Try a slice again whose worker died, in halves so that a document that kills is found: its row, then."""
        if len(piece.documents) > 1:
            half = len(piece.documents) // 2
            self._send(_Slice(piece.number, piece.first, piece.documents[:half]))
            self._send(_Slice(piece.number, piece.first + half, piece.documents[half:]))
            return None
        if piece.deaths >= _LIVES:
            return failed_part(piece.documents[0], "the process that annotated it died, several times")
        piece.deaths += 1
        self._suspects.append(piece)
        return None


def _result(future: Any) -> Part | None:
    """The rows of a slice; None when its workers died."""
    distributed = need("distributed")
    try:
        # waits again where a result was lost with its worker between being announced and being fetched
        part: Part = future.result()
    except distributed.KilledWorker:
        return None
    except (CancelledError, OSError) as error:
        raise EnvironmentFailure("the Dask cluster", f"is gone: {type(error).__name__}; run again to go on") from error
    except (ImportError, RuntimeError, AttributeError) as error:
        told = f"cannot do it: {type(error).__name__}: {error}; is the same kh-kr-corpus[batch] installed there?"
        raise EnvironmentFailure("a worker", told) from error
    if part.annotator != annotator_fingerprint():
        raise ConflictError("a worker", f"has another annotator, {part.annotator[:24]}…; install the same one there")
    return part
