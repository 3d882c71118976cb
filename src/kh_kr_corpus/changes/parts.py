"""What a file consists of, for comparison: annotations with ids of their own, records, and fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["ANNOTATIONS", "HEADER", "RECORDS", "Plain", "Record", "by_id", "frozen", "name_of", "number_of", "shown"]

Plain = Any
"""What YAML holds: mappings, lists, strings, numbers, flags, null."""
Record = Mapping[str, Plain]

HEADER = ("record", "schema_version")
ANNOTATIONS = {"mentions": "mention", "initiatives": "initiative"}
"""Lists of articles and second readings in which each item is one decision, and what an item is called."""
RECORDS = {"entities": "entity", "sources": "source"}
"""Files that hold many records under this field, and what a record is called."""


def frozen(value: Plain) -> str:
    """A value as a string, equal for equal values whatever the order of keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def by_id(items: Plain) -> dict[str, Record]:
    """The items of a list that have an id, by it; the first of two with the same id counts."""
    found: dict[str, Record] = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            found.setdefault(item["id"], item)
    return found


def number_of(name: str) -> int:
    """The number in a local id such as ``m12``, 0 where it has none."""
    digits = name[1:]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def name_of(item: Record) -> str:
    """How a person calls an annotation or a record: its quoted text, its title, its preferred name."""
    for key in ("text", "title"):
        if isinstance(item.get(key), str):
            return str(item[key])
    names = item.get("names")
    for name in names if isinstance(names, list) else ():
        if isinstance(name, dict) and name.get("kind") == "preferred":
            return str(name.get("text", ""))
    return ""


def shown(value: Plain, width: int = 90) -> str:
    """A value in one line, for people."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        text = "{" + ", ".join(f"{key}: {shown(item, width)}" for key, item in value.items()) + "}"
    elif isinstance(value, list):
        text = "[" + ", ".join(shown(item, width) for item in value) + "]"
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= width else text[: width - 1] + "…"
