"""A corpus folder of one's own."""

from __future__ import annotations

import os
from pathlib import Path

from kh_kr_corpus import _yaml
from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.store import files
from kh_kr_corpus.store.layout import SCHEMA_FILE
from kh_kr_corpus.store.schema import dumps_schema

__all__ = ["new_corpus"]


def new_corpus(folder: Path, template: Path) -> int:
    """Make ``folder`` a corpus with the entities and sources of the corpus ``template``; how many files it has.

    The schema, which makes it a corpus, is written last: a copy that was cut off can be started again.
    Raises :class:`InputError` for a folder that holds something else, :class:`EnvironmentFailure` when the machine
    refuses.
    """
    parts = [template / "sources.yaml", *files.scan(template / "entities")]
    places = {path: folder / path.relative_to(template) for path in parts}
    try:
        strange = set(files.scan(folder, "")) - set(places.values()) if os.path.lexists(folder) else set()
    except OSError as error:
        raise EnvironmentFailure(str(folder), f"cannot be read: {error.strerror or error}") from error
    if strange or (os.path.lexists(folder) and not folder.is_dir()):
        raise InputError(str(folder), "exists and is not empty", "name a new folder")
    for path, place in places.items():
        revision = files.revision_of(files.read_bytes(place, _yaml.MAX_BYTES)) if place.exists() else None
        files.replace_file(place, files.read_bytes(path, _yaml.MAX_BYTES), revision)
    files.replace_file(folder / SCHEMA_FILE, dumps_schema().encode("utf-8"), None)
    return len(parts) + 1
