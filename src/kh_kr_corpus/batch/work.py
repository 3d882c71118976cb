"""What is done with some documents, in whatever process: a row of the articles or of the errors for each of them."""

from __future__ import annotations

import hashlib
import importlib.metadata
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kh_kr_corpus.annotate import Annotator, annotator_id
from kh_kr_corpus.annotate.relevance import relevance_of
from kh_kr_corpus.batch.columns import ARTICLES, ERRORS, MINHASH, Annotated, Failed, minhash
from kh_kr_corpus.batch.documents import Document
from kh_kr_corpus.corpus import shipped_root
from kh_kr_corpus.errors import InputError, KhkrError
from kh_kr_corpus.models import Article, Entity
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables import INITIATIVES, MENTIONS
from kh_kr_corpus.tables.column import Column, to_arrow
from kh_kr_corpus.tables.parquet import described
from kh_kr_corpus.tables.parts import PARTS, concatenated, dumps_part

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Part", "annotate_documents", "annotator_fingerprint", "failed_part", "joined"]

_ALONE = threading.Lock()
"""A worker of somebody's cluster may have several threads; spaCy wants one."""
_TOGETHER, _CHARACTERS = 16, 100_000
"""Documents that the model reads at once, and characters with which there are enough: quicker than one by one
(``python -m bench.annotate``), with a bound on the memory for long ones."""
_CODE = ("annotate", "batch", "kb", "models", "tables", "vocab")
_LIBRARIES = ("spacy", "numpy", "pyarrow")


class Part(NamedTuple):
    """The rows made of some documents."""

    files: Mapping[str, bytes]
    """A Parquet file a table."""
    counts: Mapping[str, int]
    """Documents, those that failed, those about relations, words, mentions, initiatives."""
    annotator: str
    """Who made them; see :func:`annotator_fingerprint`."""


def annotate_documents(documents: Sequence[Document], told: Callable[[], object] = lambda: None) -> Part:
    """The rows of ``documents``; ``told`` is called after each. Whatever happens to a document is a row."""
    articles: list[Annotated] = []
    failed: list[Failed] = []
    # what spaCy keeps of each new word is given back, or a worker would grow with every name that it reads
    with _ALONE, _annotator().nlp.memory_zone():
        for document, found in zip(documents, _annotate_each(documents), strict=True):
            if isinstance(found, Article):
                articles.append(Annotated(document, found, relevance_of(found, _annotator().kb)))
            else:
                failed.append(Failed(document, *found))
            told()
        return _part(articles, failed)


def failed_part(document: Document, problem: str) -> Part:
    """The rows of a document of which nothing came back."""
    return _part([], [Failed(document, problem, "")])


def joined(parts: Sequence[Part]) -> Part:
    """The rows of several, in their order."""
    files = {table: concatenated([part.files[table] for part in parts]) for table in PARTS}
    counts = {name: sum(part.counts[name] for part in parts) for name in parts[0].counts}
    return Part(files, counts, parts[0].annotator)


@cache
def annotator_fingerprint() -> str:
    """The annotator's version, and the SHA-256 of all that decides what it says: code, models, entities, libraries."""
    package = Path(__file__).resolve().parents[1]
    files = [path for part in _CODE for path in sorted((package / part).rglob("*")) if path.suffix != ".pyc"]
    files += [*sorted(package.glob("_*.py")), *sorted((shipped_root() / "entities").rglob("*.yaml"))]
    told = hashlib.sha256()
    for path in files:
        if path.is_file():
            told.update(path.read_bytes() + b"\0")
    told.update(" ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES).encode())
    return f"{annotator_id()} {told.hexdigest()}"


@cache
def _annotator() -> Annotator:
    """The annotator of this process, loaded once and whole."""
    annotator = Annotator()
    annotator.annotate("KOICA gave Cambodia 3 million dollars in 2020.")
    return annotator


def _annotate_each(documents: Iterable[Document]) -> Iterator[Article | tuple[str, str]]:
    """The article of each document, or what is wrong with it and how to mend that; never the words of its text."""
    for group in _groups(documents):
        try:
            articles = iter(list(_annotator().pipe(_asked(one) for one in group if _is_whole(one))))
        except Exception:  # by one of them; by which, and what is to be said of it, is found one by one
            yield from map(_annotate_one, group)
        else:
            yield from (next(articles) if _is_whole(one) else (one.problem, "") for one in group)


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents that the model reads together."""
    held: list[Document] = []
    characters = 0
    for document in documents:
        held.append(document)
        characters += len(document.text or "")
        if len(held) == _TOGETHER or characters >= _CHARACTERS:
            yield held
            held, characters = [], 0
    if held:
        yield held


def _annotate_one(document: Document) -> Article | tuple[str, str]:
    if not _is_whole(document):
        return document.problem, ""
    try:
        return _annotator().annotate(**_asked(document))
    except KhkrError as error:
        return _problem(error), getattr(error, "fix", "")
    except Exception as error:  # a bug that one document brings out must not cost the others
        return f"the annotator failed: {type(error).__name__}", "this is a bug of ours; please report it"


def _is_whole(document: Document) -> bool:
    return document.text is not None and not document.problem


def _asked(document: Document) -> dict[str, Any]:
    """What the annotator is told of a document."""
    return {name: getattr(document, name) for name in ("text", "id", "title", "date", "genre", "author")}


def _problem(error: KhkrError) -> str:
    return f"{error.where}: {error.message}" if isinstance(error, InputError) else str(error)


@cache
def _entities() -> Mapping[str, Entity]:
    kb = _annotator().kb
    return {entity_id: kb[entity_id] for entity_id in kb}


def _part(articles: Sequence[Annotated], failed: Sequence[Failed]) -> Part:
    contents = Contents(Path(), articles={one.article.id: one.article for one in articles}, entities=_entities())
    tables = {
        "articles": _with_minhash(_arrow(ARTICLES, articles), articles),
        "mentions": _arrow(MENTIONS.shown, MENTIONS.records(contents)),
        "initiatives": _arrow(INITIATIVES.shown, INITIATIVES.records(contents)),
        "errors": _arrow(ERRORS, failed),
    }
    counts = {
        "documents": len(articles) + len(failed),
        "failed": len(failed),
        "about": sum(one.relevance.about for one in articles),
        "words": sum(one.words for one in articles),
        "mentions": tables["mentions"].num_rows,
        "initiatives": tables["initiatives"].num_rows,
    }
    files = {name: dumps_part(table) for name, table in tables.items()}
    return Part(files, counts, annotator_fingerprint())


def _with_minhash(arrow: pa.Table, articles: Sequence[Annotated]) -> pa.Table:
    import pyarrow as pa

    field = pa.field("minhash", pa.binary(), metadata={"meaning": MINHASH})
    return arrow.append_column(field, pa.array(list(map(minhash, articles)), pa.binary()))


def _arrow(columns: Sequence[Column[Any]], records: Iterable[Any]) -> pa.Table:
    return described(to_arrow(columns, list(records)), {column.name: column.described for column in columns}, "")
