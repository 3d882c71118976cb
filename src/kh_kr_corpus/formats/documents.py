"""An article as one flat record with lists, every column always there and always of one type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kh_kr_corpus.formats.jsonl import dumps_line
from kh_kr_corpus.models import Article, Initiative, Mention, Money

__all__ = ["COLUMNS", "to_document"]

_TEXTS = "id title language origin genre date author source abstract rights licence holder codebook note text".split()
_REVIEW = {
    "suggested_by": "string", "score": "float64", "reason": "string", "review": "string", "reviewed_by": "string",
    "reviewed_at": "string", "review_note": "string",
}  # fmt: skip
_MENTION = {
    "id": "string", "start": "int64", "end": "int64", "text": "string", "label": "string", "entity": "string",
    "value": "string", **_REVIEW,
}  # fmt: skip
_INITIATIVE = {
    **dict.fromkeys("id title kind status as_of instrument assertion".split(), "string"),
    **{name: ["string"] for name in "themes sectors modalities place".split()},
    **dict.fromkeys("speaker_entity speaker_office amount period activity".split(), "string"),
    "actors": {"entity": "string", "role": "string"},
    "evidence": {"start": "int64", "end": "int64", "sha256": "string"},
    **_REVIEW,
}
COLUMNS: dict[str, Any] = {
    **dict.fromkeys(_TEXTS, "string"), "sources": ["string"], "mentions": _MENTION, "initiatives": _INITIATIVE
}  # fmt: skip
"""Each column and its type: a name of Arrow's, ``[type]`` for a list, or a mapping for a list of records."""


def to_document(article: Article) -> dict[str, Any]:
    """The record of one article; amounts of money are JSON, offsets are code points of ``text``."""
    own = {name: getattr(article, name) for name in _TEXTS if name not in ("rights", "licence", "holder")}
    rights = {"rights": article.rights.text, "licence": article.rights.licence, "holder": article.rights.holder}
    record = {
        **own, **rights, "sources": list(article.sources), "mentions": [_mention(one) for one in article.mentions],
        "initiatives": [_initiative(one) for one in article.initiatives],
    }  # fmt: skip
    return {name: record[name] for name in COLUMNS}


def _mention(mention: Mention) -> dict[str, Any]:
    fields = {name: getattr(mention, name) for name in ("id", "start", "end", "text", "label", "entity")}
    return {**fields, "value": _value(mention.value), **dict(_review(mention))}


def _initiative(initiative: Initiative) -> dict[str, Any]:
    plain = initiative.model_dump(mode="json")
    speaker = plain["speaker"] or {}
    told = {**plain, "speaker_entity": speaker.get("entity"), "speaker_office": speaker.get("office")}
    told |= {"amount": _value(initiative.amount), **dict(_review(initiative))}
    return {name: told[name] for name in _INITIATIVE}


def _value(value: str | Money | None) -> str | None:
    return dumps_line(value.model_dump(exclude_none=True)) if isinstance(value, Money) else value


def _review(item: Mention | Initiative) -> Iterator[tuple[str, Any]]:
    made, review = item.suggestion, item.review
    yield from (("suggested_by", made and made.by), ("score", made and made.score), ("reason", made and made.reason))
    yield from (("review", review.state), ("reviewed_by", review.by), ("reviewed_at", review.at))
    yield "review_note", review.note
