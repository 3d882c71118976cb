"""Two texts that differ in a few lines, as one text with the marks of a conflict."""

from __future__ import annotations

from difflib import SequenceMatcher

__all__ = ["with_markers"]


def with_markers(ours: str, theirs: str, names: tuple[str, str] = ("ours", "theirs")) -> str:
    """Both texts in one: what they share once, what differs between git's marks.

    >>> with_markers("a\\nb\\n", "a\\nc\\n").split("\\n")[:5]
    ['a', '<<<<<<< ours', 'b', '=======', 'c']
    """
    left, right = _lines(ours), _lines(theirs)
    out: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            out += left[a:b]
        else:
            out += [f"<<<<<<< {names[0]}\n", *_ended(left[a:b]), "=======\n"]
            out += [*_ended(right[c:d]), f">>>>>>> {names[1]}\n"]
    return "".join(out)


def _lines(text: str) -> list[str]:
    """Lines with their line feeds; no other character ends a line."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]


def _ended(lines: list[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]
