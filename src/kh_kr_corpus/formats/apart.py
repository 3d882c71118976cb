"""Spans that don't overlap: of two that do, the longer stays, or the earlier one (codebook 2)."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from typing import Protocol, TypeVar

__all__ = ["apart"]


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Spanned)


def apart(spans: Iterable[S]) -> tuple[list[S], list[tuple[S, S]]]:
    """The spans that stay, in the order of the text, and each of the others with the one that it overlaps."""
    kept: list[S] = []
    left: list[tuple[S, S]] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        at = bisect(kept, span.start, key=lambda one: one.start)
        near = [one for one in kept[max(0, at - 1) : at + 1] if one.start < span.end and span.start < one.end]
        if near:
            left.append((span, near[0]))
        else:
            kept.insert(at, span)
    return kept, left
