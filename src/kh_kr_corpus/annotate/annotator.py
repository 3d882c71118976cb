"""From a text to an article with suggested mentions and initiatives."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby, tee
from operator import itemgetter
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus import _offsets, vocab
from kh_kr_corpus.annotate import consistency, gazetteer, initiatives, labels, linker, rules, selector, tagger
from kh_kr_corpus.annotate.candidates import DATE_KEY, LATER, Candidate, settled
from kh_kr_corpus.annotate.shipped import load_kb
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article, Mention, Money, Rights, Suggestion
from kh_kr_corpus.models.edtf import check_edtf

__all__ = ["MAX_CHARACTERS", "Annotator", "annotator_id"]

MAX_CHARACTERS = 2_000_000
_PIECE = 40_000
"""Characters that the statistical model gets at once; keeps memory flat on long texts."""
_BATCH = 8
"""Pieces that the statistical model gets in one batch."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _Told(NamedTuple):
    """A normalised text and what is known of it."""

    text: str
    title: str | None = None
    date: str | None = None
    genre: str | None = None
    id: str | None = None
    language: str = "en"
    author: str | None = None


@cache
def annotator_id() -> str:
    """``khkr@VERSION``, as suggestions record it."""
    try:
        return f"khkr@{version('kh-kr-corpus')}"
    except PackageNotFoundError:
        return "khkr@0+unknown"


class Annotator:
    """Annotates texts by the codebook; everything it says is a suggestion with a score and a reason.

    ``nlp`` is any spaCy pipeline that sets ``doc.ents``; it takes the statistical part's place. ``kb`` is the
    knowledge base; by default the shipped corpus's. Both are loaded on first use.
    """

    def __init__(self, nlp: Language | None = None, kb: KnowledgeBase | None = None) -> None:
        self._given_nlp, self._given_kb = nlp, kb

    @cached_property
    def kb(self) -> KnowledgeBase:
        """The knowledge base in use."""
        return load_kb() if self._given_kb is None else self._given_kb

    @cached_property
    def nlp(self) -> Language:
        """The statistical pipeline in use."""
        return tagger.load_nlp() if self._given_nlp is None else self._given_nlp

    @cached_property
    def components(self) -> dict[str, Any]:
        """Our components in the order in which they run, behind the statistical part."""
        return {
            "khkr_labels": labels.Labels(),
            "khkr_gazetteer": gazetteer.Gazetteer(self.kb),
            "khkr_rules": rules.Rules(),
            "khkr_consistency": consistency.Consistency(),
            "khkr_selector": selector.Selector(),
            "khkr_linker": linker.Linker(self.kb),
            "khkr_initiatives": initiatives.Initiatives(self.kb),
        }

    def to_doc(self, text: str, *, title: str | None = None, date: str | None = None, genre: str | None = None) -> Doc:
        """The spaCy document of ``text``, which must be normalised, after all components."""
        return next(self._to_docs([_Told(text, title, date, genre)]))

    def _to_docs(self, texts: Iterable[_Told]) -> Iterator[Doc]:
        """Documents of normalised texts in order; their pieces share the statistical model's batches."""
        asked, told = tee(texts)
        pieces = self.nlp.pipe(
            ((p, i) for i, t in enumerate(asked) for p in _pieces(t.text)), as_tuples=True, batch_size=_BATCH
        )
        for one, (_, group) in zip(told, groupby(pieces, key=itemgetter(1)), strict=True):
            parts = [doc for doc, _ in group]
            doc = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False) or parts[0]
            yield self._read(doc, one)

    def _read(self, doc: Doc, told: _Told) -> Doc:
        """What our components make of a document."""
        doc.user_data.clear()
        doc.user_data[DATE_KEY] = told.date
        doc.user_data[initiatives.TITLE_KEY] = told.title
        doc.user_data[initiatives.GENRE_KEY] = told.genre
        doc.user_data[LATER] = True
        for name, component in self.components.items():
            if name == "khkr_linker":
                doc.user_data.pop(LATER)
            doc = component(doc)
        return doc

    def pipe(self, texts: Iterable[str | Mapping[str, Any]]) -> Iterator[Article]:
        """An article for each text, in order, as :meth:`annotate` gives it; the model reads several at once.

        A text is a string, or a mapping with the arguments of :meth:`annotate` ("text", "title", "date" ...). Texts
        are read as they are needed, some dozens at a time. Raises as :meth:`annotate` does, at the text that is at
        fault.
        """
        told, read = tee(_told(**{"text": text} if isinstance(text, str) else text) for text in texts)
        for one, doc in zip(told, self._to_docs(read), strict=True):
            yield _to_article(doc, one)

    def annotate(
        self, text: str, *, title: str | None = None, date: str | datetime.date | None = None, id: str | None = None,  # noqa: A002
        language: str = "en", genre: str | None = None, author: str | None = None,
    ) -> Article:  # fmt: skip
        """An article with suggested mentions, links and initiatives.

        Offsets are code points of the *normalised* text, which is ``article.text`` (codebook §1). ``date`` is
        EDTF; weekdays are resolved from it. Raises :class:`InputError` for a text that is empty, is longer than
        :data:`MAX_CHARACTERS`, or holds control characters, and for a date that is no EDTF;
        :class:`UnknownNameError` for a genre that the vocabulary lacks.
        """
        told = _told(text, title=title, date=date, id=id, language=language, genre=genre, author=author)
        return _to_article(next(self._to_docs([told])), told)


