"""Characters that no file may hold as they are, whatever they stand in."""

from __future__ import annotations

import re

from kh_kr_corpus.errors import YamlError

__all__ = ["ODD_INDENT", "SURROGATE", "refuse_characters"]

ODD_INDENT = re.compile(r"^[ ]*[\t\u00a0]", re.MULTILINE)
SURROGATE = re.compile("[\ud800-\udfff]")
# Controls, and the line breaks of YAML 1.1 on which parsers and editors disagree: they would move line numbers.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LONE_RETURN = re.compile("\r(?!\n)")


def refuse_characters(text: str, where: str) -> None:
    """Raise :class:`YamlError` at the first character that must be written as an escape, and at an indentation
    that is not made of spaces."""
    found = _UNREADABLE.search(text)
    if "\r" in text:  # asked first, because looking is quick and the pattern is slow
        returned = _LONE_RETURN.search(text)
        found = min(found, returned, key=_start) if found and returned else found or returned
    if found:
        raise _at(text, where, found.start(), "character U+{:04X} is not allowed in YAML", _ESCAPE)
    if ("\t" in text or "\u00a0" in text) and (odd := ODD_INDENT.search(text)):
        raise _at(text, where, odd.end() - 1, "U+{:04X} used as indentation", "indent with spaces")


_ESCAPE = "write it as an escape in double quotes"


def _start(match: re.Match[str]) -> int:
    return match.start()


def _at(text: str, where: str, at: int, message: str, fix: str) -> YamlError:
    line, start = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
    return YamlError(where, line, at - start + 1, message.format(ord(text[at])), fix)
