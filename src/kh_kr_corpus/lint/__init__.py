"""The linter: every rule has a permanent code, a place, a fix, and examples that a test runs."""

from kh_kr_corpus.lint.rule import RULES, Rule
from kh_kr_corpus.lint.rules import (  # noqa: F401
    activities,
    characters,
    consistency,
    coverage,
    initiatives,
    knowledge,
    marking,
    offices,
    quantities,
    readings,
    records,
    references,
    release,
    review,
    rights,
    spans,
    stated,
    style,
    vocabulary,
    wording,
)
from kh_kr_corpus.lint.run import Report, inspect, validate

__all__ = ["RULES", "Report", "Rule", "inspect", "validate"]
