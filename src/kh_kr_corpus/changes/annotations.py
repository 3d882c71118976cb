"""Mentions and initiatives of two people, put together: each is one decision, kept or told as a conflict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kh_kr_corpus.changes.parts import Plain, Record, by_id, frozen, number_of

__all__ = ["Both", "merge_annotations"]

_Pair = tuple[Record | None, Record | None]


@dataclass(slots=True)
class Both:
    """Two views of a list, what they disagree on (name, ours, theirs), and the new ids that each side's got."""

    ours: list[Record] = field(default_factory=list)
    theirs: list[Record] = field(default_factory=list)
    conflicts: list[tuple[str, Plain, Plain]] = field(default_factory=list)
    renamed: tuple[dict[str, str], dict[str, str]] = field(default_factory=lambda: ({}, {}))


def merge_annotations(what: str, base: Plain, ours: Plain, theirs: Plain) -> Both:
    """The mentions or initiatives of two people who started from ``base``.

    The same addition by both is one; additions with the same id are numbered on, in an order that does not depend on
    who is called ours. Mentions that overlap, and two tellings of one initiative, are conflicts.
    """
    old, left, right = by_id(base), by_id(ours), by_id(theirs)
    out = Both()
    left, right = _numbered(old, left, right, out.renamed)
    pairs: dict[str, _Pair] = {}
    for name in sorted({*old, *left, *right}, key=lambda name: (number_of(name), name)):
        pairs[name] = _decided(old.get(name), left.get(name), right.get(name))
    rivals = _rivals(what, old, left, right, pairs)
    for name in rivals:
        pairs[name] = (left.get(name), right.get(name))
    for name, (a, b) in pairs.items():
        out.ours += [a] if a is not None else []
        out.theirs += [b] if b is not None else []
        if frozen(a) != frozen(b):
            out.conflicts.append((f"{what} {name}", a, b))
    for view in (out.ours, out.theirs):
        if what == "mention":
            view.sort(key=lambda item: (item.get("start", 0), item.get("end", 0), number_of(str(item["id"]))))
    return out


def _decided(old: Record | None, a: Record | None, b: Record | None) -> _Pair:
    """What counts: a change against none, or both where they differ."""
    if frozen(a) == frozen(old):
        return b, b
    if frozen(b) == frozen(old) or frozen(a) == frozen(b):
        return a, a
    return a, b


def _content(item: Record) -> str:
    return frozen({key: value for key, value in item.items() if key != "id"})


def _numbered(
    old: dict[str, Record], left: dict[str, Record], right: dict[str, Record], renamed: tuple[dict[str, str], ...]
) -> tuple[dict[str, Record], dict[str, Record]]:
    """Both sides with the same id for the same addition and different ids for different ones."""
    places: dict[str, dict[int, str]] = defaultdict(dict)
    for side, items in enumerate((left, right)):
        for name, item in items.items():
            if name not in old:
                places[_content(item)].setdefault(side, name)
    wanted = [
        (min(sides.values(), key=lambda n: (number_of(n), n)), content, sides) for content, sides in places.items()
    ]
    taken = {*old, *left, *right}
    highest = max((number_of(name) for name in taken), default=0)
    given: set[str] = set()
    new: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for name, _, sides in sorted(wanted, key=lambda one: (number_of(one[0]), one[0], _order(one[1]))):
        final = name
        if name in given:
            highest += 1
            final = f"{name[:1]}{highest}"
        given.add(final)
        for side, former in sides.items():
            new[side][former] = final
    for side in (0, 1):
        renamed[side].update({former: name for former, name in new[side].items() if former != name})
    return _with_ids(left, old, new[0]), _with_ids(right, old, new[1])


def _order(content: str) -> tuple[int, str]:
    return len(content), content


def _with_ids(items: dict[str, Record], old: dict[str, Record], new: dict[str, str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for former, item in items.items():
        name = former if former in old else new.get(former)
        if name is not None:
            found[name] = {**item, "id": name}
    return found


def _rivals(
    what: str, old: dict[str, Record], left: dict[str, Record], right: dict[str, Record], pairs: dict[str, _Pair]
) -> list[str]:
    """Items that one side brought in and that can't stand beside something that the other side brought in."""
    mine = [name for name in left if frozen(left[name]) != frozen(old.get(name)) and name in pairs]
    other = [name for name in right if frozen(right[name]) != frozen(old.get(name)) and name in pairs]
    found: dict[str, None] = {}
    for a in mine:
        for b in other:
            if a != b and _clash(what, left[a], right[b]) and not _same(left, right, a, b):
                found[a] = found[b] = None
    return list(found)


def _same(left: dict[str, Record], right: dict[str, Record], a: str, b: str) -> bool:
    """Whether both sides have both: then neither is new to the other."""
    return frozen(left.get(b)) == frozen(right.get(b)) and frozen(left.get(a)) == frozen(right.get(a))


def _clash(what: str, one: Record, other: Record) -> bool:
    if what == "mention":
        if "rejected" in (_state(one), _state(other)):
            return False
        return bool(one.get("start", 0) < other.get("end", 0) and other.get("start", 0) < one.get("end", 0))
    same_kind = one.get("kind") == other.get("kind")
    return same_kind and frozen(one.get("evidence")) == frozen(other.get("evidence"))


def _state(item: Record) -> str:
    review = item.get("review")
    return str(review.get("state", "")) if isinstance(review, dict) else ""
