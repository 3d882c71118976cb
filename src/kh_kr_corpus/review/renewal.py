"""New suggestions for a text that somebody has reviewed: what was decided stays, whatever the machine says now."""

from __future__ import annotations

from kh_kr_corpus.models import Article, Initiative, Mention
from kh_kr_corpus.review.changes import Change, Item, What

__all__ = ["changes_between", "renewed"]


def renewed(article: Article, fresh: Article) -> Article:
    """``article`` with the suggestions of ``fresh``, which is the same text annotated anew.

    Everything decided stays as it is. A fresh suggestion is taken unless it is decided already: a mention that
    overlaps a decided one, a rejected one only with the same bounds and label; an initiative whose evidence a decided
    one of the same kind shares. Suggestions that nobody decided on are replaced; ids that stand are not given again.
    """
    kept = tuple(m for m in article.mentions if m.review.decided)
    reports = tuple(i for i in article.initiatives if i.review.decided)
    last_m = max((int(m.id[1:]) for m in article.mentions), default=0)
    last_i = max((int(i.id[1:]) for i in article.initiatives), default=0)
    names = [m for m in fresh.mentions if not any(_settles(old, m) for old in kept)]
    found = [i for i in fresh.initiatives if not any(_reports(old, i) for old in reports)]
    news = [m.model_copy(update={"id": f"m{n}"}) for n, m in enumerate(names, last_m + 1)]
    new_reports = [i.model_copy(update={"id": f"i{n}"}) for n, i in enumerate(found, last_i + 1)]
    ordered = tuple(sorted((*kept, *news), key=lambda m: (m.start, m.end)))
    return article.model_copy(update={"mentions": ordered, "initiatives": (*reports, *new_reports)})


def changes_between(before: Article, after: Article) -> tuple[Change, ...]:
    """What makes the annotations of ``before`` those of ``after``."""
    found = []
    for old, new in ((before.mentions, after.mentions), (before.initiatives, after.initiatives)):
        was: dict[str, Item] = {item.id: item for item in old}
        now: dict[str, Item] = {item.id: item for item in new}
        what: What = "mention" if old is before.mentions else "initiative"
        ids = [item_id for item_id in {**was, **now} if was.get(item_id) != now.get(item_id)]
        found += [Change(what=what, id=i, before=was.get(i), after=now.get(i)) for i in ids]
    return tuple(found)


def _settles(decided: Mention, fresh: Mention) -> bool:
    if decided.review.state == "rejected":
        return (decided.start, decided.end, decided.label) == (fresh.start, fresh.end, fresh.label)
    return decided.start < fresh.end and fresh.start < decided.end


def _reports(decided: Initiative, fresh: Initiative) -> bool:
    shared = any(a.start < b.end and b.start < a.end for a in decided.evidence for b in fresh.evidence)
    return shared and decided.kind == fresh.kind
