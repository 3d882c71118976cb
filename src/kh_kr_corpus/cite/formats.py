"""The formats of a citation by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kh_kr_corpus.cite.cff import to_cff
from kh_kr_corpus.cite.croissant import to_croissant
from kh_kr_corpus.cite.datacite import to_datacite
from kh_kr_corpus.cite.reference import to_apa, to_bibtex
from kh_kr_corpus.errors import UnknownNameError, near
from kh_kr_corpus.models import Release

__all__ = ["FILES", "FORMATS", "cite"]

FORMATS: Mapping[str, Callable[[Release], str]] = {
    "apa": to_apa,
    "bibtex": to_bibtex,
    "cff": to_cff,
    "datacite": to_datacite,
    "croissant": to_croissant,
}
"""A reference for a paper in APA style or BibTeX, ``CITATION.cff``, DataCite's and Croissant's JSON."""
FILES: Mapping[str, str] = {"cff": "CITATION.cff", "datacite": "datacite.json", "croissant": "croissant.json"}
"""The formats that are kept as files, and their names."""


def cite(release: Release, style: str = "apa") -> str:
    """``release`` in one of :data:`FORMATS`; raises :class:`UnknownNameError` for another."""
    if style not in FORMATS:
        raise UnknownNameError("format of a citation", style, near(style, FORMATS) or tuple(FORMATS))
    return FORMATS[style](release)
