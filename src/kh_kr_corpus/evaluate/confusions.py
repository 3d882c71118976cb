"""What goes wrong most often, in context: the report from which the next improvement is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kh_kr_corpus.evaluate.initiatives import FIELDS, covered, gold_initiatives, matched, proposals, same
from kh_kr_corpus.evaluate.mentions import decided
from kh_kr_corpus.evaluate.run import Reading
from kh_kr_corpus.models import Article, Initiative, Mention, Money, Participation, Speaker

__all__ = ["Confusion", "Place", "confusions", "context"]

_AROUND = 5
"""Words shown on either side."""
_LONGEST = 14
"""Words of a span that are shown; the middle of a longer one is left out."""


class Place(NamedTuple):
    """Where one error stands; ``words`` only for a text that is ours to show."""

    article: str
    start: int
    end: int
    words: str | None
    gold: str = ""
    """What it is: an entity, a value, or for bounds the words, where they are ours to show."""
    got: str = ""


@dataclass(frozen=True, slots=True)
class Confusion:
    """One way of being wrong."""

    measure: str
    """``span``, ``link``, ``value`` or ``initiative``."""
    what: str
    """``missed``, ``proposed``, ``label``, ``bounds``, ``label and bounds``, ``entity``, or a field's name."""
    gold: str
    got: str
    cost: int
    """Wrong proposals and misses together: a wrong label is one of each."""
    count: int
    places: tuple[Place, ...]
    """Where, in the order of the texts."""


class _Error(NamedTuple):
    measure: str
    what: str
    gold: str
    got: str
    cost: int
    span: tuple[int, int]
    wanted: str = ""
    found: str = ""


def confusions(readings: Iterable[Reading], most: int | None = 20) -> list[Confusion]:
    """The ``most`` costly ways of being wrong, the worst first."""
    found: dict[tuple[str, str, str, str], list[tuple[int, Place]]] = {}
    for reading in readings:
        for error in (*_mention_errors(reading), *_initiative_errors(reading)):
            words = context(reading.gold, *error.span)
            place = Place(reading.gold.id, *error.span, words, error.wanted, error.found)
            found.setdefault(error[:4], []).append((error.cost, place))
    listed = [
        Confusion(*key, sum(cost for cost, _ in errors), len(errors), tuple(place for _, place in errors))
        for key, errors in found.items()
    ]
    return sorted(listed, key=lambda c: (-c.cost, c.measure, c.what, c.gold, c.got))[:most]


