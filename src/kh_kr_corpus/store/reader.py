"""Files to records: the raw tree with lines and columns, and a model or none, so that a bad file can be linted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from kh_kr_corpus import _yaml
from kh_kr_corpus.errors import InputError, InvalidFileError, YamlError
from kh_kr_corpus.findings import Finding, Location
from kh_kr_corpus.models import Activity, Article, Entity, Layer, Model, RecordSet, Release, Source, Splits
from kh_kr_corpus.store import files, layout
from kh_kr_corpus.store.anchors import misanchored
from kh_kr_corpus.store.dump import SCHEMA_VERSION
from kh_kr_corpus.store.problems import to_findings
from kh_kr_corpus.store.unread import unread

__all__ = [
    "Contents",
    "Loaded",
    "loads",
    "read_below",
    "read_corpus",
    "read_entities",
    "read_file",
    "read_folder",
    "read_layers",
]


class EntityFile(Model):
    """``entities/<type>.yaml``: all entities of one type."""

    type: str
    entities: tuple[Entity, ...]


class SourceFile(Model):
    """``sources.yaml``: the bibliography."""

    sources: tuple[Source, ...]


FILES: dict[str, type[Model]] = {
    "article": Article,
    "activity": Activity,
    "entities": EntityFile,
    "sources": SourceFile,
    "layer": Layer,
    "splits": Splits,
    "records": RecordSet,
    "release": Release,
}
"""What stands in the files of each kind."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file as read: always its findings, the raw tree if it is YAML, the model if it is valid. An article whose
    spans don't stand where they say is a ``draft``: its metadata can be checked, and nothing else is done with it."""

    path: Path
    relative: PurePosixPath
    record: str | None
    revision: str = ""
    tree: _yaml.Tree | None = None
    model: Model | None = None
    findings: tuple[Finding, ...] = ()
    draft: Article | None = None

    def location(self, path: _yaml.Path | int = ()) -> Location:
        """The place of a field in this file, for findings; a number is a line that belongs to no field."""
        if isinstance(path, int):
            return Location(str(self.path), path)
        line, column = self.tree.mark(path) if self.tree else (1, 1)
        return Location(str(self.path), line, column, _yaml.field_name(path))


