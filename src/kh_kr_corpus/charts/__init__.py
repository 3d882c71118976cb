"""Pictures of a corpus. Needs the extra ``charts`` (altair and vl-convert)."""

from kh_kr_corpus.charts.counts import COUNTS, counts_table
from kh_kr_corpus.charts.coverage import coverage_charts
from kh_kr_corpus.charts.page import COLUMNS, coverage_tables, fill
from kh_kr_corpus.charts.reliability import reliability_chart

__all__ = ["COLUMNS", "COUNTS", "counts_table", "coverage_charts", "coverage_tables", "fill", "reliability_chart"]
