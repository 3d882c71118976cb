"""What is looked for: words with wildcards, or a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kh_kr_corpus._offsets import normalise, token_bounds
from kh_kr_corpus.errors import InputError

__all__ = ["Pattern", "to_pattern"]


@dataclass(frozen=True)
class Pattern:
    """A compiled search: over text in lower case unless ``case`` counts, with words whole at both ends
    if ``whole``."""

    source: str
    regex: re.Pattern[str]
    case: bool
    whole: bool = False
    needle: str = ""
    """Letters that every hit has, in one piece: a text without them is not looked at twice."""

    def spans(self, text: str, folded: str | None) -> Iterable[tuple[int, int]]:
        """The bounds of every hit; ``folded`` is the text in lower case, None where that moves offsets."""
        if self.case:
            return self._found(text, text, self.regex) if self.needle in text else ()
        if folded is None:
            return self._found(text, text, re.compile(self.regex.pattern, self.regex.flags | re.IGNORECASE))
        return self._found(text, folded, self.regex) if self.needle in folded else ()

    def _found(self, text: str, hay: str, regex: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        # a leading \b would keep the regular-expression engine from searching for the first letters; and what stands
        # between spaces and plain punctuation is whole without asking token_bounds, which costs more than the search
        whole, edges = self.whole, _EDGES
        for match in regex.finditer(hay):
            start, end = match.span()
            if whole and not (text[start - 1] in edges and text[end : end + 1] in edges and start):
                if start < end and token_bounds(text, start, end):
                    yield start, end
            elif start < end:
                yield start, end


_EDGES = frozenset(" \n\t.,;:!?()[]\"'-/")


def to_pattern(wanted: str | re.Pattern[str], *, case: bool = False) -> Pattern:
    """Words as somebody types them, or a regular expression as it is.

    ``*`` stands for any letters, ``?`` for one; a space for any white space. Words are whole at both ends, but in
    Hangul, Khmer and Chinese script, which write particles and neighbours without a space, they are found
    anywhere. Raises :class:`InputError` for nothing to look for.

    >>> pattern = to_pattern("civil serv*")
    >>> text = "the Civil Service, civil servants, uncivil service"
    >>> [text[a:b] for a, b in pattern.spans(text, text.lower())]
    ['Civil Service', 'civil servants']
    >>> [(a, b) for a, b in to_pattern("캄보디아").spans("주캄보디아 대사", "주캄보디아 대사")]
    [(1, 5)]
    """
    if isinstance(wanted, re.Pattern):
        if wanted.match("") and wanted.fullmatch(""):
            raise InputError(
                "kwic", f"{wanted.pattern!r} finds the empty string everywhere", "ask for at least a letter"
            )
        return Pattern(wanted.pattern, wanted, case=True)
    text = normalise(wanted) if isinstance(wanted, str) else ""
    words = (text if case else text.lower()).split()
    if not any(char not in "*?" for word in words for char in word):
        raise InputError("kwic", f"{wanted!r} is nothing to look for", "give a word, such as 'civil serv*'")
    parts = [re.escape(word).replace(r"\*", r"\w*").replace(r"\?", r"\w") for word in words]
    needle = max((part for word in words for part in re.split(r"[*?]", word)), key=len)
    return Pattern(text, re.compile(r"\s+".join(parts)), case, True, needle)
