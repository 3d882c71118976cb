"""Tables as aligned text, in which Hangul is two columns wide and a mark above or below a letter none."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

__all__ = ["aligned", "is_unicode", "shown", "width"]

_WIDEST = 48
_NARROWEST = 8


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


def shown(name: str, value: Any) -> str:
    """A value of column ``name`` on one line; what a terminal would obey instead of showing becomes a space.

    >>> shown("amount", 4e6), shown("year", 2023), shown("themes", ["training"]), shown("title", "a\\nb")
    ('4,000,000', '2023', 'training', 'a b')
    """
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return _one_line(", ".join(map(str, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value) if name.endswith("year") else f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}" if abs(value) >= 1000 else f"{value:.3g}"
    return _one_line(str(value))


def _one_line(text: str) -> str:
    return "".join(
        c if unicodedata.category(c)[0] != "C" else "" if unicodedata.category(c) == "Cf" else " " for c in text
    )


def _cut(text: str, room: int = _WIDEST) -> str:
    if width(text) <= room:
        return text
    room, kept = room - 1, []
    for char in text:
        room -= _char_width(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def aligned(columns: Sequence[str], rows: Sequence[Sequence[Any]], room: int | None = None) -> str:
    """The rows under their columns' names; numbers to the right, everything else to the left.

    ``room`` is the width in columns of a terminal; the widest cells are cut until the lines fit, if they can.
    """
    head = [_cut(_one_line(name)) for name in columns]
    cells = [[_cut(shown(name, value)) for name, value in zip(columns, row, strict=True)] for row in rows]
    numeric = [
        any(isinstance(row[n], (int, float)) and not isinstance(row[n], bool) for row in rows)
        for n in range(len(columns))
    ]
    widths = [max(width(line[n]) for line in (head, *cells)) for n in range(len(columns))]
    if room is not None:
        widths = _fitting(widths, numeric, room)
        head, *cells = [[_cut(cell, most) for cell, most in zip(line, widths, strict=True)] for line in (head, *cells)]
    return "\n".join(_line(line, widths, numeric) for line in (head, *cells))


def _fitting(widths: Sequence[int], numeric: Sequence[bool], room: int) -> list[int]:
    """The widths with the widest made narrower, one column of the terminal at a time; numbers are never cut."""
    fitting, gaps = list(widths), 2 * (len(widths) - 1)
    can = [n for n, number in enumerate(numeric) if not number]
    while can and sum(fitting) + gaps > room:
        widest = max(can, key=fitting.__getitem__)
        if fitting[widest] <= _NARROWEST:
            break
        fitting[widest] -= 1
    return fitting


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [
        " " * (room - width(cell)) + cell if right else cell + " " * (room - width(cell))
        for cell, room, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()
