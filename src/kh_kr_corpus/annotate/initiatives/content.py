"""What a sentence reports, apart from who says so: the words from which subjects, kinds and titles are read."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["content", "head_of", "tail_of"]

_VERB = r"(?:said|says|told|added|noted|announced|reported|explained|confirmed|disclosed|revealed|stated|showed|wrote)"
_WHEN = r"(?: (?:on|in|at|this|last|the|reporters|yesterday|here)\b[^,]*)?"
_CLAUSE = (
    r" (?:it|that|they|he|she|there|we|this|these|both)\b|"
    r" (?:[\w’'-]+ ){1,6}(?:that|will|would|had|has|have|was|were)\b"
)
"""What is said follows: "the ministry, which pays for it, said it will invite ten"."""
_TAIL = re.compile(
    rf"(?<=[,”’\"]) (?:{_VERB}\b(?!{_CLAUSE})|according to\b)[^“\"]*$"  # "..., said Sok Dara, a director of ..."
    rf"|, (?:the |a |an |he |she |they |it )?[^,“”\"]{{0,80}}\b{_VERB}{_WHEN}\.?$"
    r"|, according to [^“\"]*$"
)
_PLAIN_VERB = r"(?:said|says|added|noted)(?: that)?"
_THAT_VERB = (
    r"(?:announced|reported|explained|confirmed|disclosed|revealed|told [\w ]{2,30})(?: on \w+day| yesterday)? that"
)
_HEAD = re.compile(
    rf"^(?:(?!\b(?:which|who|that|where)\b)[^“\"]){{2,160}}?\b(?:{_PLAIN_VERB}|{_THAT_VERB}) (?=[a-zA-Z])"
)
_DATELINE = re.compile(r"^[A-Z][\w .,’-]{2,40}(?:\([A-Z][\w ]+\) ?)?(?:—|–|--| - ) ?(?=[A-Z“])")
_LINK = re.compile(
    r"^(?:Separately|Meanwhile|However|Moreover|Furthermore|In addition|Also|Under (?:it|the deal|the accord)|"
    r"On its sidelines|Less happily|For (?:his|her|its) part), ?",
)


@lru_cache(maxsize=256)
def content(text: str) -> str:
    """A sentence without dateline, linking word and attribution, where enough is left of it.

    >>> content("The road will be finished in May, said Sok Dara, a director of the Bank of Health.")
    'The road will be finished in May,'
    >>> content("PHNOM PENH (AKP) — Korea sent two doctors.")
    'Korea sent two doctors.'
    """
    bare = _LINK.sub("", _DATELINE.sub("", text))
    for pattern in (_TAIL, _HEAD):
        cut = pattern.sub("", bare, count=1)
        if len(cut) >= 30:
            bare = cut
    return bare


@lru_cache(maxsize=256)
def tail_of(text: str) -> int:
    """Where the attribution at a sentence's end begins, its length where there is none.

    >>> text = "The road will be finished in May, said Sok Dara, a director of the Bank of Health."
    >>> text[tail_of(text):]
    ' said Sok Dara, a director of the Bank of Health.'
    """
    found = _TAIL.search(text)
    return found.start() if found and found.start() >= 30 else len(text)


def head_of(text: str) -> int:
    """The length of the dateline in front of a sentence, 0 where there is none.

    >>> head_of("Seoul, May 3 – Two doctors left.")
    15
    """
    found = _DATELINE.match(text)
    return found.end() if found else 0
