"""Whether a file is in canonical form, without writing it anew with the YAML emitter, which is slow.

The emitter writes each distinct string once, and the layout around the strings is put together here. Only what comes
out the same as the file is taken for canonical; whatever differs is left to the writer itself. Tests hold the two
equal on every file of the corpus and on hostile strings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kh_kr_corpus import _yaml
from kh_kr_corpus.store import Loaded
from kh_kr_corpus.store.dump import _INLINE as INLINE  # the one list of what stands on one line
from kh_kr_corpus.store.dump import SCHEMA_VERSION, to_plain
from kh_kr_corpus.store.files import revision_of
from kh_kr_corpus.store.layout import modeline
from kh_kr_corpus.store.writer import canonical

__all__ = ["Strings", "is_canonical", "laid_out"]


class Strings(dict[str, str]):
    """Strings as the emitter writes them on one line, each asked for once."""

    def learn(self, value: Any) -> None:
        """Ask for every string in ``value`` that is not known yet, all at once."""
        new = [text for text in dict.fromkeys(_strings(value)) if text not in self and "\n" not in text]
        if new:
            lines = _yaml.dumps({f"k{n}": text for n, text in enumerate(new)}).split("\n")
            self.update((text, line.partition(": ")[2]) for text, line in zip(new, lines, strict=False))

    def scalar(self, value: Any) -> str:
        """One value on one line; raises :class:`KeyError` for a string of several lines."""
        if isinstance(value, str):
            return self[value]
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return _yaml.dumps({"k": value})[3:-1]


def is_canonical(loaded: Loaded, strings: Strings) -> bool:
    """Whether the file of a valid record has the bytes that the writer would give it."""
    if loaded.model is None:
        return True
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


def laid_out(data: dict[str, Any], inline: frozenset[str], strings: Strings) -> str:
    """``data`` as :func:`kh_kr_corpus._yaml.dumps` writes it; raises :class:`KeyError` for what only that can write."""
    return "".join(f"{line}\n" for line in _block(data, "", inline, strings))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def _block(data: dict[str, Any], indent: str, inline: frozenset[str], strings: Strings) -> Iterator[str]:
    for key, value in data.items():
        if not value and isinstance(value, (dict, list)):
            raise KeyError(key)
        if isinstance(value, dict) and key not in inline:
            yield f"{indent}{key}:"
            yield from _block(value, f"{indent}  ", inline, strings)
        elif isinstance(value, list) and not _short(value):
            yield f"{indent}{key}:"
            yield from _items(value, f"{indent}  ", key, inline, strings)
        elif isinstance(value, str) and "\n" in value and not indent:
            yield _yaml.dumps({key: value})[:-1]
        else:
            yield f"{indent}{key}: {_flow(value, strings)}"


def _items(items: list[Any], indent: str, key: str, inline: frozenset[str], strings: Strings) -> Iterator[str]:
    for item in items:
        if isinstance(item, list) or item == {}:
            raise KeyError(key)
        if isinstance(item, dict) and key not in inline:
            first, *rest = _block(item, f"{indent}  ", inline, strings)
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from rest
        else:
            yield f"{indent}- {_flow(item, strings)}"


def _short(items: list[Any]) -> bool:
    return all(isinstance(item, (str, int, float)) for item in items) and sum(len(str(item)) for item in items) < 80


def _flow(value: Any, strings: Strings) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item, strings)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, strings) for item in value) + "]"
    return strings.scalar(value)
