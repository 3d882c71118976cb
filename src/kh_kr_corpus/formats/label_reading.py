"""Reading Label Studio's tasks: what a person annotated, and predictions where nobody has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats.contract import NO_TEXT, Imported, NotCarried
from kh_kr_corpus.formats.draft import Draft, loads_rest
from kh_kr_corpus.formats.proofs import Proof, compare
from kh_kr_corpus.formats.units import Units
from kh_kr_corpus.store.files import read_text

__all__ = ["CONFIG", "read_tasks"]

Plain = dict[str, Any]
CONFIG = "config.xml"
_TOLD = frozenset("result id task project was_cancelled parent_prediction type unique_id".split())
"""Fields of an annotation that are used, or only number it."""
_REGION = frozenset("id from_name to_name type value score origin meta".split())


def read_tasks(path: Path, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    """The articles of one file of tasks."""
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(str(path), "no JSON", "export it from Label Studio as JSON", line) from None
    for number, item in enumerate(data if isinstance(data, list) else [data], 1):
        if not isinstance(item, dict) or not isinstance(item.get("data"), dict):
            yield NotCarried("not-a-task", str(path), f"task {number}", "has no data; export as JSON, not JSON-MIN")
            continue
        task = _Task(path, f"task {item.get('id', number)}", item)
        if task.text:
            yield from task.draft(labels).finish()
        else:
            yield NotCarried(NO_TEXT.code, str(path), task.name, "nothing says which of its data is the text")


class _Task:
    """One text and what people and models said of it."""

    def __init__(self, path: Path, name: str, item: Plain) -> None:
        self._path, self.name, self._item = path, name, item
        self.text = _text(path, item["data"])
        readings = [one for key in ("annotations", "completions") for one in _dicts(item.get(key))]
        self._annotations = [one for one in readings if not one.get("was_cancelled")]
        self._skipped = [one for one in readings if one.get("was_cancelled")]
        self._predictions = _dicts(item.get("predictions"))
        self._drafts = _dicts(item.get("drafts"))

    def draft(self, labels: Mapping[str, str]) -> Draft:
        """The text with its mentions, and reports of everything else."""
        rest, problem = loads_rest(self._item["data"].get("khkr"))
        draft = Draft(str(self._path), f"{self._path.stem} {self.name}", self.text, labels=labels, rest=rest)
        if problem:
            draft.report("bad-value", self.name, problem)
        chosen = self._annotations[:1]
        for one in (*self._annotations[1:], *self._skipped, *self._drafts):
            draft.report("second-annotation", f"{self.name} annotation {one.get('id', '')}", "only the first is read")
        self._report_rest(draft, ours=bool(rest))
        regions = [region for one in (*chosen, *self._predictions) for region in _dicts(one.get("result"))]
        told = [found for region in regions if (found := _quoted(region))]
        reading = _Reading(draft, Units(self.text, told), self.name)
        for one in chosen:
            if extra := sorted(name for name in set(one) - _TOLD if one[name] not in (None, "", [], {}, False)):
                item = f"{self.name} annotation {one.get('id', '')}"
                draft.report("provenance", item, f"without its {', '.join(extra)}")
            reading.take(one)
        # once somebody worked on the predictions, what is left of them was not kept
        kept = all(one.get("parent_prediction") is None for one in chosen)
        for one in self._predictions:
            reading.take(one, also=kept, predicted=not rest)
        compare(draft, rest, reading.proofs)
        return draft

    def _report_rest(self, draft: Draft, ours: bool) -> None:
        """What stands beside the annotations."""
        for one in _list(self._item.get("predictions")):
            if not isinstance(one, dict):
                draft.report("prediction", f"{self.name} prediction {one}", "the file has only its number")
        known = {"khkr", "title"} if ours else set()
        for name, value in self._item["data"].items():
            if value != self.text and name not in known:
                draft.report("data", self.name, f"without its {name}")
        if self._item.get("meta"):
            draft.report("data", self.name, "without its meta")
        if self._item.get("comment_count"):
            draft.report("provenance", self.name, "without its comments")


class _Reading:
    """Takes the regions of one annotation or prediction after the other."""

    def __init__(self, draft: Draft, units: Units, task: str) -> None:
        self._draft, self._units, self._task = draft, units, task
        self._taken: list[tuple[int, int, str]] = []
        self.proofs: list[Proof] = []

    def take(self, result: Plain, *, also: bool = True, predicted: bool = False) -> None:
        """The regions of one result. Those on a place that is taken are left, as are all unless ``also``."""
        regions = _dicts(result.get("result"))
        entities = {_name(one): _first(_value(one).get("text")) for one in regions if _is(one, "textarea", "entity")}
        before = list(self._taken)
        for one in regions:
            item = f"{self._task} {_name(one)}".rstrip()
            if _is(one, "labels"):
                place = self._place(one, item)
                label = self._label(one, item, place) if place else None
                if place and label and self._free((*place, label), item, before, also):
                    more = {"suggestion": _suggestion(result, one)} if predicted else {}
                    self._draft.add(item, *place, label, entity=entities.get(_name(one)), more=more)
            elif not _is(one, "textarea", "entity"):
                of = one.get("from_name") or f"{one.get('from_id')} and {one.get('to_id')}"
                self._draft.report("control", item, f"{one.get('type', 'a region')} of {of}")
        for name in sorted(entities.keys() - {_name(one) for one in regions if _is(one, "labels")}):
            self._draft.report("control", f"{self._task} {name}", "an entity without a region")

    def _label(self, one: Plain, item: str, place: tuple[int, int]) -> str | None:
        """The label of a mention; None for evidence, and where there is none. Everything else is reported."""
        names = [str(name) for name in _list(_value(one).get("labels"))]
        note = _first(one["meta"].get("text")) if isinstance(one.get("meta"), dict) else None
        for name in names[1:]:
            self._draft.report("second-label", item, name)
        if _is(one, "labels", "initiative"):
            self.proofs.append(Proof(_name(one).partition(".")[0], *place, "".join(names[:1]), note or ""))
            return None
        extra = sorted(set(one) - _REGION) + (["meta"] if note else [])
        if extra:
            self._draft.report("provenance", item, f"without its {', '.join(extra)}")
        if not names:
            self._draft.report("unknown-label", item, "the region has no label")
        return names[0] if names else None

    def _free(self, span: tuple[int, int, str], item: str, before: list[tuple[int, int, str]], also: bool) -> bool:
        """Whether a span is new; one that an earlier result has is there already."""
        if span in before:
            return False
        start, end, label = span
        if not also or any(a < end and start < b for a, b, _ in before):
            self._draft.report("prediction", item, f"{label} [{start}, {end}) was not kept")
            return False
        self._taken.append(span)
        return True

    def _place(self, one: Plain, item: str) -> tuple[int, int] | None:
        """Where a region stands, in code points of the text; None and a report where that can't be said."""
        value = _value(one)
        start, end = (
            self._units.point(at) if isinstance(at, int) else None for at in (value.get("start"), value.get("end"))
        )
        words = value.get("text")
        if start is None or end is None or not 0 <= start < end:
            self._draft.report("bad-offset", item, f"no place in the text: {value.get('start')!r}")
        # Label Studio writes a line break inside a region as a backslash and an n
        elif isinstance(words, str) and self._draft.raw[start:end] not in (words, words.replace("\\n", "\n")):
            self._draft.report("bad-offset", item, "its position is not where its words are")
        else:
            return start, end
        return None


