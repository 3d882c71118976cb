"""``ids.txt``: every id that was ever released, and the version that brought it. None of them is dropped or reused.

A line is the id, the version, and for an article its initiatives and mentions: ``article:x 2026.11.0 i1-i2 m1-m9``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kh_kr_corpus.models import Article
from kh_kr_corpus.store import files
from kh_kr_corpus.store.layout import IDS_FILE
from kh_kr_corpus.store.reader import Contents

__all__ = ["IdRegister", "Released", "dumps_ids", "ids_of", "joined", "read_ids"]

_RANGE = re.compile(r"([a-z])(\d+)-\1(\d+)\Z")


class Released(NamedTuple):
    """The version that brought a record, and the ids of its parts that were released."""

    version: str
    parts: frozenset[str] = frozenset()


IdRegister = Mapping[str, Released]


def ids_of(contents: Contents) -> dict[str, frozenset[str]]:
    """The id of every record, ``article:``, ``activity:``, ``entity:`` or ``source:`` in front, with those of its
    parts: an article's mentions and initiatives."""
    texts = {**contents.articles, **contents.synthetic}
    found = {f"article:{name}": _parts(article) for name, article in texts.items()}
    groups: Mapping[str, Mapping[str, object]] = {
        "activity": contents.activities,
        "entity": contents.entities,
        "source": contents.sources,
    }
    return found | {f"{kind}:{name}": frozenset() for kind, group in groups.items() for name in group}


def _parts(article: Article) -> frozenset[str]:
    return frozenset([*(mention.id for mention in article.mentions), *(one.id for one in article.initiatives)])


def read_ids(root: Path) -> IdRegister:
    """The released ids of the corpus at ``root``; empty before its first release."""
    place = root / IDS_FILE
    lines = files.read_text(place).splitlines() if place.exists() else []
    return {name: Released(version, frozenset(_unfolded(parts))) for name, version, *parts in map(str.split, lines)}


def joined(register: IdRegister, contents: Contents, version: str) -> IdRegister:
    """``register`` with the ids of ``contents`` as ``version`` releases them. What an earlier version released stays,
    also what is gone; what only an unfinished attempt at this version had goes."""
    kept = {name: released for name, released in register.items() if released.version != version}
    for name, parts in ids_of(contents).items():
        old = kept.get(name)
        kept[name] = Released(old.version, old.parts | parts) if old else Released(version, parts)
    return kept


def dumps_ids(register: IdRegister) -> str:
    """The text of ``ids.txt``, a line a record, sorted."""
    return "".join(f"{' '.join((name, one.version, *_folded(one.parts)))}\n" for name, one in sorted(register.items()))


def _folded(parts: Iterable[str]) -> Iterator[str]:
    """Ids in order, those that follow one another as a range.

    >>> list(_folded({"m1", "m2", "m3", "m7", "i1"}))
    ['i1', 'm1-m3', 'm7']
    """
    numbered = sorted((part[0], int(part[1:])) for part in parts)
    run: list[tuple[str, int]] = []
    for letters, number in numbered:
        if run and run[-1] != (letters, number - 1):
            yield _range(run)
            run = []
        run.append((letters, number))
    if run:
        yield _range(run)


def _range(run: list[tuple[str, int]]) -> str:
    (letters, first), (_, last) = run[0], run[-1]
    return f"{letters}{first}" if first == last else f"{letters}{first}-{letters}{last}"


def _unfolded(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        found = _RANGE.match(part)
        if found:
            yield from (f"{found[1]}{n}" for n in range(int(found[2]), int(found[3]) + 1))
        else:
            yield part
