"""Label Studio JSON: a folder with ``tasks.json`` to import and ``config.xml``, the labelling set-up that it needs.

What was decided is an annotation, what is only suggested a prediction, with its score. An entity stands in a text field
of its region, evidence of initiatives under a second set of labels; the rest of the article is JSON in the task's data.
Label Studio counts code points since its version 1.6; older ones counted UTF-16 units, which the words tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from kh_kr_corpus import vocab
from kh_kr_corpus.formats.contract import NO_TEXT, REJECTED, Format, Imported, Loss, NotCarried, Selection
from kh_kr_corpus.formats.draft import READING, rest_of
from kh_kr_corpus.formats.label_reading import CONFIG, read_tasks
from kh_kr_corpus.formats.output import put_folder
from kh_kr_corpus.formats.proofs import EDITED
from kh_kr_corpus.models import Article, Initiative, Mention
from kh_kr_corpus.store.files import require, scan

__all__ = ["FORMAT", "read", "write"]

_NOBODY = "khkr"
"""The model of a suggestion that does not say what made it."""


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The folder ``path``: the set-up and a task for each article."""
    tasks = [_task(article) for article in selection.articles]
    files = {CONFIG: _config(), "tasks.json": json.dumps(tasks, ensure_ascii=False, indent=1).encode()}
    put_folder(path, files)
    return
    yield


def _config() -> bytes:
    view = ET.Element("View")
    labels = ET.SubElement(view, "Labels", name="label", toName="text")
    for name in vocab.load("labels"):
        ET.SubElement(labels, "Label", value=name)
    kinds = ET.SubElement(view, "Labels", name="initiative", toName="text")
    for name in vocab.load("kinds"):
        ET.SubElement(kinds, "Label", value=name)
    ET.SubElement(view, "Text", name="text", value="$text", granularity="symbol")
    ET.SubElement(view, "TextArea", name="entity", toName="text", perRegion="true", maxSubmissions="1")
    ET.indent(view)
    return bytes(ET.tostring(view, encoding="utf-8"))


def _task(article: Article) -> dict[str, Any]:
    decided: list[dict[str, Any]] = []
    suggested: dict[str, list[dict[str, Any]]] = {}
    found: list[Mention | Initiative] = [*article.mentions, *article.initiatives]
    for one in found:
        by = one.suggestion.by if one.suggestion else _NOBODY
        regions = decided if one.review.decided else suggested.setdefault(by, [])
        regions += _regions(article, one)
    data = {"text": article.text, "title": article.title, "khkr": json.dumps(rest_of(article))}
    predictions = [{"model_version": by, "result": regions} for by, regions in suggested.items()]
    return {"data": data, "annotations": [{"result": decided}] if decided else [], "predictions": predictions}


def _regions(article: Article, one: Mention | Initiative) -> Iterator[dict[str, Any]]:
    """A mention, with a second entry for its entity; or the evidence of an initiative."""
    score = {"score": one.score} if one.score is not None and not one.review.decided else {}
    if isinstance(one, Mention):
        yield _region(article, one.id, "label", one.start, one.end, labels=[one.label]) | score
        if one.entity:
            place = {"start": one.start, "end": one.end, "text": [one.entity]}
            yield {"id": one.id, "from_name": "entity", "to_name": "text", "type": "textarea", "value": place}
    else:
        for number, span in enumerate(one.evidence, 1):
            name = f"{one.id}.{number}"
            shown = _region(article, name, "initiative", span.start, span.end, labels=[one.kind])
            yield shown | {"meta": {"text": [one.title]}} | score


def _region(article: Article, name: str, control: str, start: int, end: int, **said: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": (article.text or "")[start:end], **said}
    return {"id": name, "from_name": control, "to_name": "text", "type": "labels", "value": value}


def read(path: Path, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    """The articles of a Label Studio export (JSON, not JSON-MIN), or of every ``.json`` below the folder ``path``."""
    require(path)
    for file in [path] if path.is_file() else scan(path, ".json"):
        yield from read_tasks(file, labels)


FORMAT = Format(
    name="label-studio",
    suffix="",
    what="texts, mentions with links, evidence of initiatives, and the rest as data of the task",
    consumer="Label Studio",
    losses=(
        NO_TEXT,
        REJECTED,
        *READING,
        EDITED,
        Loss("control", "anything but labels of text: choices, relations, boxes, pieces of HTML",
             "the corpus has no such annotations", "in"),
        Loss("second-label", "second labels of one region", "a mention has one", "in"),
        Loss("second-annotation", "annotations of one task by further people", "an import is one reading", "in"),
        Loss("prediction", "predictions that the annotator did not keep, and those of which only a number is there",
             "somebody has decided on them; Label Studio's plain export has only their numbers", "in"),
        Loss("data", "other data of a task", "an article has fields of its own", "in"),
        Loss("provenance", "who annotated, when, how long it took, and comments on a region",
             "what is imported is a suggestion until somebody has decided", "in"),
        Loss("not-a-task", "anything else in the file", "only tasks are read", "in"),
    ),
    write=write,
    read=read,
)  # fmt: skip
