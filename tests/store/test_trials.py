"""Processes that are killed while they save, and processes that want the same files; ``bench/faults.py`` runs more."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from subprocess import run

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def trial(*arguments: str) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.store.trials", *arguments]
    done = run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    return dict(json.loads(done.stdout))


def test_a_killed_process_tears_nothing_and_loses_nothing_that_it_called_saved() -> None:
    told = trial("kill", "ours", "200")
    assert (told["torn"], told["lost"], told["left at the end"]) == (0, 0, 0)
    assert told["strays"], "no process was killed in the middle of a save, so this proves nothing"


def test_the_naive_way_is_torn() -> None:
    assert trial("kill", "in place", "40")["torn"]


def test_every_edit_is_kept_or_refused_aloud() -> None:
    told = trial("share", "ours", "6", "25")
    assert told["told kept"] + told["told refused"] == told["edits"] == 150
    assert (told["lost"], told["there without being told"], told["there twice"]) == (0, 0, 0)
    assert told["conflicts met"], "no two processes met, so this proves nothing"


def test_without_lock_and_revision_edits_are_lost() -> None:
    assert trial("share", "renamed", "6", "25")["lost"]
