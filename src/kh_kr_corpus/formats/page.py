"""The tables of ``docs/formats.md``: the formats, and what each can't hold, as the formats themselves declare it."""

from __future__ import annotations

from collections.abc import Sequence

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats.contract import Loss
from kh_kr_corpus.formats.draft import READING
from kh_kr_corpus.formats.importing import IMPORTING
from kh_kr_corpus.formats.registry import NAMES, get_format
from kh_kr_corpus.tables import Table

__all__ = ["BEGIN", "END", "fill_page", "formats_table"]

BEGIN, END = "<!-- khkr formats: begin -->", "<!-- khkr formats: end -->"


def formats_table() -> Table:
    """One row a format."""
    forms = [get_format(name) for name in NAMES]
    return Table(
        ("format", "file", "ways", "what", "for"),
        [(f.name, f.suffix or "a folder", "both" if f.two_way else "out", f.what, f.consumer) for f in forms],
    )


def fill_page(text: str, where: str) -> str:
    """``text`` with the tables between its two marks brought up to date; raises :class:`InputError` where a mark is
    missing."""
    if BEGIN not in text or END not in text.partition(BEGIN)[2]:
        raise InputError(where, "has no place for the tables", f"write the lines {BEGIN} and {END}")
    head, _, rest = text.partition(BEGIN)
    return "".join([head, BEGIN, "\n\n", "\n\n".join(_parts()), "\n\n", END, rest.partition(END)[2]])


def _parts() -> list[str]:
    table = formats_table()
    parts = [_markdown(table.columns, table.rows)]
    parts += _section("Any file: what is not read", READING)
    parts += _section("Any import: what is not taken", IMPORTING)
    for name in NAMES:
        losses = get_format(name).losses
        parts += _section(f"{name}: what is not written", [loss for loss in losses if loss.way != "in"])
        parts += _section(
            f"{name}: what else is not read", [loss for loss in losses if loss.way == "in" and loss not in READING]
        )
    return parts


def _section(title: str, losses: Sequence[Loss]) -> list[str]:
    return [f"### {title}", _markdown(("code", "what", "why"), [*map(_row, losses)])] if losses else []


def _row(loss: Loss) -> tuple[str, str, str]:
    return f"`{loss.code}`", loss.what, loss.why


def _markdown(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
