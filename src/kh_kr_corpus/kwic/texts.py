"""The texts that are searched, with what is annotated in them; and which texts wording may be measured on."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Mention
from kh_kr_corpus.tables.sentences import Bounds, bounds_of, decided

__all__ = ["Text", "WordingWarning", "measured", "texts_of"]


class WordingWarning(UserWarning):
    """Wording was measured on texts that were written for the corpus: it is ours, and nobody's view."""


@dataclass
class Text:
    """An article whose text is at hand, made ready for search on first use."""

    article: Article
    text: str

    @cached_property
    def folded(self) -> str | None:
        """The text in lower case, None where that has another length (İ becomes two)."""
        folded = self.text.lower()
        return folded if len(folded) == len(self.text) else None

    @cached_property
    def sentences(self) -> Bounds:
        """The bounds of its sentences."""
        return bounds_of(self.article)

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """What somebody has accepted or corrected, in order."""
        return sorted(decided(self.article.mentions), key=lambda mention: (mention.start, -mention.end))

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [mention.start for mention in self.mentions]

    def mentions_at(self, start: int, end: int) -> list[Mention]:
        """The mentions that share a character with a span, the innermost last."""
        before = self.mentions[: bisect_left(self._starts, end)]
        return [mention for mention in before if mention.end > start]

    def initiatives_at(self, start: int, end: int) -> list[str]:
        """The ids of the reports for which a span is evidence."""
        return [
            f"{self.article.id}#{report.id}"
            for report in self.article.initiatives
            if report.review.state in ("accepted", "corrected")
            and any(proof.start <= start and end <= proof.end for proof in report.evidence)
        ]


def texts_of(articles: Iterable[Article]) -> tuple[Text, ...]:
    """The articles whose text is at hand."""
    return tuple(Text(article, article.text) for article in articles if article.text is not None)


def measured(texts: Sequence[Text], origin: str | Collection[str] | None, where: str) -> Sequence[Text]:
    """The texts of these origins (all for None), for a measure of wording.

    Raises :class:`InputError` where there is none; warns with :class:`WordingWarning` where some are not genuine.
    """
    wanted = None if origin is None else {origin} if isinstance(origin, str) else set(origin)
    found = [text for text in texts if wanted is None or text.article.origin in wanted]
    if not found:
        named = "no text" if wanted is None else f"no {' or '.join(sorted(wanted))} text"
        fix = "attach your copies with corpus.attach(folder), or take briefs with origin='brief', whose wording is ours"
        raise InputError(where, f"{named} is at hand", fix)
    ours = sum(text.article.origin != "genuine" for text in found)
    if ours:
        message = f"{ours:,} of {len(found):,} texts were written for this corpus: their wording is nobody's view"
        warnings.warn(message, WordingWarning, stacklevel=4)
    return found
