"""Capitalised sequences as possible names: where a name begins and ends, before it is known what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.words import Word, is_common, is_opener

__all__ = ["Chunk", "chunks_of", "head_index"]

_FIELDS = frozenset(
    "Technology Energy Customs Telecommunications Construction Services Engineering Insurance Industries Logistics "
    "Media Broadcasting".split()
)
"""Fields of government that are heads of bodies' names too."""
_OF = frozenset({"of", "for", "on", "in", "against", "to"})
_JOINING = frozenset(
    "people women children men king queen minister world worker teacher farmer mother student youth master bachelor "
    "father girl boy premier president".split()
)
_NUMBERED = frozenset(
    {"Road", "Route", "Street", "Highway", "Phase", "Line", "Bridge", "Expressway", "Building", "Gate"}
)
_BODIES = frozenset("Council Ministry Department Government Royal National General University Committee Board".split())
_PARTICIPLES = frozenset(
    "based owned built funded led backed born made style language speaking invested financed run supported sponsored "
    "friendly educated affiliated listed operated donated trained style-based bound wide only level era".split()
)
_APOSTROPHES = "’'"
_PREPOSITIONS = frozenset(
    {"Around", "Beyond", "Across", "Under", "Behind", "Along", "Over", "Through", "Without", "Beside"}
)
_HYPHENED_GIVEN = re.compile(r"[A-Z][a-z]+[-‐‑][a-z]+\Z")


def _surnames() -> frozenset[str]:
    return lexicon.words("people", "korean_surnames")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The words of one possible name in sentence ``words`` from ``begin`` to ``stop``."""

    words: list[Word]
    begin: int
    stop: int

    @property
    def inner(self) -> list[Word]:
        return self.words[self.begin : self.stop]

    @property
    def start(self) -> int:
        return self.words[self.begin].start

    @property
    def end(self) -> int:
        return self.words[self.stop - 1].end

    def before(self, n: int = 1) -> str:
        """The ``n``-th word in front, empty at the sentence's start."""
        return self.words[self.begin - n].text if self.begin - n >= 0 else ""

    def after(self, n: int = 1) -> str:
        """The ``n``-th word behind, empty at the sentence's end."""
        i = self.stop + n - 1
        return self.words[i].text if i < len(self.words) else ""

    def cut(self, begin: int, stop: int) -> Chunk:
        """A part of it, by positions in the sentence."""
        return Chunk(self.words, begin, stop)


def chunks_of(words: list[Word]) -> Iterator[Chunk]:
    """The possible names of one sentence, the longest stretches that grammar allows."""
    i = 0
    while i < len(words):
        if not _opens_name(words, i):
            i += 1
            continue
        stop = _extend(words, i)
        yield Chunk(words, i, stop)
        i = stop


def _is_compound(word: str) -> bool:
    """Whether a word joins a name to a participle or the like, which no name does."""
    front, _, rest = word.partition("-")
    return rest in _PARTICIPLES or (rest.islower() and is_common(rest) and front in lexicon.words("places", "demonyms"))


def _opens_name(words: list[Word], i: int) -> bool:
    word = words[i]
    if not word.capital or not word.alpha:
        return False
    if _is_compound(word.text):
        return False  # "Chinese-built", "KOICA-funded", "Seoul-based"
    if word.text == "The" and i + 1 < len(words) and words[i + 1].text == "Hague":
        return True
    if is_opener(word.text) and not (word.text.isupper() and len(word.text) > 1):
        if i + 1 < len(words) and _HYPHENED_GIVEN.match(words[i + 1].text) and word.text in _surnames():
            return True  # "Do Hye-seong", "So Min-ji"
        joined = i + 1 < len(words) and words[i + 1].capital and words[i + 1].alpha
        ordinal = word.text.casefold() in {"first", "second", "third", "new", "under", "four", "seven", "everything"}
        return ordinal and joined and (not word.first or word.text in {"New", "Under"})
    return True


def _adjacent(words: list[Word], i: int, j: int) -> bool:
    """Whether words ``i`` and ``j`` are separated by one blank, or by the point of an abbreviation and a blank."""
    return 0 <= words[j].start - words[i].end <= 2


