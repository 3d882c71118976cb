"""Speed of the linter on 1,000 articles, and all seeded faults.

``python -m bench.lint`` copies the shipped corpus into a temporary folder, adds copies of its articles until there are
1,000, and measures all rules and canonical form against reading and validating the same files, and against
``jsonschema``, which looks at the shape of each article and at nothing else. Copies share their wording, which is what
the rule on wording then has to tell.
``python -m bench.lint --seeds`` runs every seeded fault of tests/lint/test_seeded.py, not only the test's choice.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from bench._rows import Row, costs, main, say
from jsonschema import Draft202012Validator

from kh_kr_corpus import store
from kh_kr_corpus.lint import RULES, inspect
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


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        root = grown(Path(folder))
        read: list[store.Contents] = []
        plain = [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in (root / "articles").rglob("*.yaml")]
        schema = Draft202012Validator(yaml.load((root / "schema.yaml").read_text("utf-8"), yaml.CSafeLoader))

        def lint() -> None:
            contents = read[-1]
            _run(contents, list(RULES.values()), {str(loaded.path) for loaded in contents.files})

        runs = {
            "rules": lint,
            "read": lambda: store.read_corpus(root),
            "shape": lambda: [list(schema.iter_errors(one)) for one in plain[::10]],
        }
        # a corpus remembers what a rule has worked out, so each round has one of its own
        taken = costs(runs, rounds=2, before=lambda: read.append(store.read_corpus(root)))
    what = f"linting, {len(RULES)} rules, {WANTED:,} articles"
    yield Row(what, taken["rules"], "reading and validating them", taken["read"], "s")
    yield Row(what, taken["rules"], "jsonschema, shape only", taken["shape"] * len(plain) / len(plain[::10]), "s", 1)


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
                say(f"missed: {seed}")
            path.write_bytes(before)
        say(f"{len(EVERY):,} faults, {missed} missed")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    seeds() if "--seeds" in sys.argv else main(rows)
