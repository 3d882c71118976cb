"""Run all rules over a corpus."""

from __future__ import annotations

import os
from pathlib import Path

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.findings import Finding
from kh_kr_corpus.lint.rule import RULES
from kh_kr_corpus.store import find_root, read_corpus
from kh_kr_corpus.store.files import require

__all__ = ["validate"]


def validate(path: str | Path) -> list[Finding]:
    """All findings in the corpus that ``path`` lies in, by file and line.

    ``path`` is a corpus root, or a folder or file inside one; the whole corpus is always read, because
    references cross files, and only findings at or below ``path`` are returned.
    Raises :class:`InputError` when there is no corpus or ``path`` is no part of one, and
    :class:`~kh_kr_corpus.errors.EnvironmentFailure` when nothing is there or it can't be read.
    """
    place = Path(path)
    require(place)
    root = find_root(place)
    contents = read_corpus(root)
    if not contents.files:
        raise InputError(str(root), "the corpus holds no files", "see design: articles/, activities/, entities/")
    wanted = Path(os.path.realpath(place))
    if wanted != root and not any(_inside(loaded.path, wanted) for loaded in contents.files):
        raise InputError(str(place), "this is no file of the corpus, so nothing was checked", f"its root is {root}")
    found = list(contents.findings)
    for rule in RULES.values():
        found.extend(rule.findings(contents))
    inside = [f for f in found if wanted == root or _inside(f.location.path, wanted)]
    return sorted(set(inside), key=lambda finding: (finding.location, finding.code))


def _inside(path: str | Path, place: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(place)
