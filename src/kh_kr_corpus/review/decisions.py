"""What a curator may decide, as the page sends it, and the changes that follow from it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError
from pydantic_core import to_json

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Initiative, Mention, Model, Money, Review
from kh_kr_corpus.models.base import Edtf, EntityId, Plain, Term
from kh_kr_corpus.review.changes import Change, Item, next_id
from kh_kr_corpus.review.wording import require_own_words_in
from kh_kr_corpus.store.anchors import evidence_print

__all__ = ["AcceptAbove", "Decision", "Judge", "Note", "SetInitiative", "SetMention", "Step", "changes_of"]

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,64}$")]
"""Made by the page for each decision, so that one that is sent twice is taken once."""
Short = Annotated[str, StringConstraints(max_length=2000)]


class _Decision(Model):
    key: Key


class Judge(_Decision):
    """Accept or reject an item as it is."""

    op: Literal["judge"]
    seen: Mention | Initiative
    """The item as the page showed it."""
    state: Literal["accepted", "rejected"]


class Note(_Decision):
    """Write a note on an item, or take it away; what was decided stays."""

    op: Literal["note"]
    seen: Mention | Initiative
    note: Annotated[Plain, StringConstraints(max_length=2000)] | None


class SetMention(_Decision):
    """A new mention (nothing ``seen``), or new bounds, label, link or value of one."""

    op: Literal["mention"]
    seen: Mention | None = None
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    label: Annotated[str, Term("labels")]
    entity: EntityId | None = None
    value: Edtf | Money | None = None


class SetInitiative(_Decision):
    """A new initiative (nothing ``seen``), or new fields of one; evidence is given by its bounds alone."""

    op: Literal["initiative"]
    seen: Initiative | None = None
    fields: dict[str, Any]


class AcceptAbove(_Decision):
    """Accept every suggestion of at least this score."""

    op: Literal["accept-above"]
    score: Annotated[float, Field(ge=0, le=1)]


class Step(_Decision):
    """Take the last decision back, or make it again."""

    op: Literal["undo", "redo"]


Decision = Annotated[Judge | Note | SetMention | SetInitiative | AcceptAbove | Step, Field(discriminator="op")]


def changes_of(
    article: Article, decision: Judge | Note | SetMention | SetInitiative | AcceptAbove, by: str, at: str
) -> tuple[Change, ...]:
    """The changes that ``decision`` makes to ``article`` when ``by`` takes it at the time ``at``.

    Raises :class:`InputError` for what no item can be (a span outside the text, evidence of nothing), and for a
    sentence of somebody else's text in what is written down.
    """
    changes = _changes_of(article, decision, by, at)
    for change in changes:
        require_own_words_in(article, change)
    return changes


def _changes_of(
    article: Article, decision: Judge | Note | SetMention | SetInitiative | AcceptAbove, by: str, at: str
) -> tuple[Change, ...]:
    if isinstance(decision, AcceptAbove):
        items: tuple[Item, ...] = (*article.mentions, *article.initiatives)
        sure = [one for one in items if not one.review.decided and (one.score or 0) >= decision.score]
        return tuple(_change(one, _judged(one, "accepted", by, at)) for one in sure)
    if isinstance(decision, Judge):
        return (_change(decision.seen, _judged(decision.seen, decision.state, by, at)),)
    if isinstance(decision, Note):
        review = decision.seen.review.model_copy(update={"note": decision.note})
        return (_change(decision.seen, decision.seen.model_copy(update={"review": review})),)
    if isinstance(decision, SetMention):
        return (_set_mention(article, decision, by, at),)
    return (_set_initiative(article, decision, by, at),)


def _change(seen: Item | None, after: Item) -> Change:
    what: Literal["mention", "initiative"] = "mention" if isinstance(after, Mention) else "initiative"
    return Change(what=what, id=after.id, before=seen, after=after)


def _judged(item: Item, state: str, by: str, at: str) -> Item:
    # a person's own correction stays one when it is confirmed
    if state == "accepted" and item.review.state == "corrected":
        state = "corrected"
    review = Review.model_validate({"state": state, "by": by, "at": at, "note": item.review.note})
    return item.model_copy(update={"review": review})


def _state_after_edit(seen: Item | None, by: str) -> str:
    """``accepted`` is what a reviewer entered, ``corrected`` what a reviewer changed of somebody else's."""
    if seen is None or (seen.suggestion is None and seen.review.by == by and seen.review.state == "accepted"):
        return "accepted"
    return "corrected"


