"""Article <-> spaCy ``Doc``: mentions as ``doc.ents`` with their links, nothing dropped in silence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["MENTIONS", "Bridge", "Misaligned", "dump_docs", "from_doc", "load_docs", "to_divided_doc", "to_doc"]

MENTIONS = "khkr_mentions"
"""Span group of all aligned mentions; their ids are the mentions' ids."""


class Misaligned(NamedTuple):
    """A mention whose bounds are not token bounds of the pipeline at hand, and the tokens' nearest bounds."""

    mention: Mention
    start: int
    end: int

    def __str__(self) -> str:
        own, tokens = (self.mention.start, self.mention.end), (self.start, self.end)
        return f"{self.mention.id} {own} lies inside tokens {tokens}"


class Bridge(NamedTuple):
    """A document and the mentions that could not be put on it."""

    doc: Doc
    misaligned: tuple[Misaligned, ...]


def to_doc(article: Article, vocab: Vocab | None = None, mentions: Iterable[Mention] | None = None) -> Bridge:
    """A spaCy document of ``article``, tokenised as English, with its mentions as entities.

    ``doc.ents`` and the span group :data:`MENTIONS` hold the mentions that fall on token bounds, with label,
    ``kb_id_`` (the entity) and ``span_id``. The others are reported in ``misaligned``. Offsets are the same:
    code points. Raises :class:`InputError` for an article whose text is not at hand.
    """
    import spacy

    if article.text is None:
        raise InputError(article.id, "its text is not at hand", "attach your copy first: corpus.attach(FOLDER)")
    nlp = spacy.blank("en", vocab=vocab) if vocab is not None else _tokenizer()
    doc = nlp.make_doc(article.text)
    spans, misaligned = [], []
    for mention in article.mentions if mentions is None else mentions:
        if mention.review.state == "rejected":
            continue
        span = doc.char_span(mention.start, mention.end, mention.label, kb_id=mention.entity or "", span_id=mention.id)
        if span is None:
            misaligned.append(_misaligned(doc, mention))
        else:
            spans.append(span)
    doc.set_ents(spans)
    doc.spans[MENTIONS] = spans
    doc.user_data["khkr_article"] = article.id
    return Bridge(doc, tuple(misaligned))


def _misaligned(doc: Doc, mention: Mention) -> Misaligned:
    wide = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if wide is None:
        raise InputError(mention.id, f"[{mention.start}, {mention.end}) lies outside the text", "check its offsets")
    return Misaligned(mention, wide.start_char, wide.end_char)


def from_doc(doc: Doc) -> tuple[Mention, ...]:
    """The entities of any document as undecided mentions, with the labels as they stand; raises
    :class:`pydantic.ValidationError` for a label that the codebook does not have."""
    return tuple(
        Mention(
            id=f"m{number}",
            start=span.start_char,
            end=span.end_char,
            text=span.text,
            label=span.label_,
            entity=span.kb_id_ or None,
        )
        for number, span in enumerate(doc.ents, 1)
    )


@cache
def _tokenizer() -> Language:
    import spacy

    return spacy.blank("en")


def to_divided_doc(article: Article) -> Doc:
    """As :func:`to_doc`, but tokens are divided where a mention begins or ends inside one, so that each mention is an
    entity in any script. Raises :class:`InputError` for an article whose text is not at hand."""
    from spacy.tokens import Doc

    if article.text is None:
        raise InputError(article.id, "its text is not at hand", "attach your copy first: corpus.attach(FOLDER)")
    whole = _tokenizer().make_doc(article.text)
    cuts = sorted({at for mention in article.mentions for at in (mention.start, mention.end)})
    words, spaces = [], []
    for token in whole:
        inside = cuts[bisect_right(cuts, token.idx) : bisect_left(cuts, token.idx + len(token))]
        bounds = [token.idx, *inside, token.idx + len(token)]
        words += [article.text[start:end] for start, end in pairwise(bounds)]
        spaces += [False] * len(inside) + [bool(token.whitespace_)]
    doc = Doc(whole.vocab, words, spaces)
    spans = (
        doc.char_span(mention.start, mention.end, mention.label, kb_id=mention.entity or "", span_id=mention.id)
        for mention in article.mentions
    )
    doc.set_ents([span for span in spans if span is not None])  # all are: tokens end where mentions do
    return doc


def dump_docs(docs: Iterable[Doc]) -> bytes:
    """The documents as the bytes of a ``.spacy`` file, with their ``user_data``."""
    from spacy.tokens import DocBin

    return bytes(DocBin(docs=docs, store_user_data=True).to_bytes())


def load_docs(data: bytes, where: str) -> list[Doc]:
    """The documents of a ``.spacy`` file; raises :class:`InputError` for bytes that are none."""
    import spacy
    from spacy.tokens import DocBin

    try:
        return list(DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab))
    except Exception as error:  # zlib, msgpack and spaCy each raise their own
        raise InputError(where, f"is no DocBin that can be read ({type(error).__name__})") from error
