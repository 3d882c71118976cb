"""Reading and writing a corpus: ``python -m bench.load [FOLDER]``, by default the shipped one.

A fully validated load against libyaml walking the events of the same texts without making one Python object
(``CParser.raw_parse``); the compiled form against that load; canonical form against PyYAML's C dumper; the memory that
an article takes against plain dicts of the same data.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from bench._rows import Row, costs, main
from yaml.cyaml import CParser

from kh_kr_corpus import load, store
from kh_kr_corpus.corpus import shipped_root
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.reader import corpus_files
from kh_kr_corpus.store.writer import canonical


def reading(root: Path) -> Iterator[Row]:
    texts = [store.read_text(path) for path in corpus_files(root, whole=False)]
    files = f"{len(texts)} files"
    taken = costs(
        {
            "ours": lambda: store.read_corpus(root, strict=True, whole=False),
            "libyaml": lambda: [CParser(text).raw_parse() for text in texts],
            "PyYAML": lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts],
        }
    )
    ours, raw, safe = (taken[name] * 1e3 for name in ("ours", "libyaml", "PyYAML"))
    yield Row(f"validated load, {files}", ours, "libyaml's raw parse", raw, "ms", 11)
    yield Row(f"validated load, {files}", ours, "PyYAML's CSafeLoader, no validation", safe, "ms")


def compiled(root: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:

        def loaded(cache: str) -> None:
            os.environ["KHKR_CACHE"] = cache
            load(root)

        loaded(folder)
        taken = costs({"cold": lambda: loaded("off"), "compiled": lambda: loaded(folder)}, rounds=5)
    yield Row("load from the compiled form", taken["compiled"] * 1e3, "cold load", taken["cold"] * 1e3, "ms", 0.2)


def formatting(root: Path) -> Iterator[Row]:
    files = [one for one in store.read_corpus(root, whole=False).files if one.model is not None]
    plain = [yaml.load(store.read_text(one.path), yaml.CSafeLoader) for one in files]
    taken = costs(
        {
            "ours": lambda: [canonical(one) for one in files],
            "PyYAML": lambda: [yaml.dump(one, Dumper=yaml.CSafeDumper, sort_keys=False) for one in plain],
        },
        rounds=5,
    )
    yield Row(f"formatting, {len(files)} files", taken["ours"] * 1e3, "PyYAML's CSafeDumper", taken["PyYAML"] * 1e3,
              "ms", 1)  # fmt: skip


def held(make: Callable[[], object]) -> float:
    """Bytes that are still in use once ``make`` has run."""
    make()  # what the libraries keep from the first time is not counted
    gc.collect()
    tracemalloc.start()
    kept = make()
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size


def memory(root: Path) -> Iterator[Row]:
    articles = store.read_corpus(root, whole=False).articles.values()
    lines = [article.model_dump_json(exclude_unset=True) for article in articles]
    models = held(lambda: [Article.model_validate_json(line) for line in lines]) / len(lines) / 1e3
    dicts = held(lambda: [json.loads(line) for line in lines]) / len(lines) / 1e3
    yield Row(f"memory an article, {len(lines)} articles read", models, "plain dicts", dicts, "kB", 2)


def rows() -> Iterator[Row]:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_root()
    for part in (reading, compiled, formatting, memory):
        yield from part(root)


if __name__ == "__main__":
    main(rows)
