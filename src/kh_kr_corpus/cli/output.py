"""How results look: tables and messages in a terminal, JSON for programs, plain text in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

__all__ = ["CorpusOption", "Format", "FormatOption", "emit", "fail", "say", "show_table", "terminal"]


class Format(StrEnum):
    """Output formats that every command with a table has."""

    text = "text"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json for programs")]
CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", help="a corpus folder; without it, the corpus that comes with the library")
]


def terminal(*, error: bool = False) -> Console:
    """Standard output (or error) as a rich console; colours only on a terminal."""
    # A pipe has no width: give it enough that nothing is folded or cut.
    stream = sys.stderr if error else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 200, highlight=False, soft_wrap=True)


def emit(text: str) -> None:
    """Write text for programs or files to standard output, unchanged."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def say(text: str, style: str = "") -> None:
    """A line for people on standard output; never read as markup."""
    terminal().print(Text(text, style=style))


def fail(text: str) -> None:
    """A line for people on standard error."""
    terminal(error=True).print(Text(f"khkr: {text}", style="red"))


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
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        emit(json.dumps(objects, ensure_ascii=False, indent=2, default=str))  # dates as ISO strings
        return
    table = RichTable(
        title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0)
    )
    listed = [list(row) for row in rows]
    for n, column in enumerate(columns):
        numeric = any(_is_number(row[n]) for row in listed)
        table.add_column(Text(column), justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*(Text(_cell(value)) for value in row))
    terminal().print(table)
    if note:
        say(note, "dim")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return (
            f"{value:,.0f}"
            if value.is_integer() and abs(value) >= 10
            else f"{value:.3g}"
            if abs(value) < 10
            else f"{value:,.2f}"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)
