"""Whether a text is about relations between the Republic of Korea and Cambodia, or only names both.

About them is a text of which a main subject is what states, bodies, firms, groups or people of one country do with,
for, to or in the other. Not about them: both in a list, North Korea, one as an example for the other, another donor
or recipient, a mention in passing. ``data/relevance`` has the examples by which the rule is measured.
"""

from __future__ import annotations

from typing import NamedTuple

from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.annotate.initiatives.sides import Sides, sides_of
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article

__all__ = ["Relevance", "relevance_of"]

_INITIATIVES = 2
_MEETINGS = 2
_SHARE = 0.1
_NORTHERN = 1 / 2
_OTHERS = 1 / 3


class Relevance(NamedTuple):
    """What a text says of the two countries, in sentences."""

    sentences: int
    korean: int
    """Sentences that name the Korean side."""
    meetings: int
    """Those of them in which, or right before or behind which, the Cambodian side is named."""
    others: int
    """Those of them that name a third country and not the Cambodian side."""
    northern: int
    """Sentences that name North Korea."""
    initiatives: int
    """Reports of something between the two, suggested or accepted."""

    @property
    def about(self) -> bool:
        """Whether the text is about relations of the two countries.

        It is when it reports two initiatives between them. It also is when the Korean side meets the Cambodian one in
        two sentences and in a tenth of all, North Korea is named in no more than half as many sentences as the Korean
        side, and a third country, without Cambodia, in less than a third of those.
        """
        if self.initiatives >= _INITIATIVES:
            return True
        meet = self.meetings >= max(_MEETINGS, _SHARE * self.sentences)
        return meet and self.northern <= _NORTHERN * self.korean and self.others < _OTHERS * self.korean


def relevance_of(article: Article, kb: KnowledgeBase) -> Relevance:
    """How much ``article`` has to do with relations of the two countries, by its mentions and initiatives.

    Raises :class:`InputError` for an article whose text is not at hand.

    >>> from kh_kr_corpus import Annotator
    >>> annotator = Annotator()
    >>> article = annotator.annotate("Cambodia drew with Laos. A referee from South Korea showed two cards.")
    >>> relevance_of(article, annotator.kb).about
    False
    """
    if article.text is None:
        raise InputError(article.id, "its text is not at hand", "attach your copy first: corpus.attach(FOLDER)")
    named = [
        (mention.start, kb[mention.entity].country or "")
        for mention in article.mentions
        if mention.entity and mention.entity in kb and mention.review.state != "rejected"
    ]
    told: list[Sides] = []
    for start, end in sentences(article.text):
        codes = [country for place, country in named if start <= place < end]
        told.append(sides_of(article.text[start:end], codes))
    korean = [n for n, sides in enumerate(told) if sides.korean]
    return Relevance(
        sentences=len(told),
        korean=len(korean),
        meetings=sum(any(sides.cambodian for sides in told[max(0, n - 1) : n + 2]) for n in korean),
        others=sum(told[n].other and not told[n].cambodian for n in korean),
        northern=sum(sides.northern for sides in told),
        initiatives=sum(one.review.state != "rejected" for one in article.initiatives),
    )