def _told(
    text: str, *, title: str | None = None, date: str | datetime.date | None = None, id: str | None = None,  # noqa: A002
    language: str = "en", genre: str | None = None, author: str | None = None,
) -> _Told:  # fmt: skip
    date = date.isoformat() if isinstance(date, datetime.date) else date
    normal = _checked(text, date)
    if genre is not None:
        genre = vocab.load("genres")[genre].id
    if id is not None and not _ID.fullmatch(id):
        raise InputError("id", f"{id!r} is no id", "use lower-case letters, digits and single hyphens")
    return _Told(normal, title, date, genre, id, language, author)


def _to_article(doc: Doc, told: _Told) -> Article:
    text, title = told.text, told.title
    return Article(
        id=told.id or "text-" + hashlib.sha256(text.encode()).hexdigest()[:12],
        title=title.strip() if title and title.strip() else _headline(text), language=told.language, origin="genuine",
        genre=told.genre, date=told.date, author=told.author, rights=Rights(text="local"), text=text,
        mentions=tuple(_to_mention(i, c, text) for i, c in enumerate(settled(doc), 1)),
        initiatives=initiatives.to_initiatives(doc, annotator_id()),
    )  # fmt: skip


def _checked(text: str, date: str | None) -> str:
    if not isinstance(text, str):
        raise InputError("text", f"{type(text).__name__} is no text", "give a string")
    if len(text) > MAX_CHARACTERS:
        raise InputError("text", f"{len(text):,} characters", f"up to {MAX_CHARACTERS:,} are taken; split it")
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise InputError("text", f"control character U+{ord(found.group()):04X}", "remove it", line)
    normal = _offsets.normalise(text)
    if not normal.strip():
        raise InputError("text", "empty", "give the text of an article")
    problem = "" if date is None else check_edtf(date) if isinstance(date, str) else "is no date"
    if problem:
        raise InputError("date", problem, "write YYYY-MM-DD")
    return normal


def _pieces(text: str) -> list[str]:
    """``text`` cut at line ends or blanks into pieces that the model can take; together they are the text again."""
    pieces, start = [], 0
    while len(text) - start > _PIECE:
        cut = max(text.rfind("\n", start, start + _PIECE), text.rfind(" ", start + _PIECE // 2, start + _PIECE)) + 1
        cut = cut if cut > start else start + _PIECE
        pieces.append(text[start:cut])
        start = cut
    return [*pieces, text[start:]]


def _headline(text: str) -> str:
    """The first line, up to 120 characters."""
    line = text.strip().split("\n", 1)[0].strip()
    return line if len(line) <= 120 else line[:117].rstrip() + "..."


def _to_mention(number: int, candidate: Candidate, text: str) -> Mention:
    value: str | Money | None = None
    if isinstance(candidate.value, dict):
        value = Money.model_validate(candidate.value)
    elif candidate.value:
        value = candidate.value
    suggestion = Suggestion(by=annotator_id(), score=round(candidate.score, 3), reason=candidate.reason)
    return Mention(
        id=f"m{number}", start=candidate.start, end=candidate.end, text=text[candidate.start : candidate.end],
        label=candidate.label, entity=candidate.entity or None, value=value, suggestion=suggestion,
    )  # fmt: skip
