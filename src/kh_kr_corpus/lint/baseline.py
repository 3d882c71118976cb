"""Old findings that a project has accepted to live with: a file of them, so that only new ones are told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.findings import Finding
from kh_kr_corpus.lint.sarif import print_of, relative
from kh_kr_corpus.store.files import read_text

__all__ = ["dumps", "new_only", "read"]

Known = Counter[str]


def dumps(findings: Iterable[Finding], root: Path) -> str:
    """The baseline of these findings: one line each, without line numbers, so that it holds when lines move."""
    counts: Counter[str] = Counter()
    shown: dict[str, dict[str, str]] = {}
    for finding in findings:
        key = print_of(finding, root)
        counts[key] += 1
        path = relative(finding.location.path, root)
        shown[key] = {"code": finding.code, "path": path, "message": finding.message}
    order = sorted(shown, key=lambda key: (shown[key]["path"], shown[key]["code"], key))
    rows = [json.dumps({"print": key, "count": counts[key], **shown[key]}, ensure_ascii=False) for key in order]
    body = ",\n  ".join(rows)
    return f'{{"khkr_baseline": 1, "findings": [\n  {body}\n]}}\n' if rows else '{"khkr_baseline": 1, "findings": []}\n'


def read(path: Path) -> Known:
    """The baseline in a file; raises :class:`InputError` for a file that is none."""
    try:
        data = json.loads(read_text(path))
        return Counter({row["print"]: int(row["count"]) for row in data["findings"]})
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        message = f"this is no baseline: {type(error).__name__}"
        raise InputError(str(path), message, "write one with: khkr validate --write-baseline") from error


def new_only(findings: Iterable[Finding], known: Known, root: Path) -> tuple[list[Finding], Known]:
    """The findings that the baseline doesn't know, and what of the baseline is gone: mended, and to be dropped."""
    left = Counter(known)
    new = []
    for finding in findings:
        key = print_of(finding, root)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new, +left
