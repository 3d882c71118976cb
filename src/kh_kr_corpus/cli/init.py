"""``khkr init``: a corpus folder of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kh_kr_corpus.cli.output import say

Folder = Annotated[Path, typer.Argument(help="a folder that does not exist yet, or is empty")]


def run(folder: Folder) -> int:
    """Make a corpus folder: the schema, and the library's knowledge base and bibliography to link to."""
    from kh_kr_corpus import corpus, store
    from kh_kr_corpus.errors import InputError
    from kh_kr_corpus.store.files import read_bytes, replace_file, scan

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(str(folder), "exists and is not empty", "name a new folder")
    shipped = corpus.shipped_root()
    parts = [shipped / "sources.yaml", *scan(shipped / "entities")]
    for path in parts:
        replace_file(folder / path.relative_to(shipped), read_bytes(path, 100_000_000), None)
    store.write_text(folder / "schema.yaml", store.dumps_schema())
    say(f"made the corpus {folder} with {len(parts)} files of entities and sources")
    return 0
