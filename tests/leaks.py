"""Finding eight words in a row of a text wherever files, archives and notebooks may hide them."""

from __future__ import annotations

import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

WORDS = 8
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\[nrt]|<[^<>]{0,200}>")


def runs(text: str) -> set[str]:
    """Every run of eight words of ``text``, whatever stands between them."""
    words = re.findall(r"\w+", _INVISIBLE.sub("", text).casefold())
    return {" ".join(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)}


def _has_run(text: str, forbidden: set[str]) -> bool:
    words = re.findall(r"\w+", _INVISIBLE.sub("", text).casefold())
    begins = {tuple(run.split(" ", 2)[:2]) for run in forbidden}
    pairs = enumerate(pairwise(words))
    return any(pair in begins and " ".join(words[n : n + WORDS]) in forbidden for n, pair in pairs)


def leaking(name: str, data: bytes, forbidden: set[str]) -> Iterator[str]:
    """The names of the file, or of the members of the archive, that have a forbidden run. Never the words."""
    if name.endswith((".whl", ".zip", ".npz")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from leaking(f"{name}/{member}", archive.read(member), forbidden)
        return
    if name.endswith((".tar.gz", ".tgz", ".tar")):
        with tarfile.open(fileobj=io.BytesIO(data)) as packed:
            for one in packed:
                if (file := packed.extractfile(one)) is not None:
                    yield from leaking(f"{name}/{one.name}", file.read(), forbidden)
        return
    text = data.decode("utf-8", errors="ignore")
    forms = [text]
    if "\0" not in text and ("\\" in text or "<" in text):
        forms.append(_ESCAPE.sub(_unescaped, text))
    if name.endswith((".json", ".ipynb")):
        forms.append("".join(_strings(json.loads(text))))
    if any(_has_run(form, forbidden) for form in forms):
        yield name


def _unescaped(match: re.Match[str]) -> str:
    """What an escape in JSON or a double-quoted string, or a tag, stands for."""
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else " "


def _strings(value: Any) -> Iterator[str]:
    """The strings of a JSON file; the lines of a notebook's cell, kept apart there, follow each other here."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
            yield "\n"
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def leaks_below(folder: Path, forbidden: set[str]) -> list[str]:
    """The files below a folder that leak."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [name for path in files for name in leaking(path.name, path.read_bytes(), forbidden)]
