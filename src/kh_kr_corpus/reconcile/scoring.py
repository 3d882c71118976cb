"""From features to how sure we are: a logistic model whose weights were fitted on the development pairs alone."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from kh_kr_corpus.reconcile.features import FEATURES, Compared

__all__ = ["BIAS", "WEIGHTS", "reasons", "score", "signs"]

WEIGHTS = {
    "name": 2.44, "number": 0.40, "year": 2.86, "amount": 3.40,
    "actor": 2.72, "sector": 0.27, "modality": 0.59, "place": 2.50,
}  # fmt: skip
"""``python -m bench.reconcile --fit`` prints them; none may be negative."""
BIAS = -6.66


def score(features: Iterable[Compared]) -> float:
    """The chance, from 0 to 1, that two entries with these features are the same thing."""
    total = BIAS + sum(WEIGHTS[one.feature] * one.value for one in features)
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


def reasons(features: Iterable[Compared]) -> tuple[str, ...]:
    """What speaks for and against it, the weightiest first; what says nothing is left out.

    >>> reasons([Compared("year", 1.0, "2007 and 2007-2009 overlap"), Compared("place", -1.0, "a is not b")])
    ('+ year: 2007 and 2007-2009 overlap', '- place: a is not b')
    """
    return tuple(f"{_sign(one)} {one.feature}: {one.why}" for one in _telling(features))


def signs(features: Iterable[Compared]) -> str:
    """The same in a word each.

    >>> signs([Compared("year", 1.0, "2007 and 2007-2009 overlap"), Compared("place", -1.0, "a is not b")])
    '+year -place'
    """
    return " ".join(f"{_sign(one)}{one.feature}" for one in _telling(features))


def _telling(features: Iterable[Compared]) -> list[Compared]:
    order = {name: n for n, name in enumerate(FEATURES)}
    told = [one for one in features if one.value]
    return sorted(told, key=lambda one: (-abs(WEIGHTS[one.feature] * one.value), order[one.feature]))


def _sign(one: Compared) -> str:
    return "+" if one.value > 0 else "-"
