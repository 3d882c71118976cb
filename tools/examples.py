"""The code blocks of the documentation: run, and compared with the output that stands below them.

    python -m tools.examples PAGE...           # says which outputs are not what happens, and exits with 1
    python -m tools.examples --write PAGE...   # writes what happens instead

A page is run from top to bottom in an empty folder of its own, all its Python in one namespace.

- ``python``: run; what it prints and the value of its last expression are its output, as in a notebook.
- ``sh`` and ``console``: each line is a command. ``khkr`` is run in this process, other programs are not.
- ``output``: what the block before it gives. A line ``...`` in it stands for any number of lines.
- any block with ``title="FILE"``: written to that file.
- ``<!-- not run: WHY -->`` before a block: its ``khkr`` options are compared with the program's, and no more.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kh_kr_corpus.cli import main as khkr

__all__ = ["Block", "ExampleError", "blocks", "matches", "run", "stale"]

SHELL = ("sh", "console")
_FENCE = re.compile(
    r"^(?P<note>[ ]*<!-- not run: [^\n]+-->\n\n?)?"
    r"(?P<indent>[ ]*)```(?P<info>\w[^\n`]*)\n(?P<body>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_GIVEN = "..."


class ExampleError(AssertionError):
    """A block that does not do what its page says."""


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, file title, text, whether it is run, and where its text lies in the page."""

    language: str
    title: str | None
    text: str
    run: bool
    start: int
    end: int
    indent: str = ""


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page that name a language.

    >>> [(b.language, b.text, b.run) for b in blocks("```python\\n1 + 1\\n```\\n\\n```output\\n2\\n```\\n")]
    [('python', '1 + 1\\n', True), ('output', '2\\n', True)]
    """
    found = []
    for match in _FENCE.finditer(page):
        language, _, rest = match["info"].partition(" ")
        title = re.search(r'title="([^"]+)"', rest)
        indent = match["indent"]
        text = re.sub(rf"^{indent}", "", match["body"], flags=re.MULTILINE)
        span = match.span("body")
        found.append(Block(language, title[1] if title else None, text, not match["note"], *span, indent))
    return found


def commands(block: Block) -> list[list[str]]:
    """The commands of a shell block, word by word, without comments."""
    lines = block.text.replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line.removeprefix("$ "), comments=True))]


def run(page: str, name: str = "page") -> Iterator[tuple[Block, str]]:
    """Each ``output`` block of a page with what happened instead; raises :class:`ExampleError` for a block that fails.

    Everything happens in the current folder, which should be an empty one.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    given = ""
    for block in blocks(page):
        where = f"{name}, line {page.count(chr(10), 0, block.start)}"
        if block.title:
            _write(Path(block.title), block.text)
        if block.language == "output":
            yield block, given
            given = ""
        elif block.language == "python" and block.run:
            given = _python(block.text, names, where)
        elif block.language in SHELL:
            given = "".join(_shell(words, where, really=block.run) for words in commands(block))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _python(code: str, names: dict[str, Any], where: str) -> str:
    tree = ast.parse(code, where)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(tree, where, "exec"), names)  # noqa: S102 - our own pages
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), where, "eval"), names)  # noqa: S307
                if value is not None:
                    print(repr(value))
        except Exception as error:
            raise ExampleError(f"{where}: {traceback.format_exc()}") from error
    return out.getvalue()


def _shell(words: Sequence[str], where: str, *, really: bool) -> str:
    if words[0] != "khkr":
        return ""
    if not really:
        _known(words, where)
        return ""
    code, told = _khkr([name for word in words[1:] for name in _files(word)])
    if code not in (0, 1):  # 1 means findings, which a page may want to show
        raise ExampleError(f"{where}: {shlex.join(words)} exits with {code}\n{told}")
    return told


def _files(word: str) -> list[str]:
    """The files that a pattern stands for, as a shell has it; the word itself where there are none."""
    found = sorted(str(path) for path in Path().glob(word)) if "*" in word and not word.startswith("/") else []
    return found or [word]


def _khkr(arguments: Sequence[str]) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            khkr(arguments)
        except SystemExit as stop:
            return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


def _known(words: Sequence[str], where: str) -> None:
    """Raise :class:`ExampleError` for a command or an option that the program does not have."""
    code, told = _khkr([words[1], "--help"])
    there = set(re.findall(r"--[a-z][a-z-]+", told))
    missing = [word for word in words if word.startswith("--") and word.partition("=")[0] not in there]
    if code or missing:
        raise ExampleError(f"{where}: khkr {words[1]} has no {' '.join(missing) or 'such command'}")


def matches(expected: str, given: str) -> bool:
    """Whether an output is what was expected; spaces at the end of lines and the temporary folder count for nothing.

    >>> matches("a\\n...\\nz\\n", "a\\nb\\nc\\nz  \\n"), matches("a\\n", "b\\n")
    (True, False)
    """
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", _tidy(expected), flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), _tidy(given)) is not None


def _tidy(text: str) -> str:
    here = str(Path.cwd())
    lines = text.replace(here + os.sep, "").rstrip().splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)


def _shortened(expected: str, given: str) -> str:
    """What happened, with as many lines left out as the page leaves out."""
    old, new = _tidy(expected).splitlines(), _tidy(given).splitlines()
    if _GIVEN in old:
        head, tail = old.index(_GIVEN), len(old) - 1 - old.index(_GIVEN)
        if len(new) > head + tail:
            new = [*new[:head], _GIVEN, *new[len(new) - tail :]]
    return "".join(line + "\n" for line in new)


def stale(path: Path) -> tuple[list[str], str]:
    """What a page shows and does not happen, and the page as it should be."""
    page = path.read_text(encoding="utf-8")
    told, new = [], page
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for block, given in reversed(list(run(page, path.name))):
            if matches(block.text, given):
                continue
            told.append(f"{path.name}, line {page.count(chr(10), 0, block.start)}: what happens is\n{_tidy(given)}")
            shown = re.sub(r"^(?=.)", block.indent, _shortened(block.text, given), flags=re.MULTILINE)
            new = new[: block.start] + shown + new[block.end :]
    return told[::-1], new


def main(arguments: Sequence[str]) -> int:
    """Check the pages, or with ``--write`` bring them up to date."""
    wrong = 0
    for path in [Path(name).resolve() for name in arguments if name != "--write"]:
        told, new = stale(path)
        wrong += len(told)
        if "--write" in arguments and told:
            path.write_text(new, encoding="utf-8")
        for line in told:
            print(line)
    return 0 if "--write" in arguments else int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
