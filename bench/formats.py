"""The long form of the tests of formats: many articles there and back, whole and damaged.

    python -m bench.formats [EXAMPLES]

For each two-way format: EXAMPLES articles (default 1,000) in three scripts are written and read, and must be the same
but for the declared losses; as many files are damaged in a few places, and what is read of them must be sound.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.formats.articles import articles
from tests.formats.test_damaged import EDITS, TWO_WAY, check_damaged
from tests.formats.test_roundtrip import check_roundtrip


def _run(what: str, check: Callable[..., None], examples: int, *strategies: Any) -> None:
    start = time.perf_counter()
    relaxed = settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    relaxed(given(*strategies)(check))()
    sys.stdout.write(f"{what}: {examples:,} examples held, {time.perf_counter() - start:.0f} s\n")


def main(examples: int) -> None:
    """Every two-way format, whole and damaged."""
    for name in TWO_WAY:
        one = st.just(name)
        _run(f"{name}, there and back", check_roundtrip, examples, one, articles())
        _run(f"{name}, damaged", check_damaged, examples, one, articles(), EDITS)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
