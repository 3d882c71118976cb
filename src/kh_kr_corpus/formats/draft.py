"""An article that is being read from somebody's file: what fits is taken, and everything else is reported."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count
from typing import Any, TypeVar

from pydantic import ValidationError

from kh_kr_corpus import vocab
from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats.apart import apart
from kh_kr_corpus.formats.contract import NO_TEXT, OVERLAP, Imported, Loss, NotCarried
from kh_kr_corpus.models import Article, Initiative, Mention, Model
from kh_kr_corpus.store.anchors import misanchored
from kh_kr_corpus.store.dump import to_plain

__all__ = ["READING", "SAME", "Draft", "loads_rest", "rest_of", "slug"]

M = TypeVar("M", bound=Model)
_MARK = "\ue000"
"""A private character, which no normalisation touches or joins to another."""
_NONE = "m999999999"
"""The id of a mention that has none yet."""

READING = (
    Loss("unknown-label", "labels that the codebook lacks", "say what they are: --labels PER=PERSON,...", "in"),
    Loss("bad-offset", "spans that lie outside the text or don't cover the quoted words", "no place is guessed", "in"),
    Loss("trimmed", "white space at the ends of a span", "a span has none (codebook 1); the rest is taken", "in"),
    OVERLAP,
    Loss("bad-value", "links, values and metadata of a form that the corpus lacks", "nothing is made up", "in"),
    Loss("bad-evidence", "initiatives whose evidence is not in the text any more", "no place is guessed", "in"),
)
"""The losses of whatever is read through a :class:`Draft`."""

SAME: Any = object()
"""For a field of a span that the format has no place for: as it is in the rest."""


def rest_of(article: Article) -> dict[str, Any]:
    """Everything of an article but its text, as JSON, for formats that have a place for what they don't know."""
    plain: dict[str, Any] = to_plain(article.model_dump(mode="json", exclude={"text"}))
    return plain


def slug(name: str) -> str:
    """``name`` as an article's id: the same name, the same id.

    >>> slug("Esp-train #12"), slug("뉴스")
    ('esp-train-12', 'text-5ac661db')
    """
    found = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:80].strip("-")
    return found or "text-" + fingerprint(name)[:8]


@dataclass(frozen=True, slots=True)
class _Span:
    item: str
    where: str
    start: int
    end: int
    label: str
    entity: Any
    more: Mapping[str, Any]


