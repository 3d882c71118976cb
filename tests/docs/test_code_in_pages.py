"""The Python in the pages on records, crosswalks and reconciling runs, and what stands behind # is what it gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("name", ["records", "crosswalks", "reconcile"])
def test_the_code_of_a_page_runs(name: str) -> None:
    blocks = BLOCK.findall((DOCS / f"{name}.md").read_text(encoding="utf-8"))
    assert blocks
    for block in blocks:
        names: dict[str, object] = {}
        for statement in ast.parse(block).body:
            line = block.splitlines()[(statement.end_lineno or 1) - 1]
            if not isinstance(statement, ast.Expr):
                exec(ast.unparse(statement), names)  # noqa: S102 - our own page
                continue
            value = eval(ast.unparse(statement), names)  # noqa: S307 - our own page
            told = re.search(r"  # ('.*'|\(.*\)|None)", line)
            if told:
                assert value == ast.literal_eval(told[1]), line
            else:
                assert value is not None