@dataclass
class Contents:
    """All records of a corpus by id, where each stands, and what is wrong with the files."""

    root: Path
    articles: Mapping[str, Article] = field(default_factory=dict)
    synthetic: Mapping[str, Article] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)
    splits: Splits = field(default_factory=Splits)
    release: Release | None = None
    """What the corpus is called and which version it is, where it says so."""
    files: list[Loaded] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Somebody else's texts by article, from a reader's copies: only to compare with, never stored."""
    _places: dict[tuple[str, str], Location] = field(default_factory=dict)
    _broken: set[tuple[str, str]] = field(default_factory=set)

    def knows(self, table: str, record_id: str) -> bool:
        """Whether a record of that id exists, or stands in a file that is broken: that is told once, there, and
        not again at every reference. Of a file that is no YAML no id is known, so it may hold any of its kind."""
        unread = record_id.partition("/")[0] + "/" if table == "entities" else ""
        return record_id in getattr(self, table) or not self._broken.isdisjoint({(table, record_id), (table, unread)})

    def place(self, table: str, record_id: str) -> Location:
        """Where a record stands; ``table`` is ``articles``, ``activities``, ``entities`` or ``sources``."""
        return self._places[table, record_id]

    def add(self, loaded: Loaded) -> None:
        """Take in one file; a second record of the same id is a finding, and the first one stays."""
        self.files.append(loaded)
        self.findings.extend(loaded.findings)
        self._broken.update(_broken_ids(loaded) if loaded.model is None else ())
        if isinstance(loaded.model, Splits):
            self.splits = loaded.model
        elif isinstance(loaded.model, Release):
            self.release = loaded.model
        for table, record_id, record, path in _records(loaded):
            known: dict[str, Any] = getattr(self, table)
            # articles and exercises share one space of ids
            key = ("articles" if table == "synthetic" else table, record_id)
            if key in self._places:
                message = f"id {record_id!r} is taken by {self._places[key]}"
                self.findings.append(
                    Finding("KC101", "error", loaded.location(path), message, "give it an id of its own")
                )
                continue
            known[record_id] = record
            self._places[key] = loaded.location(path)


def _records(loaded: Loaded) -> Iterator[tuple[str, str, Any, _yaml.Path]]:
    model = loaded.model
    if isinstance(model, Article):
        table = "synthetic" if loaded.relative.parts[:1] == ("synthetic",) else "articles"
        yield table, model.id, model, ("id",)
    elif isinstance(model, Activity):
        yield "activities", model.id, model, ("id",)
    elif isinstance(model, EntityFile):
        for n, entity in enumerate(model.entities):
            yield "entities", entity.id, entity, ("entities", n, "id")
    elif isinstance(model, Layer):
        yield "layers", model.id, model, ("article",)
    elif isinstance(model, SourceFile):
        for n, source in enumerate(model.sources):
            yield "sources", source.id, source, ("sources", n, "id")


def _broken_ids(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """The ids that a file without a model seems to hold."""
    stem, kind = loaded.relative.stem, loaded.record
    if kind in ("activity", "article"):
        yield {"activity": "activities", "article": "articles"}[kind], stem
    elif kind in ("entities", "sources"):
        items = loaded.tree.data.get(kind) if loaded.tree and isinstance(loaded.tree.data, dict) else None
        if not isinstance(items, list):
            yield kind, f"{stem}/" if kind == "entities" else ""
        else:
            yield from ((kind, str(item.get("id"))) for item in items if isinstance(item, dict))


def read_file(path: Path, root: Path) -> Loaded:
    """One file of the corpus at ``root``. Bad data comes back as findings; only a file that the machine can't
    read raises (:class:`~kh_kr_corpus.errors.EnvironmentFailure`)."""
    return _read_in(path, root.resolve(), path.parent.resolve())


def _read_files(paths: Iterable[Path], root: Path) -> Iterator[Loaded]:
    """Each of the files; where their folders really are is asked once for each folder."""
    base, folders = root.resolve(), dict[Path, Path]()
    for path in paths:
        folder = path.parent
        if folder not in folders:
            folders[folder] = folder.resolve()
        yield _read_in(path, base, folders[folder])


def _read_in(path: Path, base: Path, folder: Path) -> Loaded:
    place = folder / path.name
    if not (place.is_relative_to(base) and (not place.is_symlink() or place.resolve().is_relative_to(base))):
        blank = Loaded(path, PurePosixPath(path.name), None)
        return _failed(blank, "KC002", (), "a link to a file outside the corpus", "put the file itself here")
    relative = PurePosixPath(place.relative_to(base).as_posix())
    record = layout.record_of(relative)
    blank = Loaded(path, relative, record)
    if record is None:
        places = ", ".join(layout.FOLDERS)
        return _failed(blank, "KC002", (), "no record belongs at this place", f"a corpus root holds {places}")
    try:
        data = files.read_bytes(path, _yaml.MAX_BYTES)
        return loads(files.decode(data, str(path)), path, relative, files.revision_of(data))
    except InputError as error:
        return _failed(blank, "KC001", error.line or (), error.message, error.fix)


def loads(text: str, path: Path, relative: PurePosixPath, revision: str = "") -> Loaded:
    """The record in ``text`` as if it stood in the file ``relative`` of a corpus."""
    record = layout.record_of(relative)
    try:
        tree = _yaml.loads(text, str(path))
    except YamlError as error:
        place = Location(str(path), error.line, error.column, error.field)
        finding = Finding("KC001", "error", place, error.message, error.fix)
        return Loaded(path, relative, record, revision, findings=(finding,))
    loaded = Loaded(path, relative, record, revision, tree)
    if not isinstance(tree.data, dict):
        return _failed(loaded, "KC002", (), "the file holds no fields", "see data/schema.yaml")
    header = tuple(_header_findings(loaded, tree.data))
    body = {key: value for key, value in tree.data.items() if key not in ("record", "schema_version")}
    if header or record is None:
        return Loaded(path, relative, record, revision, tree, None, header)
    try:
        model = FILES[record].model_validate_json(to_json(body))
    except ValidationError as error:
        return Loaded(path, relative, record, revision, tree, None, tuple(to_findings(error, str(path), tree)))
    if isinstance(model, Article):
        found = tuple(Finding(c, "error", loaded.location(p), m, fix) for c, p, m, fix in misanchored(model))
        if found:
            return Loaded(path, relative, record, revision, tree, None, found, model)
    return Loaded(path, relative, record, revision, tree, model)


def _header_findings(loaded: Loaded, data: dict[str, Any]) -> Iterator[Finding]:
    for key, expected in (("record", loaded.record), ("schema_version", SCHEMA_VERSION)):
        if data.get(key) != expected or isinstance(data.get(key), bool):
            message = f"{key} is {data.get(key)!r}, a file at this place has {expected!r}"
            yield Finding("KC002", "error", loaded.location((key,)), message, f"write `{key}: {expected}`")


def _failed(loaded: Loaded, code: str, path: _yaml.Path | int, message: str, fix: str) -> Loaded:
    finding = Finding(code, "error", loaded.location(path), message, fix)
    return Loaded(loaded.path, loaded.relative, loaded.record, loaded.revision, loaded.tree, None, (finding,))


def corpus_files(root: Path, *, whole: bool = True) -> Iterator[Path]:
    """Every file of the corpus at ``root``, in the order in which it is read; without ``whole`` not those that are
    read only when somebody asks for them: second readings and record sets."""
    for name in layout.FOLDERS if whole else [name for name in layout.FOLDERS if name not in layout.LATER]:
        place = root / name
        yield from [place] if place.is_file() else files.scan(place)


def read_below(place: Path) -> Iterator[Loaded]:
    """Every corpus file at or below ``place``, a folder or file inside a corpus; raises :class:`InputError` when
    there is none, and :class:`~kh_kr_corpus.errors.EnvironmentFailure` when nothing is at ``place``."""
    files.require(place)
    root = layout.find_root(place)
    wanted = place.resolve()
    paths = [path for path in corpus_files(root) if path.resolve().is_relative_to(wanted)]
    if not paths:
        raise InputError(str(place), "no file of the corpus is here", f"its root is {root}")
    yield from _read_files(paths, root)


def read_entities(root: Path) -> Mapping[str, Entity]:
    """The entities of the corpus at ``root`` by id; raises :class:`InvalidFileError` when one of their files is
    invalid, whatever else may be wrong with the corpus."""
    return read_folder(root, "entities").entities


def read_layers(root: Path) -> Mapping[str, Layer]:
    """The second readings of the corpus at ``root`` by id; raises :class:`InvalidFileError` for an invalid file."""
    return read_folder(root, "layers").layers


def read_folder(root: Path, folder: str) -> Contents:
    """What the files of one folder hold; raises :class:`InvalidFileError` when one of them is invalid."""
    contents = Contents(root)
    for loaded in _read_files(files.scan(root / folder), root):
        contents.add(loaded)
    if contents.findings:
        raise InvalidFileError(str(root), tuple(contents.findings))
    return contents


def read_corpus(root: Path, *, strict: bool = False, whole: bool = True) -> Contents:
    """Every record below ``root``, second readings and record sets only with ``whole``. With ``strict``, any error
    raises :class:`InvalidFileError` with all findings; without, the findings are in the result and the broken files'
    records are not."""
    contents = Contents(root)
    for loaded in _read_files(corpus_files(root, whole=whole), root):
        contents.add(loaded)
    contents.findings.extend(unread(root))
    if strict and any(finding.severity == "error" for finding in contents.findings):
        raise InvalidFileError(str(root), tuple(contents.findings))
    return contents
