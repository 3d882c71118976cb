"""The concordance: every hit with what stands left and right of it, and all that is known about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Literal

from kh_kr_corpus import _html
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.kwic.pattern import Pattern
from kh_kr_corpus.kwic.texts import Text
from kh_kr_corpus.kwic.windows import Unit, around
from kh_kr_corpus.tables import Table
from kh_kr_corpus.tables.text import width

__all__ = ["COLUMNS", "Concordance", "Order", "concordance"]

COLUMNS = (
    *("article", "origin", "date", "source", "start", "end", "left", "hit", "right"),
    *("label", "entity", "initiative"),
)
"""One row a hit: where it stands (bounds in code points), its context, the innermost mention that it shares a
character with, and the reports that it is evidence of (ids, separated by commas)."""
Order = Literal["text", "left", "right", "hit", "date"]
_SHOWN = 30
_SIDE = 48
_BY_CHARACTER = ("ko", "km")
_DEFAULT = {"token": 8, "char": 40, "sentence": 0}


class Concordance(Table):
    """A table of hits that shows them under one another."""

    def __repr__(self) -> str:
        rows = self.rows[:_SHOWN]
        lefts = [_end(_flat(row[6])) for row in rows]
        names = [str(row[0]) for row in rows]
        most = max(map(width, names), default=0)
        room = max(map(width, lefts), default=0)
        lines = [
            f"{name}{' ' * (most - width(name) + room - width(left) + 2)}{left} [{row[7]}] {_flat(row[8])[:_SIDE]}"
            for name, left, row in zip(names, lefts, rows, strict=True)
        ]
        more = len(self.rows) - len(rows)
        return "\n".join([*lines, *([f"… {more:,} more hits"] if more > 0 else []), self.note])

    def _repr_html_(self) -> str:
        rows = [(row[0], row[2], row[6], row[7], row[8], row[10]) for row in self.rows[:_SHOWN]]
        more = len(self.rows) - len(rows)
        note = f"{more:,} more hits; {self.note}" if more > 0 else self.note
        return _html.concordance(("article", "date", "", "", "", "entity"), rows, note)


def concordance(
    texts: Sequence[Text],
    find: Pattern | Callable[[Text], Iterator[tuple[int, int]]],
    *,
    window: int | None = None,
    by: Unit | None = None,
    order: Order = "text",
    labels: Collection[str] = (),
    entities: Collection[str] = (),
    missing: int = 0,
) -> Concordance:
    """Every hit in ``texts``; ``labels`` and ``entities`` keep those on such a mention.

    ``window`` counts words or characters on each side, as ``by`` says; without it, Korean and Khmer texts go by
    character. ``missing`` is how many texts could not be searched.
    """
    if by not in (None, "token", "char", "sentence"):
        raise InputError("kwic", f"by={by!r} is no unit", "by='token', 'char' or 'sentence'")
    if window is not None and (not isinstance(window, int) or isinstance(window, bool) or window < 0):
        raise InputError("kwic", f"window={window!r} is no number of words", "give a whole number, 0 or more")
    if order not in ("text", "left", "right", "hit", "date"):
        raise InputError("kwic", f"sort={order!r} is no order", "sort='text', 'left', 'right', 'hit' or 'date'")
    rows: list[tuple[Any, ...]] = []
    for text in texts:
        fold = not (isinstance(find, Pattern) and find.case)
        spans = find.spans(text.text, text.folded if fold else None) if isinstance(find, Pattern) else find(text)
        if spans:
            unit = by or ("char" if text.article.language in _BY_CHARACTER else "token")
            reach = _DEFAULT[unit] if window is None else window
            rows += _rows(text, spans, unit, reach, labels, entities)
    if order != "text":
        rows.sort(key=_KEYS[order])
    return Concordance(COLUMNS, rows, _note(rows, len(texts), missing))


def _rows(
    text: Text,
    spans: Iterable[tuple[int, int]],
    unit: Unit,
    window: int,
    labels: Collection[str],
    entities: Collection[str],
) -> Iterator[tuple[Any, ...]]:
    article, words = text.article, text.text
    head = (article.id, article.origin, article.date, article.source)
    bare = not article.mentions and not labels and not entities
    for start, end in spans:
        first, last = start - window if start > window else 0, end + window
        if unit != "char" or not (words[first : first + 1].isascii() and words[last : last + 1].isascii()):
            first, last = around(text, start, end, unit, window)
        place = (*head, start, end, words[first:start], words[start:end], words[end:last])
        if bare:
            yield (*place, None, None, None)
            continue
        mentions = text.mentions_at(start, end)
        if labels:
            mentions = [mention for mention in mentions if mention.label in labels]
        if entities:
            mentions = [mention for mention in mentions if mention.entity in entities]
        if mentions or not (labels or entities):
            innermost = mentions[-1] if mentions else None
            reports = ", ".join(text.initiatives_at(start, end)) or None
            yield (*place, innermost and innermost.label, innermost and innermost.entity, reports)


_KEYS: dict[str, Callable[[tuple[Any, ...]], Any]] = {
    "left": lambda row: [word.lower() for word in reversed(re.findall(r"\w+", row[6]))],
    "right": lambda row: re.findall(r"\w+", row[8].lower()),
    "hit": lambda row: (row[7].lower(), re.findall(r"\w+", row[8].lower())),
    "date": lambda row: (row[2] is None, row[2]),
}


def _note(rows: Sequence[tuple[Any, ...]], searched: int, missing: int) -> str:
    where = len({row[0] for row in rows})
    notes = [f"{len(rows):,} hits in {where:,} of {searched:,} texts"]
    if ours := sum(row[1] == "brief" for row in rows):
        notes.append(f"{ours:,} in briefs, whose wording is that of this corpus")
    if missing:
        notes.append(f"{missing:,} texts not at hand, not searched")
    return "; ".join(notes)


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _end(text: str) -> str:
    """The last of a left context that is too wide."""
    text = text.rstrip()
    while width(text) > _SIDE:
        text = text[1:]
    return text
