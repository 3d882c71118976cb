"""What the pages on citing, teaching, contributing and releasing show can be said, and what they point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.conftest import Run, khkr  # noqa: F401 - a fixture

from kh_kr_corpus.lint import RULES

ROOT = Path(__file__).parents[2]
PAGES = [
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/citing.md",
    "docs/datasheet.md",
    "docs/teaching/README.md",
    "docs/teaching/teacher.md",
]


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    inside = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]
    assert [link for link in inside if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_python_runs(page: str) -> None:
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", text_of(page), re.DOTALL):
        exec(compile(block, page, "exec"), names)  # noqa: S102 - our own page


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_exist(page: str, khkr: Run) -> None:  # noqa: F811
    for command, rest in re.findall(r"(?<!<!-- )khkr ([a-z]+)((?: [^`\n;|]*)?)", text_of(page)):
        outcome = khkr(command, "--help")
        assert outcome.code == 0, command
        assert set(re.findall(r"--[a-z][a-z-]+", rest)) <= set(re.findall(r"--[a-z][a-z-]+", outcome.out)), rest


@pytest.mark.parametrize("page", PAGES)
def test_rules_exist(page: str) -> None:
    assert set(re.findall(r"KC\d{3}", text_of(page))) <= set(RULES)