def _extend(words: list[Word], i: int) -> int:
    j = i + 1
    while j < len(words):
        step = _step(words, i, j)
        if not step:
            break
        j += step
    return j


def _step(words: list[Word], i: int, j: int) -> int:
    """How many words the name takes on at ``j``; 0 where it ends."""
    word, following = words[j], words[j + 1] if j + 1 < len(words) else None
    if word.alpha:
        if word.capital and _adjacent(words, j - 1, j) and not _is_compound(word.text):
            return 0 if is_opener(word.text) and word.text in {"The", "I", "It", "He", "She", "We"} else 1
        return _connector_step(words, i, j)
    if word.text[0].isdigit():
        return 1 if _number_belongs(words, j) else 0
    if word.text == "&" and following is not None and following.capital:
        return 2
    if word.text in "–-—" and following is not None and following.capital:
        tight = word.start == words[j - 1].end and following.start == word.end
        return 2 if tight else 0
    if word.text[0] in _APOSTROPHES:
        return _genitive_step(words, j)
    if word.text == "," and _is_list(words, i, j):
        return 2
    return 0


def _number_belongs(words: list[Word], j: int) -> bool:
    last = words[j - 1].text.rstrip(".")
    return words[j].text.isalnum() and (last in _NUMBERED or last == "No") and len(words[j].text) <= 4


def _genitive_step(words: list[Word], j: int) -> int:
    """ "People's Party", "Workers’ Union" go on; "Korea's Board" is two names."""
    following = words[j + 1] if j + 1 < len(words) else None
    if following is None or not following.capital or not following.alpha:
        return 0
    owner = words[j - 1].text
    plural = words[j].text in _APOSTROPHES and owner.endswith("s")
    group = owner.casefold() in _JOINING and words[j].text[1:] in ("s", "S")
    if plural and is_common(owner):
        return 2
    return 2 if group or (words[j].text[1:] == "s" and following.text in {"Day", "Republic", "Office"}) else 0


def _connector_step(words: list[Word], i: int, j: int) -> int:
    word = words[j].text
    if word in _OF:
        return _of_step(words, i, j)
    if word == "and":
        return _and_step(words, i, j)
    if word == "the" and words[j - 1].text in _PREPOSITIONS and j - i > 1 and j + 1 < len(words):
        return 2 if words[j + 1].capital else 0  # "Safe Roads Around the Lake"
    return _particles_step(words, j)


def _particles_step(words: list[Word], j: int) -> int:
    """ "Pieter van der Linden": particles between two parts of a name."""
    particles, k = lexicon.words("people", "particles"), j
    while k < len(words) and words[k].text in particles:
        k += 1
    return k - j + 1 if j < k < len(words) and words[k].capital and words[j - 1].capital else 0


def head_index(words: list[Word], i: int, j: int) -> int:
    """Where the head noun of a name stands: the last word in front of its first complement."""
    for k in range(i + 1, j):
        if words[k].text in _OF:
            return k - 1
    return j - 1


def _of_step(words: list[Word], i: int, j: int) -> int:
    skip = 2 if j + 2 < len(words) and words[j + 1].text == "the" else 1
    if j + skip >= len(words) or not words[j + skip].capital or not words[j + skip].alpha:
        return 0
    head = words[j - 1].text
    if words[j].text == "of":
        return skip + 1 if _takes_of(words, i, j, skip) else 0
    nested = words[j].text == "in" and _is_treaty(words, i, j)  # "Convention on Trust in Licences"
    long = head in {"Cooperation", "Understanding", "Development", "Commerce"} and j - i > 2
    if head not in lexicon.words("heads", "complement") and not nested and not long:
        return 0
    following = {words[j + skip].text, " ".join(word.text for word in words[j + skip : j + skip + 2])}
    place = not following.isdisjoint(lexicon.names("places", "countries") | lexicon.cities())
    if words[j].text == "in":
        local = place and head in {"Commerce", "Association", "Chamber"}
        return skip + 1 if local or (skip == 1 and not place and _is_treaty(words, i, j)) else 0
    if words[j].text == "to":
        return skip + 1 if head in {"Aid"} else 0
    if words[j].text == "on":
        binds = head in {"Law", "Committee"} | lexicon.words("heads", "AGREEMENT")
        return skip + 1 if not place and (skip == 1 or binds) else 0
    return skip + 1 if not place else 0


