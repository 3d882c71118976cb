"""Names that come near: one index over all names, asked in steps from sure to doubtful.

Exact names by hash; then keys under which other ways of writing one name fall together (titles, order, spacing,
romanisation); then look-alikes among the names that share the beginning of a word, by rapidfuzz. Blocking by the
first letters is what keeps a look-up at microseconds among 20,000 names; ``python -m bench.lookup`` measures it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from kh_kr_corpus.kb.keys import hangul_to_latin, khmer_key, korean_keys
from kh_kr_corpus.kb.names import LIKENESS, SCORES, Alias, Match, folded, name_key, without_honorifics
from kh_kr_corpus.models import Entity

__all__ = ["Index"]

_CUTOFF = 80.0
_PREFIX = 3
# The score of a part of a name, times its share of the words: below every likeness that is offered.
_PART = 0.6
# A beginning that more names share than this is no help: "min" of Ministry.
_CROWD = 200
_SAME, _SAME_BUT = "same name", "same but for case or points"


class Index:
    """All names of a knowledge base, by the keys that :meth:`search` goes through."""

    def __init__(self, entities: Collection[Entity], by_key: Mapping[str, Sequence[Alias]]) -> None:
        self._by_key = by_key
        self._titles = frozenset(
            word for entity in entities for title in entity.titles for word in name_key(title).split()
        )
        self._keys: dict[str, dict[str, list[Alias]]] = {
            reason: defaultdict(list) for reason in ("order swapped", "spaced otherwise", "romanised otherwise")
        }
        # type of entity -> beginning of a word -> the comparable names and, beside them, the aliases
        self._blocks: dict[str, dict[str, tuple[list[str], list[Alias]]]] = defaultdict(lambda: defaultdict(_block))
        self._words: dict[str, set[Alias]] = defaultdict(set)
        countries = {entity.id: entity.country for entity in entities}
        for key, aliases in by_key.items():
            for alias in aliases:
                self._add(folded(key), alias, countries[alias.entity])
        # the names of one text come up again and again
        self.search = lru_cache(4096)(self._search)

    def _add(self, key: str, alias: Alias, country: str | None) -> None:
        self._keys["order swapped"][_sorted(key)].append(alias)
        self._keys["spaced otherwise"][key.replace(" ", "")].append(alias)
        if alias.entity.startswith("person/"):
            for romanised in _romanised(alias.text, country):
                self._keys["romanised otherwise"][romanised].append(alias)
        for word in key.split():
            if len(word) >= _PREFIX:
                self._words[word].add(alias)
        blocks = self._blocks[alias.entity.partition("/")[0]]
        for beginning in _beginnings(key):
            names, aliases = blocks[beginning]
            names.append(_comparable(key))
            aliases.append(alias)

    def _search(self, name: str, types: frozenset[str] | None) -> tuple[Match, ...]:
        key = name_key(name)
        bare = without_honorifics(key, self._titles)
        found = _best(self._sure(name, key, bare), types)
        if not any(match.by_key for match in found.values()):
            found = _best((*found.values(), *self._alike(folded(key), types)), types)
        if not found and bare != key:
            found = _best(self._alike(folded(bare), types), types)
        found = found or _best(self._within(folded(bare)), types)
        return tuple(sorted(found.values(), key=lambda match: (-match.score, match.entity)))

    def _sure(self, name: str, key: str, bare: str) -> Iterator[Match]:
        """Matches that rest on a key, from the very name down."""
        for alias in self._by_key.get(key, ()):
            yield Match(alias.entity, alias.text, 1.0, (_SAME if alias.text == name else _SAME_BUT,))
        first: tuple[str, ...] = ()
        if bare != key:
            first = ("without honorific",)
            yield from (_scored(alias, first) for alias in self._by_key.get(bare, ()) if _is_person(alias))
        plain = folded(bare)
        for reason, wanted in (("order swapped", _sorted(plain)), ("spaced otherwise", plain.replace(" ", ""))):
            for alias in self._keys[reason].get(wanted, ()):
                if _is_person(alias):
                    yield _scored(alias, (*first, reason))
                elif not first:
                    # in a body's name the order tells who is whose: "Embassy of A in B"
                    match = _scored(alias, (reason,))
                    yield match._replace(score=LIKENESS) if reason == "order swapped" else match
        latin = hangul_to_latin(plain)
        reason = "read from Hangul" if latin else "romanised otherwise"
        for romanised in _romanised(latin or plain, None):
            for alias in self._keys["romanised otherwise"].get(romanised, ()):
                yield _scored(alias, (*first, reason))

    def _alike(self, key: str, types: frozenset[str] | None) -> Iterator[Match]:
        """Names that only look alike, best first."""
        query = _comparable(key)
        for names, aliases in self._near(_beginnings(key), types):
            for _, ratio, n in process.extract(query, names, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=16):
                score = round(LIKENESS * ratio / 100, 3)
                yield Match(aliases[n].entity, aliases[n].text, score, (f"looks alike ({ratio:.0f} of 100)",))

    def _within(self, key: str) -> Iterator[Match]:
        """Names that have all the words asked for and more, the shortest best; for a body or place at most twice as
        many words, so that one common word does not bring up half of the base."""
        words = key.split()
        rows = [frozenset(self._words.get(word, ())) for word in words]
        for alias in frozenset.intersection(*rows) if rows else ():
            share = len(words) / len(folded(name_key(alias.text)).split())
            if share >= 0.5 or _is_person(alias):
                yield Match(alias.entity, alias.text, round(_PART * min(1.0, share), 3), ("part of the name",))

    def _near(self, beginnings: Iterable[str], types: frozenset[str] | None) -> Iterable[tuple[list[str], list[Alias]]]:
        """The names to compare with: those that share a beginning, unless too many do and another one is left."""
        kinds = [blocks for kind, blocks in self._blocks.items() if types is None or kind in types]
        found = [blocks[beginning] for blocks in kinds for beginning in beginnings if beginning in blocks]
        return [block for block in found if len(block[0]) <= _CROWD] or found


def _block() -> tuple[list[str], list[Alias]]:
    return [], []


def _best(matches: Iterable[Match], types: frozenset[str] | None) -> dict[str, Match]:
    """The best match of each entity of the wanted types."""
    best: dict[str, Match] = {}
    for match in matches:
        if types is None or match.entity.partition("/")[0] in types:
            old = best.get(match.entity)
            if old is None or match.score > old.score:
                best[match.entity] = match
    return best


def _scored(alias: Alias, reasons: tuple[str, ...]) -> Match:
    lost = sum(1.0 - SCORES[reason] for reason in reasons)
    return Match(alias.entity, alias.text, round(1.0 - lost, 3), reasons)


def _is_person(alias: Alias) -> bool:
    return alias.entity.startswith("person/")


def _sorted(key: str) -> str:
    return " ".join(sorted(key.split()))


def _romanised(name: str, country: str | None) -> Iterator[str]:
    """Keys of a person's name; those of the other country's people are left out where the country is known."""
    if not name.isascii() or " " not in name:
        return
    if country in ("KR", "KP", None):
        yield from (f"kr {key}" for key in korean_keys(name))
    if country in ("KH", None):
        words = name.split()
        yield f"kh {khmer_key(name)}"
        if len(words) == 2:
            yield f"kh {khmer_key(f'{words[1]} {words[0]}')}"


def _comparable(key: str) -> str:
    """Words in order of the alphabet; Hangul taken apart into letters, so that one wrong vowel is one letter."""
    return _sorted(key) if key.isascii() else unicodedata.normalize("NFD", key.replace(" ", ""))


def _beginnings(key: str) -> set[str]:
    """Under what a name is filed for look-alikes: the first letters of its words, or the first of other scripts."""
    if key.isascii():
        return {word[:_PREFIX] for word in key.split() if len(word) >= _PREFIX}
    return {key[:1], *(word[:2] for word in key.split()[1:])}
