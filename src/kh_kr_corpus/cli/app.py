"""The application: its commands, and what happens when something goes wrong.

Exit codes: 0 clean, 1 findings, 2 usage, 3 environment, 4 conflict, 5 partial batch, 70 a bug of ours, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from kh_kr_corpus.cli import (
    annotate,
    attach,
    batch,
    cite,
    diff,
    evaluate,
    export,
    fmt,
    import_,
    init,
    kwic,
    merge,
    migrate,
    query,
    reconcile,
    release,
    review,
    schema,
    show,
    stats,
    train,
    validate,
)
from kh_kr_corpus.cli.output import fail, say
from kh_kr_corpus.errors import EnvironmentFailure, KhkrError

__all__ = ["app", "main"]

BUG = 70
INTERRUPTED = 130

app = typer.Typer(
    name="khkr",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        say(f"khkr {version('kh-kr-corpus')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="print the version and stop")
    ] = False,
) -> None:
    """Annotate, check and query a corpus of texts on Korea–Cambodia relations."""


def _exiting(command: Callable[..., int]) -> Callable[..., None]:
    """``command``, with the number that it returns, or that its error stands for, as the exit code."""

    # Errors are met here, inside typer: it would make a closed pipe a 1, which here means findings.
    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        raise typer.Exit(_outcome(lambda: command(*args, **options)))

    return run


def _outcome(command: Callable[[], int]) -> int:
    """The exit code of a command; whatever went wrong has been told."""
    try:
        code = command()
        sys.stdout.flush()  # a full disk may show only now
        return code
    except BrokenPipeError:
        _drop_output()  # whoever read our output has seen enough
        return 0
    except KeyboardInterrupt:
        fail("stopped")
        return INTERRUPTED
    except KhkrError as error:
        fail(str(error))
        return error.exit_code
    except OSError as error:
        fail(f"{error.filename or 'output'}: {error.strerror or error}")
        _flush_or_drop()
        return EnvironmentFailure.exit_code
    except Exception as error:
        if os.environ.get("KHKR_DEBUG"):
            raise
        fail(f"this is a bug of ours: {type(error).__name__}: {error}")
        fail("set KHKR_DEBUG=1 to see where, and please report it")
        return BUG


def _flush_or_drop() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Send what is still to be written nowhere: Python would complain again when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_COMMANDS = (
    annotate, attach, batch, review, validate, fmt, query, kwic, show, stats, export, import_, reconcile, evaluate,
    train, init, schema, cite, release, diff, merge, migrate,
)  # fmt: skip
for module in _COMMANDS:
    app.command(module.__name__.rpartition(".")[2].strip("_"))(_exiting(module.run))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``khkr`` with ``arguments`` (default: the process's own) and exit with the code of the outcome."""
    _make_streams_safe()
    app(list(sys.argv[1:] if arguments is None else arguments), prog_name="khkr")


def _make_streams_safe() -> None:
    """Output that is closed goes nowhere, and a character that the encoding lacks is written as an escape."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open as long as we run
        elif isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
