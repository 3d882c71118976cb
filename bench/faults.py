"""The long form of the store's fault tests: killed processes, shared files, and power cuts, with their controls.

Run it at the top of the project with ``python -m bench.faults [KILLS] [PROCESSES] [EDITS] [SAVES]``; the default,
10,000 kills, 8 processes with 1,000 edits each and power cuts in every state of 40 saves, takes about ten minutes.
``python -m bench.faults 0 8 1000 0`` runs only the shared files. For n trials without a failure, the chance of one is
below 3/n with 95 % confidence (the rule of three). Each control must show what ours never shows; the last line says
whether all of that held, and so does the exit code.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.store.test_power_cut import cut, verdict
from tests.store.trials import kill, share
from tests.store.writers import WRITERS

DEFAULTS = (10_000, 8, 1_000, 40)


def say(what: str, told: object, start: float) -> None:
    sys.stdout.write(f"{what:28}{time.monotonic() - start:7.1f} s  {told}\n")
    sys.stdout.flush()


def killed(trials: int) -> bool:
    start, held = time.monotonic(), True
    for writer, count in (("ours", trials), ("in place", min(trials, 500))):
        told = kill(WRITERS[writer], count)
        say(f"kill -9, {writer}", told, start)
        bad = told["torn"] + told["lost"] + told["left at the end"]
        held &= bad == 0 if writer == "ours" else bad > 0
    return held


def shared(processes: int, edits: int) -> bool:
    start, held = time.monotonic(), True
    for writer, count in (("ours", edits), ("renamed", min(edits, 200))):
        told = share(WRITERS[writer], processes, count)
        say(f"shared files, {writer}", told, start)
        bad = told["lost"] + told["there without being told"] + told["there twice"]
        whole = told["told kept"] + told["told refused"] == told["edits"]
        held &= bad == 0 and whole if writer == "ours" else bad > 0
    return held


def cuts(saves: int) -> bool:
    start, held = time.monotonic(), True
    for writer, write in WRITERS.items():
        found: Counter[str] = Counter()
        count = saves if writer == "ours" else min(saves, 6)  # unsynced names double the disks with each save
        for new in (True, False):
            with tempfile.TemporaryDirectory() as folder:
                found += Counter(
                    verdict(disk, path) for _, path, disk in cut(write, Path(folder), new=new, saves=count)
                )
        say(f"power cuts, {writer}", dict(found), start)
        held &= (set(found) == {"fine"}) is (writer == "ours")
    return held


def main() -> None:
    given = [int(number) for number in sys.argv[1:]]
    kills, processes, edits, saves = (*given, *DEFAULTS[len(given) :])
    held = [killed(kills) if kills else True, shared(processes, edits) if edits else True]
    held.append(cuts(saves) if saves else True)
    sys.stdout.write("all held\n" if all(held) else "NOT ALL HELD\n")
    sys.exit(not all(held))


if __name__ == "__main__":
    main()
