"""Other names in the same sentences, so that the tagger learns what stands around a name and not the name itself.

Persons get invented names in Korean, Khmer and other orders and spellings, their short forms along with them;
other names are swapped for names of the same label from the training texts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.models import Article

__all__ = ["Names", "Swap"]

Names = Sequence[tuple[int, int, str]]
"""Start and end in code points, and the label."""

_KOREAN = (
    "ji min seo jun hyun woo young soo jin hee kyung sung ho jae won dong chul sang mi sun eun hye yeon ha ra na bin "
    "gi tae hwan kwang joon seok gyu il rok mun chan geun bo ah in do hwa jeong myung suk nam pil se yul shin hyeok "
    "uk dae sik yong hun beom ki soon ok ja mo ryeong gil"
).split()
_FOREIGN = (
    "Anna James Maria David Haruto Yuki Wei Somchai Arjun Priya Thomas Claire Ingrid Peter Kenji Mei Rachel Carlos "
    "Fatima John Sarah Michael Laura Akira Siti Ahmad Pavel Elena Olivier Greta Minh Duc Kavita Ravi Tomoko Hiroshi"
).split()
_FAMILIES = (
    "Halvorsen Smith Tanaka Sato Nguyen Tran Chen Wang Zhang Srisai Sharma Gupta Müller Dubois Rossi Garcia Johnson "
    "Miller Fischer Yamamoto Hassan Ivanova Becker Martin Suzuki Wong Santos Reyes Lindqvist Okafor Pham Le Vos"
).split()
_KEPT = frozenset({"South Korea", "Cambodia", "Korea"})
_FIXED = frozenset({"PERSON", "MONEY", "DATE", "NORP"})


class Swap:
    """Rewrites a share of the texts that pass through it."""

    def __init__(self, articles: Iterable[Article], rng: random.Random, *, texts: float = 0.7, names: float = 0.5):
        self.rng, self.texts, self.names = rng, texts, names
        pool: dict[str, set[str]] = defaultdict(set)
        for article in articles:
            for mention in article.mentions:
                pool[mention.label].add(mention.text)
        self._pool = {label: sorted(surfaces) for label, surfaces in pool.items()}
        self._surnames = {
            "KR": sorted(lexicon.words("people", "korean_surnames")),
            "KH": sorted(lexicon.words("people", "khmer_surnames")),
        }
        self._khmer = sorted(lexicon.words("people", "khmer_given"))

    def __call__(self, text: str, names: Names) -> tuple[str, Names]:
        """The text and its names after some were swapped."""
        if self.rng.random() > self.texts:
            return text, names
        persons = self._persons(text, names)
        others = self._others(text, names)
        out, moved, position, length = [], [], 0, 0
        for start, end, label in sorted(names):
            surface = text[start:end]
            new = persons.get(surface, surface) if label == "PERSON" else others.get((surface, label), surface)
            out += [text[position:start], new]
            length += start - position
            moved.append((length, length + len(new), label))
            length += len(new)
            position = end
        return "".join([*out, text[position:]]), moved

    def _person(self) -> tuple[str, str]:
        rng = self.rng
        origin = rng.choices(("KR", "KH", ""), (5, 5, 2))[0]
        if origin == "KR":
            one, two = rng.choice(_KOREAN), rng.choice(_KOREAN)
            forms = (f"{one}-{two}", f"{one}-{two}", f"{one}{two}", f"{one} {two.title()}", f"{one}-{two.title()}")
            given = rng.choice(forms)
            family, given = rng.choice(self._surnames["KR"]), given[:1].upper() + given[1:]
            return (given, family) if rng.random() < 0.22 else (family, given)
        if origin == "KH":
            family, given = rng.choice(self._surnames["KH"]), rng.choice(self._khmer)
            return (given, family) if rng.random() < 0.1 else (family, given)
        return rng.choice(_FOREIGN), rng.choice(_FAMILIES)

    def _persons(self, text: str, names: Names) -> dict[str, str]:
        """New names of some persons, and the same parts of them for the short forms."""
        surfaces = sorted({text[a:b] for a, b, label in names if label == "PERSON"}, key=lambda s: (-len(s), s))
        new: dict[str, str] = {}
        parts: dict[str, str] = {}
        for surface in surfaces:
            words = surface.split()
            if len(words) > 1 and self.rng.random() < self.names + 0.2:
                front, back = self._person()
                new[surface] = f"{front} {back}"
                for old, part in ((words[0], front), (words[-1], back), (" ".join(words[1:]), back)):
                    parts.setdefault(old, part)
        return {**{s: parts[s] for s in surfaces if s in parts}, **new}

    def _others(self, text: str, names: Names) -> dict[tuple[str, str], str]:
        new: dict[tuple[str, str], str] = {}
        for start, end, label in sorted(names):
            surface = text[start:end]
            if label in _FIXED or surface in _KEPT or (surface, label) in new:
                continue
            if self.rng.random() < self.names * (0.5 if label == "GPE" else 1):
                drawn = [self.rng.choice(self._pool[label]) for _ in range(6)]
                same = [name for name in drawn if name.isupper() == surface.isupper()]
                new[surface, label] = same[0] if same else surface
        return new
