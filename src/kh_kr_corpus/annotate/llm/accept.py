"""What of an answer is taken. A suggestion is taken whole or not at all, and every refusal says why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from kh_kr_corpus.annotate.llm.quotes import Span, evidence_spans, places
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article, Initiative, Mention, Money, Suggestion
from kh_kr_corpus.store.anchors import evidence_print

__all__ = ["accept_initiatives", "accept_links"]

_MOST = 60
"""Suggestions of each sort that are looked at."""
_LONGEST = 200
"""Code points of a title or a reason."""
_LISTS = ("themes", "sectors", "modalities")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")


class _RefusedError(Exception):
    """Why a suggestion is not taken."""


def accept_links(
    rows: Sequence[Any], open_ones: Mapping[str, tuple[Mention, tuple[str, ...]]], by: str, score: float
) -> tuple[dict[str, Mention], list[str]]:
    """The mentions that get a link, by id, and why the other rows don't give one."""
    taken: dict[str, Mention] = {}
    refused = []
    for row in rows[:_MOST]:
        row = row if isinstance(row, dict) else {}
        name, entity = row.get("mention"), row.get("entity")
        if not isinstance(name, str) or name not in open_ones:
            refused.append("link: not a name without a link")
            continue
        mention, candidates = open_ones[name]
        if row.get("text") != mention.text:
            refused.append(f"link of {name}: it quotes another name")
        elif entity not in candidates:
            refused.append(f"link of {name}: not an entity that the name may mean")
        else:
            found = mention.suggestion
            before = f" (name: {found.by} {found.reason})" if found else ""
            reason = f"link: {_short(row.get('why')) or 'no reason given'}{before}"
            sure = min(score, found.score) if found else score
            suggestion = Suggestion(by=by, score=sure, reason=reason)
            taken[name] = mention.model_copy(update={"entity": entity, "suggestion": suggestion})
    return taken, refused


def accept_initiatives(
    rows: Sequence[Any], article: Article, kb: KnowledgeBase, by: str, score: float
) -> tuple[list[Initiative], list[str]]:
    """The initiatives that the text, the vocabularies and the knowledge base bear out, and why the others are not."""
    there, refused = list(article.initiatives), []
    number = max((int(i.id[1:]) for i in there), default=0)
    taken: list[Initiative] = []
    for row in rows[:_MOST]:
        try:
            found = _initiative(row, article, kb, f"i{number + len(taken) + 1}", by, score)
            if any(_same(found, other) for other in (*there, *taken)):
                raise _RefusedError("it is there already")  # also when somebody rejected it: that was decided
        except _RefusedError as error:
            refused.append(f"initiative: {error}")
        else:
            taken.append(found)
    return taken, refused


def _initiative(row: Any, article: Article, kb: KnowledgeBase, name: str, by: str, score: float) -> Initiative:
    text = article.text or ""
    if not isinstance(row, dict):
        raise _RefusedError("it is no object")
    spans = evidence_spans(text, _texts(row.get("evidence")))
    if isinstance(spans, str):
        raise _RefusedError(spans)
    # only the fields asked for: a review state, or anything else that the answer holds, has no way in
    raw = {
        "id": name,
        "title": _short(row.get("title")),
        **{key: row.get(key) for key in ("kind", "status", "assertion")},
        **{key: _texts(row.get(key)) for key in _LISTS},
        "instrument": row.get("instrument") or None,
        "as_of": article.date,
        "speaker": _speaker(row.get("speaker"), text),
        "actors": row.get("actors") or [],
        "amount": row.get("amount") or None,
        "period": row.get("period") or None,
        "place": _texts(row.get("place")),
        "evidence": [_evidence(article, span) for span in spans],
        "suggestion": {"by": by, "score": score, "reason": f"reading: {_short(row.get('why')) or 'no reason given'}"},
    }
    try:
        found = Initiative.model_validate_json(json.dumps(raw))
    except (ValidationError, ValueError) as error:
        raise _RefusedError(_told(error)) from None
    _require_known(found, kb)
    _require_stated(found, article)
    return found


def _evidence(article: Article, span: Span) -> dict[str, Any]:
    external = article.rights.text == "external"
    return {
        "start": span[0],
        "end": span[1],
        "sha256": evidence_print(article.text or "", *span, external=external),
    }


def _require_known(found: Initiative, kb: KnowledgeBase) -> None:
    named = [part.entity for part in found.actors] + list(found.place)
    named += [found.speaker.entity] if found.speaker and found.speaker.entity else []
    if not all(entity in kb for entity in named):
        raise _RefusedError("it names an entity that the knowledge base lacks")


def _require_stated(found: Initiative, article: Article) -> None:
    """Amounts and years are the text's own."""
    amounts = {(m.value.amount, m.value.currency) for m in article.mentions if isinstance(m.value, Money)}
    if found.amount and (found.amount.amount, found.amount.currency) not in amounts:
        raise _RefusedError("its amount is none of the text's")
    years = set(_YEAR.findall(found.period or ""))
    if years - set(_YEAR.findall(f"{article.text} {article.date}")):
        raise _RefusedError("its period has a year that the text lacks")


def _speaker(value: Any, text: str) -> dict[str, Any] | None:
    if not isinstance(value, dict) or not (value.get("entity") or value.get("office")):
        return None
    office = value.get("office") or None
    if office is not None and not (isinstance(office, str) and places(text, office)):
        raise _RefusedError("its speaker's office does not stand in the text")
    return {"entity": value.get("entity") or None, "office": " ".join(office.split()) if office else None}


def _same(one: Initiative, other: Initiative) -> bool:
    """Whether two are of one kind and rest on the same words, the larger part of either."""
    if one.kind != other.kind:
        return False
    a, b = ({p for e in i.evidence for p in range(e.start, e.end)} for i in (one, other))
    return 2 * len(a & b) >= min(len(a), len(b))


def _texts(value: Any) -> list[str]:
    """A list of texts, whatever was given: a single text is a list of one."""
    if isinstance(value, str):
        return [value]
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _RefusedError("it has something else where a list of texts belongs")
    return list(dict.fromkeys(value))


def _short(value: Any) -> str:
    """One line of a model's own words, without anything that a terminal would obey."""
    line = " ".join(_UNSEEN.sub(" ", value).split()) if isinstance(value, str) else ""
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _told(error: Exception) -> str:
    """The first thing wrong, without the words of the answer."""
    if not isinstance(error, ValidationError):
        return "it has something that can't be written"
    first: Iterable[Any] = error.errors(include_input=False, include_url=False)[0]["loc"]
    return f"{'.'.join(str(part) for part in first) or 'it'} is not what belongs there"
