"""Cue patterns that are tried only on sentences in which some word begins as one of their alternatives does.

Most sentences hold no cue of most terms; looking that up by the beginnings of words is several times quicker than
running every pattern over every sentence, and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

__all__ = ["Cue", "CueIndex", "beginnings"]

_LONGEST = 6
"""Letters of a word's beginning that are looked up."""
_WORD_START = re.compile(rf"(?<![\w-])(?=(\S{{1,{_LONGEST}}}))")
_LITERAL = re.compile(r"[a-z0-9’' -]+")
_OPTIONAL = "?*{"


@lru_cache(maxsize=64)
def beginnings(low: str) -> frozenset[str]:
    """All beginnings, of one to six characters, of the words of a text in lower case."""
    return frozenset().union(*map(_beginnings_of, _WORD_START.findall(low)))


@lru_cache(maxsize=1 << 15)
def _beginnings_of(word: str) -> tuple[str, ...]:
    return tuple(word[:n] for n in range(1, len(word) + 1))


class Cue:
    """One pattern over text in lower case (far quicker than ``re.IGNORECASE``); it begins where a word begins."""

    def __init__(self, words: str) -> None:
        low = words.lower()
        self.pattern = re.compile(rf"(?<![\w-])(?:{low})")
        literal = [_beginning(alternative) for alternative in _alternatives(low)]
        self.starts = frozenset(literal) if all(literal) else None
        """One of which a word has to begin with, None where the alternatives don't tell."""

    def search(self, low: str) -> re.Match[str] | None:
        """The first cue in a text that is in lower case already."""
        return None if self._idle(low) else self.pattern.search(low)

    def count(self, low: str) -> int:
        """How many different cues there are."""
        return 0 if self._idle(low) else len(set(self.pattern.findall(low)))

    def _idle(self, low: str) -> bool:
        return self.starts is not None and self.starts.isdisjoint(beginnings(low))


class CueIndex:
    """Several cues; only those are tried on a text that it can hold."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = cues
        self._always = [n for n, cue in enumerate(cues) if cue.starts is None]
        self._by_start: dict[str, list[int]] = {}
        for n, cue in enumerate(cues):
            for start in cue.starts or ():
                self._by_start.setdefault(start, []).append(n)

    def counts(self, low: str) -> Iterator[tuple[int, int]]:
        """The number of each cue that the text holds, with how many different ones of it, in order."""
        likely = set(self._always)
        for start in self._by_start.keys() & beginnings(low):
            likely.update(self._by_start[start])
        for n in sorted(likely):
            found = len(set(self.cues[n].pattern.findall(low)))
            if found:
                yield n, found


def _alternatives(pattern: str) -> Iterator[str]:
    """The parts of a pattern between the bars that stand in no group."""
    depth, begin, escaped = 0, 0, False
    for place, sign in enumerate(pattern):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "|" and not depth:
            yield pattern[begin:place]
            begin = place + 1
    yield pattern[begin:]


def _beginning(alternative: str) -> str:
    """The letters that whatever matches an alternative begins with; empty where that is open."""
    found = _LITERAL.match(alternative)
    literal = found.group() if found else ""
    behind = alternative[len(literal) : len(literal) + 1]
    return (literal[:-1] if behind and behind in _OPTIONAL else literal).partition(" ")[0][:_LONGEST]
