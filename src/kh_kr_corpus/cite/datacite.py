"""The fields that a DOI is registered with: DataCite's metadata (kernel 4) as JSON."""

from __future__ import annotations

import json
from typing import Any

from kh_kr_corpus.models import Creator, Release

__all__ = ["to_datacite"]


def to_datacite(release: Release) -> str:
    """DataCite's JSON. Without a DOI it is what one is asked for with; the registry gives the DOI and its date."""
    day = release.head.date
    told: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "doi": release.doi,
        "creators": [_creator(one) for one in release.creators],
        "titles": [{"title": release.title, "lang": "en"}],
        "publisher": {"name": release.publisher},
        # a DOI is only asked for when a version is released; until then the year is the one it is named after
        "publicationYear": (day or release.version)[:4],
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Annotated text corpus"},
        "subjects": [{"subject": keyword, "lang": "en"} for keyword in release.keywords],
        "dates": [{"date": day, "dateType": "Issued"}] if day else [],
        "language": release.languages[0],
        "version": release.version,
        "rightsList": [
            {
                "rights": release.licence,
                "rightsUri": release.licence_url,
                "rightsIdentifier": release.licence,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "descriptions": [{"description": release.description, "descriptionType": "Abstract", "lang": "en"}],
        "formats": ["application/yaml", "application/jsonl"],
        "url": release.homepage,
    }
    kept = {key: value for key, value in told.items() if value}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _creator(creator: Creator) -> dict[str, Any]:
    known: dict[str, Any] = {"name": creator.full, "nameType": "Personal" if creator.given else "Organizational"}
    if creator.given:
        known |= {"familyName": creator.name, "givenName": creator.given}
    if creator.orcid:
        identifier = {"nameIdentifier": f"https://orcid.org/{creator.orcid}", "nameIdentifierScheme": "ORCID"}
        known["nameIdentifiers"] = [{**identifier, "schemeUri": "https://orcid.org"}]
    return known
