"""What libyaml lets pass although YAML 1.2 forbids it: lines that aren't indented, comments that touch a value.

Two programs that disagree about a file read two things in it, so what one of them refuses is refused here.
Positions are PyYAML's marks, whose ``index`` counts characters from the beginning of the text.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["Refusal", "check_block", "check_lines", "comment_lines", "may_hold_comments"]

_MODELINE = re.compile(r"\A# yaml-language-server: \$schema=\S+\r?$", re.MULTILINE)
_CONTINUED = re.compile(r"\n( *)[^ \r\n]")
_CONTINUED_NO_COMMENT = re.compile(r"\n( *)[^ \r\n#]")
_LEADING_BLANK = re.compile(r"( *)\r?\n")
_INDENT = re.compile(" *")
_EXPLICIT = re.compile(r"[|>][-+]?[1-9]")


class Refusal(Exception):  # noqa: N818 - it never leaves this package
    """What is wrong at ``mark``, and the fix."""

    def __init__(self, mark: Any, message: str, fix: str) -> None:
        super().__init__(mark, message, fix)
        self.mark, self.message, self.fix = mark, message, fix


class _Mark:
    """A place between PyYAML's marks."""

    def __init__(self, text: str, index: int) -> None:
        self.line = text.count("\n", 0, index)
        self.column = index - text.rfind("\n", 0, index) - 1


def check_lines(text: str, start: Any, end: Any, indent: int, *, comments: bool = False) -> None:
    """Refuse a quoted string or a bracket of several lines of which one does not lie deeper than its block, whose
    lines begin at column ``indent``; -1 for a text that is in no block. Lines of comments may lie anywhere."""
    pattern = _CONTINUED_NO_COMMENT if comments else _CONTINUED
    for match in pattern.finditer(text, start.index, end.index):
        if len(match[1]) <= indent:
            mark = _Mark(text, match.end() - 1)
            raise Refusal(mark, f"a line that goes on from line {start.line + 1} is not indented", _INDENT_FIX)


_INDENT_FIX = "indent it deeper than the field that it belongs to"


def check_block(text: str, start: Any, indent: int) -> None:
    """Refuse a block text (``|`` or ``>``) that begins with a blank line longer than its indentation."""
    if _EXPLICIT.match(text, start.index):
        return
    at, deepest = text.find("\n", start.index) + 1, 0
    while match := _LEADING_BLANK.match(text, at):
        at, deepest = match.end(), max(deepest, len(match[1]))
    first = _INDENT.match(text, at)
    width = len(first[0]) if first else 0
    if at + width < len(text) and indent < width < deepest:
        raise Refusal(_Mark(text, at + width), "a blank line above is longer than this indentation", "empty it")


def may_hold_comments(text: str) -> bool:
    """Whether a ``#`` stands anywhere but in the modeline for editors; in few files one does."""
    return text.count("#") > (1 if _MODELINE.match(text) else 0)


def comment_lines(text: str, scalars: list[Any], limit: int) -> tuple[int, ...]:
    """The lines with a comment, whole or at the end of a line, the modeline left out. ``scalars`` are the scalar
    events in their order: a ``#`` in one of them is no comment. Refuses a comment that touches what precedes it, and
    more than ``limit`` of them."""
    found: list[int] = []
    modeline = _MODELINE.match(text)
    reached, line, counted = modeline.end() if modeline else 0, 1, 0
    for begin, end in (*((_begin(text, one), one.end_mark.index) for one in scalars), (len(text), len(text))):
        while (at := text.find("#", reached, max(begin, reached))) >= 0:
            line, counted = line + text.count("\n", counted, at), at
            if at and text[at - 1] not in " \t\r\n":
                raise Refusal(_Mark(text, at), "a comment that touches what precedes it", "put a space before the #")
            if len(found) == limit:
                raise Refusal(_Mark(text, at), f"more than {limit:,} lines with a comment", "split it")
            found.append(line)
            reached = (text.find("\n", at) + 1) or len(text)
        reached = max(reached, end)
    return tuple(dict.fromkeys(found))


def _begin(text: str, scalar: Any) -> int:
    """Where a scalar's own characters begin; the first line of a block text, ``text: |  # why``, may end in a
    comment."""
    start: int = scalar.start_mark.index
    return text.find("\n", start) + 1 or len(text) if scalar.style in ("|", ">") else start
