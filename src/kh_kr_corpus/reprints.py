"""Which texts repeat one another: MinHash signatures of their word sequences, compared by locality-sensitive hashing.

A text is the set of its runs of five words, in lower case and without punctuation; how alike two texts are is the
Jaccard index of their sets, which their signatures estimate (Broder, On the resemblance and containment of documents,
1997). Signatures that agree in all numbers of a band are compared (Indyk and Motwani, Approximate nearest neighbors,
1998); ``datasketch`` makes the signatures and says how many bands there should be. Its own index is not used: it keeps
Python objects for every band of every text, this one eight bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kh_kr_corpus.errors import InputError

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, Any]

__all__ = ["ALIKE", "NUMBERS", "Reprint", "Signatures", "find_reprints", "in_memory", "signature"]

ALIKE = 0.7
"""From this estimated Jaccard index on, a text is a reprint of another."""
_RUN = 5
NUMBERS = 128
"""Numbers of a signature: the standard error of an estimated Jaccard index is at most 0.044."""
_WORD = re.compile(r"\w+")
_ROOM = 1 << 28
"""Bytes for the bands that are looked at in one pass."""


class Reprint(NamedTuple):
    """A text that others repeat or that repeats one, by its place among all."""

    place: int
    original: int
    """The place of the cluster's earliest text, which may be itself."""
    similarity: float
    """Estimated Jaccard index with the original."""


class Signatures(NamedTuple):
    """The signatures of many texts, in blocks that need not be in memory together."""

    blocks: Callable[[], Iterator[Numbers]]
    """All rows in order; called once a pass."""
    rows: Callable[[Sequence[int]], Numbers]
    """Those of some texts."""


def signature(text: str) -> Numbers:
    """The MinHash signature of ``text``: 128 numbers of 32 bits; all the largest number for a text without words.

    >>> signature("KOICA handed over ten pumps.").shape
    (128,)
    """
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[n : n + _RUN]).encode() for n in range(max(1, len(words) - _RUN + 1))} - {b""}
    sketch = _datasketch().MinHash(num_perm=NUMBERS, seed=1, scheme="affine32")
    sketch.update_batch(sorted(runs))
    numbers: Numbers = sketch.hashvalues.astype("<u4")
    return numbers


def find_reprints(signatures: Signatures, order: Callable[[Sequence[int]], Sequence[Any]] | None = None,
                  alike: float = ALIKE) -> list[Reprint]:  # fmt: skip
    """Every text of a cluster of texts that repeat one another, by cluster and place.

    Two texts whose signatures agree in ``alike`` of their numbers are in one cluster, and so is whatever is linked by
    such a chain. ``order`` gives the sort keys of some texts; the first of a cluster is its original, by default the
    one that stands first.
    """
    roots = _Roots()
    count, bands = 0, _bands(alike)
    first = 0
    while first < len(bands):
        count = count or sum(len(block) for block in signatures.blocks())
        step = max(1, _ROOM // (8 * max(count, 1)))
        for marks in _marks(signatures, bands[first : first + step], count):
            _link(marks, signatures, roots, alike)
        first += step
    return list(_reprints(roots, signatures, order or (lambda places: places)))


def _bands(alike: float) -> list[slice]:
    # a pair that is missed is lost, one that is found in vain is compared and forgotten
    index = _datasketch().MinHashLSH(threshold=alike, num_perm=NUMBERS, weights=(0.1, 0.9))
    return [slice(n * index.r, (n + 1) * index.r) for n in range(index.b)]


def _marks(signatures: Signatures, bands: Sequence[slice], count: int) -> list[Numbers]:
    """For each band one number a text: equal for two texts whose signatures agree in the whole band."""
    import numpy as np

    marks = [np.empty(count, np.uint64) for _ in bands]
    done = 0
    for block in signatures.blocks():
        for mark, band in zip(marks, bands, strict=True):
            mark[done : done + len(block)] = _mixed(block[:, band])
        done += len(block)
    return marks


def _mixed(numbers: Numbers) -> Numbers:
    """A number of 64 bits a row, by multiplying and adding what stands in it (FNV-1a, a number at a time)."""
    import numpy as np

    mixed = np.full(len(numbers), 0xCBF29CE484222325, np.uint64)
    with np.errstate(over="ignore"):
        for column in numbers.T:
            mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(0x100000001B3)
            mixed ^= mixed >> np.uint64(29)
    return mixed


def _link(marks: Numbers, signatures: Signatures, roots: _Roots, alike: float) -> None:
    """Join the texts with equal marks that are alike."""
    import numpy as np

    places = np.argsort(marks, kind="stable")
    same = np.flatnonzero(marks[places[1:]] == marks[places[:-1]]) + 1
    starts = np.arange(len(places))
    is_first = np.ones(len(places), bool)
    is_first[same] = False
    firsts = places[np.maximum.accumulate(np.where(is_first, starts, 0))]
    for begin in range(0, len(same), 10_000):
        some = same[begin : begin + 10_000]
        pairs = [
            (int(a), int(b)) for a, b in zip(firsts[some], places[some], strict=True) if roots.apart(int(a), int(b))
        ]
        for (one, other), share in zip(pairs, _shares(signatures, pairs), strict=True):
            if share >= alike:
                roots.join(one, other)


def _shares(signatures: Signatures, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """In which share of their numbers the signatures of each pair agree; 0 for texts without words."""
    if not pairs:
        return []
    import numpy as np

    ones, others = (signatures.rows([pair[side] for pair in pairs]) for side in (0, 1))
    empty = (ones == np.iinfo(np.uint32).max).all(axis=1)
    shares: list[float] = np.where(empty, 0.0, (ones == others).mean(axis=1)).tolist()
    return shares


def _reprints(
    roots: _Roots, signatures: Signatures, order: Callable[[Sequence[int]], Sequence[Any]]
) -> Iterator[Reprint]:
    clusters = roots.clusters()
    members = [place for cluster in clusters for place in cluster]
    keys = dict(zip(members, order(members), strict=True))
    for cluster in clusters:
        original = min(cluster, key=lambda place: (keys[place], place))
        shares = _shares(signatures, [(original, place) for place in cluster])
        yield from (Reprint(place, original, round(share, 3)) for place, share in zip(cluster, shares, strict=True))


class _Roots:
    """Which texts belong together (a disjoint-set forest over those that have company)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def _root(self, place: int) -> int:
        root = place
        while (above := self._above.get(root, root)) != root:
            root = above
        while self._above.get(place, place) != root:
            self._above[place], place = root, self._above[place]
        return root

    def apart(self, one: int, other: int) -> bool:
        """Whether they are not known to belong together."""
        return self._root(one) != self._root(other)

    def join(self, one: int, other: int) -> None:
        """Put them together, under the earlier root."""
        low, high = sorted((self._root(one), self._root(other)))
        self._above[low], self._above[high] = low, low

    def clusters(self) -> list[list[int]]:
        """The texts that belong together, by place."""
        found: dict[int, list[int]] = {}
        for place in sorted(self._above):
            found.setdefault(self._root(place), []).append(place)
        return list(found.values())


def in_memory(rows: Iterable[Numbers]) -> Signatures:
    """Signatures that fit into memory."""
    import numpy as np

    table = np.stack([np.empty(NUMBERS, np.uint32), *rows])[1:]
    return Signatures(lambda: iter([table]), lambda places: table[list(places)])


@cache
def _datasketch() -> Any:
    try:
        import datasketch
    except ImportError:
        raise InputError("reprints", "datasketch is not installed", "pip install 'kh-kr-corpus[batch]'") from None
    return datasketch
