"""Other names in the same sentences, so that the tagger learns what stands around a name and not the name itself.

Persons get invented names of many languages, orders and spellings, their short forms along with them;
other names are swapped for names of the same label, invented ones or those of other training texts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kh_kr_corpus.models import Article
from kh_kr_corpus.train.invent import Inventor
from kh_kr_corpus.train.persons import Persons

__all__ = ["Names", "Swap"]

Names = Sequence[tuple[int, int, str]]
"""Start and end in code points, and the label."""

_KEPT = frozenset({"South Korea", "Cambodia", "Korea"})
_FIXED = frozenset({"PERSON", "MONEY", "DATE", "NORP"})
_INVENTED = 0.35
"""Share of the swapped names of things that are invented rather than taken from another text."""

_ALONE = 0.3
"""Share of the persons called by one name only that get another."""
_SHORT = 0.15
"""Share of the invented persons called by one part of their name throughout, as the well-known are."""


class Swap:
    """Rewrites a share of the texts that pass through it."""

    def __init__(self, articles: Iterable[Article], rng: random.Random, *, texts: float = 0.7, names: float = 0.5):
        self.rng, self.texts, self.names = rng, texts, names
        pool: dict[str, set[str]] = defaultdict(set)
        for article in articles:
            for mention in article.mentions:
                pool[mention.label].add(mention.text)
        self._pool = {label: sorted(surfaces) for label, surfaces in pool.items()}
        self._people, self._inventor = Persons(rng), Inventor(rng)

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

    def _persons(self, text: str, names: Names) -> dict[str, str]:
        """New names of some persons, and the same parts of them for the short forms."""
        surfaces = sorted({text[a:b] for a, b, label in names if label == "PERSON"}, key=lambda s: (-len(s), s))
        new: dict[str, str] = {}
        parts: dict[str, str] = {}
        for surface in surfaces:
            words = surface.split()
            if len(words) > 1 and self.rng.random() < self.names + 0.2:
                front, back = self._people.draw()
                if self.rng.random() < _SHORT:
                    front = back = self.rng.choice((front, back))
                new[surface] = front if front == back else f"{front} {back}"
                for old, part in ((words[0], front), (words[-1], back), (" ".join(words[1:]), back)):
                    parts.setdefault(old, part)
        alone = (s for s in surfaces if " " not in s and s not in parts and self.rng.random() < _ALONE)
        return {**{s: self._people.given() for s in alone}, **{s: parts[s] for s in surfaces if s in parts}, **new}

    def _others(self, text: str, names: Names) -> dict[tuple[str, str], str]:
        new: dict[tuple[str, str], str] = {}
        for start, end, label in sorted(names):
            surface = text[start:end]
            if label in _FIXED or surface in _KEPT or (surface, label) in new:
                continue
            if self.rng.random() < self.names * (0.5 if label == "GPE" else 1):
                invented = self._invented(surface, label)
                if invented and self.rng.random() < _INVENTED:
                    new[surface, label] = invented
                    continue
                drawn = [self.rng.choice(self._pool[label]) for _ in range(6)]
                same = [name for name in drawn if name.isupper() == surface.isupper()]
                new[surface, label] = same[0] if same else surface
        return new

    def _invented(self, surface: str, label: str) -> str:
        """A name of the same make, empty where none is invented: places, and headings in capitals."""
        if not surface.isupper():
            return self._inventor.thing(label)
        return self._inventor.acronym() if label in ("ORG", "PROGRAM", "AGREEMENT") and " " not in surface else ""
