"""Which of a user's files is an exact copy of an external text. Nothing is ever guessed, and no text is quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus.models import Article

__all__ = ["Copy", "Recognised", "recognise"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that may hold a copy: its name, and its text or why there is none."""

    file: str
    text: str | None = field(repr=False)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What became of one file; ``text`` is the normalised text where it is to be attached to ``article``."""

    file: str
    article: str | None = None
    text: str | None = field(default=None, repr=False)
    reason: str = ""

    @property
    def attaches(self) -> bool:
        """Whether the text belongs to the article."""
        return self.text is not None


def recognise(copies: Iterable[Copy], articles: Iterable[Article]) -> Iterator[Recognised]:
    """For each copy, in order, the external article whose whole normalised text it is, or why there is none.

    A text that several articles carry belongs to each of them: equal fingerprints mean equal texts.
    """
    awaited: dict[str, list[str]] = defaultdict(list)
    taken: dict[str, str] = {}
    for article in articles:
        if article.rights.text == "external" and article.fingerprints:
            awaited[article.fingerprints.text].append(article.id)
            if article.attached:
                taken[article.fingerprints.text] = "an earlier copy"
    for copy in copies:
        yield from _placed(copy, awaited, taken)


def _placed(copy: Copy, awaited: dict[str, list[str]], taken: dict[str, str]) -> Iterator[Recognised]:
    if copy.text is None:
        yield Recognised(copy.file, reason=copy.problem)
        return
    text = normalise(copy.text)
    if not text.strip():
        yield Recognised(copy.file, reason="empty")
        return
    key = fingerprint(text)
    if key not in awaited:
        yield Recognised(copy.file, reason="no external article has exactly this text")
        return
    for article in awaited[key]:
        if key in taken:
            yield Recognised(copy.file, article, reason=f"the text is attached already, from {taken[key]}")
        else:
            yield Recognised(copy.file, article, text, "exact copy")
    taken.setdefault(key, copy.file)
