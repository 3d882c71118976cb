"""brat standoff: a folder with a ``.txt`` and a ``.ann`` for each article, as brat's own collections are laid out.

The format: https://brat.nlplab.org/standoff.html. Mention ``m3`` is ``T3``; its link is ``N3``; what brat has no word
for (value, suggestion, review) is a comment of our own type, which brat shows and leaves alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from kh_kr_corpus import vocab
from kh_kr_corpus.formats.contract import METADATA, NO_TEXT, REJECTED, Format, Imported, Loss, NotCarried, Selection
from kh_kr_corpus.formats.draft import READING, Draft
from kh_kr_corpus.formats.output import put_folder
from kh_kr_corpus.models import Article, Entity, Mention
from kh_kr_corpus.store.dump import to_plain
from kh_kr_corpus.store.files import read_text, require, scan

__all__ = ["FORMAT", "read", "write"]

_OURS = "khkr"
"""The name of our knowledge base in ``N`` lines, and the type of our comments."""
_ENDINGS = (".ann", ".a1", ".a2")
_KINDS = {"R": "relation", "*": "relation", "E": "event", "A": "attribute", "M": "attribute"}
# A span over a line break or a tab is written as pieces, because a line of the file can't hold them.
_BREAK = re.compile(r"\s*[\n\t]\s*")


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The folder ``path``: for each article its text and its mentions, and the labels in ``annotation.conf``."""
    files = {"annotation.conf": _conf().encode()}
    for article in selection.articles:
        files[f"{article.id}.txt"] = (article.text or "").encode()
        files[f"{article.id}.ann"] = _ann(article, selection.entities).encode()
    put_folder(path, files)
    return
    yield


def _conf() -> str:
    labels = "\n".join(vocab.load("labels"))
    return f"[entities]\n{labels}\n\n[relations]\n\n[events]\n\n[attributes]\n"


def _ann(article: Article, entities: Mapping[str, Entity]) -> str:
    return "".join(f"{line}\n" for mention in article.mentions for line in _lines(article, mention, entities))


def _lines(article: Article, mention: Mention, entities: Mapping[str, Entity]) -> Iterator[str]:
    number = mention.id[1:]
    pieces, at = [], mention.start
    for gap in _BREAK.finditer(mention.text):
        pieces.append((at, mention.start + gap.start()))
        at = mention.start + gap.end()
    pieces.append((at, mention.end))
    bounds = ";".join(f"{start} {end}" for start, end in pieces)
    text = article.text or ""
    yield f"T{number}\t{mention.label} {bounds}\t{' '.join(text[start:end] for start, end in pieces)}"
    if mention.entity:
        known = entities.get(mention.entity)
        yield f"N{number}\tReference T{number} {_OURS}:{mention.entity}\t{known.name if known else mention.entity}"
    rest = to_plain(mention.model_dump(mode="json", include={"value", "suggestion", "review"}))
    if rest != {"review": {"state": "suggested"}}:
        yield f"#{number}\t{_OURS} T{number}\t{json.dumps(rest, ensure_ascii=False)}"


