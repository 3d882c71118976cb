"""``khkr init``: a corpus folder of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kh_kr_corpus.cli.output import number, say

Folder = Annotated[Path, typer.Argument(help="a folder that does not exist yet, or is empty", readable=False)]


def run(folder: Folder) -> int:
    """Make a corpus folder: the schema, and the library's knowledge base and bibliography to link to."""
    from kh_kr_corpus.corpus import shipped_root
    from kh_kr_corpus.store import new_corpus

    files = new_corpus(folder, shipped_root())
    say(f"made the corpus {folder}: the schema, entities and sources in {number(files, 'file')}")
    return 0
