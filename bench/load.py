"""Speed of reading a corpus: a fully validated load against libyaml's raw parse of the same texts.

Run it with ``python bench/load.py [FOLDER] [ROUNDS]``; the default is the shipped corpus, 9 rounds. Each round times
every step once, in random order and with the collector off, in processor time of this process; the figures are the
least time of each step, which other work on the machine disturbs least, and that over the raw parse's. The raw parse
is libyaml walking its events without making one Python object (``CParser.raw_parse``). The bar is 11 for the whole.
Nothing is asserted.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from yaml.cyaml import CParser

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.corpus import shipped_root
from kh_kr_corpus.store.reader import corpus_files


def events(texts: list[str]) -> None:
    for text in texts:
        parser = CParser(text)
        while not isinstance(parser.get_event(), yaml.StreamEndEvent):
            pass


def steps(root: Path) -> dict[str, Callable[[], object]]:
    texts = [store.read_text(path) for path in corpus_files(root, whole=False)]
    sys.stdout.write(f"{len(texts)} files, {sum(map(len, texts)):,} characters\n")
    return {
        "libyaml's raw parse": lambda: [CParser(text).raw_parse() for text in texts],
        "PyYAML's events": lambda: events(texts),
        "our loader": lambda: [_yaml.loads(text) for text in texts],
        "PyYAML's CSafeLoader": lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts],
        "read, load, validate": lambda: store.read_corpus(root, strict=True, whole=False),
    }


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_root()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    runs = steps(root)
    times: dict[str, list[float]] = {name: [] for name in runs}
    pick = random.Random(1)  # noqa: S311 - the same order in every run
    for turn in range(rounds + 1):
        for name in pick.sample(list(runs), len(runs)):
            gc.collect()
            gc.disable()
            start = time.process_time()
            runs[name]()
            if turn:  # the first round warms up
                times[name].append(time.process_time() - start)
            gc.enable()
    base = min(times["libyaml's raw parse"])
    for name, spent in times.items():
        sys.stdout.write(f"{name:24}{min(spent) * 1000:8.0f} ms{min(spent) / base:8.2f}\n")


if __name__ == "__main__":
    main()