def read(path: Path, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    """The articles of a brat collection: every ``.txt`` below the folder ``path`` with what is beside it."""
    require(path)
    texts = [path.with_suffix(".txt")] if path.is_file() else list(scan(path, ".txt"))
    for text in texts:
        yield from _read_one(text, text.stem if path.is_file() else _name(text, path), labels)
    for ending in _ENDINGS if path.is_dir() else ():
        for ann in scan(path, ending):
            if ann.with_suffix(".txt") not in texts:
                yield NotCarried(NO_TEXT.code, str(ann), "", "no .txt of that name lies beside it")


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _read_one(path: Path, name: str, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    lines = []
    for ann in (path.with_suffix(ending) for ending in _ENDINGS):
        if ann.exists():
            told = read_text(ann).replace("\r\n", "\n").removeprefix("\ufeff")
            lines += [(f"{ann}:{n}", line) for n, line in enumerate(told.split("\n"), 1) if line.strip()]
    file = _File(lines)
    draft = Draft(str(path), name, _as_counted(read_text(path), file), labels=labels)
    for where, item, line in file.unread:
        draft.report("unreadable-line", item, f"not a line of brat standoff: {line[:60]!r}", where)
    for where, item, label, pieces, quote in file.spans:
        _add(draft, file, where, item, label, pieces, quote)
    for code, item, message, where in file.others():
        draft.report(code, item, message, where)
    yield from draft.finish()


class _File:
    """The lines of an annotation file, sorted by what they are."""

    def __init__(self, lines: list[tuple[str, str]]) -> None:
        self.spans: list[tuple[str, str, str, list[tuple[int, int]], str]] = []
        self.links: dict[str, str] = {}
        self.ours: dict[str, dict[str, Any]] = {}
        self.notes: dict[str, str] = {}
        self.unread: list[tuple[str, str, str]] = []
        self._others: list[tuple[str, str, str, str]] = []
        for where, line in lines:
            item = line.partition("\t")[0]
            if not self._take(where, line.split("\t", 2)):
                self.unread.append((where, item, line))

    def _take(self, where: str, parts: list[str]) -> bool:
        """Sort one line; whether it could be read."""
        item, told = parts[0], parts[1] if len(parts) > 1 else ""
        text = parts[2] if len(parts) > 2 else ""
        if item.startswith("T"):
            found = re.fullmatch(r"(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)", told)
            if found is None or len(parts) < 3:
                return False
            pieces = [(int(a), int(b)) for a, b in (piece.split() for piece in found[2].split(";"))]
            self.spans.append((where, item, found[1], pieces, text))
            return True
        words = told.split()
        ours = item.startswith("N") and len(words) == 3 and words[2].startswith(f"{_OURS}:")
        if ours and words[1] not in self.links:
            self.links[words[1]] = words[2].partition(":")[2]
        elif item.startswith("#") and len(words) == 2:
            self._note(where, item, words[0], words[1], text)
        elif item.startswith("N"):
            message = f"{told!r}, {'a second link' if ours else 'which is not our knowledge base'}"
            self._others.append(("foreign-link", item, message, where))
        elif kind := _KINDS.get(item[:1]):
            self._others.append((kind, item, f"{kind} {told!r}", where))
        else:
            return False
        return True

    def _note(self, where: str, item: str, kind: str, target: str, text: str) -> None:
        if kind == _OURS and target not in self.ours:
            try:
                self.ours[target] = dict(json.loads(text))
            except (ValueError, TypeError, RecursionError):
                self._others.append(("note", item, "a comment of ours that can't be read any more", where))
        elif target.startswith("T") and target not in self.notes:
            self.notes[target] = text
        else:
            self._others.append(("note", item, f"a note on {target}: {text[:60]!r}", where))

    def others(self) -> Iterator[tuple[str, str, str, str]]:
        """What brat can say and the corpus can't: code, id, message, place."""
        yield from self._others
        known = {item for _, item, *_ in self.spans}
        for target in {*self.links, *self.ours, *self.notes} - known:
            yield "unreadable-line", target, "something is said of it, but there is no such span", ""


def _covered(text: str, pieces: list[tuple[int, int]]) -> str:
    return " ".join(text[start:end] for start, end in pieces)


def _says(covered: str, quote: str) -> bool:
    """Whether the file quotes what is covered; brat writes a line break inside a piece as a space."""
    return covered.replace("\n", " ") == quote


def _as_counted(raw: str, file: _File) -> str:
    """The text as the offsets count it: tools differ on byte order marks and on Windows line ends."""
    ways = (raw, raw.replace("\r\n", "\n"), raw.removeprefix("\ufeff"))
    hits = Counter({way: sum(_says(_covered(way, pieces), quote) for *_, pieces, quote in file.spans) for way in ways})
    return hits.most_common(1)[0][0]


def _add(
    draft: Draft, file: _File, where: str, item: str, label: str, pieces: list[tuple[int, int]], quote: str
) -> None:
    text = draft.raw
    between = [text[a:b] for (_, a), (b, _) in pairwise(pieces)]
    if not all(_BREAK.fullmatch(gap) for gap in between):
        draft.report("discontinuous", item, f"{len(pieces)} pieces: {quote[:60]!r}", where)
        return
    if not _says(_covered(text, pieces), quote):
        draft.report("bad-offset", item, "does not cover the words that the file says", where)
        return
    more = dict(file.ours.get(item, {}))
    if re.fullmatch(r"T[1-9]\d*", item):
        more["id"] = f"m{item[1:]}"
    if (note := file.notes.get(item)) and note.strip():
        review = more.get("review")
        if isinstance(review, dict) and review.get("note"):
            draft.report("note", item, f"a second note: {note[:60]!r}", where)
        else:
            more["review"] = (review if isinstance(review, dict) else {}) | {"note": note.strip()}
    draft.add(item, pieces[0][0], pieces[-1][1], label, entity=file.links.get(item), where=where, more=more)


FORMAT = Format(
    name="brat",
    suffix="",
    what="texts and mentions, with links and review",
    consumer="brat, and the many programs that read .ann files",
    losses=(
        NO_TEXT,
        REJECTED,
        Loss("initiatives", "initiatives", "standoff events have no place for status, assertion, amounts and speaker",
             fields=("initiatives",)),
        Loss("metadata", "what is said of the article: title, date, source, rights, notes",
             "the format knows only a text and its annotations", fields=(*METADATA, "fingerprints")),
        *READING,
        Loss("discontinuous", "spans in several pieces", "a mention is one piece of text", "in"),
        Loss("relation", "relations and equivalences", "the corpus has none", "in"),
        Loss("event", "events", "an initiative needs more than an event says", "in"),
        Loss("attribute", "attributes", "the corpus has none", "in"),
        Loss("foreign-link", "links to other bases, and second links", "a mention has one, to our entities", "in"),
        Loss("note", "notes on anything but a mention, and second notes", "a mention has one", "in"),
        Loss("unreadable-line", "lines that are no brat standoff", "they can't be understood", "in"),
    ),
    write=write,
    read=read,
)  # fmt: skip
