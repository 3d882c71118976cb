"""How results look: tables and messages in a terminal, JSON for programs, plain text in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

__all__ = [
    "CorpusOption",
    "Format",
    "FormatOption",
    "emit",
    "emit_json",
    "fail",
    "flow",
    "harmless",
    "number",
    "say",
    "show_table",
    "terminal",
]

# A pipe has no width: nothing is folded or cut there.
_ENDLESS = 100_000
_NARROW = 12
"""Columns of a terminal that every column of a table gets before any is kept in one piece."""
# What a terminal obeys instead of showing: C0 and C1 controls but tab and line feed, and changes of direction.
_OBEYED = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F)], "\ufffd")
_OBEYED |= dict.fromkeys(range(0x2066, 0x206A), "\ufffd")


class Format(StrEnum):
    """Output formats that every command with a table has."""

    text = "text"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json for programs")]
CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", help="a corpus folder; without it, the corpus of the library", readable=False),
]


def number(count: int, noun: str) -> str:
    """So many of a thing.

    >>> number(1, "activity"), number(2000, "activity"), number(0, "text")
    ('1 activity', '2,000 activities', '0 texts')
    """
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else several}"


class _Console(Console):
    """A console that leaves it to the application what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def terminal(*, error: bool = False) -> Console:
    """Standard output (or error) as a rich console; colours and folding only on a terminal."""
    stream = sys.stderr if error else sys.stdout
    is_tty = stream.isatty()
    return _Console(file=stream, width=None if is_tty else _ENDLESS, highlight=False, soft_wrap=not is_tty)


def harmless(text: str) -> str:
    """``text`` with what a terminal would obey replaced, character by character, so that offsets still hold."""
    return text.translate(_OBEYED)


def emit(text: str) -> None:
    """Write text for programs or files to standard output, unchanged."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def emit_json(value: Any, *, indent: int | None = 2) -> None:
    """Write JSON to standard output: no NaN, dates as ISO strings, pure ASCII where the output takes no more."""
    is_utf8 = (sys.stdout.encoding or "utf-8").casefold().replace("-", "") == "utf8"
    emit(json.dumps(_finite(value), ensure_ascii=not is_utf8, indent=indent, default=str, allow_nan=False))


def _finite(value: Any) -> Any:
    """``value`` with null for numbers that JSON can't say, such as a division by zero."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, (list, tuple)) else value


def say(text: str, style: str = "", *, error: bool = False) -> None:
    """A line for people on standard output (or error); never read as markup."""
    flow(Text(harmless(text), style=style), error=error)


def flow(text: Text, *, error: bool = False) -> None:
    """Running text, broken between words; left to the terminal where a word, such as a path, would be broken."""
    console = terminal(error=error)
    fits = all(cell_len(word) <= console.width for word in text.plain.split())
    console.print(text, soft_wrap=not (fits and console.is_terminal))


def fail(text: str) -> None:
    """A line for people on standard error."""
    say(f"khkr: {text}", "red", error=True)


def show_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    output: Format = Format.text,
    title: str = "",
    note: str = "",
) -> None:
    """A table: aligned in a terminal, one object a row as JSON."""
    if output is Format.json:
        emit_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    from kh_kr_corpus.tables.text import shown

    console = terminal()
    listed = [list(row) for row in rows]
    cells = [[shown(name, value) for name, value in zip(columns, row, strict=True)] for row in listed]
    whole = _whole_columns([harmless(name) for name in columns], cells, console.width)
    table = RichTable(
        title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0)
    )
    for n, column in enumerate(columns):
        numeric = any(_is_number(row[n]) for row in listed)
        justify: Literal["left", "right"] = "right" if numeric else "left"
        table.add_column(Text(harmless(column)), justify=justify, overflow="fold", no_wrap=n in whole)
    for line in cells:
        table.add_row(*map(Text, line))
    console.print(table)
    if note:
        say(note, "dim")


def _whole_columns(columns: Sequence[str], cells: Sequence[Sequence[str]], room: int) -> set[int]:
    """The columns to keep in one piece: ids, kinds and dates, which nobody wants broken, as far as there is room."""
    widths = [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]
    left = room - 2 * len(columns) - sum(min(width, _NARROW) for width in widths)
    whole = set()
    for n in sorted(range(len(columns)), key=widths.__getitem__):
        more = max(0, widths[n] - _NARROW)
        if more <= left and not any(" " in line[n] for line in cells):
            whole.add(n)
            left -= more
    return whole


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
