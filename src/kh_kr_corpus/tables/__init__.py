"""Every table defined once: its columns with type, unit and meaning, and how a row is made from a record.

pandas, polars, pyarrow and DuckDB are imported on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kh_kr_corpus.tables.activities import ACTIVITIES
from kh_kr_corpus.tables.amounts import AMOUNTS
from kh_kr_corpus.tables.articles import ARTICLES
from kh_kr_corpus.tables.column import Column, TableSpec
from kh_kr_corpus.tables.database import Database
from kh_kr_corpus.tables.entities import ENTITIES
from kh_kr_corpus.tables.initiatives import INITIATIVES
from kh_kr_corpus.tables.mentions import MENTIONS
from kh_kr_corpus.tables.offices import OFFICES
from kh_kr_corpus.tables.participations import PARTICIPATIONS
from kh_kr_corpus.tables.placed import PlacedInitiative, PlacedMention
from kh_kr_corpus.tables.records import RECORDS
from kh_kr_corpus.tables.reference import reference
from kh_kr_corpus.tables.sentences import SENTENCES, Sentence
from kh_kr_corpus.tables.sources import SOURCES
from kh_kr_corpus.tables.table import Table

__all__ = [
    "ACTIVITIES",
    "AMOUNTS",
    "ARTICLES",
    "ENTITIES",
    "INITIATIVES",
    "MENTIONS",
    "OFFICES",
    "PARTICIPATIONS",
    "RECORDS",
    "SENTENCES",
    "SOURCES",
    "TABLES",
    "Column",
    "Database",
    "PlacedInitiative",
    "PlacedMention",
    "Sentence",
    "Table",
    "TableSpec",
    "reference",
]

TABLES: Mapping[str, TableSpec[Any, Any]] = {
    spec.name: spec
    for spec in (
        *(ARTICLES, SENTENCES, MENTIONS, INITIATIVES, ACTIVITIES, PARTICIPATIONS),
        *(AMOUNTS, ENTITIES, OFFICES, SOURCES, RECORDS),
    )
}
"""All tables by name."""
