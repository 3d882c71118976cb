"""``CITATION.cff``, which GitHub, Zenodo and reference managers read (Citation File Format 1.2.0)."""

from __future__ import annotations

from typing import Any

from kh_kr_corpus import _yaml
from kh_kr_corpus.models import Creator, Release

__all__ = ["to_cff"]


def to_cff(release: Release) -> str:
    """The text of ``CITATION.cff``."""
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this corpus, please cite the version that you used.",
        "type": "dataset",
        "title": release.title,
        "abstract": release.description,
        "authors": [_author(creator) for creator in release.creators],
        "version": release.version,
        "date-released": release.head.date,
        "license": release.licence,
        "keywords": list(release.keywords),
        "doi": release.doi,
        "url": release.homepage,
    }
    note = "# Derived from data/release.yaml by `khkr cite --output`; change that file, not this one.\n"
    return note + _yaml.dumps({key: value for key, value in told.items() if value})


def _author(creator: Creator) -> dict[str, str]:
    orcid = {"orcid": f"https://orcid.org/{creator.orcid}"} if creator.orcid else {}
    if creator.given is None:
        return {"name": creator.name, **orcid}
    return {"family-names": creator.name, "given-names": creator.given, **orcid}
