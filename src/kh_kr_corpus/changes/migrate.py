"""Old files into today's form, and one name into another throughout a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from kh_kr_corpus.changes.parts import Plain
from kh_kr_corpus.errors import InputError

__all__ = ["MIGRATIONS", "RENAMES", "Step", "migrate", "replaced"]

Step = Callable[[dict[str, Any]], tuple[dict[str, Any], Counter[str]]]
"""One step: a file's data of one version into the next, and what was changed how often."""


def _header_added(data: dict[str, Any]) -> tuple[dict[str, Any], Counter[str]]:
    """Version 0 is a file without `schema_version`, as people write it by hand."""
    return data, Counter({"schema_version added": 1})


MIGRATIONS: dict[int, Step] = {0: _header_added}
"""The step from each old version to the next. A step is for ever: files of its version stay readable."""

RENAMES = {
    "entity": ("entity", "organisation", "parent", "place", "predecessor", "predecessors", "accredited_to"),
    "activity": ("activity", "part_of"),
    "source": ("source", "sources", "repost_of"),
    "label": ("label",),
    "kind": ("kind", "themes"),
    "sector": ("sectors",),
}
"""What can be renamed, and the fields that hold it."""


def migrate(data: Mapping[str, Any], record: str, version: int) -> tuple[dict[str, Any], Counter[str]]:
    """A file's data as schema ``version`` has it, and what was changed how often; empty for a file of today.

    Raises :class:`InputError` for a version that is no number, newer than ``version``, or without a step.

    >>> migrate({"id": "a"}, "activity", 1)[0]
    {'record': 'activity', 'schema_version': 1, 'id': 'a'}
    """
    now = data.get("schema_version", 0)
    if isinstance(now, bool) or not isinstance(now, int) or now > version:
        fix = "use a newer release of the library" if isinstance(now, int) and now > version else "write a number"
        raise InputError("schema_version", f"{now!r} is not a version up to {version}", fix)
    body, counts = (
        {key: value for key, value in data.items() if key not in ("record", "schema_version")},
        Counter[str](),
    )
    for step in range(now, version):
        if step not in MIGRATIONS:
            raise InputError("schema_version", f"no step leads from version {step} to {step + 1}")
        body, changed = MIGRATIONS[step](body)
        counts += changed
    return {"record": data.get("record", record), "schema_version": version, **body}, counts


def replaced(data: Plain, what: str, old: str, new: str) -> tuple[Plain, Counter[str]]:
    """``data`` with one id or term replaced by another wherever a field of that kind holds it; quotes, texts and notes
    are never touched.

    >>> replaced({"activity": "a", "title": "a"}, "activity", "a", "b")
    ({'activity': 'b', 'title': 'a'}, Counter({'activity': 1}))
    """
    if what not in RENAMES:
        raise InputError("--rename", f"{what!r} is nothing that can be renamed", f"one of {', '.join(RENAMES)}")
    counts: Counter[str] = Counter()
    return _renamed(data, RENAMES[what], old, new, counts), counts


def _renamed(value: Plain, fields: tuple[str, ...], old: str, new: str, counts: Counter[str], name: str = "") -> Plain:
    if isinstance(value, dict):
        return {key: _renamed(item, fields, old, new, counts, key) for key, item in value.items()}
    if isinstance(value, list):
        items = [_renamed(item, fields, old, new, counts, name) for item in value]
        strings = all(isinstance(item, str) for item in items)
        return list(dict.fromkeys(items)) if strings and name in fields else items
    if value == old and name in fields and isinstance(value, str):
        counts[name] += 1
        return new
    return value
