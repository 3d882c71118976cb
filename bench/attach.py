"""Attaching altered copies: how many spans come back, and whether one ever stands on other text than was read.

Run it at the top of the project with ``python -m bench.attach [COPIES] [SEED]``; the default is 10,000 copies. The
corpus's own texts are treated as somebody else's: the library sees fingerprints only. The founding texts take part
where they are beside the project. Every character of a copy remembers whether the annotator read it, so that the
verdict needs no judgement. The control puts each mention at the nearest place of its surface; it must go wrong. The
last line says whether the promise held, and so does the exit code.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.anchor.alterations import BENIGN, OTHERS, World
from tests.anchor.tracked import Tracked, judge, naive

from kh_kr_corpus import load
from kh_kr_corpus.anchor import Copy, Shelf
from kh_kr_corpus.models import Article
from kh_kr_corpus.models.prints import withheld

COPIES, SEED, ENOUGH = 10_000, 9, 0.995
FOUNDING = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def texts() -> list[Article]:
    """Every article whose text is at hand and has a span."""
    corpus = load()
    corpus = corpus.attach(FOUNDING) if FOUNDING.is_dir() else corpus
    return [article for article in corpus.articles if article.text and article.mentions]


def trials(copies: int, seed: int) -> dict[str, Counter[str]]:
    """For each change what became of the spans of its copies."""
    known = texts()
    shelf = Shelf([withheld(article) for article in known])
    pick = Random(seed)  # noqa: S311 - the same copies in every run
    changes = {**BENIGN, **OTHERS}
    told: dict[str, Counter[str]] = {name: Counter() for name in changes}
    for n in range(copies):
        name = list(changes)[n % len(changes)]
        article = known[pick.randrange(len(known))]
        others = [one.text for one in pick.sample(known, 5) if one.text and one.id != article.id]
        copy = changes[name](Tracked.of(article.text or ""), World(others, pick))
        found = shelf.recognise([Copy(f"{n}.txt", copy.text)])
        own = [one.moved for one in found if one.moved and one.article == article.id]
        told[name] += judge(article, copy, own[0] if own else None)
        told[name]["copies"] += 1
        told[name]["attached"] += bool(own)
        told[name].update({f"find {key}": value for key, value in naive(article, copy).items()})
    return told


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def main() -> int:
    numbers = [int(word) for word in sys.argv[1:]]
    copies, seed = (*numbers, *(COPIES, SEED)[len(numbers) :])
    start = time.monotonic()
    told = trials(copies, seed)
    line = "| {:21} | {:>6} | {:>8} | {:>7} | {:>9} | {:>7} | {:>14} | {:>13} |\n"
    heads = ("change", "copies", "attached", "spans", "recovered", "orphans", "silently wrong", "str.find wrong")
    sys.stdout.write(line.format(*heads) + line.format(*("---" for _ in heads)))
    for name, row in told.items():
        back = share(row["back"], row["there"])
        cells = (row["copies"], row["attached"], row["there"], back, row["orphan"], row["wrong"], row["find wrong"])
        sys.stdout.write(line.format(name, *cells))
    total = sum(told.values(), Counter())
    benign = sum((told[name] for name in BENIGN), Counter())
    held = total["wrong"] == 0 and benign["back"] >= ENOUGH * benign["there"] and total["find wrong"] > 0
    sys.stdout.write(
        f"{total['copies']:,} copies in {time.monotonic() - start:.0f} s; silently wrong: {total['wrong']} of "
        f"{total['right'] + total['wrong']:,} placed spans (str.find: {total['find wrong']:,}); recovered after benign "
        f"changes: {share(benign['back'], benign['there'])}; {'held' if held else 'NOT HELD'}\n"
    )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
