"""The tables of a selection, for formats that hold rows: the same columns that queries have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kh_kr_corpus.formats.contract import Selection
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables import TABLES, TableSpec

__all__ = ["tables_of"]


def tables_of(selection: Selection) -> Iterator[tuple[TableSpec[Any, Any], list[Any]]]:
    """Each table with its records, in the library's order."""
    contents = Contents(
        Path(),
        articles={article.id: article for article in selection.articles},
        activities={activity.id: activity for activity in selection.activities},
        entities=selection.entities,
        sources=selection.sources,
        splits=selection.splits,
    )
    for spec in TABLES.values():
        yield spec, list(spec.records(contents))