def _text(path: Path, data: Plain) -> str:
    """The text that was annotated: what the set-up beside the file says, else ``text``, else the only one there is."""
    names, beside = ["text"], path.parent / CONFIG
    if beside.exists():
        try:
            view = ET.fromstring(read_text(beside))  # noqa: S314 - today's expat stops entity bombs
        except ET.ParseError as error:
            raise InputError(str(beside), "no XML", "export the labelling set-up again", error.position[0]) from None
        names = [one.get("value", "").removeprefix("$") for one in view.iter("Text")] or names
    found = [data[name] for name in names if isinstance(data.get(name), str)]
    words = [value for name, value in data.items() if isinstance(value, str) and name != "khkr"]
    return str(found[0] if found else words[0] if len(words) == 1 else "")


def _suggestion(prediction: Plain, region: Plain) -> Plain | None:
    """A model's word for a region, where it says how sure it is."""
    scores = [one for one in (region.get("score"), prediction.get("score")) if isinstance(one, (int, float))]
    version = "_".join(str(prediction.get("model_version") or "unknown").split())
    if not scores or not 0 <= scores[0] <= 1:
        return None
    return {"by": f"label_studio@{version}", "score": float(scores[0]), "reason": "prediction"}


def _name(region: Plain) -> str:
    return str(region.get("id", ""))


def _quoted(region: Plain) -> tuple[int, int, str] | None:
    value = _value(region)
    start, end, words = value.get("start"), value.get("end"), value.get("text")
    if isinstance(start, int) and isinstance(end, int) and isinstance(words, str):
        return start, end, words
    return None


def _dicts(value: Any) -> list[Plain]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(region: Plain) -> Plain:
    value = region.get("value")
    return value if isinstance(value, dict) else {}


def _first(value: Any) -> str | None:
    """The one line of a text field."""
    lines = value if isinstance(value, list) else [value]
    return lines[0] if lines and isinstance(lines[0], str) and lines[0] else None


def _is(region: Plain, kind: str, control: str | None = None) -> bool:
    return region.get("type") == kind and control in (None, region.get("from_name"))
