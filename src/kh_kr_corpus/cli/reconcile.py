"""``khkr reconcile``: which activities the entries of another database are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, say, show_table
from kh_kr_corpus.errors import InputError

if TYPE_CHECKING:
    from kh_kr_corpus.reconcile import Reconciliation
    from kh_kr_corpus.tables import Table

_COLUMNS = ("entry", "title", "years", "activity", "score", "signs")


class Show(StrEnum):
    """What of a reconciliation is listed."""

    matches = "matches"
    open = "open"
    entries = "entries"
    activities = "activities"
    all = "all"


Place = Annotated[
    Path | None,
    typer.Argument(
        help="an IATI activity file (.xml) or a CRS extract (.csv, .txt, .tsv, .parquet); without it, the corpus's own "
        "records",
        readable=False,
    ),
]
ShowOption = Annotated[
    Show, typer.Option("--show", help="what to list: matches, open cases, entries or activities without a counterpart")
]
At = Annotated[float | None, typer.Option("--at", help="the chance, from 0 to 1, that a match needs")]


def run(
    path: Place = None,
    show: ShowOption = Show.matches,
    at: At = None,
    corpus_path: CorpusOption = None,
    output: FormatOption = Format.text,
) -> int:
    """Match the entries of another database to activities, with how sure that is, why, and what has no counterpart."""
    from kh_kr_corpus.corpus import load
    from kh_kr_corpus.reconcile import ACCEPT, reconcile

    if at is not None and not 0 < at <= 1:
        raise InputError("--at", f"{at} is no chance", "give a number above 0 and up to 1")
    found = reconcile(load(corpus_path), path, accept=ACCEPT if at is None else at)
    table = _chosen(found, show)
    rows, columns = table.rows, table.columns
    if output is Format.text and show not in (Show.activities, Show.all):
        rows, columns = tuple(zip(*(table[name] for name in _COLUMNS), strict=True)), _COLUMNS
    show_table(columns, rows, output=output, note=table.note)
    say(_told(found), "dim", error=output is Format.json)
    return 0


def _chosen(found: Reconciliation, show: Show) -> Table:
    return {
        Show.matches: lambda: found.matches,
        Show.open: lambda: found.open,
        Show.entries: lambda: found.without_activity,
        Show.activities: lambda: found.without_entry,
        Show.all: lambda: found.table,
    }[show]()


def _told(found: Reconciliation) -> str:
    counts = {name: sum(one.outcome == name for one in found.decisions) for name in ("match", "open", "none")}
    return (
        f"{len(found.decisions):,} entries: {counts['match']:,} matched, {counts['open']:,} open, {counts['none']:,} "
        f"without an activity; {len(found.without_entry):,} of {len(found.activities):,} activities without an entry; "
        "--format json tells the reasons"
    )
