"""Our docstrings for the site: doctests become code blocks, and Sphinx roles and double backticks become Markdown."""

from __future__ import annotations

import re
from typing import Any

import griffe

from tools.markdown import prose

__all__ = ["Prose", "fenced"]

_DOCTEST = re.compile(r"^(?P<indent> *)>>> .*\n(?:(?P=indent)\S.*\n?)*", re.MULTILINE)


def fenced(text: str) -> str:
    """A docstring as Markdown."""
    parts, at = [], 0
    for match in _DOCTEST.finditer(text):
        parts += [prose(text[at : match.start()]), f"```pycon\n{match[0].rstrip()}\n```\n"]
        at = match.end()
    return "".join([*parts, prose(text[at:])])


class Prose(griffe.Extension):
    """Rewrites every docstring as the site reads it."""

    def on_instance(self, *, obj: griffe.Object, **kwargs: Any) -> None:  # noqa: ARG002 - griffe's
        """Called by griffe for every object that it finds."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
