"""What a rule is, and the register of all of them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kh_kr_corpus._yaml import Path
from kh_kr_corpus.findings import Severity
from kh_kr_corpus.models import Activity, Article
from kh_kr_corpus.store import Contents, Loaded

__all__ = ["FAMILIES", "RULES", "Problem", "Rule", "activities", "articles", "family_of", "read_rule", "rule"]

Problem = tuple[Loaded, Path | int, str, str]
"""Where a check found something: file, path in it (or a line that belongs to no field), message, fix."""
Check = Callable[[Contents], Iterator[Problem]]

FAMILIES = {
    "KC0": "files", "KC10": "references", "KC12": "knowledge base", "KC13": "bibliography", "KC14": "second readings",
    "KC15": "splits", "KC16": "records", "KC17": "release", "KC2": "spans", "KC3": "vocabulary",
    "KC4": "dates and money", "KC5": "rights",
    "KC60": "activities", "KC62": "initiatives", "KC63": "initiatives",
    "KC70": "consistency", "KC72": "coverage", "KC73": "consistency", "KC8": "review", "KC9": "style",
}  # fmt: skip
"""The families of rules by the first characters of their codes."""

_SECTION = re.compile(r"^(Repair|Before|After):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``check`` is None for rules that reading a file already applies (:mod:`kh_kr_corpus.store`).

    ``before`` and ``after`` are a fault and its repair, as a person would write them; for the names in a text as
    ``[KOICA](ORG organisation/koica)``. ``local`` says that what the rule finds in a file doesn't depend on which
    other files are looked at, so that a run over a few files need not look at all.
    """

    code: str
    severity: Severity
    title: str
    why: str
    repair: str
    before: str
    after: str
    check: Check | None = None
    local: bool = True

    @property
    def family(self) -> str:
        """The family that the rule belongs to, e.g. ``spans``."""
        return family_of(self.code)


RULES: dict[str, Rule] = {}
"""All rules by code."""


def family_of(code: str) -> str:
    """The family of a rule code: the longest prefix counts.

    >>> family_of("KC601"), family_of("KC203")
    ('activities', 'spans')
    """
    return next(FAMILIES[code[:n]] for n in (4, 3) if code[:n] in FAMILIES)


def _register(code: str, severity: Severity, text: str, check: Check | None, local: bool) -> None:
    if code in RULES:
        raise ValueError(f"rule code {code} is taken")
    head, *rest = _SECTION.split(inspect.cleandoc(text))
    title, _, why = head.partition("\n")
    parts = {name: inspect.cleandoc(body) for name, body in zip(rest[::2], rest[1::2], strict=True)}
    repair, before, after = (parts.get(name, "") for name in ("Repair", "Before", "After"))
    RULES[code] = Rule(code, severity, title.rstrip("."), why.strip(), repair, before, after, check, local)


def rule(code: str, severity: Severity = "error", *, local: bool = True) -> Callable[[Check], Check]:
    """Register a check. Its docstring is the rule's page: the title, why it matters, and under ``Repair:``,
    ``Before:`` and ``After:`` how to mend it."""

    def register(check: Check) -> Check:
        _register(code, severity, check.__doc__ or "", check, local)
        return check

    return register


def read_rule(code: str, text: str, severity: Severity = "error") -> None:
    """Register a rule that reading applies, so that it is listed and documented like the others."""
    _register(code, severity, text, None, True)


def articles(contents: Contents, *, drafts: bool = False, whole: bool = False) -> Iterator[tuple[Loaded, Article]]:
    """Every article with its file, style exercises included.

    Of an invalid file the part is given that is valid; ``whole`` leaves such files out, for checks that speak of what
    an article lacks. With ``drafts`` also articles whose spans don't stand where they say, for checks that don't look
    at spans.
    """
    for loaded in contents.files:
        if isinstance(loaded.model, Article):
            if not (whole and loaded.findings):
                yield loaded, loaded.model
        elif drafts and loaded.draft is not None:
            yield loaded, loaded.draft


def activities(contents: Contents) -> Iterator[tuple[Loaded, Activity]]:
    """Every valid activity with its file."""
    for loaded in contents.files:
        if isinstance(loaded.model, Activity):
            yield loaded, loaded.model
