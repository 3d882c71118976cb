"""Processes that are killed, and processes that want the same files: run for real, and counted.

``python -m tests.store.trials kill WRITER TRIALS`` and ``python -m tests.store.trials share WRITER PROCESSES EDITS``
print what happened as JSON. This is a program of its own because it forks, which a test runner's threads forbid.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from tests.store.writers import WRITERS, Writer, version, version_of

from kh_kr_corpus.errors import ConflictError
from kh_kr_corpus.store.files import revision_of

FILES, TRIES = 4, 200


def kill(write: Writer, trials: int) -> dict[str, int]:
    """Kill a process that saves one version after another, at a random moment, ``trials`` times."""
    told = {"trials": trials, "torn": 0, "lost": 0, "strays": 0, "left at the end": 0}
    pick = random.Random(trials)  # noqa: S311 - the same moments in every run
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "file.yaml"
        path.write_bytes(version(0))
        for _ in range(trials):
            acknowledged = _killed(write, path, pick.uniform(0, 0.012))
            found = version_of(path.read_bytes())
            told["torn"] += found is None
            told["lost"] += found is not None and found < acknowledged
            told["strays"] += len(list(path.parent.iterdir())) - 1
            if found is None:
                path.write_bytes(version(0))
        write(path, version(1), revision_of(path.read_bytes()))
        told["left at the end"] = len(list(path.parent.iterdir())) - 1
    return told


def _killed(write: Writer, path: Path, seconds: float) -> int:
    """The last version of which the process said that it was saved, before it was killed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            _save_for_ever(write, path, theirs)
        finally:
            os._exit(1)
    os.close(theirs)
    said = os.read(ours, 8)
    if len(said) < 8:
        raise RuntimeError("the process that saves came to an end by itself")
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as pipe:
        said += pipe.read()
    return int.from_bytes(said[-8:], "big")


def _save_for_ever(write: Writer, path: Path, pipe: int) -> None:
    data = path.read_bytes()
    for number in count((version_of(data) or 0) + 1):
        revision, data = revision_of(data), version(number)
        write(path, data, revision)
        os.write(pipe, number.to_bytes(8, "big"))


def share(write: Writer, processes: int, edits: int) -> dict[str, int]:
    """Let processes add ``edits`` lines each to the same few files, and see which lines are there in the end."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{n}.yaml" for n in range(FILES)]
        for path in paths:
            path.write_bytes(b"start\n")
        children = [_editor(write, paths, str(n), edits, Path(name)) for n in range(processes)]
        for child in children:
            os.waitpid(child, 0)
        said = [(Path(name) / f"said-{n}").read_text(encoding="utf-8").split("\n")[:-1] for n in range(processes)]
        told = [line for lines in said for line in lines]
        lines = [line for path in paths for line in path.read_text(encoding="utf-8").split("\n") if "." in line]
    kept = {line.removeprefix("kept ") for line in told if line.startswith("kept ")}
    return {
        "edits": processes * edits,
        "told kept": len(kept),
        "told refused": sum(line.startswith("refused ") for line in told),
        "conflicts met": sum(int(line.removeprefix("conflicts ")) for line in told if line.startswith("conflicts ")),
        "lost": len(kept - set(lines)),
        "there without being told": len(set(lines) - kept),
        "there twice": len(lines) - len(set(lines)),
    }


def _editor(write: Writer, paths: list[Path], name: str, edits: int, folder: Path) -> int:
    if child := os.fork():
        return child
    try:
        _edit(write, paths, name, edits, folder)
    finally:
        os._exit(0)


def _edit(write: Writer, paths: list[Path], name: str, edits: int, folder: Path) -> None:
    pick, conflicts = random.Random(name), 0  # noqa: S311
    with (folder / f"said-{name}").open("w", encoding="utf-8") as said:
        for edit in range(edits):
            path, mark = pick.choice(paths), f"{name}.{edit}"
            for _ in range(TRIES):
                data = path.read_bytes()
                try:
                    write(path, data + f"{mark}\n".encode(), revision_of(data))
                except ConflictError:
                    conflicts += 1
                    continue
                said.write(f"kept {mark}\n")
                break
            else:
                said.write(f"refused {mark}\n")
        said.write(f"conflicts {conflicts}\n")


def main() -> None:
    what, writer, *numbers = sys.argv[1:]
    write, counts = WRITERS[writer], [int(number) for number in numbers]
    told = kill(write, counts[0]) if what == "kill" else share(write, counts[0], counts[1])
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
