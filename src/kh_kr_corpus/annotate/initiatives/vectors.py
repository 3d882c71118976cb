"""Meanings of words as vectors, so that words never seen in training still count for the subject of a sentence.

One vector a word piece, computed once from the sentence model all-MiniLM-L6-v2 (Apache 2.0) by
``khkr train --vectors``, cut to its main axes and rounded to a byte an axis. Kept as data; nothing neural runs here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

__all__ = ["AXES", "VECTORS", "WIDTH", "vector_of"]

VECTORS = Path(__file__).parent.parent / "model" / "vectors.npz"
AXES = 128
"""Main axes kept of the model's 384."""
WIDTH = 2 * AXES
"""Of a sentence's meaning: once by all its words alike, once with the rarer ones to the fore."""
_RARE = 9_000
"""Rank of a word piece, in the order of how common they are, that counts half: the rarer, the nearer to whole. So
"irrigation" (8,920) tells the subject and "project" (538) hardly; in the other half "signed" (669) counts as much."""
Vector = NDArray[np.float32]
_NOTHING: Vector = np.zeros(WIDTH, dtype=np.float32)


@cache
def _table() -> tuple[dict[str, int], NDArray[np.int8]]:
    with np.load(VECTORS) as stored:
        words = bytes(stored["words"]).decode("ascii").split("\n")
        return {word: row for row, word in enumerate(words)}, stored["vectors"]


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> Vector:
    """The mean over the pieces of a word: the longest known piece first, then the longest of the rest."""
    rows, vectors = _table()
    found, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        end = next((e for e in range(len(word), start + 2, -1) if mark + word[start:e] in rows), 0)
        if end:
            found.append(rows[mark + word[start:end]])
        start = end or start + 1
    if not found:
        return _NOTHING
    mean: Vector = vectors[found].mean(axis=0, dtype=np.float32) / np.float32(127)
    rare = 1.0 if len(found) > 1 else found[0] / (found[0] + _RARE)
    return np.concatenate([mean, mean * np.float32(rare)])


def vector_of(words: Iterable[str]) -> Vector:
    """The directions of two sums over all words that mean something, each of length 1; zeros where there is none."""
    total = _NOTHING.copy()
    for word in words:
        if word not in STOP_WORDS:
            total += _of_word(word)
    for half in (total[:AXES], total[AXES:]):
        half /= max(float(np.linalg.norm(half)), 1e-9)
    return total
