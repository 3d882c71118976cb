"""What a new process costs: ``python -m bench.start``.

Processor time of a Python process that imports the package, and of one that loads the shipped corpus and reads one
article, against a process that does nothing, and against one that imports pandas.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator

from bench._rows import Row, main

CODE = {
    "nothing": "pass",
    "import": "import kh_kr_corpus",
    "article": "import kh_kr_corpus as khkr; next(iter(khkr.load().articles)).title",
    "pandas": "import pandas",
}


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rows() -> Iterator[Row]:
    taken: dict[str, list[float]] = {name: [] for name in CODE}
    for turn in range(16):
        for name, code in CODE.items():
            before = spent()
            subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own words
            if turn:  # the first one may compile, and fill the corpus's cache
                taken[name].append((spent() - before) * 1e3)
    ms = {name: statistics.median(values) for name, values in taken.items()}
    yield Row("import kh_kr_corpus, new process", ms["import"], "python -c pass", ms["nothing"], "ms", 1.5)
    yield Row("load() and read an article, new process", ms["article"], "import pandas", ms["pandas"], "ms", 1)


if __name__ == "__main__":
    main(rows)
