"""What a name is said to be: "Siam Frost, a trading house", "the charity Lotus Hand", "a bridge called Spean Thmey"."""

from __future__ import annotations

from functools import lru_cache

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.chunks import Chunk
from kh_kr_corpus.annotate.people import person_score
from kh_kr_corpus.annotate.words import singular

__all__ = ["described"]

_NAMED = frozenset({"called", "named", "titled", "dubbed", "codenamed"})
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "one", "another"})
_MODIFIES = frozenset(
    "of in that which who for at with based from to on whose where near by run owned under and is was".split()
)
_ENDS = frozenset({",", ".", ";", ")", "(", "”", "’s", "—", "–"})


def described(chunk: Chunk) -> str:
    """The label that a common noun beside the name gives it, empty where none does."""
    return _behind(chunk) or _in_front(chunk) or _named(chunk) or _employer(chunk)


@lru_cache(65536)
def _thing(noun: str) -> str:
    """The label of a thing's name by its common noun."""
    low = noun.casefold()
    for label in lexicon.table("around")["things"]:
        words = lexicon.words("around", "things", label)
        if low in words or singular(low) in words:
            return str(label)
    return ""


def _behind(chunk: Chunk) -> str:
    """ "X, a private university in Mokpo": the head is the last word in front of the noun's own complement."""
    if chunk.after() not in (",", "—", "–") or chunk.after(2).casefold() not in _ARTICLES:
        return ""
    n = 3
    while n < 9 and chunk.after(n) and chunk.after(n) not in _MODIFIES | _ENDS:
        n += 1
    head = chunk.after(n - 1)
    label = _thing(head) if n > 3 else ""
    person = head.casefold() in lexicon.words("people", "roles")
    return "PERSON" if person and (not label or person_score(chunk.inner) >= 0.5) else label


def _in_front(chunk: Chunk) -> str:
    """ "The charity X"; "a travel firm, X," between commas, where the name is no speaker."""
    noun = chunk.before()
    if noun == ",":
        closed = chunk.after() in (",", ".", ";", ")", "") or (chunk.after() == "and" and chunk.before(2).endswith("s"))
        speaks = chunk.after(2) in lexicon.words("people", "says")
        return _thing(chunk.before(2)) if closed and not speaks else ""
    label = _thing(noun) if noun.islower() else ""
    if len(chunk.inner) == 1 and chunk.inner[0].text in lexicon.words("people", "korean_surnames"):
        return ""  # "the company Kim founded"
    return label if label not in ("GPE", "LOC") else ""


def _named(chunk: Chunk) -> str:
    """ "A bridge, provisionally called X", "under the name X"."""
    n = 1
    if chunk.before() in ("the", "“"):
        n = 2
    if chunk.before(n) not in _NAMED:
        return ""
    for k in range(n + 1, n + 7):
        label = _thing(chunk.before(k))
        if label:
            return label
    return ""


def _employer(chunk: Chunk) -> str:
    """ "An economist at X", "the founder of X"; "X's" director is none of a place."""
    roles = lexicon.words("people", "roles")
    if chunk.before() == "at" and chunk.before(2).casefold() in roles:
        return "ORG"
    leads = chunk.before(2).casefold() in lexicon.words("people", "leads")
    known = any(w.text in lexicon.cities() or w.text in lexicon.names("places", "countries") for w in chunk.inner)
    return "ORG" if chunk.before() == "of" and leads and not known else ""
