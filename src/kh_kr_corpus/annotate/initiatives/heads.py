"""What was learnt of sentences: linear heads over their words, signals and meaning; ``khkr train`` fits them.

One table of weights serves all heads: a row a feature, a column an outcome. ``evidence``, ``link`` and ``document``
have one outcome each; ``kind``, ``sector``, ``status`` and ``assertion`` one for each term of the vocabulary.
"""

from __future__ import annotations

import itertools
import json
import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kh_kr_corpus.annotate.initiatives.vectors import Vector

__all__ = ["Heads", "Scores", "chance", "load_heads"]

WEIGHTS = Path(__file__).parent.parent / "model" / "initiatives.npz"
Scores = NDArray[np.float32]
"""Log odds of every outcome of every head."""


@dataclass(frozen=True)
class Heads:
    """Weights, and where each head's outcomes stand among the columns."""

    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    meaning: NDArray[np.float32]
    outcomes: Mapping[str, tuple[str, ...]]

    def scores(self, features: Mapping[str, float], vector: Vector | None = None) -> Scores:
        """Log odds of all outcomes for features and, where given, a meaning."""
        places = np.fromiter(map(self.rows.get, features, itertools.repeat(-1)), dtype=np.intp, count=len(features))
        values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
        known = places >= 0
        total: Scores = values[known] @ self.weights[places[known]]
        return total if vector is None else total + vector @ self.meaning

    def evidence(self, features: Mapping[str, float], vector: Vector) -> float:
        """The log odds of the head "evidence" alone, which every sentence is asked for."""
        weights, meaning = self._evidence
        each = map(operator.mul, map(weights.get, features, itertools.repeat(0.0)), features.values())
        return float(sum(each)) + float(vector @ meaning)

    @cached_property
    def _evidence(self) -> tuple[Mapping[str, float], Vector]:
        column = self._columns["evidence"][0]
        weights = dict(zip(self.rows, self.weights[:, column].tolist(), strict=True))
        return weights, np.ascontiguousarray(self.meaning[:, column])

    def of(self, head: str, scores: Scores) -> dict[str, float]:
        """The log odds of one head's outcomes."""
        begin, end = self._columns[head]
        return dict(zip(self.outcomes[head], scores[begin:end].tolist(), strict=True))

    @cached_property
    def _columns(self) -> dict[str, tuple[int, int]]:
        """Where each head's outcomes begin and end."""
        ends = list(itertools.accumulate(map(len, self.outcomes.values()), initial=0))
        return dict(zip(self.outcomes, itertools.pairwise(ends), strict=True))

    def best(self, head: str, scores: Scores) -> str:
        """The likeliest outcome of a head."""
        found = self.of(head, scores)
        return max(found, key=lambda outcome: found[outcome])

    def chance(self, head: str, scores: Scores) -> float:
        """The probability of a head with one outcome."""
        return chance(self.of(head, scores)[head])


def chance(log_odds: float) -> float:
    """The probability that belongs to log odds.

    >>> chance(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


@cache
def load_heads(path: Path = WEIGHTS) -> Heads:
    """The heads in the file at ``path``, by default those that ship with the package."""
    with np.load(path) as stored:
        names = bytes(stored["names"]).decode("utf-8").split("\n")
        outcomes = {head: tuple(terms) for head, terms in json.loads(bytes(stored["outcomes"])).items()}
        rows = {name: row for row, name in enumerate(names)}
        weights, meaning = stored["weights"].astype(np.float32), stored["meaning"].astype(np.float32)
        return Heads(rows, weights, meaning, outcomes)
