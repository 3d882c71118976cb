"""The formats by name; a format's module is imported when it is used, and not before."""

from __future__ import annotations

from importlib import import_module

from kh_kr_corpus.errors import UnknownNameError, near
from kh_kr_corpus.formats.contract import Format

__all__ = ["NAMES", "get_format"]

# A format's name and its module; the one place where a new one is made known.
_MODULES = {
    "docbin": "docbin",
    "conll": "conll",
    "brat": "brat",
    "xmi": "xmi",
    "web-annotation": "web_annotation",
    "label-studio": "label_studio",
    "iati": "iati",
    "bibtex": "bibtex",
    "dataset": "dataset",
    "csv": "csv_tables",
}
NAMES = tuple(_MODULES)
"""In the order in which they are told."""


def get_format(name: str) -> Format:
    """The format with this name; raises :class:`UnknownNameError` where there is none.

    >>> get_format("brat").two_way
    True
    """
    if name not in _MODULES:
        raise UnknownNameError("format", name, near(name, NAMES) or NAMES)
    found: Format = import_module(f"kh_kr_corpus.formats.{_MODULES[name]}").FORMAT
    return found
