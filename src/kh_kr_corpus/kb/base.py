"""The knowledge base: entities by id, by any of their names, and who is easily taken for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import InputError, UnknownNameError, near
from kh_kr_corpus.kb.names import Alias, Match, name_key
from kh_kr_corpus.models import Entity, Office

if TYPE_CHECKING:
    from kh_kr_corpus.kb.search import Index

__all__ = ["KnowledgeBase"]


# No name is longer; what is, is no name, and would only take time.
_LONGEST = 200


def _kinds(types: str | Iterable[str] | None) -> frozenset[str] | None:
    """Types of entities as a set; raises :class:`UnknownNameError` for a word that is none."""
    if types is None:
        return None
    kinds = frozenset({types} if isinstance(types, str) else types)
    known = vocab.load("entity_types")
    for kind in sorted(kinds - set(known)):
        raise UnknownNameError("entity type", kind, near(kind, known) or tuple(known))
    return kinds


class KnowledgeBase(Mapping[str, Entity]):
    """Entities by id; :meth:`find` looks them up by any name in any script, :meth:`search` by names that come near.

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

    def __reduce__(self) -> tuple[type[KnowledgeBase], tuple[tuple[Entity, ...]]]:
        return KnowledgeBase, (tuple(self._entities.values()),)

    def __repr__(self) -> str:
        return f"KnowledgeBase of {len(self):,} entities"

    def aliases(self) -> Iterator[Alias]:
        """Every name and demonym of every entity, in file order."""
        for entity in self._entities.values():
            for name in entity.names:
                yield Alias(name.text, entity.id, name.kind, name.lang)
            for demonym in entity.demonyms:
                yield Alias(demonym, entity.id, "demonym", "en")

    def find(self, name: str, types: str | Iterable[str] | None = None) -> tuple[Entity, ...]:
        """All entities that bear ``name`` (any script; case, hyphens and points don't matter).

        ``types`` keeps only those types, e.g. ``("person",)``. Several results mean that the name alone does
        not decide: the two countries' foreign ministries, for one.
        """
        wanted = _kinds(types)
        ids = dict.fromkeys(alias.entity for alias in self._by_key.get(name_key(name), ()))
        return tuple(self._entities[i] for i in ids if wanted is None or i.partition("/")[0] in wanted)

    def resolve(self, name: str) -> tuple[Entity, ...]:
        """The entities meant by an id or a name; raises :class:`UnknownNameError` with near names for none."""
        if name in self._entities:
            return (self._entities[name],)
        found = self.find(name)
        if not found:
            likely = dict.fromkeys(match.name for match in self.search(name, limit=6))
            names = tuple(likely)[:3] or near(name, {alias.text for alias in self.aliases()})
            raise UnknownNameError("entity with the id or name", name, names)
        return found

    def search(self, name: str, types: str | Iterable[str] | None = None, *, limit: int = 8) -> tuple[Match, ...]:
        """The entities that ``name`` may mean, best first, each with the reasons: exact names, then names that
        differ by a title, order, spacing or romanisation, then names that only look alike.

        A look-alike is a proposal and nothing more: see :attr:`Match.certain`.

        >>> import kh_kr_corpus as khkr
        >>> best, *_ = khkr.load().kb.search("H.E. Manet Hun")
        >>> best.entity, best.reasons
        ('person/hun-manet', ('without honorific', 'order swapped'))
        """
        if limit < 1:
            raise InputError("limit", f"{limit} matches", "ask for one or more")
        found = self._index.search(name[:_LONGEST], _kinds(types))
        return tuple(match._replace(needs=self._needs(match, found)) for match in found[:limit])

    @cached_property
    def _index(self) -> Index:
        # on first use: loading a corpus must not load rapidfuzz
        from kh_kr_corpus.kb.search import Index

        return Index(self._entities.values(), self._by_key)

    def _needs(self, match: Match, found: Iterable[Match]) -> tuple[str, ...]:
        """What must decide between a match and the others that fit as well or better."""
        rivals = [other.entity for other in found if other.score >= match.score and other.entity != match.entity]
        declared = self.namesakes(match.entity)
        return tuple(dict.fromkeys(by for rival in rivals for by in declared.get(rival, ("words",))))

    @cached_property
    def _namesakes(self) -> dict[str, dict[str, tuple[str, ...]]]:
        pairs: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for entity in self._entities.values():
            for other in entity.distinct_from:
                pairs[entity.id][other.entity] = pairs[other.entity][entity.id] = other.by
        return dict(pairs)

    def namesakes(self, entity_id: str) -> Mapping[str, tuple[str, ...]]:
        """Who is easily taken for an entity, and what decides in a text: ids and terms of ``deciders``."""
        return self._namesakes.get(entity_id, {})

    def collisions(self) -> Iterator[tuple[str, str, str]]:
        """Every name that two entities bear where a text can mean either, with their ids: entities that the same
        label of the codebook covers. Whether they are declared is :meth:`namesakes`' to say."""
        together = [set(label.entity_types) for label in vocab.load("labels").values()]
        for aliases in self._by_key.values():
            ids = tuple(dict.fromkeys(alias.entity for alias in aliases))
            for one, other in combinations(ids, 2):
                if any({one.partition("/")[0], other.partition("/")[0]} <= types for types in together):
                    yield aliases[0].text, one, other

    def successors(self, entity_id: str, office: Office) -> tuple[str, ...]:
        """Who held an office of a person next, as the successors' own records say.

        Of several times in one office, a successor follows the last one that began before their own.
        """
        found = []
        for successor, held in self._followers.get(entity_id, ()):
            times = [one for one in self._entities[entity_id].offices if one.same_as(held)]
            before = [one for one in times if not (one.since and held.since) or one.since <= held.since]
            if before and max(before, key=lambda one: one.since) == office:
                found.append(successor)
        return tuple(dict.fromkeys(found))

    @cached_property
    def _followers(self) -> dict[str, list[tuple[str, Office]]]:
        followers: dict[str, list[tuple[str, Office]]] = defaultdict(list)
        for entity in self._entities.values():
            for office in entity.offices:
                if office.predecessor:
                    followers[office.predecessor].append((entity.id, office))
        return dict(followers)
