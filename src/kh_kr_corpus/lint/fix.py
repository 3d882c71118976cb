"""What can be mended without deciding anything: form, composed characters, stray white space, doubled list items."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kh_kr_corpus.lint.rules.references import doubled_lists
from kh_kr_corpus.store import Loaded, read_below, reformat
from kh_kr_corpus.store.files import replace_file
from kh_kr_corpus.store.reader import FILES, loads
from kh_kr_corpus.store.writer import canonical

__all__ = ["FIXED", "fix"]

FIXED = ("KC107", "KC901", "KC911")
"""The rules whose findings :func:`fix` mends; also white space at the ends of a string (KC003). Offsets, quotes,
links, values and decisions are never touched."""

# Whoever changes one of these changes what was decided, or where it stands.
_NEVER = frozenset("text evidence fingerprints review suggestion adjudicated id entity label value".split())


def fix(place: Path) -> Iterator[tuple[Path, list[str]]]:
    """Mend every file at or below ``place`` and yield those that changed, with what was done.

    A file is only written when the result is valid and differs in nothing else; raises as
    :func:`kh_kr_corpus.store.write` does.
    """
    for loaded in read_below(place):
        done = _fixed(loaded)
        if done:
            yield loaded.path, done


def _fixed(loaded: Loaded) -> list[str]:
    body = loaded.tree.data if loaded.tree else None
    if not isinstance(body, dict) or loaded.record not in FILES or (loaded.tree and loaded.tree.comments):
        return []
    if any(finding.code == "KC002" for finding in loaded.findings):
        return []  # another kind of record than its place is for: which of the two is wrong?
    done: list[str] = []
    mended = _mended({k: v for k, v in body.items() if k not in ("record", "schema_version")}, (), done)
    if not done:
        changed = loaded.model is not None and reformat(loaded)
        return ["written in canonical form"] if changed else []
    try:
        model = FILES[loaded.record].model_validate_json(json.dumps(mended))
    except ValidationError:
        return []  # other faults are to be mended first, by a person
    text = canonical(Loaded(loaded.path, loaded.relative, loaded.record, model=model))
    again = loads(text or "", loaded.path, loaded.relative)
    if text is None or again.model != model:
        return []
    replace_file(loaded.path, text.encode("utf-8"), loaded.revision)
    return done


def _mended(value: Any, path: tuple[str | int, ...], done: list[str]) -> Any:
    if isinstance(value, dict):
        return {key: item if key in _NEVER else _mended(item, (*path, key), done) for key, item in value.items()}
    if isinstance(value, list):
        items = [_mended(item, path, done) for item in value]
        if path and path[-1] in doubled_lists and len({json.dumps(item) for item in items}) < len(items):
            done.append(f"doubled items left out of {path[-1]}")
            return list({json.dumps(item): item for item in items}.values())
        return items
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value).strip(" \t\n\u00a0")
        if composed and composed != value:
            done.append(f"{path[-1]} in composed form, without white space at its ends")
            return composed
    return value
