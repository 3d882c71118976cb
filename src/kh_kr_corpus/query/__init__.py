"""Questions to a corpus: immutable, typed, answered by DuckDB over the rows of ``tables``."""

from kh_kr_corpus.query.filters import Condition, condition, field_of
from kh_kr_corpus.query.query import Query

__all__ = ["Condition", "Query", "condition", "field_of"]
