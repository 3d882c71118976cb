"""Findings as GitHub's annotations and as JUnit's XML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from kh_kr_corpus.findings import Finding
from kh_kr_corpus.lint.run import Report
from kh_kr_corpus.lint.sarif import relative

__all__ = ["to_github", "to_junit"]

_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}
# What XML 1.0 can't hold; ElementTree would write it and nobody could read the file.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_github(reports: Iterable[Report], base: Path) -> str:
    """One workflow command a finding, which GitHub shows beside the line of the pull request."""
    lines = [_command(finding, base) for report in reports for finding in report.findings]
    return "\n".join(lines)


def _command(finding: Finding, base: Path) -> str:
    place = finding.location
    fix = f"; fix: {finding.fix}" if finding.fix else ""
    field = f"{place.field}: " if place.field else ""
    told = {"file": relative(place.path, base), "line": place.line, "col": place.column, "title": finding.code}
    named = ",".join(f"{key}={_escaped(str(value), inside=True)}" for key, value in told.items())
    return f"::{_GITHUB[finding.severity]} {named}::{_escaped(f'{field}{finding.message}{fix}')}"


def _escaped(text: str, *, inside: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text


def to_junit(reports: Iterable[Report], base: Path) -> str:
    """A test case for each file with findings, failed by errors and warnings; one passed case stands for the rest."""
    reports = list(reports)
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for report in reports:
        for finding in report.findings:
            by_file[relative(finding.location.path, base)].append(finding)
    files = max(sum(report.files for report in reports), len(by_file))
    told = {path: [f for f in found if f.severity != "info"] for path, found in by_file.items()}
    failed = [path for path, found in told.items() if found]
    suite = Element("testsuite", name="khkr validate", tests=str(len(by_file) + 1), failures=str(len(failed)))
    suite.set("errors", "0")
    for path, found in sorted(by_file.items()):
        case = SubElement(suite, "testcase", classname="khkr", name=_xml(path), file=_xml(path))
        if told[path]:
            failure = SubElement(case, "failure", message=f"{len(told[path])} findings", type=told[path][0].code)
            failure.text = _xml("\n".join(str(finding) for finding in found))
    SubElement(suite, "testcase", classname="khkr", name=f"{files - len(by_file)} other files")
    suites = Element("testsuites")
    suites.append(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode")


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
