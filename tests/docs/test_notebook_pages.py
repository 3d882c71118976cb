"""A notebook as a page of the site: its words, its code, and what its cells show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tools import notebooks

CELLS = [
    ("markdown", "# Words"),
    ("code", "import kh_kr_corpus as khkr\n\nprint('told')\n'text'"),
    ("code", "khkr.Table(('date', 'n'), [('1994-10-14', 1)])"),
    ("code", "import altair as alt\n\nalt.Chart({'values': [{'a': 1}]}).mark_bar().encode(x='a:Q')"),
    ("code", "x = 1"),
]


def notebook(folder: Path, cells: list[tuple[str, str]]) -> Path:
    """A notebook file with these cells."""
    path = folder / "question.ipynb"
    text = json.dumps({"cells": [{"cell_type": kind, "source": [source]} for kind, source in cells]})
    path.write_text(text, encoding="utf-8")
    return path


def test_a_page_has_words_code_and_what_cells_show(tmp_path: Path) -> None:
    page, pictures = notebooks.page(notebook(tmp_path, CELLS))
    assert page.startswith("# Words\n\n```python\nimport kh_kr_corpus as khkr\n")
    assert "```output\ntold\ntext\n```" in page
    assert '<td style="white-space: nowrap">1994-10-14</td>' in page
    assert "<style>" not in page
    assert list(pictures) == ["question-3.svg"]
    assert pictures["question-3.svg"].startswith("<svg")
    assert page.count("](question-3.svg)") == 1
    assert page.count("```output") == 1, "a cell without a value shows nothing"


def test_a_cell_that_fails_fails_the_page(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        notebooks.page(notebook(tmp_path, [("code", "1 / 0")]))
