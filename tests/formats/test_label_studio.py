"""Label Studio's tasks: the set-up fits them, and what people and models said there comes back or is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.formats.test_xmi import NAMES, TEXT, article

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats import Imported, NotCarried, Selection, export, get_format
from kh_kr_corpus.models import Article

LABEL_STUDIO = get_format("label-studio")


def read(path: Path, **labels: str) -> tuple[list[Imported], list[NotCarried]]:
    """What is read from a file or folder, and what is reported."""
    assert LABEL_STUDIO.read is not None
    found = list(LABEL_STUDIO.read(path, labels))
    return (
        [one for one in found if isinstance(one, Imported)],
        [one for one in found if isinstance(one, NotCarried)],
    )


def written(folder: Path, *articles: Article) -> Path:
    assert list(export(LABEL_STUDIO, Selection(articles), folder / "out")) == []
    return folder / "out"


def decided() -> Article:
    """The article of the other tests with its first mention accepted, its second suggested with a score."""
    review = {"state": "accepted", "by": "human:A", "at": "2026-11-22"}
    data = article().model_dump(mode="json")
    data["mentions"][0]["review"] = review
    data["mentions"][1]["suggestion"] = {"by": "khkr@1", "score": 0.25, "reason": "rule:x"}
    return Article.model_validate_json(json.dumps(data))


def test_the_set_up_fits_the_tasks(tmp_path: Path) -> None:
    """What Label Studio checks when it imports: every region names a control, an object, and labels of the set-up."""
    folder = written(tmp_path, decided())
    view = ET.parse(folder / "config.xml").getroot()  # noqa: S314 - our own file
    controls = {one.get("name"): one for one in view}
    (task,) = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    assert view.find("Text") is not None and task["data"]["text"] == TEXT
    regions = [region for one in (*task["annotations"], *task["predictions"]) for region in one["result"]]
    assert {region["from_name"] for region in regions} == {"label", "entity", "initiative"}
    for region in regions:
        control = controls[region["from_name"]]
        assert (control.tag.casefold(), control.get("toName")) == (region["type"], region["to_name"])
        known = {label.get("value") for label in control}
        assert set(region["value"].get("labels", ())) <= known


def test_what_was_decided_is_an_annotation_and_what_is_suggested_a_prediction(tmp_path: Path) -> None:
    folder = written(tmp_path, decided())
    (task,) = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    (annotation,) = task["annotations"]
    assert [one["id"] for one in annotation["result"]] == ["m1", "m1"]
    scores = {one["model_version"]: [r.get("score") for r in one["result"]] for one in task["predictions"]}
    assert scores == {"khkr@1": [0.25], "khkr": [None, None]}
    (found,), told = read(folder)
    assert (found.article, told) == (decided(), [])


def test_offsets_are_code_points(tmp_path: Path) -> None:
    """As in Label Studio since 1.6 (its pull request 1559)."""
    (task,) = json.loads((written(tmp_path, article()) / "tasks.json").read_text(encoding="utf-8"))
    values = [one["value"] for prediction in task["predictions"] for one in prediction["result"]]
    named = [value for value in values if value.get("labels") == ["GPE"]]
    assert [TEXT[value["start"] : value["end"]] for value in named] == list(NAMES)
    units = TEXT.encode("utf-16-le")
    assert [units[2 * v["start"] : 2 * v["end"]].decode("utf-16-le", "ignore") for v in named] != list(NAMES)


def region(name: str = "Phnom Penh", label: str | None = "City", **more: Any) -> dict[str, Any]:
    at = TEXT.index(name)
    value = {"start": at, "end": at + len(name), "text": name, "labels": [label] if label else []}
    return {"id": "r1", "from_name": "ner", "to_name": "doc", "type": "labels", "value": value, **more}


def task(*regions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": 7, "data": {"doc": TEXT}, "annotations": [{"id": 3, "result": list(regions)}], **more}


def foreign(folder: Path, *tasks: Any) -> Path:
    """A file of another project."""
    (folder / "export.json").write_text(json.dumps(list(tasks)))
    return folder / "export.json"


def test_an_old_file_that_counts_utf_16_is_read_by_its_words(tmp_path: Path) -> None:
    def old(name: str) -> dict[str, Any]:
        at = len(TEXT[: TEXT.index(name)].encode("utf-16-le")) // 2
        value = {"start": at, "end": at + len(name), "text": name, "labels": ["City"]}
        return {**region(), "value": value}

    (found,), told = read(foreign(tmp_path, task(*map(old, NAMES))), City="GPE")
    assert ([m.text for m in found.article.mentions], told) == (list(NAMES), [])
    # without the words it can't be known, and the standard counts: the places are others, and wrong
    bare = [{**one, "value": {**one["value"], "text": None}} for one in map(old, NAMES)]
    (found,), _ = read(foreign(tmp_path, task(*bare)), City="GPE")
    assert [m.text for m in found.article.mentions] != list(NAMES)


@pytest.mark.parametrize(
    ("odd", "codes"),
    [
        (task(region(), region("한국", None)), ["unknown-label"]),
        (task(region(), region("한국", "Food")), ["unknown-label"]),
        (task(region(), {**region("한국"), "value": {"start": 1, "end": 900, "labels": ["City"]}}), ["bad-offset"]),
        (task(region(), {**region("한국"), "value": {"start": 1, "end": 3, "text": "a", "labels": ["City"]}}),
         ["bad-offset"]),
        (task(region(), {**region("한국"), "value": {"start": "/p[1]", "end": "/p[1]", "labels": ["City"]}}),
         ["bad-offset"]),
        (task(region(), {**region("한국"), "type": "hypertextlabels"}), ["control"]),
        (task(region(), {"from_id": "r1", "to_id": "r2", "type": "relation"}), ["control"]),
        (task(region(), {"id": "c", "from_name": "kind", "type": "choices", "value": {"choices": ["A"]}}), ["control"]),
        (task({**region(), "value": {**region()["value"], "labels": ["City", "Seat"]}}), ["second-label"]),
        (task(region(meta={"text": ["sure?"]})), ["provenance"]),
        ({**task(region()), "annotations": [{"id": 3, "result": [region()], "lead_time": 2.5, "completed_by": 1}]},
         ["provenance"]),
        ({**task(region()), "annotations": [{"result": [region()]}, {"result": [region("한국")]}]},
         ["second-annotation"]),
        ({**task(region()), "annotations": [{"result": [region()]}, {"result": [], "was_cancelled": True}]},
         ["second-annotation"]),
        ({**task(region()), "predictions": [{"result": [region(label="Town")]}]}, ["prediction"]),
        ({**task(region()), "predictions": [12]}, ["prediction"]),
        ({**task(region()), "drafts": [{"id": 4, "result": []}]}, ["second-annotation"]),
        ({**task(region()), "meta": {"a": 1}, "comment_count": 2}, ["data", "provenance"]),
    ],
)  # fmt: skip
def test_each_thing_that_is_not_carried_is_reported(tmp_path: Path, odd: dict[str, Any], codes: list[str]) -> None:
    assert read(foreign(tmp_path, task(region())), City="GPE")[1] == []
    (found,), told = read(foreign(tmp_path, odd), City="GPE")
    assert [one.code for one in told] == codes
    assert all(one.item.startswith("task 7") for one in told)
    assert [m.text for m in found.article.mentions] == ["Phnom Penh"]


@pytest.mark.parametrize(("parent", "names"), [(None, ["Phnom Penh", "한국"]), (12, ["Phnom Penh"])])
def test_a_prediction_counts_where_nobody_has_worked_on_it(
    tmp_path: Path, parent: int | None, names: list[str]
) -> None:
    one = task(predictions=[{"id": 12, "result": [region(), region("한국")]}])
    one["annotations"] = [{"id": 3, "parent_prediction": parent, "result": [region()]}]
    (found,), told = read(foreign(tmp_path, one), City="GPE")
    assert [m.text for m in found.article.mentions] == names
    assert [one.code for one in told] == ["prediction"] * (2 - len(names))
    # without any annotation, predictions are all there is
    (found,), told = read(foreign(tmp_path, {**one, "annotations": []}), City="GPE")
    assert ([m.text for m in found.article.mentions], told) == (["Phnom Penh", "한국"], [])


@pytest.mark.parametrize(
    ("region_score", "whole_score", "score"), [(0.5, 0.9, 0.5), (None, 0.9, 0.9), (None, None, None), (7, 0.9, None)]
)
def test_the_score_of_a_prediction_is_kept(
    tmp_path: Path, region_score: float | None, whole_score: float | None, score: float | None
) -> None:
    prediction = {"model_version": "my model 2", "score": whole_score, "result": [region(score=region_score)]}
    (found,), _ = read(foreign(tmp_path, {**task(), "annotations": [], "predictions": [prediction]}), City="GPE")
    (mention,) = found.article.mentions
    assert mention.score == score
    assert mention.suggestion is None or mention.suggestion.by == "label_studio@my_model_2"


def test_a_line_break_inside_a_region_is_as_label_studio_writes_it(tmp_path: Path) -> None:
    data = {"id": 1, "data": {"text": "In Phnom\nPenh."}}
    value = {"start": 3, "end": 13, "text": "Phnom\\nPenh", "labels": ["GPE"]}
    path = foreign(tmp_path, {**data, "annotations": [{"result": [{**region(), "value": value}]}]})
    (found,), told = read(path)
    assert ([m.text for m in found.article.mentions], told) == (["Phnom\nPenh"], [])


def test_the_set_up_beside_the_file_says_which_data_is_the_text(tmp_path: Path) -> None:
    data = {"id": 1, "data": {"head": "A", "body": "In Seoul.", "date": "2020"}, "annotations": []}
    path = foreign(tmp_path, data)
    assert [one.code for one in read(path)[1]] == ["no-text"]
    (tmp_path / "config.xml").write_text('<View><Text name="t" value="$body"/></View>')
    found, told = read(path)
    assert [one.article.text for one in found] == ["In Seoul."]
    assert [(one.code, one.message) for one in told] == [("data", "without its head"), ("data", "without its date")]
    (tmp_path / "config.xml").write_text("<View>")
    with pytest.raises(InputError, match=r"config\.xml"):
        read(path)


@pytest.mark.parametrize("item", [1, "a", {"text": "JSON-MIN", "label": []}, {"data": []}])
def test_what_is_no_task_is_reported(tmp_path: Path, item: Any) -> None:
    found, told = read(foreign(tmp_path, item, task(region())), City="GPE")
    assert (len(found), [one.code for one in told]) == (1, ["not-a-task"])


def test_what_is_changed_of_an_initiative_is_reported(tmp_path: Path) -> None:
    folder = written(tmp_path, article())
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    (shown,) = (one for one in tasks[0]["predictions"][0]["result"] if one["from_name"] == "initiative")
    shown["value"]["labels"] = ["training"]
    (folder / "tasks.json").write_text(json.dumps(tasks))
    (found,), told = read(folder)
    assert [one.code for one in told] == ["initiative-edited"] * 2  # one is gone, and one is new
    assert found.article.initiatives == article().initiatives


def test_a_file_of_label_studio_is_read_and_each_loss_is_reported() -> None:
    (found,), told = read(Path(__file__).resolve().parents[2] / "third_party" / "label-studio", PER="PERSON")
    assert [(m.label, m.text) for m in found.article.mentions] == [
        ("PERSON", "Lawrence Rabiner"),
        ("ORG", "Rutgers\n  University"),  # the space at the end of the line is gone, as everywhere in the corpus
        ("ORG", "Univ. of Santa Barbara"),
        ("LOC", "Yorktown"),
    ]
    assert found.items == {"m1": "task 196 a1", "m2": "task 196 a2", "m3": "task 196 a3", "m4": "task 196 a4"}
    assert [(one.code, one.item) for one in told] == [
        ("provenance", "task 196 annotation 195"), ("unknown-label", "task 196 a5"), ("control", "task 196"),
    ]  # fmt: skip
    assert told[-1].message == "relation of a1 and a3"
