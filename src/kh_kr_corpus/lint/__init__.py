"""The linter: every rule has a permanent code, a place, a fix, and examples that a test runs."""

from kh_kr_corpus.lint.rule import RULES, Rule
from kh_kr_corpus.lint.rules import activities, knowledge, references, review, rights, spans, style, vocabulary  # noqa: F401
from kh_kr_corpus.lint.run import validate

__all__ = ["RULES", "Rule", "validate"]
