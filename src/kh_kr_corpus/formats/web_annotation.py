"""W3C Web Annotation (JSON-LD): a folder with an annotation collection for each article, and its text beside it.

The model: https://www.w3.org/TR/annotation-model/. Its positions count code points, as ours do (section 4.2.4). An
article is ``urn:khkr:article:ID``; whoever reads the file finds the text of such a source in a file of that name. An
article whose text is not at hand goes without it: positions, and of the words only the names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kh_kr_corpus.formats.contract import NO_TEXT, REJECTED, Format, Imported, Loss, NotCarried, Selection
from kh_kr_corpus.formats.draft import READING, rest_of
from kh_kr_corpus.formats.iris import to_iri
from kh_kr_corpus.formats.output import put_folder
from kh_kr_corpus.formats.proofs import EDITED
from kh_kr_corpus.formats.web_reading import read_annotations
from kh_kr_corpus.models import Article, Evidence, Mention
from kh_kr_corpus.models.review import Review, Suggestion
from kh_kr_corpus.store.files import require, scan

__all__ = ["FORMAT", "read", "write"]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Code points of the text before and after a span that are quoted with it, as the common clients do."""


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The folder ``path``: ``ID.jsonld`` for each article, and ``ID.txt`` where its text is at hand."""
    files: dict[str, bytes] = {}
    for article in selection.articles:
        files[f"{article.id}.jsonld"] = json.dumps(_collection(article), ensure_ascii=False, indent=1).encode()
        if article.text is not None:
            files[f"{article.id}.txt"] = article.text.encode()
    put_folder(path, files)
    return
    yield


def _collection(article: Article) -> dict[str, Any]:
    iri = f"{to_iri('article', article.id)}#annotations"
    items = list(_annotations(article))
    page = {"id": f"{iri}-1", "type": "AnnotationPage", "partOf": iri, "startIndex": 0, "items": items}
    return {
        "@context": _CONTEXT, "id": iri, "type": "AnnotationCollection", "label": article.title, "total": len(items),
        "first": page,
    }  # fmt: skip


def _annotations(article: Article) -> Iterator[dict[str, Any]]:
    source = to_iri("article", article.id)
    record = {"type": "TextualBody", "format": "application/json", "value": json.dumps(rest_of(article))}
    text = {"id": source, "type": "Text", "format": "text/plain", "language": article.language}
    yield _annotation(source, "record", "describing", [record], text)
    for m in article.mentions:
        body: list[dict[str, Any]] = [{"type": "TextualBody", "value": m.label, "purpose": "classifying"}]
        if m.entity:
            link = to_iri("entity", m.entity)
            body.append({"type": "SpecificResource", "source": link, "purpose": "identifying"})
        target = {"source": source, "selector": _selectors(article, m)}
        yield _annotation(source, m.id, "classifying", body, target, _creator(m.review, m.suggestion))
    for one in article.initiatives:
        body = [
            {"type": "TextualBody", "value": one.title, "purpose": "describing"},
            {"type": "TextualBody", "value": one.kind, "purpose": "classifying"},
        ]
        targets = [{"source": source, "selector": _selectors(article, span)} for span in one.evidence]
        yield _annotation(source, one.id, "describing", body, targets, _creator(one.review, one.suggestion))


def _annotation(
    source: str, name: str, why: str, body: list[dict[str, Any]], target: Any, creator: dict[str, str] | None = None
) -> dict[str, Any]:
    made = {"id": f"{source}#{name}", "type": "Annotation", "motivation": why, "body": body, "target": target}
    return made | ({"creator": creator} if creator else {})


def _creator(review: Review, suggestion: Suggestion | None) -> dict[str, str] | None:
    """Who answers for it: who decided, or what suggested it."""
    if review.by is not None:
        kind, _, name = review.by.partition(":")
        return {"type": "Person" if kind == "human" else "Software", "name": name}
    return {"type": "Software", "name": suggestion.by} if suggestion else None


def _selectors(article: Article, span: Mention | Evidence) -> list[dict[str, Any]]:
    text, start, end = article.text, span.start, span.end
    found: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if text is not None:
        around = {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
        found.append({"type": "TextQuoteSelector", "exact": text[start:end], **around})
    elif isinstance(span, Mention):
        found.append({"type": "TextQuoteSelector", "exact": span.text})
    return found


def read(path: Path, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    """The articles that are annotated in the file ``path``, or in every ``.jsonld`` and ``.json`` below that folder.

    The text of a source is the file beside it that has the last part of its IRI as its name, or that and ``.txt``.
    """
    require(path)
    files = [path] if path.is_file() else [*scan(path, ".jsonld"), *scan(path, ".json")]
    for file in files:
        yield from read_annotations(file, labels, _annotations)


FORMAT = Format(
    name="web-annotation",
    suffix="",
    what="mentions with links, evidence of initiatives and the rest as a record; texts where they are at hand",
    consumer="JSON-LD processors, and annotation clients such as Recogito and Hypothesis",
    losses=(
        REJECTED,
        Loss(NO_TEXT.code, "annotations of sources whose text is not at hand", "put it beside the file", "in"),
        *READING,
        EDITED,
        Loss("selector", "places given by anything but positions and quotes in a text", "the corpus has no other",
             "in"),
        Loss("body", "comments, replies, and second classes of one span", "a mention has one label", "in"),
        Loss("foreign-link", "links to other knowledge bases", "links go to the corpus's own entities", "in"),
        Loss("provenance", "who made an annotation and when, and other remarks on it",
             "what is imported is a suggestion until somebody has decided", "in"),
        Loss("not-an-annotation", "anything else in the file, and pages that lie elsewhere", "nothing is fetched",
             "in"),
    ),
    write=write,
    read=read,
    needs_text=False,
)  # fmt: skip
