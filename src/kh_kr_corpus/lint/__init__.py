"""The linter: every rule has a permanent code, a place, a fix, and examples that a test runs."""

from kh_kr_corpus.lint.rule import RULES, Rule
from kh_kr_corpus.lint.rules import (  # noqa: F401
    activities,
    knowledge,
    readings,
    references,
    review,
    rights,
    spans,
    style,
    vocabulary,
)
from kh_kr_corpus.lint.run import validate

__all__ = ["RULES", "Rule", "validate"]
