"""Giving external articles the text of a user's own copies, in memory only."""

from __future__ import annotations

import codecs
import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kh_kr_corpus import store
from kh_kr_corpus.anchor import Copy, Recognised, recognise
from kh_kr_corpus.errors import KhkrError
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.anchors import misanchored
from kh_kr_corpus.store.files import decode, read_bytes, require, scan
from kh_kr_corpus.tables import Table

__all__ = ["Attachment", "attach_copies", "read_copies"]

_REPORT = ("file", "article", "result", "exact", "moved", "orphans", "reason")
_ORPHANS = ("article", "span", "surface", "reason", "candidates")
_LIMIT = 2_000_000
"""Bytes; no article comes near it, and a longer file takes long to search."""
_PLAIN = (".txt", ".text", ".md")
_OTHER = {
    ".htm": "a web page", ".html": "a web page", ".xhtml": "a web page", ".mht": "a web page", ".pdf": "a PDF",
    ".doc": "a Word file", ".docx": "a Word file", ".odt": "an OpenDocument file", ".rtf": "an RTF file",
    ".epub": "an e-book", ".hwp": "a Hangul file", ".hwpx": "a Hangul file",
}  # fmt: skip
# The longer marks first: one begins with the other.
_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """What attaching did: a row for each file, one for each span without a place, and the articles whose spans moved
    as the corpus holds them."""

    report: Table = field(default_factory=lambda: Table(_REPORT, ()))
    orphans: Table = field(default_factory=lambda: Table(_ORPHANS, ()))
    before: Mapping[str, Article] = field(default_factory=dict)


def attach_copies(contents: store.Contents, folder: Path) -> tuple[store.Contents, Attachment]:
    """``contents`` whose external articles have the texts that ``folder`` has copies of, and what became of each."""
    require(folder, folder=True)
    articles = dict(contents.articles)
    rows: list[tuple[object, ...]] = []
    orphans: list[tuple[object, ...]] = []
    before = {}
    for found in recognise(read_copies(folder), tuple(articles.values())):
        moved, problem = found.moved, _misfit(found)
        if moved is None or problem:
            rows.append((found.file, found.article, "no", 0, 0, 0, problem or found.reason))
            continue
        article = moved.article
        if not moved.same_text:
            before[article.id] = articles[article.id]
        articles[article.id] = article
        lost = sum(1 for one in moved.orphans if one.counted)
        result = "partly" if lost else "attached"
        rows.append((found.file, article.id, result, moved.exact, moved.moved, lost, found.reason))
        for one in moved.orphans:
            places = ", ".join(f"[{start}, {end})" for start, end in one.candidates)
            orphans.append((article.id, one.span, one.surface, one.reason, places))
    report = Attachment(Table(_REPORT, rows), Table(_ORPHANS, orphans), before)
    return dataclasses.replace(contents, articles=articles), report


def _misfit(found: Recognised) -> str:
    """Why the annotations don't fit the recognised text; the text itself is never told."""
    codes = sorted({code for code, *_ in misanchored(found.moved.article)}) if found.moved else []
    return f"annotations don't fit the text ({', '.join(codes)})" if codes else ""


def read_copies(folder: Path) -> Iterator[Copy]:
    """The text files below a folder; what can't be read says why, without stopping the others."""
    for path in scan(folder, ""):
        name, suffix = path.relative_to(folder).as_posix(), path.suffix.casefold()
        if suffix in _OTHER:
            yield Copy(name, None, f"{_OTHER[suffix]}, not plain text; save its text as .txt in UTF-8")
        elif suffix in _PLAIN:
            yield _read(path, name)


def _read(path: Path, name: str) -> Copy:
    try:
        data = read_bytes(path, _LIMIT)
        for mark, encoding in _MARKED:
            if data.startswith(mark):
                return Copy(name, data.decode(encoding), note=f"read as {encoding.upper()}")
        return Copy(name, decode(data, name))
    except UnicodeDecodeError as error:
        return Copy(name, None, f"begins as {error.encoding} and is none; save the file as UTF-8")
    except KhkrError as error:
        fix = getattr(error, "fix", "")
        return Copy(name, None, getattr(error, "message", type(error).__name__) + (f"; {fix}" if fix else ""))
