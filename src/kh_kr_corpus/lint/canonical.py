"""Whether a file is in canonical form; strings that many files share are asked of the YAML emitter once."""

from __future__ import annotations

from typing import Any

from kh_kr_corpus._yaml import Strings, laid_out
from kh_kr_corpus.store import Loaded
from kh_kr_corpus.store.dump import _INLINE as INLINE  # the one list of what stands on one line
from kh_kr_corpus.store.dump import SCHEMA_VERSION, to_plain
from kh_kr_corpus.store.files import revision_of
from kh_kr_corpus.store.layout import modeline
from kh_kr_corpus.store.writer import canonical

__all__ = ["Strings", "is_canonical", "laid_out"]


def is_canonical(loaded: Loaded, strings: Strings) -> bool:
    """Whether the file of a valid record has the bytes that the writer would give it."""
    data = _data(loaded)
    strings.learn(data)
    try:
        quick = f"# yaml-language-server: $schema={modeline(loaded.relative)}\n{laid_out(data, INLINE, strings)}"
    except KeyError:
        quick = ""
    if quick and revision_of(quick.encode("utf-8")) == loaded.revision:
        return True
    text = canonical(loaded)
    return text is None or revision_of(text.encode("utf-8")) == loaded.revision


def _data(loaded: Loaded) -> dict[str, Any]:
    """The plain data that the writer writes; were it to write something else, the bytes would differ."""
    body = loaded.model.model_dump(mode="json") if loaded.model else {}
    for key in ("entities", "sources") if loaded.record in ("entities", "sources") else ():
        if isinstance(body.get(key), list):
            body[key] = sorted(body[key], key=lambda item: str(item["id"]))
    found = to_plain({"record": loaded.record, "schema_version": SCHEMA_VERSION, **body})
    return dict(found)
