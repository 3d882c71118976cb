"""Two people's changes to one record, put together where they don't disagree.

A mention, an initiative and a second reading's adjudication are one decision each: nothing is made of half of one
person's and half of another's. Fields of activities, entities and sources are decided one by one, lists item by item.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kh_kr_corpus.changes.annotations import merge_annotations
from kh_kr_corpus.changes.parts import ANNOTATIONS, RECORDS, Plain, Record, by_id, frozen

__all__ = ["Conflict", "Merged", "merge"]

_TEXT = ("text", "fingerprints")
# What makes two items of a list speak of the same thing, so that two different ones are a disagreement.
_KEYS: dict[str, tuple[str, ...]] = {
    "amounts": ("stage", "date", "currency"), "names": ("text", "lang"), "identifiers": ("scheme",),
    "offices": ("title", "organisation", "country"), "distinct_from": ("entity",), "waivers": ("rule", "at"),
    "adjudicated": ("what", "start", "end", "layers"),
}  # fmt: skip
_SPLITS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing on which two people disagree: ``what`` is a mention, a field and so on, with both versions (None for
    one that removed it, or never had it)."""

    what: str
    ours: Plain
    theirs: Plain


@dataclass(slots=True)
class Merged:
    """The outcome: two views that differ in nothing but the conflicts, and are the same where there is none."""

    ours: dict[str, Plain] = field(default_factory=dict)
    theirs: dict[str, Plain] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def put(self, key: str, ours: Plain, theirs: Plain) -> None:
        """Set a field in both views; None leaves it out."""
        for view, value in ((self.ours, ours), (self.theirs, theirs)):
            if value is not None:
                view[key] = value


def merge(base: Record, ours: Record, theirs: Record) -> Merged:
    """``ours`` and ``theirs``, two states of one file that both came from ``base`` (empty for one that both made).

    The order of the two decides nothing: exchanged, they give the exchanged views. What nobody changed stays, what
    one of the two changed counts, and what both changed in different ways is a conflict.

    >>> base = {"record": "activity", "id": "a", "status": "pledged", "sources": ["x"]}
    >>> merge(base, base | {"status": "agreed"}, base | {"sources": ["x", "y"]}).ours
    {'record': 'activity', 'id': 'a', 'status': 'agreed', 'sources': ['x', 'y']}
    """
    out = Merged()
    if frozen(ours) == frozen(theirs) or frozen(theirs) == frozen(base) or frozen(ours) == frozen(base):
        kept = dict(theirs if frozen(ours) == frozen(base) else ours)
        return Merged(kept, dict(kept))
    if _offsets_moved(base, ours, theirs):
        told = "the text: one of the two changed it, the other annotated the text as it was"
        return Merged(dict(ours), dict(theirs), [Conflict(told, None, None)])
    _fields(out, base, ours, theirs, "")
    return out


def _offsets_moved(base: Record, ours: Record, theirs: Record) -> bool:
    """Whether the two count their offsets in different texts and both have changes there."""
    if all(frozen(ours.get(key)) == frozen(theirs.get(key)) for key in _TEXT):
        return False

    def changed(side: Record) -> bool:
        return any(frozen(side.get(key)) != frozen(base.get(key)) for key in (*_TEXT, *ANNOTATIONS))

    return changed(ours) and changed(theirs)


def _fields(out: Merged, base: Record, ours: Record, theirs: Record, where: str) -> None:
    record = str(ours.get("record", ""))
    if record == "splits":
        _splits(out, base, ours, theirs)
    renamed: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for key in ANNOTATIONS if record in ("article", "layer") else ():
        found = merge_annotations(ANNOTATIONS[key], *(side.get(key) or [] for side in (base, ours, theirs)))
        out.put(key, found.ours or None, found.theirs or None)
        out.conflicts += [Conflict(*one) for one in found.conflicts]
        renamed[0].update(found.renamed[0])
        renamed[1].update(found.renamed[1])
    ours, theirs = _waivers_follow(ours, renamed[0]), _waivers_follow(theirs, renamed[1])
    done = {*out.ours, *out.theirs, *(ANNOTATIONS if record in ("article", "layer") else ())}
    for key in sorted({*ours, *theirs}, key=lambda key: _place(key, base, ours, theirs)):
        if key in done:
            continue
        if key in RECORDS and record == key:
            _records(out, key, base, ours, theirs)
        else:
            _field(out, key, base.get(key), ours.get(key), theirs.get(key), where)
    order = {key: _place(key, base, ours, theirs) for key in (*out.ours, *out.theirs)}
    out.ours = {key: out.ours[key] for key in sorted(out.ours, key=order.__getitem__)}
    out.theirs = {key: out.theirs[key] for key in sorted(out.theirs, key=order.__getitem__)}


