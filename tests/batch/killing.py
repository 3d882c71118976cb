"""Workers killed while they work, with a writer that does it wrong beside ours."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import dask
import distributed
import psutil

from kh_kr_corpus.batch import Progress, Settings, annotate_source
from kh_kr_corpus.batch.documents import Document, cut
from kh_kr_corpus.batch.source import Source

__all__ = ["Deadly", "cluster", "killed_naive", "killed_ours"]


@contextlib.contextmanager
def cluster(workers: int, failures: int = 0) -> Iterator[Any]:
    """A Dask cluster as a user may have it running."""
    with (
        dask.config.set(
            {
                "distributed.scheduler.allowed-failures": failures,
                "distributed.deploy.lost-worker-timeout": "1 day",
            }
        ),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
        ) as found,
    ):
        yield found


class _Killer:
    """Kills one of the worker processes of this one each time that so many documents more are done, at a random moment
    soon after: often enough one that is only just starting."""

    def __init__(self, kills: int, every: int) -> None:
        self._left, self._every, self._others = kills, every, set(_workers())
        self._chance = random.Random(20261122)  # noqa: S311 - not for secrets
        self._next = every
        self.kills = 0

    def __call__(self, progress: Progress) -> None:
        if self._left and progress.documents >= self._next:
            self._next += self._every
            self._left -= 1
            threading.Timer(self._chance.uniform(0, 0.3), self.kill).start()

    def kill(self) -> None:
        mine = sorted(set(_workers()) - self._others)
        if mine:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._chance.choice(mine), signal.SIGKILL)
                self.kills += 1


def _workers() -> Iterator[int]:
    """The processes that this one has started, without the one that keeps the books of ``multiprocessing``."""
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if not any("resource_tracker" in word for word in child.cmdline()):
                yield child.pid


def killed_ours(source: Path, out: Path, settings: Settings, kills: int, every: int) -> int:
    """A batch on two workers of which some are killed; how many were."""
    killer = _Killer(kills, every)
    annotate_source(str(source), out, workers=2, settings=settings, told=killer)
    return killer.kills


def append(documents: Sequence[Document], path: str) -> int:
    """What our workers never do: write each row once it is there. What the row says does not matter here."""
    for document in documents:
        time.sleep(0.01)  # the annotator
        with Path(path).open("a", encoding="utf-8") as rows:
            rows.write(document.id + "\n")
    return len(documents)


def slowly_restarted(source: Path, out: Path, settings: Settings) -> bool:
    """Whether a batch with one worker ends that is killed and takes longer to come back than Dask waits for one."""
    killer = _Killer(1, 1)
    with dask.config.set({"distributed.deploy.lost-worker-timeout": "10ms"}):
        given: dict[str, Any] = {"workers": 1, "settings": settings, "told": killer}
        run = threading.Thread(target=annotate_source, args=(str(source), out), kwargs=given, daemon=True)
        run.start()
        run.join(120)
    return killer.kills == 1 and not run.is_alive()


def killed_naive(source: Path, out: Path, settings: Settings, kills: int, every: int) -> Counter[str]:
    """The same with workers that write; how often each document stands in the output."""
    killer, done = _Killer(kills, every), 0
    with cluster(2, failures=1000) as running, distributed.Client(running, set_as_default=False) as client:
        parts = [part.documents for part in cut(Source(str(source), settings).documents(), settings)]
        futures = [client.submit(append, part, str(out), pure=False) for part in parts]
        for future in distributed.as_completed(futures, loop=client.loop):
            done += future.result()
            killer(Progress(documents=done))
    return Counter(out.read_text("utf-8").split())


class Deadly(distributed.WorkerPlugin):
    """Worker processes that a text with certain words takes down, as a fault in a C extension would."""

    name = "deadly"

    def __init__(self, words: str) -> None:
        self.words = words

    def setup(self, worker: object) -> None:  # noqa: ARG002 - its signature
        from kh_kr_corpus.annotate import Annotator

        whole, words = Annotator.pipe, self.words

        def deadly(self: Annotator, texts: Iterable[Any]) -> Any:
            texts = list(texts)
            if any(words in one["text"] for one in texts):
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(self, texts)

        Annotator.pipe = deadly  # type: ignore[method-assign]


def started(*arguments: str) -> int:
    """``khkr`` with these arguments in a process of its own, killed once its first two parts are finished."""
    import subprocess

    out = Path(arguments[arguments.index("--out") + 1])
    process = subprocess.Popen([sys.executable, "-m", "kh_kr_corpus", *arguments])  # noqa: S603
    finished = out / "parts.jsonl"
    while process.poll() is None and (not finished.exists() or finished.read_bytes().count(b"\n") < 2):
        time.sleep(0.01)
    process.kill()
    process.wait()
    return finished.read_bytes().count(b"\n")
