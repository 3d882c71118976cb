"""Partitions on the processes of a Dask cluster: one on this machine, or one that is there already.

Workers only compute: the documents are sent to them, the rows come back, and this process alone writes. So a worker
may die at any time, or do its work twice, and the output has every document once.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
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
"""A document with which all retries of Dask died so many times, alone, is the one to blame."""
_THREADS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
_QUIET = 50


@contextlib.contextmanager
def connect(workers: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the cluster at ``scheduler``, or of ``workers`` processes of our own that end with it.

    Raises :class:`EnvironmentFailure` when nothing answers there.
    """
    distributed = need("distributed")
    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout="20s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise EnvironmentFailure(scheduler, f"no Dask scheduler answers: {type(error).__name__}") from error
        with client:
            yield client
        return
    # only this machine can reach it, and no web page of it is served
    local: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": None, "silence_logs": _QUIET}
    os.environ.update({name: os.environ.get(name, one) for name, one in _THREADS.items()})
    with (
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
    distributed = need("distributed")
    coming, waiting = iter(partitions), dict[int, _Waiting]()
    futures: dict[Any, _Slice] = {}
    finished = distributed.as_completed(loop=client.loop, with_results=False)

    def send(piece: _Slice) -> None:
        future = client.submit(annotate_documents, piece.documents, pure=False)
        futures[future] = piece
        finished.add(future)

    def fill() -> None:
        room = max(0, _AHEAD * max(1, len(client.nthreads())) - len(waiting))
        for partition in islice(coming, room):
            waiting[partition.number] = _Waiting(partition)
            send(_Slice(partition.number, 0, partition.documents))

    fill()
    while futures:
        future = next(finished)
        piece = futures.pop(future)
        back = _result(future, piece)
        future.release()
        for again in back if isinstance(back, list) else ():
            send(again)
        if isinstance(back, Part):
            whole = waiting[piece.number]
            whole.parts[piece.first] = back
            part = whole.whole()
            if part is not None:
                yield waiting.pop(piece.number).partition, part
        fill()


def _result(future: Any, piece: _Slice) -> Part | list[_Slice]:
    """What came back of a slice: its rows, or, when it has killed its workers, smaller slices to try instead."""
    error = future.exception() if future.status == "error" else None
    if future.status == "finished":
        part: Part = future.result()
        if part.annotator != annotator_fingerprint():
            raise ConflictError("a worker", f"has another annotator, {part.annotator[:40]}…; install the same one there")
        return part
    if error is not None and type(error).__name__ != "KilledWorker":
        raise error
    piece.deaths += 1
    if len(piece.documents) == 1:
        if piece.deaths >= _LIVES:
            return failed_part(piece.documents[0], "the process that annotated it died, several times")
        return [piece]
    half = len(piece.documents) // 2
    first, second = piece.documents[:half], piece.documents[half:]
    return [_Slice(piece.number, piece.first, first), _Slice(piece.number, piece.first + half, second)]
