"""Speed of the linter on 1,000 articles, and all seeded faults.

``python bench/lint.py`` copies the shipped corpus into a temporary folder, adds copies of its articles until there
are 1,000, and times reading, the rules, canonical form, and a run that looks at one changed file. Copies share their
wording, which is what the rule on wording then has to tell: its findings are counted, nothing is asserted.
``python bench/lint.py --seeds`` runs every seeded fault of tests/lint/test_seeded.py, not only the test's choice.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from kh_kr_corpus import store
from kh_kr_corpus.lint import RULES, inspect
from kh_kr_corpus.lint.rule import Rule
from kh_kr_corpus.lint.run import _run

HERE = Path(__file__).parents[1]
WANTED = 1000


def grown(folder: Path) -> Path:
    """A copy of the corpus with 1,000 articles."""
    root = Path(shutil.copytree(HERE / "data", folder / "data"))
    files = sorted((root / "articles").rglob("*.yaml"))
    for n in range(WANTED - len(files)):
        path = files[n % len(files)]
        name = f"{path.stem[:70]}-{n}"
        text = path.read_text("utf-8")
        old = next(line for line in text.split("\n") if line.startswith("id:"))
        place = path.with_name(f"{name}.yaml")
        place.write_text(text.replace(old, f'id: "{name}"', 1), encoding="utf-8")
    return root


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def timed(name: str, start: float) -> None:
    tell(f"{name:<44}{time.perf_counter() - start:8.2f} s")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = grown(Path(folder))
        start = time.perf_counter()
        contents = store.read_corpus(root)
        timed(f"read {len(contents.articles):,} articles, {len(contents.files):,} files", start)
        every = {str(loaded.path) for loaded in contents.files}
        rules: list[Rule] = [rule for code, rule in RULES.items() if code != "KC901"]
        start = time.perf_counter()
        found = _run(contents, rules, every)
        timed(f"{len(rules)} rules ({len(found.findings):,} findings)", start)
        start = time.perf_counter()
        _run(contents, [RULES["KC901"]], every)
        timed("canonical form of every file (KC901)", start)
        start = time.perf_counter()
        inspect(root, only=[next((root / "articles").rglob("*.yaml"))])
        timed("a run over one changed file, all read", start)


def seeds() -> None:
    from tests.lint.test_seeded import EVERY

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(shutil.copytree(HERE / "tests/toy", Path(folder) / "toy"))
        missed = 0
        for seed in EVERY:
            path = corpus / seed.file
            before = path.read_bytes()
            path.write_bytes(seed.text.encode("utf-8"))
            found = [f for f in inspect(corpus, ignore=["KC901"]).findings if f.location.path == str(path)]
            right = [f for f in found if f.code in seed.codes and f.location.line == seed.line]
            if not any(f.location.field in seed.fields for f in right):
                missed += 1
                tell(f"missed: {seed}")
            path.write_bytes(before)
        tell(f"{len(EVERY):,} faults, {missed} missed")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    seeds() if "--seeds" in sys.argv else main()
