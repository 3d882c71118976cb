"""``khkr batch``: a whole collection to Parquet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.extras import require_extra
from kh_kr_corpus.cli.output import Format, FormatOption, emit_json, number, say, terminal

if TYPE_CHECKING:
    from kh_kr_corpus.batch import Progress, Report

PARTIAL = 5
"""Exit code: some documents failed, the rest is written."""

Source = Annotated[
    str,
    typer.Argument(help="a file or folder of .parquet, .jsonl, .jsonl.zst, .jsonl.gz or .txt; a path or an address"),
]
Out = Annotated[
    str, typer.Option("--out", help="the folder to write to, a path or an address: new, empty, or one to go on with")
]
Workers = Annotated[
    int, typer.Option("--workers", min=0, max=1024, help="processes of this machine; 0: this one alone")
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="a Dask cluster instead, e.g. tcp://10.0.0.5:8786; sends it the texts")
]
Text = Annotated[str, typer.Option("--text", help="the column or field that holds the text")]
Id = Annotated[str, typer.Option("--id", help="the one that names the document; without it, its place is its name")]
Title = Annotated[str, typer.Option("--title", help="the one that holds the headline")]
Date = Annotated[str, typer.Option("--date", help="the one that holds the date; resolves weekdays")]
Longest = Annotated[
    int, typer.Option("--longest", min=1, max=2_000_000, help="characters of a document; longer ones are errors")
]
Rows = Annotated[int, typer.Option("--rows", min=1, max=100_000, help="documents of a part at most")]


def run(
    source: Source,
    out: Out,
    workers: Workers = 0,
    scheduler: Scheduler = None,
    text: Text = "text",
    id_field: Id = "id",
    title: Title = "title",
    date: Date = "date",
    longest: Longest = 200_000,
    rows: Rows = 500,
    output: FormatOption = Format.text,
) -> int:
    """Annotate a large collection to Parquet that khkr.load, khkr query --corpus and DuckDB read.

    A run that was stopped goes on when it is started again. A document that can't be annotated is a row of the table
    errors, and the exit code is 5 then.
    """
    for library in ("OMP", "OPENBLAS", "MKL"):  # before NumPy is loaded: threads for such small matrices only cost
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    require_extra("batch", "dask", "distributed", "fsspec", "datasketch")
    from kh_kr_corpus.batch import Settings, annotate_source

    settings = Settings(text=text, id=id_field, title=title, date=date, longest=longest, rows=rows)
    with _shown() as told:
        report = annotate_source(source, out, workers=workers, scheduler=scheduler, settings=settings, told=told)
    _tell(report, output)
    return PARTIAL if report.failed else 0


def _tell(report: Report, output: Format) -> None:
    if output is Format.json:
        emit_json({name: getattr(report, name) for name in report.__slots__})
        return
    read = f"{number(report.documents, 'document')}, {number(report.words, 'word')}"
    found = f"{number(report.mentions, 'mention')}, {number(report.initiatives, 'initiative')}"
    say(f"{read}: {found}, all suggested")
    say(f"{report.about:,} are about Korea–Cambodia relations (column about of the articles)")
    if report.reprints:
        say(f"{report.reprints:,} articles repeat another: see {report.folder}/reprints.parquet")
    if report.resumed:
        say(f"{report.resumed:,} of {report.parts:,} parts were there from an earlier run")
    if report.failed:
        documents = "document" if report.failed == 1 else "documents"
        say(f"{report.failed:,} {documents} failed: see {report.folder}/errors", "red")
    if report.left_out:
        say(f"{report.left_out:,} files of other kinds were left out", "yellow")
    say(f"{report.seconds:,.0f} s, {report.speed:,.0f} words/s; wrote {report.folder}")


@contextmanager
def _shown() -> Iterator[Callable[[Progress], None]]:
    """A bar on the terminal with speed and time left; nothing in a pipe."""
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = terminal(error=True)
    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting", total=None)

        def told(now: Progress) -> None:
            words = f"{now.documents:,} documents, {now.failed:,} failed, {now.speed:,.0f} words/s"
            bar.update(task, total=now.size, completed=now.done, description=words)

        yield told
