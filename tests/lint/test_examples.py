"""Every rule against its examples: ``examples/<CODE>/{ok,bad}/<name>/`` is laid over a copy of the toy corpus.

A bad example must yield its code on the lines that its ``expect.txt`` names (``path:line`` each), and no other error;
an ok example must yield no finding of that code, and no error at all.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from kh_kr_corpus.findings import Finding
from kh_kr_corpus.lint import RULES, validate

EXAMPLES = Path(__file__).parent / "examples"
# Rules that no file can break: KC902 is a fault of the library, KC510 needs a copy (test_rules.py, test_leak.py).
WITHOUT_EXAMPLES = {"KC902", "KC510"}
# Newer rules keep their examples in their own docstrings (test_own_examples.py).
OWN = {code for code, rule in RULES.items() if rule.before.startswith("{")}


class Example(NamedTuple):
    """One overlay."""

    code: str
    verdict: str
    folder: Path

    def __str__(self) -> str:
        return f"{self.code}-{self.verdict}-{self.folder.name}"


FOUND = [
    Example(code.name, verdict.name, folder)
    for code in sorted(EXAMPLES.iterdir())
    for verdict in sorted(code.iterdir())
    for folder in sorted(verdict.iterdir())
]


def findings(example: Example, corpus: Path) -> list[Finding]:
    shutil.copytree(example.folder, corpus, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expect.txt"))
    return validate(corpus)


def places(found: list[Finding], corpus: Path) -> list[str]:
    return [f"{Path(f.location.path).relative_to(corpus).as_posix()}:{f.location.line}" for f in found]


def test_the_toy_itself_is_clean(toy_root: Path) -> None:
    assert [str(finding) for finding in validate(toy_root)] == []


def test_every_rule_has_an_example_of_each() -> None:
    for verdict in ("ok", "bad"):
        covered = {example.code for example in FOUND if example.verdict == verdict}
        assert covered | OWN == set(RULES) - WITHOUT_EXAMPLES, verdict
    assert {example.verdict for example in FOUND} == {"ok", "bad"}


@pytest.mark.parametrize("example", [one for one in FOUND if one.verdict == "bad"], ids=str)
def test_bad(example: Example, toy_copy: Path) -> None:
    found = findings(example, toy_copy)
    expected = (example.folder / "expect.txt").read_text(encoding="utf-8").split()
    mine = [finding for finding in found if finding.code == example.code]
    assert places(mine, toy_copy) == expected, [str(finding) for finding in found]
    others = [str(f) for f in found if f.code != example.code and f.severity == "error"]
    assert others == []
    for finding in mine:
        assert finding.severity == RULES[example.code].severity
        assert finding.message
        assert len(finding.fix) >= 8, str(finding)
        assert finding.fix != finding.message
        line = (
            Path(finding.location.path).read_bytes().decode("utf-8", "replace").split("\n")[finding.location.line - 1]
        )
        assert 1 <= finding.location.column <= len(line) + 1


@pytest.mark.parametrize("example", [one for one in FOUND if one.verdict == "ok"], ids=str)
def test_ok(example: Example, toy_copy: Path) -> None:
    found = findings(example, toy_copy)
    assert [str(f) for f in found if f.code == example.code or f.severity == "error"] == []
