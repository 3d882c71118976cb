"""Which record stands in which file; the only module that knows the folders' names."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Activity, Article, Layer

__all__ = [
    "FOLDERS",
    "IDS_FILE",
    "LATER",
    "MANIFEST_FILE",
    "OTHERS",
    "RELEASE_FILE",
    "SCHEMA_FILE",
    "expected_path",
    "find_root",
    "modeline",
    "path_of",
    "record_of",
]

SCHEMA_FILE = "schema.yaml"
RELEASE_FILE = "release.yaml"
IDS_FILE = "ids.txt"
MANIFEST_FILE = "MANIFEST.sha256"
FOLDERS = (
    "sources.yaml", "splits.yaml", "entities", "activities", "articles", "synthetic", "layers", "records", RELEASE_FILE,
)  # fmt: skip
"""What a corpus root holds, in the order in which it is read."""
LATER = ("layers", "records")
"""What of it is read only when somebody asks for it, and is no part of the compiled form."""
OTHERS = (SCHEMA_FILE,)
"""What else has its place there and holds no records of ours."""


def find_root(path: Path) -> Path:
    """The corpus root that ``path`` lies in: the nearest folder, itself or above, with a ``schema.yaml``.

    Raises :class:`InputError` when there is none.
    """
    start = Path(os.path.realpath(path))
    for folder in (start, *start.parents):
        if os.path.isfile(folder / SCHEMA_FILE):  # noqa: PTH113 - False, not an error, where we may not look
            return folder
    raise InputError(
        str(path), f"no corpus here: no {SCHEMA_FILE} in this folder or above", "write one with: khkr schema --output"
    )


def record_of(relative: PurePosixPath) -> str | None:
    """The kind of record that a file at this place in the corpus holds; None for a place that holds none."""
    parts = relative.parts
    if parts == ("sources.yaml",):
        return "sources"
    if len(parts) == 2 and parts[0] == "entities" and relative.stem in vocab.load("entity_types"):
        return "entities"
    if parts in (("splits.yaml",), ("release.yaml",)):
        return relative.stem
    if len(parts) == 3 and parts[0] == "layers":
        return "layer"
    if len(parts) == 2 and parts[0] in ("activities", "records"):
        return "activity" if parts[0] == "activities" else "records"
    if (len(parts) == 3 and parts[0] == "articles") or (len(parts) == 2 and parts[0] == "synthetic"):
        return "article"
    return None


def expected_path(record: Article | Activity | Layer) -> PurePosixPath:
    """Where a record belongs, relative to the corpus root."""
    if isinstance(record, Layer):
        return PurePosixPath("layers", record.annotator, f"{record.article}.yaml")
    if isinstance(record, Activity):
        return PurePosixPath("activities", f"{record.id}.yaml")
    if record.origin == "synthetic":
        return PurePosixPath("synthetic", f"{record.id}.yaml")
    year = record.id[:4] if record.id[:4].isdigit() else (record.date or "")[:4]
    return PurePosixPath("articles", year if year.isdigit() else "undated", f"{record.id}.yaml")


def path_of(record: Article | Activity | Layer, root: Path) -> Path:
    """The file of a record in the corpus at ``root``."""
    return root / expected_path(record)


def modeline(relative: PurePosixPath) -> str:
    """The path from a file to the schema, for editors."""
    return "../" * (len(relative.parts) - 1) + SCHEMA_FILE
