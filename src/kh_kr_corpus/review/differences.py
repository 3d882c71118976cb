"""Where two readings of one text differ, and which ruling of a referee belongs to which difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kh_kr_corpus.evaluate import matched
from kh_kr_corpus.models import Adjudication, Initiative, Layer, Mention
from kh_kr_corpus.review.changes import Item, What

__all__ = ["Difference", "counterparts", "differences", "rulings_on", "said_at", "spans_of", "standing"]

_OWN = {"id", "suggestion", "review"}


class Difference(NamedTuple):
    """One place at which two readings differ; None where one has nothing."""

    what: What
    first: Item | None
    second: Item | None

    @property
    def bounds(self) -> tuple[int, int]:
        """From the first code point that either covers to the last."""
        spans = [span for item in (self.first, self.second) if item for span in spans_of(item)]
        return min(a for a, _ in spans), max(b for _, b in spans)

    @property
    def ids(self) -> tuple[str | None, str | None]:
        """The ids of the items in the two readings."""
        return self.first.id if self.first else None, self.second.id if self.second else None

    @property
    def place(self) -> tuple[What, tuple[int, int]]:
        """What several differences may share: initiatives often rest on the same words."""
        return self.what, self.bounds


def differences(first: Layer, second: Layer) -> Iterator[Difference]:
    """Every place at which the readings differ: mentions in the order of the text, then initiatives."""
    places = [*_mentions(standing(first.mentions), standing(second.mentions))]
    yield from sorted(places, key=lambda place: place.bounds)
    ones, others = standing(first.initiatives), standing(second.initiatives)
    pairs = matched(ones, others)
    yield from (Difference("initiative", a, b) for a, b in pairs if _unlike(a, b))
    yield from (Difference("initiative", a, None) for a in ones if all(a is not one for one, _ in pairs))
    yield from (Difference("initiative", None, b) for b in others if all(b is not one for _, one in pairs))


def _mentions(first: Sequence[Mention], second: Sequence[Mention]) -> Iterator[Difference]:
    same = {_key(m) for m in first} & {_key(m) for m in second}
    left = [m for m in second if _key(m) not in same]
    for one in (m for m in first if _key(m) not in same):
        exact = [m for m in left if (m.start, m.end) == (one.start, one.end)]
        near = exact or [m for m in left if m.start < one.end and one.start < m.end]
        other = near[0] if near else None
        if other:
            left.remove(other)
        yield Difference("mention", one, other)
    yield from (Difference("mention", None, other) for other in left)


def counterparts(ones: Sequence[Initiative], others: Sequence[Initiative]) -> Iterator[tuple[Initiative, Initiative]]:
    """Initiatives that rest on the same words, each at most once, those first that agree in most."""
    pairs = [(a, b) for a in ones for b in others if matched([a], [b])]
    taken: set[tuple[str, str]] = set()
    for one, other in sorted(pairs, key=lambda pair: len(_unlike(*pair))):
        names = {("one", one.id), ("other", other.id)}
        if not names & taken:
            taken |= names
            yield one, other


def rulings_on(places: Sequence[Difference], told: Sequence[Adjudication]) -> list[Adjudication | None]:
    """The ruling on each difference, None where there is none.

    A ruling says where it stands and what both readings say there (:func:`said_at`). Where several differences have
    the same bounds, the words tell to which it belongs. Words that a person put otherwise do not; then there must be
    as many rulings as differences that have the same sides, and they count in their order.
    """
    return [_ruling_on(place, [one for one in places if one.place == place.place], told) for place in places]


def _ruling_on(place: Difference, rivals: list[Difference], told: Sequence[Adjudication]) -> Adjudication | None:
    rulings = [one for one in told if (one.what, (one.start, one.end)) == place.place]
    if len(rivals) == 1:
        return rulings[-1] if rulings else None
    mine, sides = said_at(place, rivals), _sides(place)
    rulings = [one for one in rulings if tuple(words != "nothing" for words in one.layers) == sides]
    alike = [one for one in rivals if _sides(one) == sides]
    if {one.layers for one in rulings} & {said_at(one, rivals) for one in alike}:
        return next((one for one in reversed(rulings) if one.layers == mine), None)
    return rulings[alike.index(place)] if len(rulings) == len(alike) else None


def said_at(place: Difference, places: Sequence[Difference]) -> tuple[str, str]:
    """What the two readings say at a place, in words that no other of ``places`` with the same bounds has."""
    said = _words(place)
    if all(one == place or one.place != place.place or _words(one) != said for one in places):
        return said
    first, second = (
        f"{words} ({item_id})" if item_id else words for words, item_id in zip(said, place.ids, strict=True)
    )
    return first, second


def _words(place: Difference) -> tuple[str, str]:
    return _told(place.first, place.second), _told(place.second, place.first)


def _told(item: Item | None, other: Item | None) -> str:
    if item is None:
        return "nothing"
    if isinstance(item, Mention):
        return f"{item.label} {item.entity or 'not linked'}"
    if other is None:
        return f"{item.kind}: {item.title}"
    content = _content(item)
    return "; ".join(f"{name}: {_plain(content[name])}" for name in _unlike(item, other))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        shown = [value["start"], value["end"]] if "sha256" in value else value.values()
        return " ".join(str(one) for one in shown if one is not None)
    return ", ".join(map(_plain, value)) if isinstance(value, (list, tuple)) else str(value or "none")


def _sides(place: Difference) -> tuple[bool, bool]:
    return place.first is not None, place.second is not None


def standing(items: Sequence[Any]) -> list[Any]:
    """The items that nobody rejected."""
    return [item for item in items if item.review.state != "rejected"]


def spans_of(item: Item) -> list[tuple[int, int]]:
    """Where an item stands in the text."""
    return [(item.start, item.end)] if isinstance(item, Mention) else [(e.start, e.end) for e in item.evidence]


def _content(item: Item) -> dict[str, Any]:
    return item.model_dump(exclude=_OWN)


def _unlike(one: Item, other: Item) -> list[str]:
    """The fields in which two items differ."""
    mine, theirs = _content(one), _content(other)
    return [name for name, value in mine.items() if theirs.get(name) != value]


def _key(mention: Mention) -> str:
    return mention.model_dump_json(exclude=_OWN)
