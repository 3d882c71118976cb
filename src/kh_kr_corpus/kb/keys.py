"""Keys under which spellings of one name fall together, for candidates only: a key proposes, context decides.

Korean: surname classes (Lee, Yi, Rhee ...) and given names folded syllable by syllable, in either order.
Khmer: vowels and doubled letters folded, no spaces ("Prak Sokhon", "Prak Sokhonn").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "fold_korean_given",
    "fold_surname",
    "hangul_to_latin",
    "khmer_key",
    "korean_keys",
    "plain",
]

_CLASSES = (
    "kim gim", "lee yi rhee ri li i", "park pak bak", "choi choe chey", "jung jeong chung chong cheong", "kang gang",
    "cho jo joh", "yoon yun youn", "jang chang", "lim im rim yim", "seo suh sur", "shin sin", "kwon gwon", "ahn an",
    "ryu yoo yu ryoo you", "jeon jun chun chon", "ko go koh", "moon mun", "son sohn", "bae pae", "baek paik back paek",
    "heo hur huh", "shim sim", "noh roh no ro", "kwak gwak", "sung seong song", "joo ju chu", "woo wu u", "koo gu ku",
    "na ra", "jin chin", "ji chi", "um eom uhm", "bang pang", "kong gong", "hyun hyeon", "byun byeon", "yeom yum",
    "choo", "min", "han", "oh o", "hwang", "hong", "yang ryang", "nam", "ha", "cha", "ban", "ma", "won", "chae", "do",
)  # fmt: skip
_CLASS = {spelling: group.split()[0] for group in reversed(_CLASSES) for spelling in group.split()}
# x stands for the vowel eo, which is written eo, uh, and u before a final consonant (Cheol, Chul; Sung, Seong); it
# stays apart from o, u and i, so that Min-seo is not Min-soo, and Yong-ho not Young-ho.
_FOLDS = (
    ("sh", "s"), ("ck", "k"), ("yeo", "yx"), ("you", "yx"), ("eui", "ui"), ("uh", "x"), ("eo", "x"), ("eu", "u"),
    ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ae", "e"), ("ea", "e"), ("wh", "hw"),
)  # fmt: skip
_CLOSED_U = re.compile(r"u(?=ng|[lnkmp](?![aeioux]))")
_INITIALS = str.maketrans({"g": "k", "d": "t", "b": "p", "j": "c", "r": "l"})


@lru_cache(65536)
def plain(name: str) -> str:
    """Lower case without diacritics and points; hyphens become spaces."""
    text = unicodedata.normalize("NFD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"[’'.]", "", text)).split())


def fold_surname(word: str) -> str:
    """The class of a Korean surname, the word itself where it is in none."""
    return _CLASS.get(word.casefold(), word.casefold())


@lru_cache(65536)
def fold_korean_given(given: str) -> str:
    """A given name whatever its romanisation, spacing and hyphen.

    >>> fold_korean_given("Dong-chul") == fold_korean_given("Dongcheol")
    True
    >>> fold_korean_given("Dong-chul") == fold_korean_given("Dong-chan")
    False
    >>> fold_korean_given("Young-ho") == fold_korean_given("Yong-ho")
    False
    """
    text = plain(given).replace(" ", "")
    text = re.sub(r"ch(?=[aeiouwy])", "c", text).replace("tch", "c")
    for old, new in _FOLDS:
        text = text.replace(old, new)
    # a written u is eo in "Chul", "Sung" and u in "Jun": before a final consonant both spellings fall together
    text = _CLOSED_U.sub("x", text).replace("y", "i").translate(_INITIALS)
    # two n are two syllables' (Min-na), other doubled letters one sound
    return re.sub(r"([^n])\1+", r"\1", text)


def korean_keys(name: str) -> frozenset[str]:
    """Keys of a name read surname first and surname last, for names of two or three parts."""
    words = [word for word in re.split(r"\s+", name.strip()) if word]
    if not 2 <= len(words) <= 3 or not name.isascii():
        return frozenset()
    keys = set()
    if words[0].casefold() in _CLASS:
        keys.add(f"{fold_surname(words[0])} {fold_korean_given(' '.join(words[1:]))}")
    if words[-1].casefold() in _CLASS:
        keys.add(f"{fold_surname(words[-1])} {fold_korean_given(' '.join(words[:-1]))}")
    return frozenset(keys)


@lru_cache(65536)
def khmer_key(name: str) -> str:
    """A Khmer name whatever its spacing and vowels.

    >>> khmer_key("Aun Pornmoniroth") == khmer_key("Aun Porn Moniroth")
    True
    """
    text = plain(name).replace(" ", "")
    for old, new in (("ck", "k"), ("oeu", "e"), ("eu", "e"), ("oe", "e"), ("ph", "p"), ("th", "t"), ("kh", "k")):
        text = text.replace(old, new)
    text = re.sub(r"r(?=[nmkt])", "", text)
    return re.sub(r"(.)\1+", r"\1", text)


_INITIAL = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINAL = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()


def hangul_to_latin(text: str) -> str:
    """A Korean name syllable by syllable in the Revised Romanization's letters, the surname apart, for candidate
    keys only: nobody's name is asserted to be written so. Empty where ``text`` is no short run of Hangul.

    The order of letters is that of Unicode's Hangul syllables block.

    >>> hangul_to_latin("김동철")
    'gim dongcheol'
    """
    compact = text.replace(" ", "")
    if not 2 <= len(compact) <= 5 or not all("가" <= char <= "힣" for char in compact):
        return ""
    syllables = []
    for char in compact:
        first, rest = divmod(ord(char) - ord("가"), 21 * 28)
        vowel, last = divmod(rest, 28)
        syllables.append((_INITIAL[first] + _VOWEL[vowel] + _FINAL[last]).replace("-", ""))
    return f"{syllables[0]} {''.join(syllables[1:])}"
