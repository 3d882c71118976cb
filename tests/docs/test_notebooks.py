"""The notebooks of the tutorials and of the lesson: every cell runs and answers; nothing stored goes stale."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
TUTORIALS = sorted((DOCS / "notebooks").glob("*.ipynb"))
LESSON = DOCS / "teaching" / "coding.ipynb"
NOTEBOOKS = [*TUTORIALS, LESSON]


def run(notebook: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """The names after running all cells, and what each of them shows, rendered as a notebook would."""
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), names)  # noqa: S102 - our own notebooks
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)  # noqa: S307
            shown.append(_rendered(value))
    return names, shown


def _rendered(value: Any) -> Any:
    if hasattr(value, "_repr_html_"):
        return value._repr_html_()
    return value.to_dict() if hasattr(value, "to_dict") else repr(value)


def test_there_are_three() -> None:
    assert [path.stem for path in TUTORIALS] == ["civil-service", "pledges", "roads"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_answers(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    names, shown = run(notebook)
    assert all(shown)
    finding = names["finding"]
    assert len(finding) > 100 and any(char.isdigit() for char in finding)
    words = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    assert "no sampling frame" in words and finding not in words
    assert not any(cell.get("outputs") for cell in notebook["cells"]), "outputs go stale: clear them"


def test_a_broken_cell_fails() -> None:
    with pytest.raises(AssertionError):
        run({"cells": [{"cell_type": "code", "source": ["assert 1 > 2"]}]})


def test_the_lesson_says_what_is_wrong_with_a_code() -> None:
    notebook = json.loads(LESSON.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = ["".join(cell["source"]).replace('("Kazakhstan", "GPE")', '("Astana", "GPE")')]
    with pytest.raises(AssertionError, match="'Astana' does not stand behind the name before it"):
        run(notebook)


def test_the_lesson_uses_nothing_that_is_held_out() -> None:
    names, _ = run(json.loads(LESSON.read_text(encoding="utf-8")))
    corpus = names["corpus"]
    assert {corpus.splits.of(article_id) for article_id in names["IDS"]} == {"train"}
    readings = {row[0].id for row in corpus.layers("first", "second")}
    assert set(names["IDS"]) <= readings
    words = [len(article.text.split()) for article in names["texts"]]
    page = (DOCS / "teaching" / "README.md").read_text(encoding="utf-8")
    assert f"about {min(words) // 10 * 10 + 10} to {max(words) // 10 * 10 + 10} words" in page
