"""A folder to deposit: every table as JSON lines, with its licence, citation, descriptions and checksums."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kh_kr_corpus import store
from kh_kr_corpus.cite.croissant import file_of, to_croissant
from kh_kr_corpus.cite.formats import FILES, FORMATS
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.store.files import make_folder, read_text, revision_of, scan
from kh_kr_corpus.store.manifest import dumps_manifest
from kh_kr_corpus.tables import TABLES, TableSpec

__all__ = ["write_dataset"]


def write_dataset(contents: store.Contents, folder: Path) -> list[str]:
    """Write the data set of a corpus into ``folder``, which must not exist or be empty, and return the names of its
    files.

    The same corpus gives the same bytes. Raises :class:`InputError` for a corpus that states no version or has a
    user's own texts, and for a folder with something in it.
    """
    release = contents.release
    if release is None:
        raise InputError(str(contents.root), "states no version: there is no release.yaml", "see docs/citing.md")
    held = [article.id for article in contents.articles.values() if article.rights.text == "local"]
    if held:
        raise InputError(held[0], f"one of {len(held)} texts that may not travel", "leave it out, or state its rights")
    if folder.exists() and (not folder.is_dir() or any(scan(folder, ""))):
        raise InputError(str(folder), "exists and is not empty", "name a new folder")
    texts = {file_of(spec.name): "".join(_lines(spec, contents)) for spec in TABLES.values()}
    for name in ("LICENSE", "README.md"):
        if (contents.root / name).exists():
            texts[name] = read_text(contents.root / name)
    sums = {name: revision_of(text.encode("utf-8")) for name, text in texts.items()}
    texts |= {name: FORMATS[style](release) for style, name in FILES.items()}
    texts[FILES["croissant"]] = to_croissant(release, sums)
    sums = {name: revision_of(text.encode("utf-8")) for name, text in texts.items()}
    texts[store.layout.MANIFEST_FILE] = dumps_manifest(sums)
    for name, text in texts.items():
        make_folder((folder / name).parent)
        store.write_text(folder / name, text)
    return sorted(texts)


def _lines(spec: TableSpec[Any, Any], contents: store.Contents) -> Iterator[str]:
    for record in spec.records(contents):
        row = {column.name: column.get(record) for column in spec.shown}
        yield json.dumps(row, ensure_ascii=False, default=str, allow_nan=False) + "\n"