class Draft:
    """Collects what a file says of one text, in the file's own offsets (code points of ``text`` as given here).

    ``where`` is the file, ``name`` what the text is called there; ``rest`` is what :func:`rest_of` gave when the file
    was written by us; ``labels`` says what the file's labels are in the codebook.
    """

    def __init__(
        self, where: str, name: str, text: str, *, labels: Mapping[str, str], rest: Mapping[str, Any] | None = None
    ) -> None:
        self._where, self._name, self._raw = where, name, text
        self._rest = {key: value for key, value in (rest or {}).items() if key not in ("mentions", "initiatives")}
        self._told_mentions, self._told_initiatives = (_records(rest, key) for key in ("mentions", "initiatives"))
        self._labels = {label: label for label in vocab.load("labels")} | dict(labels)
        self._text = normalise(text)
        self._spans: list[_Span] = []
        self._reports: list[NotCarried] = []
        self._extras = {(str(m.get("start")), str(m.get("end"))): m for m in self._told_mentions}

    @property
    def raw(self) -> str:
        """The text as it was given, which the file's offsets count."""
        return self._raw

    def report(self, code: str, item: str, message: str, where: str = "") -> None:
        """Say that something of this text is not carried."""
        self._reports.append(NotCarried(code, where or self._where, item, message))

    def add(
        self, item: str, start: int, end: int, label: str, *, entity: Any = SAME, quote: str | None = None,
        where: str = "", more: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """A span called ``item`` in the file. ``quote`` is what it should cover; ``more`` are other fields of a mention
        as JSON (``id``, ``value``, ``suggestion``, ``review``); what is not said is taken from the rest."""
        bounds = self._bounds(item, start, end, quote, where)
        if bounds is None:
            return
        if label not in self._labels:
            self.report("unknown-label", item, f"the codebook has no label {label!r}", where)
            return
        extra = self._extras.get((str(bounds[0]), str(bounds[1])), {})
        own = {key: extra[key] for key in ("id", "value", "suggestion", "review") if key in extra} | dict(more or {})
        link = extra.get("entity") if entity is SAME else entity
        known = self._labels[label]
        if extra and (extra.get("label"), extra.get("entity")) != (known, link):
            own.pop("review", None)  # what was decided was another annotation
            if extra.get("label") != known:
                own.pop("value", None)
        self._spans.append(_Span(item, where or self._where, *bounds, known, link, own))

    def _bounds(self, item: str, start: int, end: int, quote: str | None, where: str) -> tuple[int, int] | None:
        """Where the span lies in the normalised text, None where that can't be said for sure."""
        raw = self._raw
        if not 0 <= start < end <= len(raw):
            self.report("bad-offset", item, f"[{start}, {end}) of a text with {len(raw)} code points", where)
            return None
        if quote is not None and raw[start:end] != quote:
            self.report("bad-offset", item, f"[{start}, {end}) does not cover the words that the file says", where)
            return None
        covered = raw[start:end]
        if covered != covered.strip():
            start += len(covered) - len(covered.lstrip())
            end = start + len(covered.strip())
            message = "white space at its ends left out" if start < end else "covers nothing but white space"
            self.report("trimmed" if start < end else "bad-offset", item, message, where)
            if start >= end:
                return None
        if raw == self._text:
            return start, end
        moved = self._moved(start), self._moved(end)
        if self._text[slice(*moved)] != normalise(raw[start:end]):
            self.report("bad-offset", item, "its ends fall inside a character of the normalised text", where)
            return None
        return moved

    @cached_property
    def _lines(self) -> tuple[list[int], list[int]]:
        """Where each line begins in the text as given and in the normalised one, which changes lines one by one."""
        lines = self._raw.split("\n")
        ends = [_inside(f"{line}\n") for line in lines]
        raw = [0, *accumulate(len(line) + 1 for line in lines)]
        whole = "".join(ends)
        first = len(whole.lstrip("\n\ufeff")) - len(whole)
        return raw, [first, *(first + at for at in accumulate(map(len, ends)))]

    def _moved(self, at: int) -> int:
        """Where a place of the text as given is in the normalised one."""
        raw, normal = self._lines
        line = bisect(raw, at) - 1
        return normal[line] + len(_inside(self._raw[raw[line] : at]))

    def finish(self) -> Iterator[Imported | NotCarried]:
        """What was not carried, and the article; none where its text is empty."""
        if not self._text.strip():
            self.report(NO_TEXT.code, self._name, "its text is empty")
            yield from self._reports
            return
        mentions, items = self._mentions()
        article = self._article(mentions)
        article = article.model_copy(update={"initiatives": tuple(self._anchored(article))})
        yield from self._reports
        yield Imported(article, self._where, items)

    def _mentions(self) -> tuple[tuple[Mention, ...], dict[str, str]]:
        """The mentions, in the order of the rest where they are in it, else of the text; and what each is called."""
        found = [(self._mention(span), span.item) for span in self._apart()]
        used: set[str] = set()
        wanted = {mention.id for mention, _ in found if mention}
        free = (name for name in (f"m{n}" for n in count(1)) if name not in wanted)
        named = []
        for mention, item in found:
            if mention is not None:
                new = mention.id if mention.id not in used and mention.id != _NONE else next(free)
                used.add(new)
                named.append((mention.model_copy(update={"id": new}), item))
        order = {str(m.get("id")): n for n, m in enumerate(self._told_mentions)}
        named.sort(key=lambda pair: order.get(pair[0].id, len(order)))
        return tuple(mention for mention, _ in named), {mention.id: item for mention, item in named}

    def _apart(self) -> list[_Span]:
        kept, left = apart(self._spans)
        for span, other in left:
            message = f"[{span.start}, {span.end}) overlaps {other.item or other.label}, which is kept"
            self.report("overlap", span.item, message, span.where)
        return kept

    def _mention(self, span: _Span) -> Mention | None:
        text = self._text[span.start : span.end]
        known = {"id": _NONE, "start": span.start, "end": span.end, "text": text, "label": span.label}
        more = {name: value for name, value in span.more.items() if value is not None}
        more |= {} if span.entity is None else {"entity": span.entity}
        return self._fitting(Mention, known, more, span.item, span.where)

    def _fitting(self, model: type[M], known: dict[str, Any], more: dict[str, Any], item: str, where: str) -> M | None:
        """The model of ``known`` and of what it takes of ``more``; each field that it refuses is reported."""
        whole = _valid(model, known | more)
        if whole is not None:
            return whole
        for name, value in more.items():
            if _valid(model, known | {name: value}) is None:
                self.report(
                    "bad-value", item, f"{name}: {str(value)[:80]!r} is nothing that the corpus can hold", where
                )
            else:
                known = known | {name: value}
        return _valid(model, known)

    def _article(self, mentions: tuple[Mention, ...]) -> Article:
        own = {"id": slug(self._name), "title": self._name.strip() or "untitled", "origin": "genuine"}
        known = {**own, "rights": {"text": "local"}, "text": self._text}
        whole = self._fitting(Article, known, self._rest, self._name, "")
        if whole is None:
            raise InputError(self._where, f"{self._name!r} can't be an article", "see the reports on its fields")
        whole = whole.model_copy(update={"mentions": mentions})
        wrong = [problem for problem in misanchored(whole) if problem[0] == "KC207"]
        if wrong:
            self.report("bad-value", self._name, "the fingerprints are those of another text")
            whole = whole.model_copy(update={"fingerprints": None})
        return whole

    def _anchored(self, article: Article) -> Iterator[Initiative]:
        """The initiatives of the rest whose evidence still stands in the text."""
        for told in self._told_initiatives:
            one, item = _valid(Initiative, told), str(told.get("id", ""))
            if one is None:
                self.report("bad-value", item, "is no initiative that the corpus can hold")
            elif any(misanchored(article.model_copy(update={"mentions": (), "initiatives": (one,)}))):
                self.report("bad-evidence", item, "its evidence is not where it was")
            else:
                yield one


def _records(rest: Mapping[str, Any] | None, key: str) -> list[dict[str, Any]]:
    """The records that somebody's JSON has under a name, whatever else stands there."""
    found = (rest or {}).get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def loads_rest(told: object) -> tuple[dict[str, Any], str]:
    """The rest from its JSON, and what is wrong with it; an empty one where nothing was told."""
    if not told:
        return {}, ""
    try:
        return dict(json.loads(str(told))), ""
    except (ValueError, TypeError, RecursionError):
        return {}, "what we wrote beside the text can't be read any more"


def _valid(model: type[M], data: Any) -> M | None:
    try:
        return model.model_validate_json(json.dumps(data))
    except (ValidationError, RecursionError):
        return None


def _inside(piece: str) -> str:
    """``piece`` normalised as it is inside a text: nothing is taken from its ends."""
    return normalise(f"{_MARK}{piece}{_MARK}")[1:-1]
