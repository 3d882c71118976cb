"""spaCy's DocBin: a ``.spacy`` file to train on, with mentions as ``doc.ents`` and everything else in ``user_data``.

Tokens are spaCy's own English ones, divided where a mention begins or ends inside one, so that each is an entity;
spaCy aligns them to the tokens of a pipeline when it trains.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kh_kr_corpus import _spacy
from kh_kr_corpus.formats.contract import NO_TEXT, REJECTED, Format, Imported, Loss, NotCarried, Selection
from kh_kr_corpus.formats.draft import READING, Draft, loads_rest, rest_of
from kh_kr_corpus.formats.output import put
from kh_kr_corpus.store.files import read_bytes

__all__ = ["FORMAT", "read", "write"]

_OURS = "khkr"
"""Under which ``doc.user_data`` has what spaCy has no word for, as JSON."""
_LIMIT = 2_000_000_000


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """One file with a document for each article."""
    docs = []
    for article in selection.articles:
        doc = _spacy.to_divided_doc(article)
        doc.user_data[_OURS] = json.dumps(rest_of(article), ensure_ascii=False)
        docs.append(doc)
    put(path, _spacy.dump_docs(docs))
    return
    yield


def read(path: Path, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    """The articles of one file: each document with its entities."""
    docs = _spacy.load_docs(read_bytes(path, _LIMIT), str(path))
    for number, doc in enumerate(docs, 1):
        yield from _read_one(doc, str(path), f"{path.stem}-{number}", labels)


def _read_one(doc: Any, where: str, name: str, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    rest, problem = loads_rest(doc.user_data.get(_OURS))
    draft = Draft(where, str(rest.get("id", name)), doc.text, labels=labels, rest=rest)
    if problem:
        draft.report("bad-value", name, problem)
    for number, span in enumerate(doc.ents, 1):
        item = f"{name} entity {number}"
        draft.add(item, span.start_char, span.end_char, span.label_, entity=span.kb_id_ or None)
    for key, spans in doc.spans.items():
        if key != _spacy.MENTIONS:
            for number, span in enumerate(spans, 1):
                item = f"{name} spans[{key!r}] {number}"
                draft.report("span-group", item, f"{span.label_} [{span.start_char}, {span.end_char})")
    for category, score in doc.cats.items():
        draft.report("category", f"{name} {category}", f"{score}")
    if any(doc.has_annotation(layer) for layer in ("TAG", "LEMMA", "DEP", "MORPH")):
        draft.report("syntax", name, "tags, lemmas, morphology or parse")
    yield from draft.finish()


FORMAT = Format(
    name="docbin",
    suffix=".spacy",
    what="texts, mentions and links as entities; everything else as JSON in user_data",
    consumer="spaCy: spacy debug data, spacy train, DocBin",
    losses=(
        NO_TEXT,
        REJECTED,
        *READING,
        Loss("span-group", "spans in doc.spans", "a mention is an entity; spans may overlap", "in"),
        Loss("category", "categories of texts", "the corpus has none", "in"),
        Loss("syntax", "tags, lemmas, morphology and parse", "the corpus has no layer of tokens", "in"),
    ),
    write=write,
    read=read,
)
