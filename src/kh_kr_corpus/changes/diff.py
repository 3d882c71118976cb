"""What differs between two states of a file, in words of the corpus: mentions, initiatives, activities, entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kh_kr_corpus.changes.parts import ANNOTATIONS, HEADER, RECORDS, Plain, Record, by_id, name_of, shown

__all__ = ["Change", "diff"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``what`` is a mention, an initiative, an article, an activity and so on, with its ``id`` and
    ``name``; ``field`` is empty where the whole thing was added or removed."""

    action: Literal["added", "removed", "changed", "moved"]
    what: str
    id: str
    name: str
    field: str = ""
    old: Plain = None
    new: Plain = None

    def __str__(self) -> str:
        sign = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}[self.action]
        head = f"{sign} {self.what} {self.id}" + (f" {shown(self.name, 60)!r}" if self.name else "")
        if self.action == "changed":
            return f"{head}: {self.field}: {shown(self.old)} -> {shown(self.new)}"
        if self.action == "moved":
            return f"{head}: moved from {self.old} to {self.new}"
        told = shown(self.new if self.action == "added" else self.old, 200)
        return head if told == "nothing" else f"{head} {told}"

    def to_dict(self) -> dict[str, Any]:
        """A flat dict for JSON."""
        return asdict(self)


def diff(old: Record | None, new: Record | None) -> Iterator[Change]:
    """The differences from one state of a file to another; None for a file that is not there.

    >>> before = {"record": "activity", "id": "a-loan", "title": "A loan", "status": "pledged"}
    >>> [str(change) for change in diff(before, before | {"status": "agreed"})]
    ["~ activity a-loan 'A loan': status: pledged -> agreed"]
    """
    old, new = old or {}, new or {}
    record = str(new.get("record") or old.get("record") or "file")
    if record in RECORDS:
        yield from _items(RECORDS[record], by_id(old.get(record)), by_id(new.get(record)))
        return
    name = str(new.get("id") or old.get("id") or new.get("article") or old.get("article") or record)
    title = name_of({**old, **new} if new else old)
    if not old or not new:
        action: Literal["added", "removed"] = "added" if new else "removed"
        yield Change(action, record, name, "" if "text" in (new or old) else title)
    else:
        yield from _fields(record, name, "" if "text" in new else title, old, new, (*HEADER, *ANNOTATIONS))
    for part, what in ANNOTATIONS.items():
        yield from _items(what, by_id(old.get(part)), by_id(new.get(part)))


def _items(what: str, old: dict[str, Record], new: dict[str, Record]) -> Iterator[Change]:
    """Added, removed and changed items; one that only has another id, as after renumbering, is the same."""
    old, new = dict(old), dict(new)
    spans = {_span(item): key for key, item in old.items() if key not in new and _span(item)}
    for key in [key for key in new if key not in old]:
        if (former := spans.pop(_span(new[key]), None)) is not None and what == "mention":
            old[key] = old.pop(former)
    for key, item in old.items():
        if key not in new:
            yield Change("removed", what, key, name_of(item), old=_brief(what, item))
    for key, item in new.items():
        if key not in old:
            yield Change("added", what, key, name_of(item), new=_brief(what, item))
        elif old[key] != item:
            yield from _item(what, key, old[key], item)


def _item(what: str, key: str, old: Record, new: Record) -> Iterator[Change]:
    if what == "mention" and old.get("text") == new.get("text") and _span(old) != _span(new):
        yield Change("moved", what, key, name_of(new), old=_placed(old), new=_placed(new))
        yield from _fields(what, key, name_of(new), old, new, ("start", "end"))
    else:
        yield from _fields(what, key, name_of(new), old, new, ())


def _fields(what: str, key: str, name: str, old: Record, new: Record, left_out: tuple[str, ...]) -> Iterator[Change]:
    for field in dict.fromkeys((*old, *new)):
        if field not in left_out and old.get(field) != new.get(field):
            yield Change("changed", what, key, name, field, old.get(field), new.get(field))


def _span(item: Record) -> tuple[Any, ...] | None:
    return (item["start"], item["end"], item.get("text")) if "start" in item and "end" in item else None


def _placed(item: Record) -> str:
    return f"[{item.get('start')}, {item.get('end')})"


def _brief(what: str, item: Record) -> Plain:
    """What is worth telling of something that came or went."""
    keys = {
        "mention": ("label", "entity", "value"),
        "initiative": ("kind", "status", "activity", "amount"),
    }.get(what, ())
    return {key: item[key] for key in keys if key in item} or None
