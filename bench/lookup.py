"""Linking: names looked up among 20,000: ``python -m bench.lookup``.

The corpus's own names are filled up to 20,000 with invented ones, put together from parts of real names so that
beginnings are shared as in life. Every name in the corpus's texts is looked up as written, then with one letter lost,
which is the slow kind; answers that the knowledge base keeps are thrown away before each round. The peers: a plain loop
of ``rapidfuzz.process.extractOne`` over all names (on every twentieth name, it is slow), and the time that
``en_core_web_sm`` takes to find the names, of which looking them up may cost 5 %.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from bench._rows import Row, costs, main
from rapidfuzz import fuzz, process

from kh_kr_corpus import load
from kh_kr_corpus.annotate import load_ner
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Entity, Name

NAMES, EVERY = 20_000, 20


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


def rows() -> Iterator[Row]:
    corpus = load()
    kb, ner = filled(corpus.kb), load_ner()
    bodies = [article.text for article in corpus.articles if article.text]
    written = [m.text for m in corpus.mentions.where(origin="brief") if m.label not in ("DATE", "MONEY")]
    damaged = [name[: len(name) // 2] + name[len(name) // 2 + 1 :] for name in written]
    choices = [alias.text for alias in kb.aliases()]
    fresh: list[KnowledgeBase] = []

    def renew() -> None:
        fresh[:] = [KnowledgeBase(kb.values())]
        fresh[0].search("Ministry of Justice")  # the first use builds the indexes

    def ours(names: list[str]) -> Callable[[], object]:
        return lambda: [fresh[0].search(name) for name in names]

    def plain(names: list[str]) -> Callable[[], object]:
        return lambda: [process.extractOne(name, choices, scorer=fuzz.token_sort_ratio) for name in names[::EVERY]]

    runs = {"written": ours(written), "damaged": ours(damaged), "ner": lambda: list(ner.pipe(bodies))}
    taken = costs(runs, rounds=5, before=renew)
    taken |= costs({"plain written": plain(written), "plain damaged": plain(damaged)}, rounds=1)
    for kind, told in (("written", "as written"), ("damaged", "with a letter lost")):
        what, mine = f"linking among {NAMES:,} names, {told}", taken[kind] / len(written) * 1e6
        loop = taken[f"plain {kind}"] / len(written[::EVERY]) * 1e6
        yield Row(what, mine, "a loop of rapidfuzz.extractOne", loop, "µs a name", 0.05)
        yield Row(what, mine, "finding the name (NER)", taken["ner"] / len(written) * 1e6, "µs a name", 0.05)


if __name__ == "__main__":
    main(rows)
