"""Names as the linter looks them up: whether an entity bears one, and where known names stand in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kh_kr_corpus._offsets import token_bounds
from kh_kr_corpus.kb.names import folded, name_key, without_honorifics
from kh_kr_corpus.models import Entity

__all__ = ["Surfaces", "bears", "keys_of"]

_WORD = re.compile(r"\w+")


def keys_of(entity: Entity) -> frozenset[str]:
    """Every form in which an entity may be named: names in all scripts, misprints and demonyms."""
    return frozenset(map(_key, [*(name.text for name in entity.names), *entity.demonyms]))


def bears(entity: Entity, surface: str) -> bool:
    """Whether ``surface`` is a name of the entity: case, hyphens, points and diacritics don't matter."""
    return _key(surface) in keys_of(entity)


def shortens(entity: Entity, surface: str) -> bool:
    """Whether every word of ``surface`` stands in one name of the entity: a family name, a short form."""
    words = set(_key(surface).split())
    return any(words <= set(key.split()) for key in keys_of(entity))


def bears_with_title(entity: Entity, surface: str) -> bool:
    """Whether ``surface`` without its titles is a name of the entity."""
    return without_honorifics(_key(surface)) in keys_of(entity)


def _key(name: str) -> str:
    return folded(name_key(name))


class Surfaces:
    """Surfaces, as they are written, to be found in texts: the longest wins, and no word is cut."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for surface in dict.fromkeys(surfaces):
            if match := _WORD.search(surface):
                self._by_word[match.group()].append(surface)
        for listed in self._by_word.values():
            listed.sort(key=len, reverse=True)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The half-open bounds of every known surface in ``text``, from left to right, none inside another."""
        reach = 0
        for word in _WORD.finditer(text):
            for surface in self._by_word.get(word.group(), ()):
                start = word.start() - surface.index(word.group())
                end = start + len(surface)
                if start >= reach and text.startswith(surface, start) and token_bounds(text, start, end):
                    yield start, end
                    reach = end
                    break
