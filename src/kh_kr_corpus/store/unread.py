"""Files below a corpus root that look like records and that nobody reads: never passed over in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kh_kr_corpus.errors import near
from kh_kr_corpus.findings import Finding, Location, Severity
from kh_kr_corpus.store import files, layout

__all__ = ["unread"]

_ENDINGS = (".yaml", ".yml", ".json")


def unread(root: Path) -> Iterator[Finding]:
    """What in the corpus at ``root`` is not read although somebody may think so: in the folders of records an error,
    beside them, where other things may lie, a warning for each file or folder."""
    told: set[str] = set()
    for path in files.scan(root, ""):
        top, _, below = os.path.relpath(path, root).partition(os.sep)
        ending = os.path.splitext(path.name)[1]  # noqa: PTH122 - this is done for every file of a corpus
        if files.CONFLICT in path.name:
            fix = f"take what you need of it into {path.name.partition(files.CONFLICT)[0]}, then remove it"
            yield _finding("warning", path, "a version that was refused because the file had changed", fix)
        elif ending.lower() not in _ENDINGS or (top in layout.FOLDERS and ending == ".yaml"):
            continue
        elif below and top in layout.FOLDERS:
            yield _finding("error", path, f"a name that ends in {ending} is not read", f"rename it to {path.stem}.yaml")
        elif top not in (*told, *layout.OTHERS):
            told.add(top)
            what = f"the folder is no part of a corpus, so nothing in it is read, such as {path.name}"
            names = {Path(name).stem: name for name in layout.FOLDERS}
            close = near(Path(top).stem, names, n=1)
            fix = f"did you mean {names[close[0]]}?" if close else f"a corpus holds {', '.join(layout.FOLDERS)}"
            yield _finding("warning", root / top, what if below else "no file of a corpus, so not read", fix)


def _finding(severity: Severity, path: Path, message: str, fix: str) -> Finding:
    return Finding("KC002", severity, Location(str(path)), message, fix)