def _takes_of(words: list[Word], i: int, j: int, skip: int) -> bool:
    head = words[j - 1].text
    following = words[j + skip].text
    two = f"{following} {words[j + skip + 1].text}" if j + skip + 1 < len(words) else following
    country = lexicon.names("places", "countries")
    city = lexicon.cities()
    is_country = (
        following in country or two in country or two in {"Republic of", "Kingdom of"} or following == "Kingdom"
    )
    if is_country and head == "Development" and any(words[k].text == "for" for k in range(i, j)):
        return True
    if is_country and skip == 2 and head not in {"Government", "Embassy", "Consulate", "Assembly"}:
        return False
    if following == "Republic" or is_country:
        nested = any(words[k].text == "of" for k in range(i, j - 1))
        return head in lexicon.words("heads", "of_country") and not nested
    if following in city or two in city:
        return head in lexicon.words("heads", "of_city")
    if following == "Understanding":
        return True
    if skip == 2 and following in _BODIES and head in lexicon.words("heads", "ORG") and head != "Office":
        return False
    if following.isupper() and len(following) > 1:
        return head in {"Friends", "Federation", "Council"}
    if head in lexicon.words("heads", "complement"):
        return True
    # "Law on the Suppression of Human Trafficking": a common noun inside the complement takes one of its own
    governs = words[head_index(words, i, j)].text in lexicon.words("heads", "complement")
    inside = any(words[k].text in _OF for k in range(i, j - 1))
    deep = skip == 1 or _is_treaty(words, i, j)  # "Convention on the Rights of the Child"
    return governs and inside and deep and is_common(head) and _is_field(following)


def _is_treaty(words: list[Word], i: int, j: int) -> bool:
    """Whether the head noun of a name is that of an agreement."""
    return words[head_index(words, i, j)].text in lexicon.words("heads", "AGREEMENT")


def _is_list(words: list[Word], i: int, j: int) -> bool:
    """A comma inside "Ministry of Agriculture, Forestry and Fisheries"."""
    if not any(words[k].text in ("of", "for") for k in range(i, j)):
        return False
    head = words[head_index(words, i, j)].text
    if head not in lexicon.words("heads", "complement") and head not in ("Ministry", "Department"):
        return False
    for k in range(j + 1, min(j + 12, len(words))):
        word = words[k]
        if word.text == "and":
            following = words[k + 1] if k + 1 < len(words) else None
            return following is not None and following.capital and _is_field(following.text)
        if word.text == ",":
            continue
        if not (word.capital and word.alpha and _is_field(word.text)):
            return False
    return False


def _is_field(word: str) -> bool:
    """Whether a word can name a field of government rather than a body, person or place."""
    bodies, titles = lexicon.words("heads", "ORG"), lexicon.words("people", "titles")
    body = word in bodies and word not in _FIELDS
    title = word in titles and word not in {"Foreign", "General", "State"}
    return is_common(word) and not body and not title and word not in lexicon.names("places", "countries")


def _and_step(words: list[Word], i: int, j: int) -> int:
    """ "Ministry of X and Y", "Trade and Investment Promotion Agency"; not "Korea and Cambodia"."""
    following = words[j + 1] if j + 1 < len(words) else None
    if following is None or not following.capital or not following.alpha or not _is_field(following.text):
        return 0
    head = words[head_index(words, i, j)].text
    inner = [words[k].text for k in range(i, j)]
    if ("of" in inner or "for" in inner or "on" in inner) and head in lexicon.words("heads", "complement"):
        return 2 if _is_field(inner[-1]) else 0
    if "," in inner:
        return 2
    run = j + 1
    while run < len(words) and words[run].capital and words[run].alpha:
        run += 1
    heads = lexicon.words("heads", "ORG") | lexicon.words("heads", "AGREEMENT") | lexicon.words("heads", "PROGRAM")
    heads |= lexicon.words("heads", "EVENT")
    own_head = inner[-1] in heads - {"Law", "Technology", "Technologies"}
    starts_plain = all(is_common(w) or w in ("–", "-") for w in inner)
    return 2 if run - j > 1 and words[run - 1].text in heads and starts_plain and not own_head and run - j > 2 else 0
