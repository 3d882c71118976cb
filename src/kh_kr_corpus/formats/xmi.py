"""UIMA CAS XMI for INCEpTION and other UIMA programs: a folder with ``TypeSystem.xml`` and an ``.xmi`` an article.

A mention is a ``NamedEntity`` of DKPro Core, INCEpTION's built-in layer: ``value`` is the label, ``identifier`` the
entity. The evidence of an initiative is a span of the custom layer ``Initiative``, which INCEpTION makes when
``TypeSystem.xml`` is imported among its layers. Everything else is JSON in a ``KhkrRecord``, which is no span and which
nobody has to understand. UIMA counts UTF-16 units; dkpro-cassis converts them to code points and back.
"""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.formats.contract import NO_TEXT, REJECTED, Format, Imported, Loss, NotCarried, Selection
from kh_kr_corpus.formats.draft import READING, Draft, loads_rest, rest_of
from kh_kr_corpus.formats.iris import from_iri, to_iri
from kh_kr_corpus.formats.output import put_folder
from kh_kr_corpus.formats.proofs import EDITED, Proof, compare, proofs
from kh_kr_corpus.formats.xml_characters import not_xml
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.files import read_bytes, require, scan

__all__ = ["FORMAT", "read", "write"]

_CORE = "de.tudarmstadt.ukp.dkpro.core.api."
_NAME = f"{_CORE}ner.type.NamedEntity"
_META = f"{_CORE}metadata.type.DocumentMetaData"
_INITIATIVE = "webanno.custom.Initiative"
_RECORD = "webanno.custom.KhkrRecord"
_TYPES = "TypeSystem.xml"
_LIMIT = 64_000_000
_UNPLACED = re.compile(r"Not mapping external offset \[(\d+)\]")


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The folder ``path``: the type system, and each article with its text."""
    types = _our_types()
    files = {_TYPES: bytes(types.to_xml(), "utf-8")}
    for article in selection.articles:
        shown = (article.text or "", article.title, *(one.title for one in article.initiatives))
        if bad := not_xml(*shown):
            yield NotCarried("character", article.id, "", f"XML can't hold {bad}, so nothing of it is written")
        else:
            files[f"{article.id}.xmi"] = bytes(_to_cas(article, types).to_xmi(), "utf-8")
    put_folder(path, files)


def _cassis() -> Any:
    """dkpro-cassis, which is imported on first use: an extra."""
    try:
        import cassis
    except ModuleNotFoundError as error:
        what = "not installed; say: pip install 'kh-kr-corpus[formats]'"
        raise EnvironmentFailure(str(error.name), what) from None
    return cassis


def _our_types() -> Any:
    types = _cassis().TypeSystem(add_document_annotation_type=True)
    meta = types.create_type(_META, "uima.tcas.DocumentAnnotation")
    shapes = {
        meta: ("documentTitle", "documentId"),
        types.create_type(_NAME, "uima.tcas.Annotation"): ("value", "identifier"),
        types.create_type(_INITIATIVE, "uima.tcas.Annotation"): ("identifier", "kind", "title"),
        types.create_type(_RECORD, "uima.cas.AnnotationBase"): ("json",),
    }
    for shape, features in shapes.items():
        for feature in features:
            types.create_feature(shape, feature, "uima.cas.String")
    return types


def _to_cas(article: Article, types: Any) -> Any:
    cas = _cassis().Cas(typesystem=types)
    text = article.text or ""
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    meta = types.get_type(_META)
    told = {"documentTitle": article.id, "documentId": article.id, "language": article.language}
    cas.add(meta(begin=0, end=len(text), **told))
    name, initiative = types.get_type(_NAME), types.get_type(_INITIATIVE)
    for m in article.mentions:
        link = to_iri("entity", m.entity) if m.entity else None
        cas.add(name(begin=m.start, end=m.end, value=m.label, identifier=link))
    for p in proofs(article):
        cas.add(initiative(begin=p.start, end=p.end, identifier=p.initiative, kind=p.kind, title=p.title))
    cas.add(types.get_type(_RECORD)(json=json.dumps(rest_of(article))))
    return cas


def read(path: Path, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    """The articles of an ``.xmi`` file, or of all below the folder ``path``, with the ``TypeSystem.xml`` beside it.

    ``labels`` may name types, too: ``Person=PERSON`` makes mentions of the annotations of the type ``Person``.
    """
    require(path)
    types: dict[Path, Any] = {}
    for file in [path] if path.is_file() else scan(path, ".xmi"):
        beside = file.parent / _TYPES
        if beside not in types:
            types[beside] = _types_of(beside)
        yield from _read_one(file, types[beside], labels)


def _types_of(path: Path) -> Any:
    if not path.exists():
        return _our_types()
    load = partial(_cassis().load_typesystem, BytesIO(read_bytes(path, _LIMIT)))
    types = _understood(path, load)
    text = types.get_type("uima.cas.String")
    for feature in (one for shape in types.get_types() for one in shape.features):
        # a string with a list of allowed values, which dkpro-cassis 0.12 takes for a string here and not there
        if feature.rangeType.supertype == text:
            feature.rangeType = text
    return types


def _understood(path: Path, load: Callable[[], Any]) -> Any:
    """What ``load`` gives; whatever dkpro-cassis raises for a broken file is an :class:`InputError`."""
    try:
        return load()
    except InputError:
        raise
    except Exception as error:
        told = f": {error.msg}" if isinstance(error, SyntaxError) else ""
        message = f"no UIMA file that dkpro-cassis can read ({type(error).__name__}{told})"
        raise InputError(str(path), message, "export it again as UIMA CAS XMI (XML 1.0)") from None


def _read_one(path: Path, types: Any, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    data = read_bytes(path, _LIMIT)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        load = partial(_cassis().load_cas_from_xmi, BytesIO(data), typesystem=types, lenient=True)
        cas = _understood(path, load)
    messages = [str(one.message) for one in told]
    for message, number in sorted(Counter(one for one in messages if not _UNPLACED.match(one)).items()):
        yield NotCarried("layer", str(path), "", f"{message} ({_many(number)})")
    for view in cas.views[1:]:
        yield NotCarried("view", str(path), view.sofa.sofaID, "only the first text of a CAS is read")
    if not cas.sofa_string:
        yield NotCarried(NO_TEXT.code, str(path), "", "it holds no text")
        return
    file = _File(path, cas, {int(found[1]) for one in messages if (found := _UNPLACED.match(one))})
    yield from file.draft(labels).finish()


class _File:
    """What is in one CAS."""

    def __init__(self, path: Path, cas: Any, unplaced: set[int]) -> None:
        self._path, self._unplaced = path, unplaced
        self._text: str = cas.sofa_string
        self._all = cas.select_all_fs()
        self._meta = next((fs for fs in self._all if fs.type.name in (_META, "uima.tcas.DocumentAnnotation")), None)

    def draft(self, labels: Mapping[str, str]) -> Draft:
        """The text with its mentions, and reports of everything else."""
        record, problem = self._record()
        draft = Draft(str(self._path), self._name(), self._text, labels=labels, rest=record)
        if problem:
            draft.report("bad-value", "KhkrRecord", problem)
        shown, others = [], Counter[str]()
        for fs in self._all:
            item, kind = f"{fs.type.short_name} {fs.xmiID}", _kind(fs, labels)
            if kind == "initiative":
                shown.append(Proof(fs.identifier or item, fs.begin, fs.end, fs.kind or "", fs.title or ""))
            elif kind == "mention":
                self._add(draft, fs, item, labels)
            elif kind == "other":
                others[fs.type.name] += 1
        for name, number in sorted(others.items()):
            draft.report("layer", name, f"the corpus has no such layer ({_many(number)})")
        compare(draft, record, shown)
        return draft

    def _record(self) -> tuple[dict[str, Any], str]:
        """What the file says of the article beside its text, and what is wrong with that."""
        ours = next((fs for fs in self._all if fs.type.name == _RECORD), None)
        if ours is not None:
            return loads_rest(ours.json)
        language = getattr(self._meta, "language", None)
        return ({"language": language} if language and language != "x-unspecified" else {}), ""

    def _name(self) -> str:
        """What the text is called, without the endings that programs put behind it."""
        name = getattr(self._meta, "documentTitle", None) or self._path.name
        return re.sub(r"(\.(xmi|txt|xml))+\Z", "", name)

    def _add(self, draft: Draft, fs: Any, item: str, labels: Mapping[str, str]) -> None:
        if {fs.begin, fs.end} & {None, *self._unplaced}:
            draft.report("bad-offset", item, f"[{fs.begin}, {fs.end}) is no pair of places between characters")
            return
        told = {one.name: fs[one.name] for one in fs.type.all_features if fs[one.name] is not None}
        for feature in told.keys() - {"sofa", "begin", "end", "value", "identifier"}:
            draft.report("feature", item, f"the feature {feature}")
        link = told.get("identifier")
        entity = from_iri("entity", link) if link else None
        if link and not entity:
            draft.report("foreign-link", item, f"a link to {link!r}, which is none of our entities")
        name = next((one for one in (fs.type.name, fs.type.short_name) if one in labels), None)
        draft.add(item, fs.begin, fs.end, name or told.get("value") or fs.type.short_name, entity=entity)


def _many(number: int) -> str:
    return f"{number} annotation{'s' * (number > 1)}"


def _kind(fs: Any, labels: Mapping[str, str]) -> str:
    """``mention``, ``initiative``, ``ours`` for what was read before, or ``other``."""
    names = [fs.type.name]
    above = fs.type.supertype
    while above is not None:
        names.append(above.name)
        above = above.supertype
    if _INITIATIVE in names:
        return "initiative"
    if "uima.tcas.Annotation" in names and (_NAME in names or {names[0], fs.type.short_name} & set(labels)):
        return "mention"
    return "ours" if _RECORD in names or "uima.tcas.DocumentAnnotation" in names else "other"


FORMAT = Format(
    name="xmi",
    suffix="",
    what="texts, mentions with links, evidence of initiatives, and the rest as a record",
    consumer="INCEpTION, dkpro-cassis and other UIMA programs",
    losses=(
        NO_TEXT,
        REJECTED,
        Loss("character", "texts with control characters", "XML 1.0 can't hold them"),
        *READING,
        EDITED,
        Loss("layer", "annotations of other layers: tokens, parts of speech, relations", "the corpus has none", "in"),
        Loss("feature", "other features of a named entity", "a mention has none", "in"),
        Loss("foreign-link", "links to other knowledge bases", "links go to the corpus's own entities", "in"),
        Loss("view", "further texts of one CAS", "an article has one", "in"),
    ),
    write=write,
    read=read,
)  # fmt: skip
