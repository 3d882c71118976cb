"""The knowledge base: entities by id and by any of their names. Exact lookup only; guessing is the linker's."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kh_kr_corpus.errors import UnknownNameError, near
from kh_kr_corpus.models import Entity

__all__ = ["Alias", "KnowledgeBase", "name_key"]

_SEPARATORS = re.compile(r"[\s\-‐‑–—_/]+")
# Zero-width spaces and soft hyphens are invisible, and Khmer is written with and without them.
_DROPPED = re.compile(r"[.,'’‘“”\"()&\u200b\u200c\u00ad\ufeff]")


def name_key(name: str) -> str:
    """The form in which names are compared: NFC, casefold, no points or quotes, one space for any separator.

    >>> name_key("KIM Yong-Ha") == name_key("Kim Yong Ha")
    True
    """
    text = unicodedata.normalize("NFC", name).casefold()
    text = _SEPARATORS.sub(" ", _DROPPED.sub("", text)).strip()
    return text.removeprefix("the ")


class Alias(NamedTuple):
    """One name of one entity; ``kind`` is a term of ``name_kinds``, or ``demonym``."""

    text: str
    entity: str
    kind: str
    lang: str


class KnowledgeBase(Mapping[str, Entity]):
    """Entities by id; :meth:`find` looks them up by any name in any script.

    Raises :class:`~kh_kr_corpus.errors.UnknownNameError` with near names for an id that does not exist.
    """

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._by_key: dict[str, list[Alias]] = defaultdict(list)
        for alias in self.aliases():
            self._by_key[name_key(alias.text)].append(alias)

    def __getitem__(self, entity_id: str) -> Entity:
        try:
            return self._entities[entity_id]
        except KeyError:
            raise UnknownNameError("entity", entity_id, near(entity_id, self._entities)) from None

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self._entities

    def __iter__(self) -> Iterator[str]:
        return iter(self._entities)

    def __len__(self) -> int:
        return len(self._entities)

    def __repr__(self) -> str:
        return f"KnowledgeBase of {len(self):,} entities"

    def aliases(self) -> Iterator[Alias]:
        """Every name and demonym of every entity, in file order."""
        for entity in self._entities.values():
            for name in entity.names:
                yield Alias(name.text, entity.id, name.kind, name.lang)
            for demonym in entity.demonyms:
                yield Alias(demonym, entity.id, "demonym", "en")

    def find(self, name: str, types: Iterable[str] | None = None) -> tuple[Entity, ...]:
        """All entities that bear ``name`` (any script; case, hyphens and points don't matter).

        ``types`` keeps only those types, e.g. ``("person",)``. Several results mean that the name alone does
        not decide: the two countries' foreign ministries, for one.
        """
        wanted = None if types is None else set(types)
        ids = dict.fromkeys(alias.entity for alias in self._by_key.get(name_key(name), ()))
        return tuple(self._entities[i] for i in ids if wanted is None or i.partition("/")[0] in wanted)

    def resolve(self, name: str) -> tuple[Entity, ...]:
        """The entities meant by an id or a name; raises :class:`UnknownNameError` with near names for none."""
        if name in self._entities:
            return (self._entities[name],)
        found = self.find(name)
        if not found:
            names = {alias.text for alias in self.aliases()}
            raise UnknownNameError("entity with the id or name", name, near(name, names))
        return found
