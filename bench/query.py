"""Speed of questions, as ratios taken in one run: filters against DuckDB by hand, concordances against a naive `re`
scan, the compiled load against the cold one, and how the cost of a filter grows from 10³ to 10⁶ mentions.

Run it with ``python bench/query.py``; it takes about two minutes and 2 GB. The mentions are those of the shipped
corpus many times over, in random order with random dates; the texts are its sentences, put together anew. Every pair is
run in turn, collected garbage in between, and medians of CPU time are told. Nothing is asserted.
"""

from __future__ import annotations

import gc
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from kh_kr_corpus import load
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.kwic import concordance, texts_of, to_pattern
from kh_kr_corpus.models import Article, Rights

ROUNDS = 7
SIZES = (10**3, 10**4, 10**5, 10**6)
TEXTS, LENGTH = 50_000, 1_800
LITERALS = ("Phnom Penh", "Hun Manet", "vocational training")


def medians(*runs: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median CPU seconds of each, run in turn after one warm-up: a busy machine disturbs them least."""
    times: list[list[float]] = [[] for _ in runs]
    for turn in range(rounds + 1):
        for kept, run in zip(times, runs, strict=True):
            gc.collect()
            start = time.process_time()
            run()
            if turn:
                kept.append(time.process_time() - start)
    return [statistics.median(kept) for kept in times]


def widened(size: int) -> Corpus:
    """The shipped corpus with ``size`` mentions: what DuckDB holds is replaced, the records are not."""
    corpus = load()
    database = corpus._database
    connection = database._ready(["mentions"])
    times = size // len(database.records("mentions")) + 1
    day = "date '1991-01-01' + cast(hash(id, n, 1) % 12800 as int)"
    connection.execute(
        "create table base.wide as select * exclude (_row) replace ("  # noqa: S608 - our own words
        f"id || '-' || n as id, {day} as date_from, {day} as date_to, cast(year({day}) as bigint) as year) "
        f"from base.mentions, range({times}) as copies(n) order by hash(id, n) limit {size}"
    )
    connection.execute("drop view mentions")
    connection.execute("drop table base.mentions")
    connection.execute("create table base.mentions as select (row_number() over ()) - 1 as _row, * from base.wide")
    connection.execute("drop table base.wide")
    shown = ", ".join(f'"{name}"' for name in corpus.mentions.columns)
    connection.execute(f"create view mentions as select {shown} from base.mentions")  # noqa: S608
    return corpus


def filters() -> list[str]:
    """A count and a fetch through the API and by hand, at each size."""
    lines = ["filter: label, entity by name, years; milliseconds through the API, by hand, ratio"]
    where = "label = 'ORG' and entity = 'organisation/korea-international-cooperation-agency'"
    where += " and year between 2015 and 2026 and review in ('accepted', 'corrected')"
    for size in SIZES:
        corpus = widened(size)
        cursor = corpus._database._ready(["mentions"]).cursor()

        def asked(corpus: Corpus = corpus) -> Any:
            return corpus.mentions.where(label="ORG", entity="KOICA", year=(2015, 2026))

        def by_hand(what: str, cursor: Any = cursor) -> Any:
            return cursor.sql(f"select {what} from mentions where {where}")  # noqa: S608 - our own words

        if len(asked()) != by_hand("count(*)").fetchall()[0][0]:
            raise SystemExit("the two ask different things")
        pairs: tuple[tuple[str, Callable[[], object], Callable[[], object]], ...] = (
            ("count", lambda: len(asked()), lambda: by_hand("count(*)").fetchall()),
            ("rows", lambda: asked().to_arrow(), lambda: by_hand("*").to_arrow_table()),
        )
        for name, api, hand in pairs:
            first, second = medians(api, hand, rounds=15)
            lines.append(f"{size:>10,} {name:8}{first * 1e3:9.2f}{second * 1e3:9.2f}{first / second:8.2f}")
    return lines


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


def kwic() -> list[str]:
    """Literal concordances of the same width, in either case and as typed."""
    articles = invented(load())
    texts = texts_of(articles)
    start = time.process_time()
    concordance(texts, to_pattern("nowhere to be found"))
    first = time.process_time() - start
    size = sum(len(text.text) for text in texts) / 1e6
    lines = [f"concordance: {TEXTS:,} texts, {size:.0f} million characters; milliseconds, of a naive scan, ratio"]
    lines.append(f"   the first search, which folds capitals: {first * 1e3:.0f} ms")
    for literal in LITERALS:
        typed, either = (to_pattern(literal, case=case) for case in (True, False))
        if len(concordance(texts, typed)) != len(naive(articles, literal)):
            raise SystemExit("the two find different things")
        times = medians(
            lambda typed=typed: concordance(texts, typed, by="char", window=60),  # type: ignore[misc]
            lambda either=either: concordance(texts, either, by="char", window=60),  # type: ignore[misc]
            lambda literal=literal: naive(articles, literal),  # type: ignore[misc]
            rounds=3,
        )
        for pattern, mine in ((typed, times[0]), (either, times[1])):
            hits = len(concordance(texts, pattern, by="char", window=60))
            name = f"{literal!r} ({hits:,} hits, {'as typed' if pattern.case else 'either case'})"
            lines.append(f"   {name:55}{mine * 1e3:8.0f}{times[2] * 1e3:8.0f}{mine / times[2]:8.3f}")
    return lines


def loading() -> list[str]:
    """The shipped corpus from its files and from its compiled form, alone and with a first question."""
    with tempfile.TemporaryDirectory() as folder:

        def loaded(cache: str, *, ask: bool = False) -> None:
            os.environ["KHKR_CACHE"] = cache
            corpus = load()
            if ask:
                len(corpus.activities.where(actor="KOICA", year=(2015, 2026)))

        loaded(folder)
        cold, warm = medians(lambda: loaded("off"), lambda: loaded(folder), rounds=3)
        both = medians(lambda: loaded("off", ask=True), lambda: loaded(folder, ask=True), rounds=3)
    os.environ["KHKR_CACHE"] = "off"
    return [
        "load: milliseconds cold, compiled, ratio",
        f"   the corpus                  {cold * 1e3:8.0f}{warm * 1e3:8.0f}{warm / cold:8.3f}",
        f"   with a first question       {both[0] * 1e3:8.0f}{both[1] * 1e3:8.0f}{both[1] / both[0]:8.3f}",
    ]


def main() -> None:
    for part in (loading, filters, kwic):
        sys.stdout.write("\n".join(part()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
