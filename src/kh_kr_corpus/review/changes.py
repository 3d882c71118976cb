"""What a decision does to a text's annotations: one item from what it was to what it becomes.

A change says what stood there when it was decided. It is made only where that still stands, so nothing that
somebody else did meanwhile is ever written over: the two versions then are a dispute, which a person settles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar

from kh_kr_corpus import vocab
from kh_kr_corpus.models import Article, Initiative, Mention, Model
from kh_kr_corpus.store.anchors import evidence_print

__all__ = ["Change", "Clash", "Item", "What", "apply", "item_of", "next_id", "replay", "swapped"]

Item = Mention | Initiative
What = Literal["mention", "initiative"]
_I = TypeVar("_I", Mention, Initiative)


class Change(Model):
    """One item before and after a decision; None where it was not there yet, or is no more."""

    what: What
    id: str
    before: Item | None = None
    after: Item | None = None


class Clash(NamedTuple):
    """A change that could not be made, and what stands in its place."""

    change: Change
    present: Item | None


def item_of(article: Article, what: What, item_id: str) -> Item | None:
    """The mention or initiative of that id, None where there is none."""
    items: Sequence[Item] = article.mentions if what == "mention" else article.initiatives
    return next((item for item in items if item.id == item_id), None)


def next_id(article: Article, what: What) -> str:
    """An id that no item of the kind has.

    >>> from kh_kr_corpus.models import Rights
    >>> next_id(Article(id="a", title="A", origin="brief", rights=Rights(text="local")), "mention")
    'm1'
    """
    items: Sequence[Item] = article.mentions if what == "mention" else article.initiatives
    return f"{what[0]}{1 + max((int(item.id[1:]) for item in items), default=0)}"


def swapped(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that take these back, in the order in which they must be made."""
    back = [Change(what=c.what, id=c.id, before=c.after, after=c.before) for c in changes]
    return tuple(reversed(back))


def apply(article: Article, changes: Iterable[Change]) -> tuple[Article, list[Clash]]:
    """``article`` after ``changes``; those whose ``before`` does not stand there are left out and returned.

    A change that has been made already is no clash: making changes twice is the same as making them once.
    """
    mentions = {mention.id: mention for mention in article.mentions}
    initiatives = {initiative.id: initiative for initiative in article.initiatives}
    clashes, moved = [], False
    for change in changes:
        present = mentions.get(change.id) if change.what == "mention" else initiatives.get(change.id)
        if present == change.after:
            continue
        if present != change.before or not _fits(article, change.after):
            clashes.append(Clash(change, present))
        elif change.what == "mention":
            moved = moved or change.before is None
            _put(mentions, change.id, change.after, Mention)
        else:
            _put(initiatives, change.id, change.after, Initiative)
    ordered = tuple(mentions.values())
    if moved:  # a new one stands where it belongs, and the others keep their order
        ordered = _inserted(article.mentions, ordered)
    reports = tuple(initiatives.values())
    decided = any(m.review.decided for m in ordered) or any(i.review.decided for i in reports)
    codebook = article.codebook or (vocab.CODEBOOK if decided else None)
    update = {"mentions": ordered, "initiatives": reports, "codebook": codebook}
    return article.model_copy(update=update), clashes


def replay(article: Article, changes: Iterable[Change]) -> tuple[Article, list[Clash]]:
    """``article`` after changes of which the first ones may be in it already.

    Of the changes to one item only the way from the first state to the last counts: wherever on it the item stands,
    it is taken to the end.
    """
    chains: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        chains.setdefault((change.what, change.id), []).append(change)
    net = []
    for (what, item_id), chain in chains.items():
        present = item_of(article, what, item_id)  # type: ignore[arg-type]
        on_the_way = present in [change.before for change in chain]
        before = present if on_the_way else chain[0].before
        net.append(chain[-1].model_copy(update={"before": before}))
    return apply(article, net)


def _fits(article: Article, item: Item | None) -> bool:
    """Whether the item's spans stand on the words that it was decided on."""
    text = article.text
    if text is None or item is None:
        return True
    if isinstance(item, Mention):
        return text[item.start : item.end] == item.text
    external = article.rights.text == "external"
    spans = item.evidence
    return all(
        s.end <= len(text) and s.sha256 == evidence_print(text, s.start, s.end, external=external) for s in spans
    )


def _put(items: dict[str, _I], item_id: str, item: object, kind: type[_I]) -> None:
    if isinstance(item, kind):
        items[item_id] = item
    else:
        items.pop(item_id, None)


def _inserted(before: tuple[Mention, ...], after: tuple[Mention, ...]) -> tuple[Mention, ...]:
    known = {mention.id for mention in before}
    result = [mention for mention in after if mention.id in known]
    for mention in after:
        if mention.id not in known:
            place = next((n for n, one in enumerate(result) if one.start > mention.start), len(result))
            result.insert(place, mention)
    return tuple(result)
