"""A corpus folder of one's own."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from kh_kr_corpus import _yaml
from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.store import files
from kh_kr_corpus.store.dump import dumps
from kh_kr_corpus.store.layout import SCHEMA_FILE
from kh_kr_corpus.store.reader import read_corpus
from kh_kr_corpus.store.schema import dumps_schema

__all__ = ["new_corpus"]


def new_corpus(folder: Path, template: Path) -> int:
    """Make ``folder`` a corpus with the entities of the corpus ``template`` and the sources that those cite; how
    many files it has.

    The schema, which makes it a corpus, is written last: a copy that was cut off can be started again.
    Raises :class:`InputError` for a folder that holds something else, :class:`EnvironmentFailure` when the machine
    refuses.
    """
    parts = {folder / path.relative_to(template): path for path in files.scan(template / "entities")}
    copies = {place: files.read_bytes(path, _yaml.MAX_BYTES) for place, path in parts.items()}
    copies[folder / "sources.yaml"] = _cited_sources(template).encode("utf-8")
    try:
        strange = set(files.scan(folder, "")) - set(copies) if os.path.lexists(folder) else set()
    except OSError as error:
        raise EnvironmentFailure(str(folder), f"cannot be read: {error.strerror or error}") from error
    if strange or (os.path.lexists(folder) and not folder.is_dir()):
        raise InputError(str(folder), "exists and is not empty", "name a new folder")
    for place, data in copies.items():
        revision = files.revision_of(files.read_bytes(place, _yaml.MAX_BYTES)) if place.exists() else None
        files.replace_file(place, data, revision)
    files.replace_file(folder / SCHEMA_FILE, dumps_schema().encode("utf-8"), None)
    return len(copies) + 1


def _cited_sources(template: Path) -> str:
    """The bibliography of the entities, the originals of reposts included."""
    contents = read_corpus(template, strict=True)
    cited = {name for entity in contents.entities.values() for name in entity.cited}
    cited |= {original for name in cited if (original := contents.sources[name].repost_of)}
    return dumps([contents.sources[name] for name in cited], PurePosixPath("sources.yaml"))
