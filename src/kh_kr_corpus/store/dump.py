"""Records as canonical YAML: fixed field order, no empty fields, one mention a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from kh_kr_corpus import _yaml
from kh_kr_corpus.models import Activity, Article, Entity, Layer, RecordSet, Release, Source, Splits
from kh_kr_corpus.store.layout import modeline

__all__ = ["SCHEMA_VERSION", "dumps", "to_plain"]

SCHEMA_VERSION = 1

# Mappings under these fields stand on one line each, so that a diff shows one mention or name a line.
_INLINE = frozenset(
    "actors adjudicated amount amounts distinct_from evidence identifiers mentions money names participants review "
    "rights sentences short speaker suggestion value".split()
)

Record = Article | Activity | Layer | RecordSet | Release | Splits | Sequence[Entity] | Sequence[Source]


def to_plain(value: Any) -> Any:
    """A model's JSON form without empty fields, and with whole amounts as integers."""
    if isinstance(value, dict):
        items = ((key, to_plain(item)) for key, item in value.items())
        return {key: item for key, item in items if item not in (None, [], {})}
    if isinstance(value, list):
        return [to_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def dumps(record: Record, relative: PurePosixPath) -> str:
    """The canonical text of the file at ``relative`` that holds ``record``; the same record, the same bytes."""
    head: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    if isinstance(record, Article):
        data = {"record": "article", **head, **record.model_dump(mode="json")}
    elif isinstance(record, RecordSet):
        data = {"record": "records", **head, **record.model_dump(mode="json")}
    elif isinstance(record, (Activity, Layer, Release, Splits)):
        data = {"record": type(record).__name__.casefold(), **head, **record.model_dump(mode="json")}
    else:
        kind = "sources" if relative.name == "sources.yaml" else "entities"
        extra = {} if kind == "sources" else {"type": relative.stem}
        items = sorted((item.model_dump(mode="json") for item in record), key=lambda item: str(item["id"]))
        data = {"record": kind, **head, **extra, kind: items}
    return _yaml.dumps(to_plain(data), inline=_INLINE, modeline=modeline(relative))
