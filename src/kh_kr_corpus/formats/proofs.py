"""The evidence of initiatives, shown in other programs as spans; there it can be looked at, and not changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kh_kr_corpus.formats.contract import Loss
from kh_kr_corpus.formats.draft import Draft
from kh_kr_corpus.models import Article, Initiative

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
    return (proof for one in article.initiatives for proof in _shown(one))


def _shown(one: Initiative) -> Iterator[Proof]:
    return (Proof(one.id, span.start, span.end, one.kind, one.title) for span in one.evidence)


def _of(record: Any) -> Iterator[Proof]:
    """The evidence of an initiative in a record; none where the record was broken, which the draft reports."""
    try:
        return _shown(Initiative.model_validate_json(json.dumps(record)))
    except ValidationError:
        return iter(())


def compare(draft: Draft, rest: Mapping[str, Any], told: Iterable[Proof]) -> None:
    """Report where the evidence that a file shows is not that of the initiatives in ``rest``, which are taken."""
    told_before = rest.get("initiatives")
    mine = {proof for one in (told_before if isinstance(told_before, list) else ()) for proof in _of(one)}
    theirs = set(told)
    for proof in sorted(mine - theirs):
        draft.report(EDITED.code, proof.initiative, f"[{proof.start}, {proof.end}) was changed or taken away")
    for proof in sorted(theirs - mine):
        shown = f"[{proof.start}, {proof.end}) {proof.kind} {proof.title[:60]!r}"
        draft.report(EDITED.code, proof.initiative, f"{shown} is new or changed")
