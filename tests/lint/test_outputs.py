"""Findings as SARIF, GitHub annotations and JUnit: valid by their own schema or parser, whatever the data holds."""

from __future__ import annotations

import copy
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from kh_kr_corpus.findings import Finding, Location
from kh_kr_corpus.lint import RULES, Report, inspect
from kh_kr_corpus.lint.ci import to_github, to_junit
from kh_kr_corpus.lint.sarif import to_sarif

SCHEMA = json.loads((Path(__file__).parents[2] / "third_party/sarif/sarif-2.1.0.json").read_text("utf-8"))
BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"
HOSTILE = "50 %: a,b\r\nc \x0b\x1b[31m \u202e \ufffe </failure>]]> ::error::"


@pytest.fixture
def faulty(toy_copy: Path) -> Report:
    """A report with errors, a warning and a waived finding."""
    path = toy_copy / BRIEF
    text = path.read_text("utf-8").replace("place/cambodia, review", "place/atlantis, review", 1)
    text = text.replace('    as_of: "2022-02"', '    as_of: "2023"')
    path.write_text(text, encoding="utf-8")
    activity = toy_copy / "activities/nurse-course.yaml"
    waiver = "waivers:\n  - rule: KC605\n    at: amounts\n    why: another course of the same cost\n"
    activity.write_text(activity.read_text("utf-8").replace("review:", waiver + "review:"), encoding="utf-8")
    report = inspect(toy_copy)
    first = report.findings[0]
    strange = Finding("KC003", "error", Location(str(toy_copy / "a b%,é.yaml"), 3, 9, "note"), HOSTILE, HOSTILE)
    waived = ((first, "because\nof this"),)
    return Report(report.root, (*report.findings, strange), waived, report.files, report.rules)


def problems(log: object) -> list[str]:
    return [error.message for error in jsonschema.Draft4Validator(SCHEMA).iter_errors(log)]


def test_sarif_is_valid_by_the_schema(faulty: Report) -> None:
    log = json.loads(json.dumps(to_sarif([faulty], faulty.root, "0.1.0")))
    assert problems(log) == []
    [run] = log["runs"]
    assert len(run["tool"]["driver"]["rules"]) == len(RULES)
    assert len(run["results"]) == len(faulty.findings) + 1
    assert run["results"][-1]["suppressions"][0]["justification"] == "because\nof this"
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert not uri.startswith("/") and " " not in uri


def test_the_schema_would_refuse_another(faulty: Report) -> None:
    """The control: a log with a slip of ours is not valid, so that the test above can fail."""
    good = to_sarif([faulty], faulty.root, "0.1.0")
    for spoil in ("level", "region", "version"):
        log = copy.deepcopy(good)
        result = log["runs"][0]["results"][0]
        if spoil == "level":
            result["level"] = "info"
        elif spoil == "region":
            result["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
        else:
            del log["version"]
        assert problems(log)


def test_a_fingerprint_survives_moved_lines(faulty: Report) -> None:
    def prints(report: Report) -> set[str]:
        run = to_sarif([report], report.root, "0")["runs"][0]
        return {result["partialFingerprints"]["finding/v1"] for result in run["results"]}

    path = faulty.root / BRIEF
    path.write_text(path.read_text("utf-8").replace("sources: [toy", "author: A\nsources: [toy"), encoding="utf-8")
    moved = inspect(faulty.root)
    assert {f.location.line for f in moved.findings} != {f.location.line for f in faulty.findings[:-1]}
    assert prints(moved) <= prints(faulty)


def test_github_annotations_are_one_line_each(faulty: Report) -> None:
    lines = to_github([faulty], faulty.root).split("\n")
    assert len(lines) == len(faulty.findings)
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)
    strange = lines[-1]
    assert "file=a b%25%2Cé.yaml,line=3,col=9,title=KC003::note%3A" not in strange
    assert "file=a b%25%2Cé.yaml,line=3,col=9,title=KC003::note: 50 %25" in strange
    assert "%0D%0A" in strange and "\r" not in strange


def test_junit_is_read_by_a_parser_and_counts(faulty: Report) -> None:
    root = ElementTree.fromstring(to_junit([faulty], faulty.root))  # noqa: S314 - we wrote it
    [suite] = root
    failing = [case for case in suite if case.find("failure") is not None]
    assert int(suite.get("tests", "0")) == len(suite)
    assert int(suite.get("failures", "0")) == len(failing) == 3
    assert "KC102" in "".join(case.findtext("failure") or "" for case in failing)
    clean = ElementTree.fromstring(to_junit([Report(faulty.root, (), (), 7)], faulty.root))  # noqa: S314
    assert clean[0].get("failures") == "0" and "7 other files" in ElementTree.tostring(clean, "unicode")


def test_what_is_only_worth_a_look_fails_no_test_and_is_counted(faulty: Report) -> None:
    look = Finding("KC703", "info", Location(str(faulty.root / "b.yaml"), 1, 1, "title"), "may be another", "look")
    [suite] = ElementTree.fromstring(to_junit([Report(faulty.root, (look,), (), 3)], faulty.root))  # noqa: S314
    assert suite.get("failures") == "0" and suite.get("tests") == "2"
    assert [case.get("file") for case in suite] == ["b.yaml", None] and "2 other files" in str(suite[1].get("name"))


def test_a_file_elsewhere_is_named_whole(faulty: Report, tmp_path: Path) -> None:
    lines = to_github([faulty], tmp_path / "another folder").split("\n")
    assert all(f"file={faulty.root.as_posix()}/" in line.replace("%3A", ":") for line in lines)
