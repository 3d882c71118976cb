"""Tables as aligned text, in which Hangul is two columns wide and a mark above or below a letter none."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

__all__ = ["aligned", "is_unicode", "width"]

_WIDEST = 48


def is_unicode(text: str) -> bool:
    """Whether ``text`` can be encoded: a command line's undecodable byte becomes half a surrogate pair, which can't.

    >>> is_unicode("ភ្នំពេញ"), is_unicode("\\udcff")
    (True, False)
    """
    return not any("\ud800" <= char <= "\udfff" for char in text)


def width(text: str) -> int:
    """How many columns of a terminal ``text`` takes.

    >>> width("KOICA"), width("한국"), width("ភ្នំពេញ")
    (5, 4, 5)
    """
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _cell(name: str, value: Any) -> str:
    """A value on one line; what a terminal would obey instead of showing becomes a space."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return _cut(", ".join(map(str, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value) if name.endswith("year") else f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}" if abs(value) >= 1000 else f"{value:.3g}"
    return _cut(str(value))


def _cut(text: str) -> str:
    clean = "".join(
        c if unicodedata.category(c)[0] != "C" else "" if unicodedata.category(c) == "Cf" else " " for c in text
    )
    if width(clean) <= _WIDEST:
        return clean
    room, kept = _WIDEST - 1, []
    for char in clean:
        room -= _char_width(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def aligned(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The rows under their columns' names; numbers to the right, everything else to the left."""
    head = [_cut(name) for name in columns]
    cells = [[_cell(name, value) for name, value in zip(columns, row, strict=True)] for row in rows]
    numeric = [
        any(isinstance(row[n], (int, float)) and not isinstance(row[n], bool) for row in rows)
        for n in range(len(columns))
    ]
    widths = [max(width(line[n]) for line in (head, *cells)) for n in range(len(columns))]
    return "\n".join(_line(line, widths, numeric) for line in (head, *cells))


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [
        " " * (room - width(cell)) + cell if right else cell + " " * (room - width(cell))
        for cell, room, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()