def _place(key: str, *sides: Record) -> tuple[int, str]:
    """Where a field stands, the same whoever is called ours."""
    return min((list(side).index(key) for side in sides if key in side), default=0), key


def _waivers_follow(side: Record, renamed: dict[str, str]) -> Record:
    """A side whose waivers name annotations by the ids that these got."""
    waivers = side.get("waivers")
    if not renamed or not isinstance(waivers, list):
        return side
    moved = [{**one, "at": renamed.get(one["at"], one["at"])} if "at" in one else one for one in waivers]
    return {**side, "waivers": moved}


def _field(out: Merged, key: str, base: Plain, ours: Plain, theirs: Plain, where: str) -> None:
    if frozen(ours) == frozen(theirs) or frozen(theirs) == frozen(base):
        out.put(key, ours, ours)
    elif frozen(ours) == frozen(base):
        out.put(key, theirs, theirs)
    elif isinstance(ours, list) and isinstance(theirs, list) and isinstance(base, (list, type(None))):
        both = _list(key, base or [], ours, theirs)
        out.put(key, ours if both is None else both, theirs if both is None else both)
        if both is None:
            out.conflicts.append(Conflict(f"{where}{key}", ours, theirs))
    else:
        out.put(key, ours, theirs)
        out.conflicts.append(Conflict(f"{where}{key}", ours, theirs))


def _list(key: str, base: list[Plain], ours: list[Plain], theirs: list[Plain]) -> list[Plain] | None:
    """A list that both changed: what one removed is gone, what one added is there. None for a disagreement: both
    removed an item and put different ones, or two new items speak of the same thing differently."""
    known = {frozen(item): item for side in (base, ours, theirs) for item in side}
    old, left, right = ({frozen(item) for item in side} for side in (base, ours, theirs))
    new_left, new_right = left - old, right - old
    if (old - left) & (old - right) and new_left != new_right:
        return None
    topics = [{_about(key, known[item]) for item in new} for new in (new_left - new_right, new_right - new_left)]
    if (topics[0] & topics[1]) - {()}:
        return None
    kept = [item for item in base if frozen(item) in left & right]
    return [*kept, *(known[item] for item in sorted(new_left | new_right))]


def _about(key: str, item: Plain) -> tuple[str, ...]:
    return tuple(frozen(item.get(part)) for part in _KEYS[key]) if key in _KEYS and isinstance(item, dict) else ()


def _records(out: Merged, key: str, base: Record, ours: Record, theirs: Record) -> None:
    """A file of many records: each is merged by itself, by its id."""
    old, left, right = by_id(base.get(key)), by_id(ours.get(key)), by_id(theirs.get(key))
    views: tuple[list[Plain], list[Plain]] = ([], [])
    for name in sorted({*left, *right}):
        a, b, o = left.get(name), right.get(name), old.get(name)
        if a is None or b is None:
            kept = a if b is None else b
            if o is None:
                one = Merged(dict(kept or {}), dict(kept or {}))
            elif frozen(kept) == frozen(o):
                continue  # one removed it, the other left it as it was
            else:
                one = Merged(dict(a or {}), dict(b or {}), [Conflict(name, a, b)])
        else:
            one = Merged()
            _fields(one, o or {}, a, b, f"{name}: ")
        for view, item in zip(views, (one.ours, one.theirs), strict=True):
            view += [item] if item else []
        out.conflicts += one.conflicts
    out.put(key, views[0], views[1])


def _splits(out: Merged, base: Record, ours: Record, theirs: Record) -> None:
    """Each text is in one split: moved to two different ones, it is a conflict and not in both."""
    sides = [{name: split for split in _SPLITS for name in side.get(split) or ()} for side in (base, ours, theirs)]
    views: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    order = list(dict.fromkeys([*sides[0], *sorted({*sides[1], *sides[2]})]))
    for name in order:
        old, a, b = (side.get(name) for side in sides)
        chosen = (b, b) if a == old else (a, a) if b in (old, a) else (a, b)
        if chosen[0] != chosen[1]:
            out.conflicts.append(Conflict(f"the split of {name}", a, b))
        for view, split in zip(views, chosen, strict=True):
            if split:
                view.setdefault(split, []).append(name)
    for split in _SPLITS:
        out.put(split, views[0].get(split, []), views[1].get(split, []))
