"""What looks like a person's name: Korean and Khmer shapes, titles in front, words around."""

from __future__ import annotations

import re
from functools import lru_cache

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.chunks import Chunk
from kh_kr_corpus.annotate.words import Word, is_common

__all__ = ["is_title", "korean_given", "name_country", "person_score", "split_titles"]

_SYLLABLE = (
    r"(?:kk|tt|pp|ss|jj|ch|sh|[gkndtrlmbpsjhyw])?"
    r"(?:yeo|yeu|yoo|you|yae|ya|yo|yu|ye|wae|wa|wo|we|wi|eui|ui|eo|eu|ae|oe|oo|ou|ee|ei|uh|a|e|i|o|u)"
    r"(?:ng|ck|n|m|k|g|l|r|p|b|t|h)?"
)
_HYPHENED = re.compile(rf"{_SYLLABLE}[-‐‑]{_SYLLABLE}\Z", re.IGNORECASE)
_JOINED = re.compile(rf"{_SYLLABLE}{_SYLLABLE}\Z", re.IGNORECASE)
_SINGLE = re.compile(rf"{_SYLLABLE}\Z", re.IGNORECASE)
_HONORIFIC = re.compile(r"(?:H\.E\.|H\.R\.H\.|H\.M\.|HE|HRH|HM)\Z")


@lru_cache(65536)
def is_title(word: str) -> bool:
    """Whether a word stands in front of persons' names."""
    bare = word.rstrip(".")
    return bare in lexicon.words("people", "titles") or bool(_HONORIFIC.match(word))


def _is_strong(word: str) -> bool:
    return is_title(word) and word.rstrip(".") not in lexicon.words("people", "weak_titles")


def split_titles(chunk: Chunk) -> list[tuple[Chunk, bool]]:
    """The parts of a chunk between titles; True for a part that a title stands in front of.

    "KOICA Country Director Rhee Jinhee" gives ("KOICA", False), ("Rhee Jinhee", True).
    """
    words = chunk.words
    marks = [is_title(words[k].text) for k in range(chunk.begin, chunk.stop)]
    strong = [_is_strong(words[k].text) for k in range(chunk.begin, chunk.stop)]
    parts: list[tuple[Chunk, bool]] = []
    k, begin, titled = 0, 0, False
    if chunk.inner[0].text == "State" and chunk.before() == "of" and is_title(chunk.before(2).title()):
        k, begin, titled = 1, 1, True  # "Under Secretary of State Ros Chanthavy"
    while k < len(marks):
        run = k
        while run < len(marks) and (marks[run] or (words[chunk.begin + run].text in {"&", "of"} and run > k)):
            run += 1
        if run > k and any(strong[k:run]) and not _surname_there(chunk, k, begin, titled):
            if k > begin:
                parts.append((chunk.cut(chunk.begin + begin, chunk.begin + k), titled))
            begin, titled, k = run, True, run
        else:
            k = max(run, k + 1)
    if begin < len(marks):
        parts.append((chunk.cut(chunk.begin + begin, chunk.stop), titled))
    return [(part, after) for part, after in parts if any(word.capital for word in part.inner)]


def _surname_there(chunk: Chunk, k: int, begin: int, titled: bool) -> bool:
    """ "Sok Chenda" after a title: a title-like word behind the first name word is part of the name."""
    return titled and k > begin and not _is_strong(chunk.words[chunk.begin + k].text)


def korean_given(word: str) -> bool:
    """Whether a word can be a Korean given name: two romanised syllables, with or without a hyphen."""
    return bool(_HYPHENED.match(word)) or (len(word) >= 4 and bool(_JOINED.match(word)))


def person_score(names: list[Word]) -> float:
    """How much a capitalised sequence alone looks like a person's name, from 0 to 1."""
    texts = [name.text for name in names if name.text not in "–-"]
    if not 2 <= len(texts) <= 4 or any(not text[0].isalpha() for text in texts):
        return 0.0
    korean = lexicon.words("people", "korean_surnames")
    first, last = texts[0].title(), texts[-1].title()
    rest = texts[1:]
    if first in korean and len(rest) == 1 and _HYPHENED.match(rest[0]):
        return 0.97
    if last in korean and len(texts) == 2 and _HYPHENED.match(texts[0]):
        return 0.96
    if first in korean and len(rest) == 2 and all(_SINGLE.match(r) and not is_common(r) for r in rest):
        return 0.85
    if first in korean and len(rest) == 1 and korean_given(rest[0]) and not is_common(rest[0]):
        return 0.82
    if last in korean and len(texts) == 2 and korean_given(texts[0]) and not is_common(texts[0]):
        return 0.75
    return _khmer_score(texts) or (0.8 if _is_given(texts[0]) and texts[-1][0].isupper() else 0.0)


def _is_given(word: str) -> bool:
    """Whether a word is a frequent given name of another language, or two of them with a hyphen."""
    known = lexicon.words("people", "given_names")
    return word in known or (word.count("-") == 1 and all(part in known for part in word.split("-")))


def name_country(names: list[Word]) -> str:
    """``KR`` or ``KH`` where a person's name has a shape that only one of the two languages has, else empty."""
    khmer = _khmer_score([name.text for name in names]) if 2 <= len(names) <= 4 else 0.0
    korean = person_score(names) if not khmer else 0.0
    return "KR" if korean >= 0.95 else "KH" if khmer >= 0.72 else ""


def _khmer_score(texts: list[str]) -> float:
    surnames = lexicon.words("people", "khmer_surnames")
    given = lexicon.words("people", "khmer_given")
    plain = [text for text in texts if is_common(text) and text not in surnames | given]
    if plain:
        return 0.0
    if texts[0] in surnames and any(text in given for text in texts[1:]):
        return 0.92
    if texts[-1] in surnames and texts[0] in given:
        return 0.9
    if texts[0] in surnames and len(texts) <= 3:
        return 0.72
    return 0.0
