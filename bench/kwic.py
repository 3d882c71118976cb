"""Speed of concordances: ``python -m bench.kwic``. It takes about two minutes and 2 GB.

Literal concordances over 50,000 texts of random sentences of the briefs, as typed and in either case, against what one
writes first with ``re``: whole words, sixty characters on each side. The last row tells how the cost of a search grows
from 10³ to 10⁶ texts, of a sentence each.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from bench._rows import Row, costs, main, say

from kh_kr_corpus import load
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.kwic import concordance, texts_of, to_pattern
from kh_kr_corpus.kwic.texts import Text
from kh_kr_corpus.models import Article, Rights

TEXTS, LENGTH = 50_000, 1_800
SIZES = (10**3, 10**4, 10**5, 10**6)
LITERALS = ("Phnom Penh", "Hun Manet", "vocational training")


def invented(corpus: Corpus) -> list[Article]:
    """Texts of random sentences of the briefs."""
    pick = random.Random(1)  # noqa: S311 - the same texts in every run
    sentences = [row["text"] for row in corpus.sentences.to_dicts() if row["text"]]
    articles = []
    for n in range(TEXTS):
        words, size = [], 0
        while size < LENGTH:
            words.append(pick.choice(sentences))
            size += len(words[-1])
        facts = {"id": f"t{n}", "title": "T", "origin": "brief", "language": "en", "text": " ".join(words)}
        articles.append(Article.model_construct(**facts, rights=Rights(text="included")))
    return articles


def naive(articles: list[Article], literal: str) -> list[tuple[Any, ...]]:
    """What one writes first: whole words by regular expression, sixty characters on each side."""
    regex, rows = re.compile(rf"\b{re.escape(literal)}\b"), []
    for article in articles:
        text = article.text or ""
        for m in regex.finditer(text):
            rows.append(
                (article.id, m.start(), text[max(0, m.start() - 60) : m.start()], m.group(), text[m.end() :][:60])
            )
    return rows


def against_re() -> Iterator[Row]:
    articles = invented(load())
    texts = texts_of(articles)
    concordance(texts, to_pattern("nowhere to be found"))  # folds capitals, once
    for literal in LITERALS:
        typed, either = (to_pattern(literal, case=case) for case in (True, False))
        hits = len(concordance(texts, typed))
        if hits != len(naive(articles, literal)):
            raise SystemExit("the two find different things")
        taken = costs(
            {
                "typed": lambda typed=typed: concordance(texts, typed, by="char", window=60),  # type: ignore[misc]
                "either": lambda either=either: concordance(texts, either, by="char", window=60),  # type: ignore[misc]
                "re": lambda literal=literal: naive(articles, literal),  # type: ignore[misc]
            },
            rounds=3,
        )
        for kind, told in (("typed", "as typed"), ("either", "either case")):
            what = f"concordance of {literal!r}, {told}, {hits:,} hits as typed"
            yield Row(what, taken[kind] * 1e3, "a naive re scan", taken["re"] * 1e3, "ms", 0.12)


def growth() -> Iterator[Row]:
    corpus = load()
    article = corpus.articles[next(iter(corpus.articles)).id]
    sentences = [row["text"] for row in corpus.sentences.to_dicts() if row["text"]]
    pattern, taken = to_pattern("vocational training", case=True), {}
    for size in SIZES:
        texts = tuple(Text(article, f"{n} {sentences[n % len(sentences)]}") for n in range(size))
        taken[size] = costs({"one": lambda texts=texts: concordance(texts, pattern)}, rounds=3)["one"] * 1e3  # type: ignore[misc]
    say("texts of a sentence, ms a concordance: " + ", ".join(f"{size:,}: {ms:.2f}" for size, ms in taken.items()))
    most, least = taken[SIZES[-1]], taken[SIZES[0]]
    yield Row("growth: a concordance, 10⁶ texts", most, "itself with 10³", least, "ms", 1000)


def rows() -> Iterator[Row]:
    yield from against_re()
    yield from growth()


if __name__ == "__main__":
    main(rows)
