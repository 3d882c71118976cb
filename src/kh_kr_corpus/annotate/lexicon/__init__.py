"""General word lists of the annotator, as reviewed YAML beside this file; read on first use, each list once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from kh_kr_corpus import _yaml

__all__ = ["cities", "names", "table", "words"]


@cache
def table(name: str) -> Mapping[str, Any]:
    """The lists of ``NAME.yaml`` as they stand in the file."""
    text = resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = _yaml.loads(text, f"lexicon/{name}.yaml").data
    return data


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """A list of single words; ``_`` inside one stands for a space.

    >>> "Bridge" in words("heads", "FAC")
    True
    """
    return frozenset(word.replace("_", " ") for word in _at(name, keys).split())


@cache
def names(name: str, *keys: str) -> frozenset[str]:
    """A list of names with spaces in them, separated by ``|``."""
    return frozenset(" ".join(part.split()) for part in _at(name, keys).split("|") if part.strip())


@cache
def cities() -> frozenset[str]:
    """All cities and provinces of the list of places, whatever their country."""
    return names("places", "cities_kh") | names("places", "cities_kr") | names("places", "cities_other")


def _at(name: str, keys: tuple[str, ...]) -> str:
    value: Any = table(name)
    for key in keys:
        value = value[key]
    return str(value)
