"""What a parsed file is: its plain data, and where each part of it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Path", "Place", "Tree", "field_name"]

Path = tuple[str | int, ...]
Place = Any
"""Where a node stands: the parser's mark, or for a mapping or list the pair of its mark and its items' places."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed file: its plain data, where each node stands (line and column from 1), and its comment lines."""

    data: Any
    place: Place = None
    comments: tuple[int, ...] = ()

    def mark(self, path: Path) -> tuple[int, int]:
        """Line and column of the node at ``path``, or of the nearest node above it."""
        place = self.place
        for part in path:
            try:
                place = place[1][part]
            except (TypeError, LookupError):  # nothing below here, or nothing of that name
                break
        return _line_and_column(place)

    @property
    def marks(self) -> dict[Path, tuple[int, int]]:
        """Line and column of every node."""
        return {} if self.place is None else dict(_walk(self.place, ()))


def _line_and_column(place: Place) -> tuple[int, int]:
    if place is None:
        return 1, 1
    mark = place[0] if type(place) is tuple else place
    return mark.line + 1, mark.column + 1


def _walk(place: Place, path: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    yield path, _line_and_column(place)
    if type(place) is tuple:
        below = place[1]
        for part, inner in below.items() if isinstance(below, dict) else enumerate(below):
            yield from _walk(inner, (*path, part))


def field_name(path: Iterable[str | int]) -> str:
    """A path as a person writes it.

    >>> field_name(("mentions", 3, "end"))
    'mentions[3].end'
    """
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out