def _set_mention(article: Article, decision: SetMention, by: str, at: str) -> Change:
    seen, start, end = decision.seen, decision.start, decision.end
    if article.text is None:
        if seen is None or (seen.start, seen.end) != (start, end):
            raise InputError("mention", "the text is not at hand, so no span can be set", "attach your own copy")
        quote = seen.text
    elif not start < end <= len(article.text):
        raise InputError("mention", f"[{start}, {end}) is no span of the text", "select some words")
    else:
        quote = article.text[start:end]
        if quote != quote.strip():
            raise InputError("mention", "a mention neither begins nor ends with white space", "move the boundary")
    fields = {
        "id": seen.id if seen else next_id(article, "mention"),
        "start": start, "end": end, "text": quote, "label": decision.label, "entity": decision.entity,
        "value": decision.value.model_dump() if isinstance(decision.value, Money) else decision.value,
    }  # fmt: skip
    if seen and all(_plain(seen, name) == value for name, value in fields.items()):
        return _change(seen, _judged(seen, "accepted", by, at))
    return _change(seen, _built(Mention, fields, seen, by, at))


def _set_initiative(article: Article, decision: SetInitiative, by: str, at: str) -> Change:
    seen = decision.seen
    fields = {key: value for key, value in decision.fields.items() if key not in ("id", "suggestion", "review")}
    fields["id"] = seen.id if seen else next_id(article, "initiative")
    fields["evidence"] = [_evidence(article, seen, span) for span in _spans(fields.get("evidence"))]
    built = _built(Initiative, fields, seen, by, at)
    if seen and built.model_copy(update={"review": seen.review}) == seen:
        return _change(seen, _judged(seen, "accepted", by, at))
    return _change(seen, built)


def _plain(item: Mention, name: str) -> object:
    value = getattr(item, name)
    return value.model_dump() if isinstance(value, Money) else value


def _built(kind: Any, fields: dict[str, Any], seen: Item | None, by: str, at: str) -> Any:
    suggestion = seen.suggestion.model_dump() if seen and seen.suggestion else None
    note = seen.review.note if seen else None
    review = {"state": _state_after_edit(seen, by), "by": by, "at": at, "note": note}
    try:
        return kind.model_validate_json(to_json({**fields, "suggestion": suggestion, "review": review}))
    except ValidationError as error:
        problems = "; ".join(_told(one) for one in error.errors(include_url=False)[:5])
        raise InputError(kind.__name__.casefold(), problems, "correct these fields") from None


def _told(problem: Any) -> str:
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


def _spans(raw: object) -> list[tuple[int, int]]:
    """Bounds of evidence, whatever the page sent beside them."""
    found = []
    for one in raw if isinstance(raw, list) else []:
        start, end = (one.get("start"), one.get("end")) if isinstance(one, dict) else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            raise InputError("evidence", "a span has a start and, behind it, an end", "select a sentence")
        found.append((start, end))
    return sorted(set(found))


def _evidence(article: Article, seen: Initiative | None, span: tuple[int, int]) -> dict[str, Any]:
    start, end = span
    if article.text is None:
        for one in seen.evidence if seen else ():
            if (one.start, one.end) == span:
                return one.model_dump()
        raise InputError("evidence", "the text is not at hand, so no evidence can be set", "attach your own copy")
    if end > len(article.text):
        raise InputError("evidence", f"[{start}, {end}) is no span of the text", "select a sentence")
    external = article.rights.text == "external"
    return {"start": start, "end": end, "sha256": evidence_print(article.text, start, end, external=external)}
