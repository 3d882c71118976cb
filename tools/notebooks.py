"""A notebook as a page: its words, its code, and what each cell shows, computed when the site is built."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import warnings
from pathlib import Path
from typing import Any

import vl_convert

__all__ = ["page"]


def page(path: Path) -> tuple[str, dict[str, str]]:
    """The page in Markdown, and its pictures as SVG by file name. Raises what a cell raises."""
    names: dict[str, Any] = {"__name__": "__main__"}
    parts, pictures = [], {}
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(text)
            continue
        parts.append(f"```python\n{text}\n```")
        printed, value = _run(text, names)
        if hasattr(value, "to_dict") and "altair" in type(value).__module__:
            picture = f"{path.stem}-{number}.svg"
            pictures[picture] = vl_convert.vegalite_to_svg(value.to_dict())
            parts.append(f"![What the cell above draws]({picture})")
        elif value is not None or printed:
            parts.append(_told(printed, value))
    parts.append(f"[The notebook itself]({path.name}){{ download }}")
    return "\n\n".join(parts) + "\n", pictures


def _run(code: str, names: dict[str, Any]) -> tuple[str, Any]:
    """What a cell prints, and the value of its last expression."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as out, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebooks
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None  # noqa: S307
    return out.getvalue(), value


def _told(printed: str, value: Any) -> str:
    """What a cell shows, as text or as the table that a notebook would show, in the site's own style."""
    if hasattr(value, "_repr_html_"):
        shown = re.sub(r"<style>.*?</style>", "", value._repr_html_(), flags=re.DOTALL)
        shown = re.sub(r"<td>(?=\d{4}-[\d-]+~?</td>)", '<td style="white-space: nowrap">', shown)
        return f'<div class="khkr-shown">{" ".join(shown.split())}</div>'
    text = printed if value is None else f"{printed}{value if isinstance(value, str) else repr(value)}"
    return f"```output\n{text.rstrip()}\n```"
