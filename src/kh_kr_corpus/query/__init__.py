"""Questions to a corpus: immutable, typed, answered by DuckDB over the rows of ``tables``."""

from kh_kr_corpus.query.filters import Condition, condition, field_of
from kh_kr_corpus.query.groups import Groups
from kh_kr_corpus.query.query import Query
from kh_kr_corpus.query.rates import Rates

__all__ = ["Condition", "Groups", "Query", "Rates", "condition", "field_of"]
