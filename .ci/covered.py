"""How much of each part the tests go through, lines and branches, and whether that is enough.

make coverage              # the tests with everything measured, and this at the end
python .ci/covered.py      # what was measured last
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from coverage import Coverage

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "kh_kr_corpus"
# What holds data, finds it and judges it has no line and no branch that no test goes through. A lower bar is for what
# runs in processes of its own, where nothing is measured: workers, a server, training, the command `python -m`.
BARS = {
    **dict.fromkeys(("models", "store", "anchor", "lint", "_yaml", "_offsets.py", "corpus/loading.py"), 100),
    "batch": 95, "review": 93, "_spacy.py": 92, "cli": 90, "train": 50, "__main__.py": 0,
}  # fmt: skip
OTHERS = 97
"""Of every other module and package, new ones as well."""


def measured(coverage: Coverage, part: str) -> float:
    """The share of lines and branches in percent."""
    place = PACKAGE / part
    return coverage.report(include=[str(place / "*" if place.is_dir() else place)], file=io.StringIO())


def main() -> None:
    """Print what is measured against its bar; exit with 1 where something is below it."""
    coverage = Coverage(config_file=str(PACKAGE.parents[1] / "pyproject.toml"))
    coverage.load()
    parts = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    below = 0
    for part in sorted(parts | BARS.keys()):
        found, bar = measured(coverage, part), BARS.get(part, OTHERS)
        below += found < bar
        sys.stdout.write(f"{part:20} {found:6.2f} %  at least {bar} %{'' if found >= bar else '  BELOW'}\n")
    if below:
        coverage.report(show_missing=True, skip_covered=True)
        raise SystemExit(f"{below} parts are below their bars")


if __name__ == "__main__":
    main()
