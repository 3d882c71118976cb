"""Every measurement of this folder in one table of ratios: ``python -m bench [NAMES] [--page]``.

Each script runs in a process of its own. The table is printed, and kept in build/bench.json with what it was measured
on; ``--page`` writes it into docs/performance.md as well. With names (``python -m bench load query``) only those run.
Nothing is asserted: a target that is missed is a row that says so.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._rows import HEADS, Row, cells, read, say, show

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ("load", "lint", "annotate", "lookup", "query", "kwic", "start", "batch", "review")
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- python -m bench --page -->\n", "<!-- end -->\n"


def measured(name: str, folder: Path) -> list[Row]:
    """The rows of one script; none where it can't be run here, which is told."""
    place, start = folder / f"{name}.jsonl", time.monotonic()
    place.unlink(missing_ok=True)
    say(f"bench.{name} ...")
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", f"bench.{name}"], cwd=ROOT, env={**os.environ, "KHKR_BENCH_JSON": str(place)}
    )
    say(f"bench.{name}: {time.monotonic() - start:.0f} s{'' if done.returncode == 0 else ', FAILED'}")
    return read(place) if place.exists() else []


def conditions() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def on_page(rows: list[Row], told: dict[str, Any]) -> None:
    """Write the table into the page in place of the last one."""
    lines = [f"| {' | '.join(HEADS)} |", "|---|--:|---|--:|--:|--:|---|"]
    lines += [f"| {' | '.join(cells(row))} |" for row in rows]
    of = f"{told['date']}, Python {told['python']}, {told['cores']} cores, load average {told['load']} at the start:"
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    table = "\n".join([f"{of}\n", *lines])
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main(arguments: list[str]) -> int:
    names = [name for name in arguments if name != "--page"] or list(SCRIPTS)
    if unknown := set(names) - set(SCRIPTS):
        sys.exit(f"no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(SCRIPTS)}")
    folder, told = ROOT / "build" / "bench", conditions()
    folder.mkdir(parents=True, exist_ok=True)
    found = {name: measured(name, folder) for name in names}
    rows = [row for some in found.values() for row in some]
    show(rows)
    kept = [{**asdict(row), "ratio": row.ratio, "verdict": row.verdict} for row in rows]
    (ROOT / "build" / "bench.json").write_text(json.dumps({**told, "rows": kept}, indent=1), encoding="utf-8")
    if "--page" in arguments:
        on_page(rows, told)
    missing = [name for name, some in found.items() if not some]
    if missing:
        say(f"not measured: {', '.join(missing)}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
