"""Findings as SARIF 2.1.0, the format of code scanning services (OASIS standard of 27 March 2020)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kh_kr_corpus.findings import Finding
from kh_kr_corpus.lint.rule import RULES, Rule
from kh_kr_corpus.lint.run import Report

__all__ = ["print_of", "relative", "to_sarif"]

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def to_sarif(reports: Iterable[Report], base: Path, version: str) -> dict[str, Any]:
    """One SARIF log with one run. Paths are relative to ``base``, columns count code points, and a waived finding is
    a suppressed result with its reason."""
    reports = list(reports)
    used = sorted({code for report in reports for code in report.rules})
    index = {code: n for n, code in enumerate(used)}
    results = [_result(finding, base, index) for report in reports for finding in report.findings]
    for report in reports:
        for finding, reason in report.waived:
            waived = {"kind": "inSource", "status": "accepted", "justification": reason}
            results.append(_result(finding, base, index) | {"suppressions": [waived]})
    driver = {
        "name": "khkr",
        "semanticVersion": version,
        "rules": [_descriptor(RULES[code]) for code in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"uri": f"{base.resolve().as_uri()}/"}},
        "results": results,
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.family.split()),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": f"Repair: {' '.join(rule.repair.split())}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(finding: Finding, base: Path, index: dict[str, int]) -> dict[str, Any]:
    place = finding.location
    fix = f"; fix: {finding.fix}" if finding.fix else ""
    where = {
        "artifactLocation": {"uri": quote(relative(place.path, base)), "uriBaseId": "ROOT"},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{place.field}: {finding.message}{fix}" if place.field else f"{finding.message}{fix}"},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"finding/v1": print_of(finding, base)},
    }


def print_of(finding: Finding, base: Path) -> str:
    """What identifies a finding when lines have moved: its code, file and message, as 32 hexadecimal digits."""
    parts = (finding.code, relative(finding.location.path, base), finding.message)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def relative(path: str, base: Path) -> str:
    """``path`` from ``base`` with forward slashes, or as it is where it lies elsewhere."""
    try:
        return Path(path).resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return Path(path).as_posix()
