"""Plain values as canonical YAML: the same value always gives the same bytes, and other readers see the same.

PyYAML's emitter takes a second for a long article. So it is asked only for strings that it would not write as they are,
once for each, and the layout around them is put together here. What does not fit is left to the emitter. Tests hold the
two equal on every file of the corpus and on hostile values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kh_kr_corpus._yaml.emitting import as_it_is, emitted, short

__all__ = ["Strings", "dumps", "laid_out"]

_KEY = re.compile(r"[a-z][a-z0-9_]{1,60}\Z")
_ODD_KEYS = frozenset("yes no on off true false null nan inf nil none".split())


class Strings(dict[str, str]):
    """Strings as the emitter writes them on one line, each asked for once."""

    def learn(self, value: Any) -> None:
        """Take in every string in ``value`` that is not known yet; the emitter is asked once for all it must write."""
        new = [text for text in dict.fromkeys(_strings(value)) if text not in self and "\n" not in text]
        self.update((text, line) for text in new if (line := as_it_is(text)) is not None)
        odd = [text for text in new if text not in self]
        if odd:
            lines = emitted({f"k{n}": text for n, text in enumerate(odd)}).split("\n")
            self.update((text, line.partition(": ")[2]) for text, line in zip(odd, lines, strict=False))

    def scalar(self, value: Any) -> str:
        """One value on one line; raises :class:`KeyError` for a string of several lines."""
        if isinstance(value, str):
            return self[value]
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, float):
            return _float(repr(value))
        return emitted({"k": value})[3:-1]  # true, false, null


@lru_cache(maxsize=4096)
def _float(text: str) -> str:
    return emitted({"k": float(text)})[3:-1]


def laid_out(data: Any, inline: frozenset[str], strings: Strings) -> str:
    """``data`` as the emitter writes it; raises :class:`KeyError` for what only the emitter can write."""
    if not isinstance(data, dict) or not data:
        raise KeyError(type(data))
    return "".join(f"{line}\n" for line in _block(data, "", inline, strings))


def dumps(data: Any, *, inline: frozenset[str] = frozenset(), modeline: str = "") -> str:
    """``data`` as canonical YAML. Mappings under a key in ``inline`` are written on one line each;
    ``modeline`` is the path of the JSON Schema for editors. ``loads(dumps(x)).data == x`` for every plain value.
    """
    strings = Strings()
    try:
        strings.learn(data)
        body = laid_out(data, inline, strings)
    except KeyError:
        body = emitted(data, inline=inline)
    return (f"# yaml-language-server: $schema={modeline}\n" if modeline else "") + body


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
            yield f"{indent}{_key(key)}:"
            yield from _block(value, f"{indent}  ", inline, strings)
        elif isinstance(value, list) and not short(value):
            yield f"{indent}{_key(key)}:"
            yield from _items(value, f"{indent}  ", key, inline, strings)
        elif isinstance(value, str) and "\n" in value and not indent:
            yield emitted({_key(key): value})[:-1]
        else:
            yield f"{indent}{_key(key)}: {_flow(value, strings)}"


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


def _flow(value: Any, strings: Strings) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(item, strings)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, strings) for item in value) + "]"
    return strings.scalar(value)


def _key(key: Any) -> str:
    """A key that is written as it is; raises :class:`KeyError` for another."""
    if isinstance(key, str) and _KEY.match(key) and key not in _ODD_KEYS:
        return key
    raise KeyError(key)
