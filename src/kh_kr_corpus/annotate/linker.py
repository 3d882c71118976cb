"""spaCy component ``khkr_linker``: the entry of the knowledge base that a name means, or none (NIL).

Exact alias first, then keys of romanised names, then rapidfuzz over prepared keys with a margin. Similar names
of persons are never enough: "Kim Dong-chul" and "Kim Dong-chan" are two people. NIL beats a wrong link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus.annotate.candidates import DATE_KEY, Candidate, pool, settle, settled, store, text_of
from kh_kr_corpus.annotate.context import Context, country_of
from kh_kr_corpus.annotate.entity_labels import TYPES
from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.annotate.shipped import UsesKb
from kh_kr_corpus.kb import KnowledgeBase, name_key
from kh_kr_corpus.kb.keys import plain
from kh_kr_corpus.models import Entity

__all__ = ["Linker", "create_linker"]

_CUTOFF, _MARGIN = 0.736, 0.032
_FIELDS = {"foreign": "foreign affairs", "defence": "national defen", "defense": "national defen", "women’s": "women"}
_UNLINKED = ("DATE", "MONEY")


class Linker(UsesKb):
    """Sets ``kb_id`` of names; every name of one document with one surface and label gets one answer."""

    def __init__(
        self,
        kb: KnowledgeBase | None = None,
        *,
        path: str | None = None,
        cutoff: float = _CUTOFF,
        margin: float = _MARGIN,
    ) -> None:
        super().__init__(kb, path=path)
        self.cutoff, self.margin = cutoff, margin

    @cached_property
    def _offices(self) -> list[tuple[str, Entity]]:
        """Ministries and embassies with the names by which :meth:`_short_body` looks for them."""
        named = (
            (e.name.casefold().replace("labor", "labour"), e) for e in self.kb.values() if e.type == "organisation"
        )
        return [(name, entity) for name, entity in named if name.startswith(("ministry of ", "embassy of"))]

    def match(self, doc: Doc) -> dict[Candidate, str]:
        """Entity id for each settled name that has one, without changing ``doc``."""
        text = text_of(doc)
        names = [c for c in settled(doc) if c.label not in _UNLINKED]
        context = Context(text, names, doc.user_data.get(DATE_KEY))
        links: dict[Candidate, str] = {}
        persons: dict[str, str] = {}
        for name in names:
            surface = text[name.start : name.end]
            links[name] = name.entity if name.entity in self.kb else self.link(surface, name.label, context, name)
            if name.label == "PERSON" and " " in surface:
                persons[surface] = links[name]
        for name in names:
            surface = text[name.start : name.end]
            if name.label == "PERSON" and " " not in surface:
                links[name] = _by_full_name(surface, persons, links[name])
        links |= _by_definition(text, links)
        return {name: entity for name, entity in links.items() if entity}

    def link(self, surface: str, label: str, context: Context, name: Candidate) -> str:
        """The id of the entity that ``surface`` means here, empty for none."""
        types = TYPES.get(label, ())
        if label == "NORP" and surface == "Khmer" and context.is_language(name):
            surface = "Cambodian"
        exact = self._typed(self.kb.find(surface, types), types)
        if not exact and label == "NORP" and surface.endswith("s"):
            exact = self._typed(self.kb.find(surface[:-1], types), types)
        exact = [e for e in exact if not (e.type == "person" and " " not in surface and not _nickname(e, surface))]
        if exact:
            return context.decide(exact, name)
        if label == "PERSON":
            return self._person(surface)
        if label == "ORG" and surface.casefold().endswith((" ministry", " embassy")):
            return self._short_body(surface, context, name)
        stripped = re.sub(r"^(?:Royal|The)[ ]", "", surface)
        return self._similar(surface, types) or (self._defined(stripped, surface, types, context, name))

    def _short_body(self, surface: str, context: Context, name: Candidate) -> str:
        """ "Labour ministry": the ministry whose name begins with that field; "Korean embassy": the one of Korea."""
        field, _, noun = surface.rpartition(" ")
        field = _FIELDS.get(field.casefold(), field.casefold()).replace("labor", "labour")
        found = []
        for own, entity in self._offices:
            if noun.casefold() == "ministry":
                if re.match(rf"ministry of (?:the |employment and )?{re.escape(field)}\b", own):
                    found.append(entity)
            elif own.startswith("embassy of") and country_of(surface[: -len(noun) - 1]) == entity.country:
                found.append(entity)
        return context.decide(found, name) if found else ""

    def _defined(self, stripped: str, surface: str, types: Iterable[str], context: Context, name: Candidate) -> str:
        if stripped == surface:
            return ""
        exact = self._typed(self.kb.find(stripped, types), types)
        return context.decide(exact, name) if exact else ""

    @staticmethod
    def _typed(entities: Iterable[Entity], types: Iterable[str]) -> list[Entity]:
        """Only the entities of the first type that has any."""
        found = list(entities)
        for kind in types:
            same = [entity for entity in found if entity.type == kind]
            if same:
                return same
        return []

    def _person(self, surface: str) -> str:
        """By key only, never by likeness, and only where one person bears the key."""
        if " " not in surface:
            return ""
        ids = {match.entity for match in self.kb.search(surface, ("person",)) if match.by_key}
        return ids.pop() if len(ids) == 1 else ""

    def _similar(self, surface: str, types: Iterable[str]) -> str:
        """The one entity of a fitting type whose name differs by a letter."""
        if len(surface) < 8 or surface.isupper():
            return ""
        kinds = [kind for kind in types if kind not in ("person", "group")]
        found = [m for m in self.kb.search(surface, kinds) if m.by_key or _same_words(surface, m.name)]
        if not found or found[0].score < self.cutoff:
            return ""
        return found[0].entity if len(found) == 1 or found[0].score - found[1].score >= self.margin else ""

    def _linked(self, candidate: Candidate, entity: str, text: str) -> Candidate:
        """The candidate with its link; where the name alone would not decide, the reason says what had to."""
        reason = candidate.reason
        if entity and (declared := self.kb.namesakes(entity)) and "; linked by " not in reason:
            rivals = {other.id for other in self.kb.find(text[candidate.start : candidate.end])}
            by = dict.fromkeys(term for other in sorted(rivals & set(declared)) for term in declared[other])
            reason += f"; linked by {', '.join(by)}" if by else ""
        return candidate._replace(entity=entity, reason=reason)

    def __call__(self, doc: Doc) -> Doc:
        links = {(c.start, c.end, c.label): entity for c, entity in self.match(doc).items()}
        text = text_of(doc)
        store(doc, [self._linked(c, links.get((c.start, c.end, c.label), c.entity), text) for c in pool(doc)])
        settle(doc)
        return doc


def _by_definition(text: str, links: dict[Candidate, str]) -> dict[Candidate, str]:
    """Acronyms that the text itself explains, "Ministry of Labour (MOL)": both mean one body, wherever they stand."""
    by_start = {name.start: name for name in links}
    meant: dict[str, str] = {}
    for name, entity in links.items():
        short = by_start.get(name.end + 2)
        if (
            short is None
            or short.label != name.label
            or text[name.end : name.end + 2] != " ("
            or text[short.end : short.end + 1] != ")"
        ):
            continue
        meant[text[short.start : short.end]] = entity or links[short]
        meant.setdefault(text[name.start : name.end], entity or links[short])
    found = {}
    for name, own in links.items():
        surface = text[name.start : name.end]
        if meant.get(surface) and (not own or (surface.isupper() and name.label == "ORG")):
            found[name] = meant[surface]
    return found


def _nickname(entity: Entity, surface: str) -> bool:
    return any(name.text == surface and name.kind in ("nickname", "short") for name in entity.names)


def _by_full_name(surface: str, persons: dict[str, str], own: str) -> str:
    """The entity of the one full name in the document that has ``surface`` as its first or last part."""
    key = name_key(surface)
    full = {
        person: entity
        for person, entity in persons.items()
        if key in (name_key(person.split()[0]), name_key(person.split()[-1]))
    }
    if full:
        entities = set(full.values())
        return entities.pop() if len(entities) == 1 else ""
    return own


def _same_words(a: str, b: str) -> bool:
    """Whether two names differ by spelling only: a word more, another word or another order ("Embassy of A in B"), and
    they are different bodies."""
    left, right = plain(a).split(), plain(b).split()
    if len(left) != len(right):
        return a.replace(" ", "") == b.replace(" ", "")
    return all(
        fuzz.ratio(x, y) >= 75 and x[0] == y[0] and not (x.isdigit() and x != y)
        for x, y in zip(left, right, strict=True)
    )


@factory("khkr_linker", {"path": None, "cutoff": _CUTOFF, "margin": _MARGIN})
def create_linker(nlp: Language, name: str, path: str | None, cutoff: float, margin: float) -> Linker:  # noqa: ARG001
    """Factory of ``khkr_linker``; ``cutoff`` and ``margin`` are scores of :class:`~kh_kr_corpus.kb.Match`."""
    return Linker(path=path, cutoff=cutoff, margin=margin)