def context(article: Article, start: int, end: int, around: int = _AROUND) -> str | None:
    """The words of a span in brackets, with a few on either side; None for a text that is not ours to show."""
    if not _is_ours(article) or article.text is None:
        return None
    left, right = article.text[:start], article.text[end:]
    before, after = left.split()[-around:], right.split()[:around]
    inside = article.text[start:end].split()
    if len(inside) > _LONGEST:
        inside = [*inside[: _LONGEST // 2], "…", *inside[-_LONGEST // 2 :]]
    # a word that goes on over the bound stays in one piece
    gap_left = " " if left[-1:].isspace() else ""
    gap_right = " " if right[:1].isspace() else ""
    return f"{' '.join(before)}{gap_left}[{' '.join(inside)}]{gap_right}{' '.join(after)}"


def _is_ours(article: Article) -> bool:
    return article.rights.text == "included"


def _mention_errors(reading: Reading) -> Iterator[_Error]:
    gold = {(m.start, m.end, m.label): m for m in decided(reading.gold.mentions)}
    got = {(m.start, m.end, m.label): m for m in reading.predicted.mentions if m.review.state != "rejected"}
    for key in gold.keys() & got.keys():
        yield from _content_errors(gold[key], got[key])
    free = [m for key, m in sorted(got.items()) if key not in gold]
    for mention in (m for key, m in sorted(gold.items()) if key not in got):
        other = _nearest(mention, free)
        span = (mention.start, mention.end)
        if other is None:
            yield _Error("span", "missed", mention.label, "", 1, span)
            continue
        free.remove(other)
        differs = [
            *(["label"] if other.label != mention.label else []),
            *(["bounds"] if (other.start, other.end) != span else []),
        ]
        span = (min(mention.start, other.start), max(mention.end, other.end))
        told = (mention.text, other.text) if "bounds" in differs and _is_ours(reading.gold) else ("", "")
        yield _Error("span", " and ".join(differs), mention.label, other.label, 2, span, *told)
    yield from (_Error("span", "proposed", "", m.label, 1, (m.start, m.end)) for m in free)


def _nearest(mention: Mention, others: Sequence[Mention]) -> Mention | None:
    """The one that shares most with it."""
    shared = [(min(mention.end, o.end) - max(mention.start, o.start), -n) for n, o in enumerate(others)]
    best, n = max(shared, default=(0, 0))
    return others[-n] if best > 0 else None


def _content_errors(a: Mention, b: Mention) -> Iterator[_Error]:
    """Wrong links and values on a mention found."""
    span = (a.start, a.end)
    if a.label in ("DATE", "MONEY"):
        if a.value is not None and a.value != b.value:
            yield _Error(
                "value", "missed" if b.value is None else "other", a.label, a.label, 1, span, *_both(a, b, "value")
            )
    elif a.entity != b.entity:
        what = "missed" if b.entity is None else "proposed" if a.entity is None else "entity"
        # a link to somebody else is a miss and a wrong proposal
        cost = 2 if what == "entity" else 1
        yield _Error("link", what, a.label, b.label, cost, span, *_both(a, b, "entity"))


def _initiative_errors(reading: Reading) -> Iterator[_Error]:
    pairs = matched(reading.gold, reading.predicted)
    for a, b in pairs:
        for name in FIELDS:
            if not same(name, a, b):
                yield _Error("initiative", name, _told(a, name), _told(b, name), 1, _span(a), *_both(a, b, name))
    wanted = _left(gold_initiatives(reading.gold), [a for a, _ in pairs])
    got = _left(proposals(reading.predicted), [b for _, b in pairs])
    for a in wanted:
        points = covered(a)
        near = [b for b in got if 2 * len(points & covered(b)) >= len(points)]
        if not near:
            yield _Error("initiative", "missed", a.kind, "", 1, _span(a))
            continue
        got.remove(near[0])
        what = "evidence" if near[0].kind == a.kind else "kind"
        yield _Error("initiative", what, a.kind, near[0].kind, 2, _span(a))
    yield from (_Error("initiative", "proposed", "", b.kind, 1, _span(b)) for b in got)


def _left(initiatives: list[Initiative], taken: list[Initiative]) -> list[Initiative]:
    there = {id(initiative) for initiative in taken}
    return [i for i in initiatives if id(i) not in there]


def _span(initiative: Initiative) -> tuple[int, int]:
    return initiative.evidence[0].start, initiative.evidence[0].end


def _told(initiative: Initiative, name: str) -> str:
    """The value of a field that is one of few, else whether there is one."""
    value = getattr(initiative, name)
    if isinstance(value, str) and name in ("status", "assertion"):
        return value
    return "given" if value else "none"


def _both(a: Mention | Initiative, b: Mention | Initiative, name: str) -> tuple[str, str]:
    """A field of both, as a person reads it; a speaker's office is the text's words and is left out."""
    return _short(getattr(a, name)), _short(getattr(b, name))


def _short(value: object) -> str:
    if isinstance(value, Money):
        return f"{value.amount:,.15g} {value.currency}"
    if isinstance(value, Speaker):
        return value.entity or "an office"
    if isinstance(value, tuple):
        return ", ".join(f"{part.entity} {part.role}" for part in value if isinstance(part, Participation)) or "none"
    return "none" if value is None else str(value)
