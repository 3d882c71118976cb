"""Records to files: checked, canonical, atomic, and never over something that was not read."""

from __future__ import annotations

from pathlib import Path

from kh_kr_corpus.errors import ConflictError, InputError, InvalidFileError
from kh_kr_corpus.findings import Finding
from kh_kr_corpus.models import Activity, Article, Layer, RecordSet, Release, Splits
from kh_kr_corpus.store import files, layout
from kh_kr_corpus.store.dump import dumps
from kh_kr_corpus.store.reader import EntityFile, Loaded, SourceFile, loads, read_file

__all__ = ["canonical", "reformat", "refuse_comments", "write", "write_text"]


def write(record: Article | Activity | Layer, root: Path, *, revision: str | None = None, keep: bool = True) -> Path:
    """Write one record to its place in the corpus at ``root`` and return the path.

    ``revision`` is the revision that was read (:attr:`Loaded.revision`), None for a new file.
    Raises :class:`InputError` for a text that may not be stored and for a file with a comment, which would be
    lost, :class:`InvalidFileError` when an anchor does not hold, :class:`ConflictError` when the file is not in that
    state or the id is another file's, and :class:`~kh_kr_corpus.errors.EnvironmentFailure` when the machine refuses.
    The file stays as it is then; what is refused because the file changed is kept in a file beside it, unless
    ``keep`` is false because the caller has it.
    """
    path = layout.path_of(record, root)
    if isinstance(record, Article) and record.rights.text == "external" and record.text is not None:
        raise InputError(str(path), "the text is somebody else's and is never stored", "write it without its text")
    if not path.resolve().is_relative_to(root.resolve()):
        raise InputError(str(path), "a link to a file outside the corpus", "put the file itself here")
    relative = layout.expected_path(record)
    if revision is None and (other := _same_id(record, root, path)):
        raise ConflictError(str(other), f"the id {record.id!r} is taken by this file; nothing was written")
    text = dumps(record, relative)
    # Read back what will be written: a file that we could not read again is never made.
    check = loads(text, path, relative)
    if check.findings or check.model != record:
        raise InvalidFileError(str(path), check.findings or (_unstable(check),))
    if revision is not None and path.exists() and (standing := read_file(path, root)).revision == revision:
        refuse_comments(standing)
    data = text.encode("utf-8")
    try:
        files.replace_file(path, data, revision)
    except ConflictError as error:
        if revision is None or not keep:
            raise
        raise ConflictError(error.where, error.message, str(files.keep_aside(path, data))) from None
    return path


def write_text(path: Path, text: str, *, revision: str | None = None) -> None:
    """Write a derived file (schema, page) with the same guarantees as a record."""
    files.replace_file(path, text.encode("utf-8"), revision)


def canonical(loaded: Loaded) -> str | None:
    """The canonical text of a valid file, None for one that has no model."""
    model = loaded.model
    if isinstance(model, (Article, Activity, Layer, RecordSet, Release, Splits)):
        return dumps(model, loaded.relative)
    if isinstance(model, EntityFile):
        return dumps(model.entities, loaded.relative)
    return dumps(model.sources, loaded.relative) if isinstance(model, SourceFile) else None


def reformat(loaded: Loaded) -> bool:
    """Bring a valid file into canonical form; whether it changed.

    Raises :class:`InputError` when a person's comment would be lost: put it into a ``note`` field.
    """
    text = canonical(loaded)
    if text is None or files.revision_of(text.encode("utf-8")) == loaded.revision:
        return False
    refuse_comments(loaded)
    files.replace_file(loaded.path, text.encode("utf-8"), loaded.revision)
    return True


def refuse_comments(loaded: Loaded) -> None:
    """Raise :class:`InputError` when writing the file anew would lose a person's comment."""
    if loaded.tree and loaded.tree.comments:
        line = loaded.tree.comments[0]
        raise InputError(str(loaded.path), "a comment would be lost", "move it into a `note` field", line)


def _same_id(record: Article | Activity | Layer, root: Path, path: Path) -> Path | None:
    """Another file of the corpus that bears the record's id: an article's folder goes by its date, its id does not."""
    if not isinstance(record, Article):
        return None
    others = (other for name in ("articles", "synthetic") for other in files.scan(root / name))
    return next((other for other in others if other.stem == record.id and other != path), None)


def _unstable(loaded: Loaded) -> Finding:
    return Finding("KC902", "error", loaded.location(), "writing and reading this record again changes it", "report it")
