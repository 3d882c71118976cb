"""The reference of the command line, from the signatures that typer reads."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from typer.models import ArgumentInfo, OptionInfo, ParameterInfo
from typer.utils import get_params_from_function

from kh_kr_corpus.cli import app as application
from tools.markdown import prose, table

__all__ = ["page"]

_HEAD = """# The command line

`khkr COMMAND --help` shows the same in a terminal. Commands print text for people; `--format json`, where a command has
it, prints the same for programs. Nothing is coloured, folded or cut when the output is no terminal.

"""


def page() -> str:
    """Every command with its arguments and options."""
    codes = (application.__doc__ or "").rpartition("\n\n")[2].strip()
    commands = {str(one.name): one.callback for one in application.app.registered_commands if one.callback}
    index = table(
        ("command", "what it does"),
        [(f"[`khkr {n}`](#khkr-{n})", _escaped(_first(run))) for n, run in sorted(commands.items())],
    )
    sections = [_section(name, run) for name, run in sorted(commands.items())]
    return _HEAD + f"{codes}\n\n{index}\n\n" + "\n\n".join(sections) + "\n"


def _first(run: Callable[..., Any]) -> str:
    return " ".join((inspect.getdoc(run) or "").partition("\n\n")[0].split())


def _section(name: str, run: Callable[..., Any]) -> str:
    parameters = list(_parameters(run))
    arguments = [row for info, row in parameters if isinstance(info, ArgumentInfo)]
    options = [row for info, row in parameters if isinstance(info, OptionInfo)]
    words = "".join(f" {row[0].strip('`')}" for row in arguments)
    parts = [f"## khkr {name}", _escaped(inspect.getdoc(run) or "")]
    parts.append(f"```text\nkhkr {name}{words}{' [OPTIONS]' if options else ''}\n```")
    if arguments:
        parts.append(table(("argument", "takes", "meaning"), [row[:3] for row in arguments]))
    if options:
        parts.append(table(("option", "takes", "meaning", "without it"), options))
    return "\n\n".join(parts)


def _parameters(run: Callable[..., Any]) -> Iterator[tuple[ParameterInfo, tuple[str, str, str, str]]]:
    for name, parameter in get_params_from_function(run).items():
        info, kind = parameter.default, parameter.annotation
        if not isinstance(info, ParameterInfo):
            raise TypeError(f"{run.__module__}: the parameter {name} is said to be neither argument nor option")
        yield info, (_shown(name, info, kind), _takes(kind), _escaped(info.help or ""), _default(info.default))


def _shown(name: str, info: ParameterInfo, kind: Any) -> str:
    if isinstance(info, OptionInfo):
        return ", ".join(f"`{one}`" for one in info.param_decls or (f"--{name.replace('_', '-')}",))
    word = (info.metavar or name).upper() + ("..." if _many(kind) else "")
    return f"`{word}`" if info.default is ... else f"`[{word}]`"


def _plain(kind: Any) -> Any:
    """The type without ``None`` and without the list around it."""
    parts = [one for one in typing.get_args(kind) if one is not type(None)]
    return _plain(parts[0]) if parts else kind


def _many(kind: Any) -> bool:
    return typing.get_origin(kind) is list or any(typing.get_origin(one) is list for one in typing.get_args(kind))


def _takes(kind: Any) -> str:
    plain = _plain(kind)
    if isinstance(plain, type) and issubclass(plain, Enum):
        told = ", ".join(f"`{one.value}`" for one in plain)
    elif isinstance(plain, type) and issubclass(plain, Path):
        told = "path"
    else:
        told = {bool: "", int: "whole number", float: "number", str: "text", datetime: "date and time"}[plain]
    return f"{told}; may be repeated" if _many(kind) else told


def _default(value: Any) -> str:
    if value is ...:
        return "must be given"
    if value is None or value is False or value == "":
        return ""
    return f"`{value.value if isinstance(value, Enum) else value}`"


def _escaped(text: str) -> str:
    """Words with what Markdown would take for a tag in backticks."""
    return prose(text).replace("<", "&lt;")
