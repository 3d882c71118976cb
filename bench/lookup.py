"""Speed of looking names up: `kb.search` against the NER's time on the same texts, with 20,000 names.

Run it with ``python bench/lookup.py``. The corpus's own names are filled up to 20,000 with invented ones, put together
from parts of real names so that beginnings are shared as in life. Every name in the corpus's texts is looked up as
written, then with one letter lost, which is the slow kind; answers that the knowledge base keeps are thrown away
before each round. The bar is 5 % of the NER's time for the names as written. Nothing is asserted.
"""

from __future__ import annotations

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import random  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from itertools import pairwise  # noqa: E402

from kh_kr_corpus import load  # noqa: E402
from kh_kr_corpus.annotate import load_ner  # noqa: E402
from kh_kr_corpus.kb import KnowledgeBase  # noqa: E402
from kh_kr_corpus.models import Entity, Name  # noqa: E402

NAMES, ROUNDS = 20_000, 5


def filled(kb: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base with invented entities until it has ``NAMES`` names."""
    pick = random.Random(1)  # noqa: S311 - the same names in every run
    real = [alias.text.split() for alias in kb.aliases() if alias.text.isascii()]
    entities, count = list(kb.values()), sum(1 for _ in kb.aliases())
    for n in range(NAMES - count):
        one, other = pick.choice(real), pick.choice(real)
        kind = pick.choice(("person", "organisation", "place"))
        text = " ".join(dict.fromkeys((*one[: pick.randint(1, 3)], *other[-pick.randint(1, 3) :])))
        name = Name(text=text, lang="en", kind="preferred")
        entities.append(Entity(id=f"{kind}/invented-{n}", names=(name,)))
    return KnowledgeBase(entities)


def main() -> None:
    corpus = load()
    kb, ner = filled(corpus.kb), load_ner()
    bodies = [article.text for article in corpus.articles if article.text]
    names = [m.text for m in corpus.mentions.where(origin="brief") if m.label not in ("DATE", "MONEY")]
    damaged = [name[: len(name) // 2] + name[len(name) // 2 + 1 :] for name in names]
    runs = {"NER": [], "names as written": [], "each with a letter lost": []}  # type: dict[str, list[float]]
    for turn in range(ROUNDS + 1):
        fresh = KnowledgeBase(kb.values())
        fresh.search("Ministry of Justice")  # the first use builds the indexes
        marks = [time.perf_counter()]
        list(ner.pipe(bodies))
        marks.append(time.perf_counter())
        for asked in (names, damaged):
            for name in asked:
                fresh.search(name)
            marks.append(time.perf_counter())
        if turn:
            for times, (start, end) in zip(runs.values(), pairwise(marks), strict=True):
                times.append(end - start)
    seconds = {name: statistics.median(values) for name, values in runs.items()}
    lines = [f"{NAMES:,} names; {len(names):,} mentions of {len(set(names)):,} names in {len(bodies)} texts"]
    for run in ("names as written", "each with a letter lost"):
        share = seconds[run] / seconds["NER"]
        lines.append(f"{run:24}{seconds[run] / len(names) * 1e6:6.0f} microseconds each{share:8.1%} of the NER's time")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
