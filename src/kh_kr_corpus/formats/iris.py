"""Our ids as IRIs, for formats that know a thing only by one. The corpus has no web address that is for ever, so they
are names (URNs), not places: ``urn:khkr:entity:place/phnom-penh``."""

from __future__ import annotations

from typing import Literal

__all__ = ["Kind", "from_iri", "to_iri"]

Kind = Literal["article", "entity", "activity"]


def to_iri(kind: Kind, name: str) -> str:
    """The IRI of the thing of this kind with the id ``name``.

    >>> to_iri("entity", "place/phnom-penh")
    'urn:khkr:entity:place/phnom-penh'
    """
    return f"urn:khkr:{kind}:{name}"


def from_iri(kind: Kind, iri: str) -> str | None:
    """The id that :func:`to_iri` made ``iri`` of; None for somebody else's.

    >>> from_iri("entity", "http://www.wikidata.org/entity/Q1850") is None
    True
    """
    start = to_iri(kind, "")
    return iri.removeprefix(start) if iri.startswith(start) else None
