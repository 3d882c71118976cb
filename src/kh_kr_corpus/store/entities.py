"""One more entity in the file of its type."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from kh_kr_corpus.errors import ConflictError, InvalidFileError
from kh_kr_corpus.models import Entity
from kh_kr_corpus.store import files
from kh_kr_corpus.store.dump import dumps
from kh_kr_corpus.store.reader import EntityFile, loads, read_file
from kh_kr_corpus.store.writer import refuse_comments

__all__ = ["add_entity"]


def add_entity(entity: Entity, root: Path) -> Path:
    """Put ``entity`` into ``entities/<type>.yaml`` of the corpus at ``root``, which is made when it is missing.

    Raises :class:`ConflictError` when its id is taken or the file changes meanwhile, :class:`InvalidFileError` when
    the file is invalid, and what :func:`kh_kr_corpus.store.write` raises when it can't be written.
    """
    relative = PurePosixPath("entities", f"{entity.type}.yaml")
    path = root / relative
    known: tuple[Entity, ...] = ()
    revision = None
    if path.exists():
        loaded = read_file(path, root)
        if not isinstance(loaded.model, EntityFile):
            raise InvalidFileError(str(path), loaded.findings)
        refuse_comments(loaded)
        known, revision = loaded.model.entities, loaded.revision
    if any(one.id == entity.id for one in known):
        raise ConflictError(str(path), f"the id {entity.id!r} is taken; nothing was written")
    text = dumps([*known, entity], relative)
    check = loads(text, path, relative)
    if check.findings:
        raise InvalidFileError(str(path), check.findings)
    files.replace_file(path, text.encode("utf-8"), revision)
    return path
