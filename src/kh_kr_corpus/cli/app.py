"""The application: its commands, and what happens when something goes wrong.

Exit codes: 0 clean, 1 findings, 2 usage, 3 environment, 4 conflict, 70 a bug of ours, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import typer

from kh_kr_corpus.cli import annotate, evaluate, fmt, init, query, schema, show, stats, validate
from kh_kr_corpus.cli.output import fail
from kh_kr_corpus.errors import KhkrError

__all__ = ["app", "main"]

BUG = 70
INTERRUPTED = 130

app = typer.Typer(
    name="khkr",
    help="Annotate, check and query a corpus of texts on Korea–Cambodia relations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _exiting(command: Callable[..., int]) -> Callable[..., None]:
    """``command``, with the number that it returns as the exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        raise typer.Exit(command(*args, **options))

    return run


for module in (annotate, validate, fmt, query, show, stats, evaluate, init, schema):
    app.command(module.__name__.rpartition(".")[2])(_exiting(module.run))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``khkr`` with ``arguments`` (default: the process's own) and exit with the code of the outcome."""
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(arguments: list[str]) -> int:
    try:
        app(arguments, prog_name="khkr")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except KeyboardInterrupt:
        fail("stopped")
        return INTERRUPTED
    except KhkrError as error:
        fail(str(error))
        return error.exit_code
    except BrokenPipeError:
        # whoever read our output has seen enough; Python would complain again when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("KHKR_DEBUG"):
            raise
        fail(f"this is a bug of ours: {type(error).__name__}: {error}")
        fail("set KHKR_DEBUG=1 to see where, and please report it")
        return BUG
    return 0
