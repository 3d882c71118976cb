"""What is measured on wording: neighbours, key words between two sets of texts, and how evenly words are spread.

Words are runs of letters, in lower case; text in Khmer script, which has no spaces between words, is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log, log2
from typing import Any

from kh_kr_corpus.errors import InputError, UnknownNameError, near
from kh_kr_corpus.kwic.pattern import Pattern
from kh_kr_corpus.kwic.texts import Text
from kh_kr_corpus.kwic.windows import WORD
from kh_kr_corpus.tables import Table

__all__ = ["collocations", "dispersion", "keyness", "log_likelihood"]


def log_likelihood(together: float, row: float, column: float, total: float) -> float:
    """G² of a two-by-two table (Dunning 1993), from one cell, its row's and column's sums, and the whole.

    >>> round(log_likelihood(10, 100, 20, 1000), 2)
    21.18
    >>> log_likelihood(2, 100, 20, 1000)
    0.0
    """
    cells = (together, row - together, column - together, total - row - column + together)
    expected = (
        *(row * column / total, row * (total - column) / total),
        *((total - row) * column / total, (total - row) * (total - column) / total),
    )
    terms = (seen * log(seen / due) for seen, due in zip(cells, expected, strict=True) if seen > 0 and due > 0)
    return max(0.0, 2 * sum(terms))


Score = Callable[[float, float, float, float], float]
_SCORES: dict[str, Score] = {
    "log-likelihood": log_likelihood,
    "mutual-information": lambda together, row, column, total: log2(together * total / (row * column)),
    "log-dice": lambda together, row, column, _: 14 + log2(2 * together / (row + column)),
}
"""Dunning 1993; Church and Hanks 1990; Rychlý 2008."""


def _words(text: Text) -> Iterator[tuple[str, int, int]]:
    if text.article.language != "km":
        for match in WORD.finditer(text.text):
            yield match.group().lower(), match.start(), match.end()


def _score(name: str) -> Score:
    if name not in _SCORES:
        raise UnknownNameError("statistic", name, near(name, _SCORES) or tuple(_SCORES))
    return _SCORES[name]


def collocations(
    texts: Sequence[Text], pattern: Pattern, *, window: int = 5, least: int = 3, statistic: str = "log-likelihood"
) -> Table:
    """The words that stand within ``window`` words of a hit more often than chance would have it, most first."""
    score = _score(statistic)
    beside: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    within: dict[str, set[str]] = {}
    for text in texts:
        words = list(_words(text))
        everywhere.update(word for word, *_ in words)
        spans = list(pattern.spans(text.text, text.folded))
        hit = {n for n, (_, a, b) in enumerate(words) if any(a < end and start < b for start, end in spans)}
        # a word between two hits is counted once: it stands there once
        near_by = {m for n in hit for m in range(max(0, n - window), min(len(words), n + window + 1))} - hit
        for n in near_by:
            beside[words[n][0]] += 1
            within.setdefault(words[n][0], set()).add(text.article.id)
    total, row = everywhere.total(), beside.total()
    rows = []
    for word, n in beside.items():
        due = row * everywhere[word] / total
        if n >= least and n > due:
            value = score(n, row, everywhere[word], total)
            rows.append((word, n, round(due, 2), len(within[word]), round(value, 2)))
    rows.sort(key=lambda line: (-line[4], line[0]))
    note = (
        f"{statistic} over {total:,} words of {len(texts):,} texts; {row:,} within {window} words of {pattern.source!r}"
    )
    return Table(("word", "count", "expected", "texts", "score"), rows, f"{note}; {_frame(texts)}")


def keyness(
    first: Sequence[Text], second: Sequence[Text], *, least: int = 3, statistic: str = "log-likelihood"
) -> Table:
    """The words that the first set of texts has more often than the second, and the other way round.

    ``per_million`` of each, ``log_ratio`` (binary logarithm of their ratio, half a hit added where one has none:
    Hardie 2014), and ``score``: G² (Dunning 1993), negative where the second has it more often.
    """
    if statistic != "log-likelihood":
        raise UnknownNameError("statistic of keyness", statistic, ("log-likelihood",))
    both = {text.article.id for text in first} & {text.article.id for text in second}
    if both:
        raise InputError("keyness", f"{len(both):,} texts are in both sets", "take one from the other: a - b")
    counts = [Counter(word for text in texts for word, *_ in _words(text)) for texts in (first, second)]
    sizes = [count.total() for count in counts]
    if not all(sizes):
        raise InputError("keyness", "one of the two has no words", "widen it")
    rows: list[tuple[Any, ...]] = []
    for word in counts[0].keys() | counts[1].keys():
        a, b = (count[word] for count in counts)
        if a + b >= least:
            g2 = log_likelihood(a, sizes[0], a + b, sum(sizes))
            rates = [n / size * 1e6 for n, size in zip((a, b), sizes, strict=True)]
            ratio = log2((a or 0.5) / sizes[0]) - log2((b or 0.5) / sizes[1])
            sign = 1 if rates[0] >= rates[1] else -1
            rows.append((word, a, b, *(round(rate, 1) for rate in rates), round(ratio, 2), round(sign * g2, 2)))
    rows.sort(key=lambda line: (-line[6], line[0]))
    note = (
        f"log-likelihood (Dunning 1993) over {sizes[0]:,} and {sizes[1]:,} words of {len(first):,} and {len(second):,}"
    )
    heads = ("word", "first", "second", "first_per_million", "second_per_million", "log_ratio", "score")
    return Table(heads, rows, f"{note} texts; {_frame([*first, *second])}")


def dispersion(texts: Sequence[Text], pattern: Pattern) -> Table:
    """How evenly the hits are spread over the texts: ``dp`` from 0 (as the texts' lengths would have it) to near 1
    (all in one short text), after Gries 2008; ``dp_norm`` on the full scale, after Lijffijt and Gries 2012."""
    sizes = [sum(1 for _ in _words(text)) for text in texts]
    hits = [
        sum(1 for _ in pattern.spans(text.text, text.folded)) if n else 0 for text, n in zip(texts, sizes, strict=True)
    ]
    words, found = sum(sizes), sum(hits)
    if not found or not words:
        dp: Any = None
        norm: Any = None
    else:
        shares = [size / words for size in sizes]
        dp = sum(abs(hit / found - share) for hit, share in zip(hits, shares, strict=True)) / 2
        norm = dp / (1 - min(share for share in shares if share)) if len(texts) > 1 else None
    where = sum(map(bool, hits))
    rate = round(found / words * 1e6, 1) if words else None
    row = (found, where, len(texts), rate, dp if dp is None else round(dp, 3), norm if norm is None else round(norm, 3))
    heads = ("hits", "texts_with", "texts", "per_million", "dp", "dp_norm")
    return Table(heads, [row], f"DP (Gries 2008) of {pattern.source!r} over {words:,} words; {_frame(texts)}")


def _frame(texts: Sequence[Text]) -> str:
    origins = Counter(text.article.origin for text in texts)
    left = sum(text.article.language == "km" for text in texts)
    told = ", ".join(f"{n:,} {origin}" for origin, n in origins.most_common())
    return f"texts: {told}" + (f"; {left:,} in Khmer have no counted words" if left else "")
