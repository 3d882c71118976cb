"""What a rule is, and the register of all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kh_kr_corpus._yaml import Path
from kh_kr_corpus.findings import Finding, Severity
from kh_kr_corpus.models import Activity, Article
from kh_kr_corpus.store import Contents, Loaded

__all__ = ["RULES", "Problem", "Rule", "activities", "articles", "read_rule", "rule"]

Problem = tuple[Loaded, Path | int, str, str]
"""Where a check found something: file, path in it (or a line that belongs to no field), message, fix."""
Check = Callable[[Contents], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``check`` is None for rules that reading a file already applies (:mod:`kh_kr_corpus.store`)."""

    code: str
    severity: Severity
    title: str
    why: str
    check: Check | None = None

    def findings(self, contents: Contents) -> Iterator[Finding]:
        """What the rule finds in a corpus."""
        for loaded, path, message, fix in self.check(contents) if self.check else ():
            yield Finding(self.code, self.severity, loaded.location(path), message, fix)


RULES: dict[str, Rule] = {}
"""All rules by code."""


def _register(code: str, severity: Severity, text: str, check: Check | None) -> None:
    if code in RULES:
        raise ValueError(f"rule code {code} is taken")
    title, _, why = inspect.cleandoc(text).partition("\n")
    RULES[code] = Rule(code, severity, title.rstrip("."), why.strip(), check)


def rule(code: str, severity: Severity = "error") -> Callable[[Check], Check]:
    """Register a check; its docstring's first line is the rule's title, the rest says why it matters."""

    def register(check: Check) -> Check:
        _register(code, severity, check.__doc__ or "", check)
        return check

    return register


def read_rule(code: str, text: str, severity: Severity = "error") -> None:
    """Register a rule that reading applies, so that it is listed and documented like the others."""
    _register(code, severity, text, None)


def articles(contents: Contents, *, drafts: bool = False) -> Iterator[tuple[Loaded, Article]]:
    """Every valid article with its file, style exercises included; with ``drafts`` also those whose spans don't
    stand where they say, for checks that don't look at spans."""
    for loaded in contents.files:
        if isinstance(loaded.model, Article):
            yield loaded, loaded.model
        elif drafts and loaded.draft is not None:
            yield loaded, loaded.draft


def activities(contents: Contents) -> Iterator[tuple[Loaded, Activity]]:
    """Every valid activity with its file."""
    for loaded in contents.files:
        if isinstance(loaded.model, Activity):
            yield loaded, loaded.model
