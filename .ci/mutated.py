"""How many small changes of the loader and of anchoring the tests notice, and whether that is enough.

make mutants               # all of them, and this at the end
python .ci/mutated.py      # what was run last
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import PurePosixPath

from mutmut.__main__ import collect_source_file_mutation_data
from mutmut.stats import status_by_exit_code

PACKAGE = PurePosixPath("src/kh_kr_corpus")
BAR = 90
"""Percent of the changes that were run, of each part."""
PARTS = {"anchor": "anchoring", "_offsets.py": "anchoring", "store": "loader", "corpus": "loader"}
NOTICED = ("killed", "timeout", "segfault")
"""A run that never ends, or takes the interpreter down, is noticed as well as a test that fails."""
BROKEN = 3
"""pytest's own failure, in which no test has failed: mutmut calls it a kill, here nothing was noticed."""
OTHERS = {"not checked": "not run", "no tests": "without a test", "broken": "in which pytest itself failed"}


def line(name: str, found: Counter[str]) -> str:
    """What became of the changes of one module or part."""
    run = found.total() - found["not checked"]
    noticed = sum(found[status] for status in NOTICED)
    share = f"{100 * noticed / run:5.1f} %" if run else "      -"
    others = "".join(f", {found[what]} {told}" for what, told in OTHERS.items() if found[what])
    return f"{name:24} {noticed:5} of {run:5} {share}  ({found['timeout']} by their time{others})\n"


def main() -> None:
    """Print the counts of each module and each part; exit with 1 where a part is below the bar."""
    modules: dict[str, Counter[str]] = {}
    for path, data in collect_source_file_mutation_data(mutant_names=())[1].items():
        if data.exit_code_by_key:
            name = PurePosixPath(path).relative_to(PACKAGE).as_posix()
            codes = data.exit_code_by_key.values()
            modules[name] = Counter("broken" if code == BROKEN else status_by_exit_code[code] for code in codes)
    parts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, found in sorted(modules.items()):
        parts[PARTS[name.partition("/")[0]]] += found
        sys.stdout.write(line(name, found))
    sys.stdout.writelines(line(part, found) for part, found in parts.items())
    below = [
        part
        for part, found in parts.items()
        if 100 * sum(found[status] for status in NOTICED) < BAR * (found.total() - found["not checked"])
    ]
    if below or not parts:
        raise SystemExit(f"below {BAR} %: {', '.join(below)}" if below else "nothing was run")


if __name__ == "__main__":
    main()
