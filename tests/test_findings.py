"""Findings: a line that editors can jump to, and a flat row for JSON."""

from __future__ import annotations

import dataclasses
import json

import pytest

from kh_kr_corpus.findings import Finding, Location

WHERE = Location("data/a.yaml", 12, 5, "mentions[3].end")


def test_line_is_path_line_column_severity_code_field() -> None:
    finding = Finding("KC202", "error", WHERE, "past the end", "correct the span")
    assert str(finding) == "data/a.yaml:12:5: error KC202 mentions[3].end: past the end; fix: correct the span"


def test_line_without_field_and_fix() -> None:
    assert str(Finding("KC901", "warning", Location("a.yaml"), "odd")) == "a.yaml:1:1: warning KC901: odd"


def test_row_is_flat_and_goes_through_json() -> None:
    row = Finding("KC202", "error", WHERE, "“끝”", "").to_dict()
    assert list(row) == ["code", "severity", "path", "line", "column", "field", "message", "fix"]
    assert json.loads(json.dumps(row)) == row
    assert (row["line"], row["column"], row["field"]) == (12, 5, "mentions[3].end")


def test_locations_sort_by_file_then_line_as_a_number() -> None:
    places = [Location("b.yaml", 1), Location("a.yaml", 10), Location("a.yaml", 9, 4), Location("a.yaml", 9, 3)]
    assert [(p.path, p.line, p.column) for p in sorted(places)] == [
        ("a.yaml", 9, 3),
        ("a.yaml", 9, 4),
        ("a.yaml", 10, 1),
        ("b.yaml", 1, 1),
    ]


def test_findings_are_frozen_and_comparable() -> None:
    finding = Finding("KC202", "error", WHERE, "m")
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.code = "KC203"  # type: ignore[misc] # that it can't be set is what is tested
    assert len({finding, Finding("KC202", "error", WHERE, "m")}) == 1
