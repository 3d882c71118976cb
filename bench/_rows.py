"""What the measurements of this folder share: how time is taken, what a row of the table says, and how it is shown.

A row is a cost of ours over the cost of a named peer, or of what the machine can do at best, in the same run: less is
better, and only the ratio can be compared between machines. Importing this module keeps the libraries below to one
thread, so import it before them.
"""

from __future__ import annotations

import gc
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

for _library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

__all__ = ["Row", "as_text", "costs", "main", "say", "show"]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: float
    peer: str
    """What it is measured against."""
    theirs: float
    unit: str
    """Of ``ours`` and ``theirs``; less is better."""
    target: float | None = None
    """What the ratio may be at most; None where nothing was promised."""

    @property
    def ratio(self) -> float:
        """Our cost over the other."""
        return self.ours / self.theirs

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        return "" if self.target is None else "met" if self.ratio <= self.target else "MISSED"


def costs(
    runs: Mapping[str, Callable[[], object]], rounds: int = 7, before: Callable[[], object] = bool
) -> dict[str, float]:
    """The median seconds of processor time of each run: one of each a round in random order, the collector off while
    it runs, after a round to warm up. So a busy machine disturbs them least, and all alike. ``before`` is called before
    each round and not timed."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    pick = random.Random(1)  # noqa: S311 - the same order each time
    for turn in range(rounds + 1):
        before()
        for name in pick.sample(list(runs), len(runs)):
            gc.collect()
            gc.disable()
            try:
                start = time.process_time()
                runs[name]()
                if turn:
                    times[name].append(time.process_time() - start)
            finally:
                gc.enable()
    return {name: statistics.median(taken) for name, taken in times.items()}


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def as_text(value: float) -> str:
    """Three digits that count.

    >>> as_text(0.01234), as_text(12.345), as_text(1234.5)
    ('0.0123', '12.3', '1,234')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def cells(row: Row) -> tuple[str, ...]:
    """A row as it is shown, here and in docs/performance.md."""
    target = "" if row.target is None else f"≤ {row.target:g}"
    ours, theirs = (f"{as_text(value)} {row.unit}" for value in (row.ours, row.theirs))
    return row.what, ours, row.peer, theirs, as_text(row.ratio), target, row.verdict


HEADS = ("what", "ours", "against", "theirs", "ratio", "target", "")


def show(rows: Iterable[Row]) -> None:
    """The rows as one table, as wide as they need when nobody's terminal says otherwise."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*HEADS, title="costs: ours over theirs in the same run, less is better")
    for column in (1, 3, 4, 5):
        table.columns[column].justify = "right"
    for row in rows:
        style = {"met": "green", "MISSED": "bold red"}.get(row.verdict)
        table.add_row(*cells(row)[:-1], f"[{style}]{row.verdict}[/]" if style else "")
    console = Console()
    (console if console.is_terminal else Console(width=170)).print(table)


def main(rows: Callable[[], Iterable[Row]]) -> None:
    """Measure and show; for ``python -m bench``, whose process reads it, each row is a line of JSON."""
    if os.environ.get("KHKR_BENCH_JSON") is None:
        show(list(rows()))
        return
    with Path(os.environ["KHKR_BENCH_JSON"]).open("w", encoding="utf-8") as file:
        for row in rows():
            file.write(json.dumps(asdict(row)) + "\n")


def read(path: Path) -> list[Row]:
    """The rows that a script has left."""
    found: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Row(**one) for one in found]
