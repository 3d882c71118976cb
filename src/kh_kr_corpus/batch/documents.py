"""A document as a source gives it, and the partitions that documents are cut into."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Document", "Partition", "Settings", "cut", "id_of"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 80
_MERGED = 100_000
"""Ids that are kept as Python objects before they are merged into the array of all."""


@dataclass(frozen=True)
class Settings:
    """What decides the rows of the output, besides the source and the annotator."""

    text: str = "text"
    """The column or field that holds the text."""
    id: str = "id"
    title: str = "title"
    date: str = "date"
    genre: str = "genre"
    author: str = "author"
    longest: int = 200_000
    """Characters of a document; a longer one is a row of the errors."""
    rows: int = 500
    """Documents of a partition at most."""
    characters: int = 2_000_000
    """A partition that has as many is closed."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns or fields that are read, the text's first."""
        return self.text, self.id, self.title, self.date, self.genre, self.author


class Document(NamedTuple):
    """One document, or why there is none."""

    place: str
    """Where it stands in the source: ``news/2020.jsonl:17``."""
    id: str
    """Its article's id."""
    text: str | None = None
    key: str | None = None
    """The id that the source gives it."""
    title: str | None = None
    date: str | None = None
    genre: str | None = None
    author: str | None = None
    problem: str = ""
    """Why it can't be annotated; empty for a document that can."""
    done: int = 0
    """Bytes of the source that have been read once this document has."""


class Partition(NamedTuple):
    """Documents that become one part of the output."""

    number: int
    documents: tuple[Document, ...]

    @property
    def done(self) -> int:
        """Bytes of the source that are behind its last document."""
        return self.documents[-1].done

    @property
    def words(self) -> int:
        """Words of all its texts."""
        return sum(len((document.text or "").split()) for document in self.documents)

    def digest(self) -> str:
        """The SHA-256 of all that its documents say: the same if, and only if, the source still says it."""
        told = hashlib.sha256()
        for document in self.documents:
            told.update(json.dumps(document[:-1]).encode())
        return told.hexdigest()


def id_of(key: str) -> str:
    """An article's id for what a source calls a document: the same where it can be one, else one that is its own.

    >>> id_of("news-17"), id_of("News/2020 17")
    ('news-17', 'news-2020-17-7b59ac74')
    """
    if len(key) <= _LONGEST_ID and _ID.fullmatch(key):
        return key
    mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    slug = re.sub(r"[^a-z0-9]+", "-", key.casefold()).strip("-")[: _LONGEST_ID - 9].strip("-")
    return f"{slug}-{mark}" if slug else f"text-{mark}"


def cut(documents: Iterable[Document], settings: Settings) -> Iterator[Partition]:
    """The documents in partitions of bounded size: the same ones whenever the source says the same.

    A document whose id an earlier one has taken becomes one with a problem: an id names one document.
    """
    taken, number = _Taken(), 0
    held: list[Document] = []
    characters = 0
    for document in documents:
        if not document.problem and taken.add(document.id):
            problem = f"the id {document.id!r} is taken by an earlier document"
            document = document._replace(problem=problem, text=None)
        held.append(document)
        characters += len(document.text or "")
        if len(held) == settings.rows or characters >= settings.characters:
            yield Partition(number, tuple(held))
            number, held, characters = number + 1, [], 0
    if held:
        yield Partition(number, tuple(held))


class _Taken:
    """Which ids there have been, in eight bytes each; two of ten million ids are mixed up once in 300,000 runs."""

    def __init__(self) -> None:
        import numpy as np

        self._all = np.empty(0, np.uint64)
        self._new: set[int] = set()

    def add(self, name: str) -> bool:
        """Take ``name``; whether it was taken already."""
        import numpy as np

        mark = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
        place = int(self._all.searchsorted(np.uint64(mark)))
        if mark in self._new or (place < len(self._all) and int(self._all[place]) == mark):
            return True
        self._new.add(mark)
        if len(self._new) >= _MERGED:
            self._all = np.union1d(self._all, np.fromiter(self._new, np.uint64))
            self._new.clear()
        return False
