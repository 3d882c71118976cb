"""The reprints among the articles of a finished batch, a part at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from kh_kr_corpus import reprints
from kh_kr_corpus.tables.column import Column, to_arrow
from kh_kr_corpus.tables.parquet import described
from kh_kr_corpus.tables.parts import Files, dumps_part, read_parts

if TYPE_CHECKING:
    from kh_kr_corpus.reprints import Numbers

__all__ = ["REPEATS", "repeats"]

_KEPT = 256
"""Parts whose signatures are in memory at once while pairs are compared."""

REPEATS: tuple[Column[Any], ...] = (
    Column("id", "string", "An article that others repeat or that repeats one.", lambda r: r[0]),
    Column("cluster", "string", "The earliest article of those that repeat one another.", lambda r: r[1]),
    Column(
        "duplicate_of",
        "string",
        "The same, null for that article itself.",
        lambda r: None if r[0] == r[1] else r[1],
    ),
    Column("similarity", "number", "Estimated Jaccard index with it of runs of five words.", lambda r: r[2], "0 to 1"),
)


class _Parts:
    """The articles of a batch by place, read from its parts when they are needed."""

    def __init__(self, files: Files, count: int) -> None:
        self._files, self._all = files, range(count)
        self._ends = list(accumulate(part.num_rows for part in self._columns("id")))
        self._part = lru_cache(_KEPT)(self._read)

    def _columns(self, *names: str) -> Iterator[Any]:
        return read_parts(self._files, "articles", names, self._all)

    def _read(self, number: int) -> Numbers:
        return _numbers(next(read_parts(self._files, "articles", ("minhash",), (number,))).column("minhash"))

    def blocks(self) -> Iterator[Numbers]:
        """All signatures, a part at a time."""
        for part in self._columns("minhash"):
            yield _numbers(part.column("minhash"))

    def rows(self, places: Sequence[int]) -> Numbers:
        """The signatures of some articles."""
        import numpy as np

        found: Numbers = np.empty((len(places), reprints.NUMBERS), np.uint32)
        # in the order of their parts, so that each is read once
        for n, place in sorted(enumerate(places), key=lambda one: one[1]):
            number = bisect_right(self._ends, place)
            found[n] = self._part(number)[place - (self._ends[number - 1] if number else 0)]
        return found

    def told(self, places: Sequence[int]) -> dict[int, tuple[str, str]]:
        """The ids and dates of some articles."""
        wanted, found, first = sorted(set(places)), {}, 0
        for part in self._columns("id", "date"):
            while wanted and wanted[0] < first + part.num_rows:
                place = wanted.pop(0)
                ids, dates = (part.column(name)[place - first].as_py() for name in ("id", "date"))
                found[place] = (ids, dates or "9999")
            first += part.num_rows
        return found


def _numbers(column: Any) -> Numbers:
    import numpy as np

    rows = column.to_pylist()
    return np.frombuffer(b"".join(rows), "<u4").reshape(len(rows), reprints.NUMBERS)


def repeats(files: Files, count: int) -> tuple[bytes, int]:
    """The table of reprints among so many parts as the bytes of a Parquet file, and how many articles repeat another.

    The memory that it takes is that of eight bytes an article for a few bands at a time, of the signatures of 256
    parts, and of the ids of those that repeat one another.
    """
    parts = _Parts(files, count)
    known: dict[int, tuple[str, str]] = {}

    def dates(places: Sequence[int]) -> list[str]:
        known.update(parts.told(places))
        return [known[place][1] for place in places]

    found = reprints.find_reprints(reprints.Signatures(parts.blocks, parts.rows), dates)
    rows = [(known[one.place][0], known[one.original][0], one.similarity) for one in found]
    table = described(to_arrow(REPEATS, rows), {column.name: column.described for column in REPEATS}, "")
    return dumps_part(table), sum(one != first for one, first, _ in rows)
