"""The layers of the package as a picture and a table, from the contract that import-linter holds."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from xml.sax.saxutils import escape

from tools.markdown import prose, table

__all__ = ["page", "picture"]

_WIDTH, _ROW, _GAP, _LEFT = 560, 38, 8, 16


def _rows(root: Path) -> list[list[str]]:
    """The modules of each layer, top first."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "layers")["layers"]
    return [[name.strip() for name in row.split("|")] for row in layers if row != "__main__"]


def _meaning(root: Path, module: str) -> str:
    """The first paragraph of what a module says of itself."""
    place = root / "src/kh_kr_corpus" / module
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return prose(" ".join(told.partition("\n\n")[0].split()))


def page(root: Path) -> str:
    """Every module and what it is for."""
    rows = [(f"`{name}`", _meaning(root, name)) for row in _rows(root) for name in row]
    return (
        "# Modules\n\nFrom the top layer to the bottom one"
        " ([why there are layers](../explanation/design.md#layers)).\n\n"
        "![The layers of the package: each imports only from those below](layers.svg)\n\n"
        + table(("module", "what it is for"), rows)
        + "\n"
    )


def picture(root: Path) -> str:
    """An SVG picture: one row a layer, siblings side by side, and an arrow in the direction of imports."""
    rows = _rows(root)
    height = len(rows) * (_ROW + _GAP) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"',
        ' role="img" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="15">',
        "<title>Layers of the package, from the command line at the top to plain helpers at the bottom</title>",
        f'<rect width="{_WIDTH}" height="{height}" rx="6" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="24" font-family="system-ui, sans-serif" font-size="14" fill="#444">',
        "A module imports only from the rows below it.</text>",
    ]
    for n, row in enumerate(rows):
        parts += _boxes(row, 36 + n * (_ROW + _GAP))
    return "\n".join([*parts, *_arrow(height), "</svg>", ""])


def _boxes(row: list[str], top: int) -> list[str]:
    room = _WIDTH - 2 * _LEFT - 30
    width = (room - _GAP * (len(row) - 1)) / len(row)
    parts = []
    for n, name in enumerate(row):
        left = _LEFT + n * (width + _GAP)
        parts.append(
            f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_ROW}" rx="4" fill="#e8eef7" '
            'stroke="#5b7db1"/>'
        )
        parts.append(
            f'<text x="{left + width / 2:.1f}" y="{top + 24}" text-anchor="middle" fill="#14305a">{escape(name)}</text>'
        )
    return parts


def _arrow(height: int) -> list[str]:
    x, bottom = _WIDTH - 26, height - 16
    return [
        f'<path d="M{x} 40V{bottom}" stroke="#5b7db1" stroke-width="2" fill="none"/>',
        f'<path d="M{x - 6} {bottom - 8}L{x} {bottom + 2}L{x + 6} {bottom - 8}Z" fill="#5b7db1"/>',
    ]
