"""Pieces of Markdown that every generated page needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["prose", "table"]

_ROLE = re.compile(r":(?:class|meth|func|attr|mod|data):`~?([^`]+)`")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown.

    >>> print(table(("a", "b"), [("1", "x|y")]))
    | a | b |
    |---|---|
    | 1 | x\\|y |
    """
    lines = [heads, *rows]
    cells = [" | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in line) for line in lines]
    return "\n".join([f"| {cells[0]} |", "|" + "---|" * len(heads), *(f"| {line} |" for line in cells[1:])])


def prose(text: str) -> str:
    """A docstring's words as Markdown: one kind of backticks, and names instead of Sphinx roles.

    >>> prose("Raises :class:`InputError` for ``None``.")
    'Raises `InputError` for `None`.'
    """
    return _ROLE.sub(r"`\1`", text).replace("``", "`")
