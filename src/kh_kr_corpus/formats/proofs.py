"""The evidence of initiatives, shown in other programs as spans; there it can be looked at, and not changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kh_kr_corpus.formats.contract import Loss
from kh_kr_corpus.formats.draft import Draft
from kh_kr_corpus.models import Article

__all__ = ["EDITED", "Proof", "compare", "proofs"]

EDITED = Loss(
    "initiative-edited", "changes made to initiatives in the other program",
    "an initiative has more than a span, a kind and a title; change it with khkr review", "in",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """One evidence span, in code points, with what is shown of its initiative."""

    initiative: str
    start: int
    end: int
    kind: str
    title: str


def proofs(article: Article) -> Iterator[Proof]:
    """The evidence of an article's initiatives."""
    for one in article.initiatives:
        for span in one.evidence:
            yield Proof(one.id, span.start, span.end, one.kind, one.title)


def compare(draft: Draft, rest: Mapping[str, Any], told: Iterable[Proof]) -> None:
    """Report where the evidence that a file shows is not that of the initiatives in ``rest``, which are taken."""
    mine = {
        Proof(one["id"], span["start"], span["end"], one["kind"], one["title"])
        for one in rest.get("initiatives", ())
        for span in one["evidence"]
    }
    theirs = set(told)
    for proof in sorted(mine - theirs):
        draft.report(EDITED.code, proof.initiative, f"[{proof.start}, {proof.end}) was changed or taken away")
    for proof in sorted(theirs - mine):
        shown = f"[{proof.start}, {proof.end}) {proof.kind} {proof.title[:60]!r}"
        draft.report(EDITED.code, proof.initiative, f"{shown} is new or changed")
