"""RELIABILITY.md names tests and programs that exist, and none of its promises stands alone."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "RELIABILITY.md").read_text("utf-8")


def test_what_it_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[^`]*?\.py)`", PAGE))
    named |= set(re.findall(r"python (bench/\w+\.py)", PAGE))
    named |= {f"bench/{name}.py" for name in re.findall(r"python -m bench\.(\w+)", PAGE)}
    assert len(named) > 12
    assert {name for name in named if not (PROJECT / name).is_file()} == set()


def test_every_row_of_faults_says_how_it_was_tested() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "Promise" not in line]
    assert len(rows) > 14
    for row in rows:
        assert "`tests/" in row or "`python " in row, row
