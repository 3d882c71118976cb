"""Random inputs for the loader and hostile strings for the writer: the long form of what the tests do with Hypothesis.

Run it with ``python bench/fuzz_yaml.py [INPUTS] [STRINGS] [SEED]``; the default is a million of each, about five
minutes. Inputs are pieces of the corpus's own files and of odd YAML, cut, repeated, swapped and damaged, at most 4,000
characters; each is loaded, and what is YAML is read as an article as well, through the schema and the anchors. Nothing
but :class:`YamlError` may come out of the loader and nothing but findings out of the reader, and a place that is named
must be in the text. Strings are put together from characters and words that writers get wrong; each must come back
the same, as a value, as a key, in a line and in a block, to us and to PyYAML. The last lines tell how long the slowest
input took and how much memory the process had at most. The first failure is printed, and the exit code is 1.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path, PurePosixPath

import yaml

from kh_kr_corpus import store
from kh_kr_corpus._yaml import dumps, loads
from kh_kr_corpus.corpus import shipped_root
from kh_kr_corpus.errors import YamlError
from kh_kr_corpus.store.reader import corpus_files

ODD = [
    "a: ", "- ", "\n", "\n  ", "\n    - ", "? ", ": ", "|\n", ">2-\n", "|+\n", "[", "]", "{", "}", ", ", "'", '"',
    "\\u", "\\U00110000", "\\xe", "\\ud83d", "#", " # x", " ", "  ", "&a ", "*a", "!!int ", "!", "<<: ", "---",
    "...", "%YAML 1.2\n", "%TAG ! x\n", "1e999", "9" * 50, "0x1F", "~", "-", "\t", "\r", "\r\n", "\u00a0", "\x85",
    "\u2028", "\ufeff", "\ud800", "\x00", "\x7f", "한", "ក", "\u200b", "👩🏻‍🚒", "\U0010ffff", "x" * 2000, "[" * 40,
    "- " * 40, "start: ", "end: ", "{id: m2, ", "text: ", "mentions:\n", "label: ORG", "record: article\n",
]  # fmt: skip
HOSTILE = [
    "NO", "yes", "on", "null", "~", "", "true", "1e3", "0o17", "012", "1_000", "12:30:00", "2023-10-30", ".inf", "-",
    "?", ":", ": ", " #", "# ", "- ", "---", "...", "%", "@", "`", "!", "&", "*", "|", ">", "{", "}", "[", "]", ",",
    "'", '"', "\\", " ", "  ", "\n", "\n\n", "\n ", "\t", "\r", "\r\n", "\x00", "\x07", "\x1b", "\x7f", "\x85",
    "\u00a0", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff",
    "\U000e0041", "\U0010ffff", "한국", "\u1112\u1161\u11ab", "ភ្នំ", "ពេញ។", "👩🏻‍🚒", "e\u0301", "日本", "a", "B", "=",
    "<<", "x" * 90, "ẞ", "İ",
]  # fmt: skip
SMALL = """\
record: article
schema_version: 1
id: fuzz
title: T
origin: brief
rights: {text: local}
text: KOICA came to Phnom Penh.
mentions:
  - {id: m1, start: 0, end: 5, text: KOICA, label: ORG}
"""
HERE, PLACE = Path("fuzz.yaml"), PurePosixPath("articles/2022/fuzz.yaml")
BATCH = 40


def seeds() -> list[str]:
    texts = [store.read_text(path) for path in list(corpus_files(shipped_root()))[::9]]
    pick = random.Random(0)  # noqa: S311 - the same in every run
    whole = [text for text in texts if len(text) < 3_000]
    return whole + [text[at : at + 400] for text in texts for at in [pick.randrange(len(text))]] + ["", *[SMALL] * 9]


def damaged(pick: random.Random, texts: list[str]) -> str:
    text = pick.choice(texts) if pick.random() < 0.7 else "".join(pick.choices(ODD, k=pick.randint(1, 20)))
    for _ in range(pick.randint(0, 5)):
        at = pick.randint(0, len(text))
        end = min(len(text), at + pick.choice((0, 1, 1, 2, 9, 60)))
        other = pick.choice(texts)
        piece = pick.choice((pick.choice(ODD), "", text[at:end] * 2, other[at:end], chr(pick.randrange(0x110000))))
        text = text[:at] + piece + text[end:]
    return text[:4_000]


def take(text: str) -> str:
    """What became of an input; raises whatever must not come out."""
    try:
        loads(text, "fuzz.yaml")
    except YamlError as error:
        if not (1 <= error.line <= text.count("\n") + 2 and error.column >= 1 and error.fix):
            raise AssertionError(f"a bad place: {error}") from None
        return "refused"
    loaded = store.loads(text, HERE, PLACE)
    if not loaded.findings and loaded.model is None:
        raise AssertionError("no model, and no finding that says why")
    return "an article" if loaded.model else "no article"


def fuzz(count: int, pick: random.Random) -> bool:
    texts, outcomes, slowest = seeds(), Counter[str](), (0.0, "")
    for _ in range(count):
        text = damaged(pick, texts)
        start = time.perf_counter()
        try:
            outcomes[take(text)] += 1
        except Exception as error:
            sys.stdout.write(f"{type(error).__name__}: {error}\n{text!r}\n")
            return False
        slowest = max(slowest, (time.perf_counter() - start, text))
    sys.stdout.write(f"{count:,} inputs: {dict(outcomes)}; the slowest took {slowest[0] * 1000:.0f} ms\n")
    return True


def round_trip(count: int, pick: random.Random) -> bool:
    done = 0
    while done < count:
        texts = ["".join(pick.choices(HOSTILE, k=pick.randint(1, 6))) for _ in range(BATCH)]
        value = {"inline": {text: text for text in texts[:8]}, "list": texts, "map": {text: [text] for text in texts}}
        written = dumps(value, inline=frozenset({"inline"}))
        if loads(written).data != value or yaml.load(written, yaml.CSafeLoader) != value:
            sys.stdout.write(f"changed: {texts!r}\n")
            return False
        if dumps(loads(written).data, inline=frozenset({"inline"})) != written:
            sys.stdout.write(f"unstable: {texts!r}\n")
            return False
        done += BATCH
    sys.stdout.write(f"{done:,} strings came back the same, to us and to PyYAML\n")
    return True


def main() -> None:
    inputs, strings, seed = (*map(int, sys.argv[1:]), *(1_000_000, 1_000_000, 1)[len(sys.argv) - 1 :])
    start, pick = time.monotonic(), random.Random(seed)  # noqa: S311 - a failure can be found again
    held = fuzz(inputs, pick) and round_trip(strings, pick)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"seed {seed}, {time.monotonic() - start:.0f} s, at most {memory} MB\n")
    sys.exit(not held)


if __name__ == "__main__":
    main()
