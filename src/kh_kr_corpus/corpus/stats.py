"""How much of what there is in a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kh_kr_corpus.corpus.records import Records
from kh_kr_corpus.models import Entity
from kh_kr_corpus.tables import Table

__all__ = ["stats_of"]


def stats_of(corpus: Records) -> Table:
    """One row a value, with its ``share`` of the table from 0 to 1."""
    rows = [row for counts in _counts(corpus) for row in _shares(*counts)]
    rows += _coverage(corpus)
    return Table(("table", "by", "value", "count", "share"), rows)


def _counts(corpus: Records) -> Iterator[tuple[str, str, Counter[str]]]:
    mentions = [m for m in corpus.mentions if m.label not in ("DATE", "MONEY")]
    yield "articles", "origin", Counter(article.origin for article in corpus.articles)
    yield "mentions", "label", Counter(mention.label for mention in corpus.mentions)
    yield "mentions that can link", "linked", Counter("yes" if m.entity else "no" for m in mentions)
    yield "initiatives", "kind", Counter(initiative.kind for initiative in corpus.initiatives)
    yield "activities", "kind", Counter(activity.kind for activity in corpus.activities)
    yield "entities", "type", Counter(entity.type for entity in corpus.entities)


def _coverage(corpus: Records) -> list[tuple[Any, ...]]:
    """How many entities of each type have what can be missing; the share is of that type's entities."""
    entities = list(corpus.entities)
    totals = Counter(entity.type for entity in entities)
    has: dict[str, Callable[[Entity], bool]] = {
        "a name in Hangul": lambda e: any(name.script == "Hang" for name in e.names),
        "a name in Khmer script": lambda e: any(name.script == "Khmr" for name in e.names),
        "an outside identifier": lambda e: bool(e.identifiers),
    }
    rows = []
    for what, test in has.items():
        counts = Counter(entity.type for entity in entities if test(entity))
        counted = [(name, counts[name], totals[name]) for name in sorted(totals)]
        counted.append(("all", counts.total(), totals.total()))
        rows += [(f"entities with {what}", "type", name, n, round(n / max(1, of), 4)) for name, n, of in counted]
    return rows


def _shares(table: str, by: str, counts: Counter[str]) -> Iterable[tuple[Any, ...]]:
    total = counts.total()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(table, by, value, n, round(n / total, 4)) for value, n in ordered]
