"""The valid part of an invalid file, so that one fault doesn't hide the others."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from kh_kr_corpus._yaml import Path
from kh_kr_corpus.models import Article
from kh_kr_corpus.store import Loaded
from kh_kr_corpus.store.anchors import misanchored
from kh_kr_corpus.store.reader import FILES

__all__ = ["Places", "salvage"]

Places = dict[str, list[int]]
"""For each list from which something was left out, the indexes in the file of what was kept."""

_HEADER = ("record", "schema_version")


def salvage(loaded: Loaded) -> tuple[Loaded, Places]:
    """``loaded`` with a model of what is valid in it, where only items of lists or optional fields are not.

    The findings stay, so that a check can tell; a file that is no YAML, or whose header or text is wrong, comes back
    as it is. Paths in the new model are those of the file after :data:`Places`.
    """
    body = loaded.tree.data if loaded.tree else None
    if loaded.model is not None or not isinstance(body, dict) or loaded.record not in FILES:
        return loaded, {}
    if any(finding.code == "KC002" for finding in loaded.findings):
        return loaded, {}
    kept = _Kept({key: value for key, value in body.items() if key not in _HEADER})
    while True:  # each round leaves something out, so it ends
        try:
            model = FILES[loaded.record].model_validate_json(json.dumps(kept.data()))
        except ValidationError as error:
            wrong = [problem["loc"] for problem in error.errors(include_url=False)]
        else:
            wrong = [path for _, path, _, _ in misanchored(model)] if isinstance(model, Article) else []
            if not wrong:
                return replace(loaded, model=model), kept.places()
        if not kept.drop_all(wrong):
            return loaded, {}


class _Kept:
    """A file's fields, and which items of its lists are left."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body = dict(body)
        self.left = {key: list(range(len(value))) for key, value in body.items() if isinstance(value, list)}

    def data(self) -> dict[str, Any]:
        lists = {key: [self.body[key][n] for n in kept] for key, kept in self.left.items() if key in self.body}
        return {**self.body, **lists}

    def drop_all(self, paths: list[Path]) -> bool:
        """Leave out the items or fields that ``paths``, paths in :meth:`data`, lie in; False where that is the text
        or the fingerprints, without which nothing else holds, or a field that isn't there."""
        for path in paths:
            name = path[0] if path else None
            if not isinstance(name, str) or name in ("text", "fingerprints") or name not in self.body:
                return False
        items = {(path[0], path[1]) for path in paths if path[0] in self.left and len(path) > 1}
        for name in {path[0] for path in paths if path[0] not in self.left or len(path) == 1}:
            del self.body[str(name)]
        for key, kept in self.left.items():
            self.left[key] = [place for n, place in enumerate(kept) if (key, n) not in items]
        return True

    def places(self) -> Places:
        return {key: kept for key, kept in self.left.items() if key in self.body and len(kept) < len(self.body[key])}
