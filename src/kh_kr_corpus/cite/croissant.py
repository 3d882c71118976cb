"""Croissant, the description of data sets that loaders and search engines read (version 1.1, by MLCommons)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kh_kr_corpus.cite.reference import to_bibtex
from kh_kr_corpus.models import Release
from kh_kr_corpus.tables import TABLES, Column, TableSpec

__all__ = ["file_of", "to_croissant"]

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "day": "sc:Date"}
_TERMS = (
    "citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset "
    "jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate separator source "
    "subField transform"
).split()
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    **{name: f"cr:{name}" for name in _TERMS},
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
}


def file_of(table: str) -> str:
    """Where a table stands in the folder that ``khkr release --dataset`` writes."""
    return f"tables/{table}.jsonl"


def to_croissant(release: Release, sums: Mapping[str, str] | None = None) -> str:
    """Croissant's JSON-LD: every table as a record set, every column as a field with its meaning.

    ``sums`` has the SHA-256 of each file in the folder of a data set. Without them the description is of data that
    still change, which Croissant calls live.
    """
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": release.name,
        "alternateName": release.title,
        "description": release.description,
        "version": release.version,
        "datePublished": release.head.date,
        "license": release.licence_url,
        "creator": [_creator(one.full, one.given) for one in release.creators],
        "publisher": _creator(release.publisher, None),
        "inLanguage": list(release.languages),
        "keywords": list(release.keywords),
        "url": release.homepage,
        "sameAs": f"https://doi.org/{release.doi}" if release.doi else None,
        "citeAs": to_bibtex(release),
        "isLiveDataset": sums is None,
        "distribution": [_file(spec, sums) for spec in TABLES.values()],
        "recordSet": [_record_set(spec) for spec in TABLES.values()],
    }
    kept = {key: value for key, value in told.items() if value not in (None, [])}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _creator(name: str, given: str | None) -> dict[str, str]:
    return {"@type": "sc:Person" if given else "sc:Organization", "name": name}


def _file(spec: TableSpec[Any, Any], sums: Mapping[str, str] | None) -> dict[str, Any]:
    place = file_of(spec.name)
    told = {
        "@type": "cr:FileObject",
        "@id": place,
        "name": place.rpartition("/")[2],
        "description": spec.meaning,
        "contentUrl": place,
        "encodingFormat": "application/jsonlines",
    }
    return told if sums is None else {**told, "sha256": sums[place]}


def _record_set(spec: TableSpec[Any, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": spec.name,
        "name": spec.name,
        "description": spec.meaning,
        "field": [_field(spec.name, column) for column in spec.shown],
    }
    if spec.key:
        told["key"] = {"@id": f"{spec.name}/{spec.key}"}
    return told


def _field(table: str, column: Column[Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        # in words: the reference reader (mlcroissant 1.1) joins along `references` and fails on tables like ours
        "description": column.described + (f" An id of {column.refers}." if column.refers else ""),
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": file_of(table)}, "extract": {"column": column.name}},
    }
    if column.many:
        told |= {"cr:isArray": True, "cr:arrayShape": "-1"}
    return told
