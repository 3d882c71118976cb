"""KC2xx: mentions and evidence stand on the words that they name."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus._offsets import token_bounds
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.lint.rule import Problem, articles, read_rule, rule
from kh_kr_corpus.store import Contents

read_rule(
    "KC201",
    """A mention's quote differs from the text.
    The quote is the check on the offsets: when they disagree, one of the two is wrong and the annotation may
    stand on other words. Offsets count Unicode code points in the normalised text.

    Repair: correct the quote or the offsets; the message names the nearest place.
    Before: {article: {mentions: [{id: m1, start: 0, end: 5, text: KOIKA, label: ORG}]}}
    After: {article: {initiatives: []}}
    """,
)
read_rule(
    "KC202",
    """A span lies outside the text.
    Offsets are half-open and count code points; a span must end at or before the text's length.

    Repair: correct the offsets.
    Before: {article: {mentions: [{id: m1, start: 500, end: 505, text: KOICA, label: ORG}]}}
    After: {article: {initiatives: []}}
    """,
)
read_rule(
    "KC205",
    """An evidence span covers other words than those that were read.
    The fingerprint of the evidence is of the sentence that somebody accepted. If the text moved, move the
    span; if the evidence really changed, accept the new fingerprint.

    Repair: move the span back to its sentence, or accept the new one with its fingerprint.
    Before: {initiative: {evidence: [{start: 45, end: 96, sha256: "0123456789abcdef"}]}}
    After: {initiative: {}}
    """,
)
read_rule(
    "KC206",
    """The text is not normalised.
    Offsets count in the text as codebook section 1 normalises it (NFC, line feeds, no spaces at line ends).

    Repair: store the text as codebook section 1 normalises it, and take the offsets anew.
    Before: {article: {text: "KOICA came. ", mentions: []}}
    After: {article: {text: "KOICA came.", mentions: []}}
    """,
)
read_rule(
    "KC207",
    """The fingerprint is of another text.
    An external text is recognised by its fingerprint alone, so annotations would attach to the wrong copy.

    Repair: attach the very text that was annotated.
    Before: fingerprints.text of another copy
    After: fingerprints.text of this copy
    """,
)

_EDGE = set(' \t\n\u00a0.,;:!?"“”‘’()[]{}')


@rule("KC203")
def overlapping_mentions(contents: Contents) -> Iterator[Problem]:
    """Two mentions overlap.
    The codebook takes the longest name that is one name; a name inside a name is not marked again.

    Repair: keep the longer name, or reject one of the two.
    Before: {article: {mentions: [{id: m1, start: 0, end: 5, text: KOICA, label: ORG, review: {state: accepted, by: "human:A", at: "2026-11-21"}}, {id: m2, start: 0, end: 5, text: KOICA, label: ORG, review: {state: accepted, by: "human:A", at: "2026-11-21"}}]}}
    After: {article: {initiatives: []}}
    """  # noqa: E501 - an example is one line
    for loaded, article in articles(contents):
        order = sorted(range(len(article.mentions)), key=lambda n: article.mentions[n].start)
        kept = [n for n in order if article.mentions[n].review.state != "rejected"]
        reach, last = 0, -1
        for n in kept:
            mention = article.mentions[n]
            if mention.start < reach:
                other = article.mentions[last]
                message = f"{mention.text!r} overlaps {other.text!r} [{other.start}, {other.end})"
                yield loaded, ("mentions", n, "start"), message, "keep the longer name, or reject one of the two"
            if mention.end > reach:
                reach, last = mention.end, n


@rule("KC204")
def ragged_edges(contents: Contents) -> Iterator[Problem]:
    """A mention begins or ends with punctuation or a possessive.
    Spans never include surrounding punctuation or `'s` (codebook section 1); the point of an abbreviation
    such as `Co., Ltd.` or `No. 5` belongs to its name and may end it.

    Repair: leave the punctuation or the possessive outside.
    Before: {text: "[KOICA's](ORG organisation/koica) boat came."}
    After: {text: "[KOICA](ORG organisation/koica)'s boat came."}
    """
    for loaded, article in articles(contents):
        for n, mention in enumerate(article.mentions):
            text = mention.text
            balanced = text.endswith(")") and "(" in text
            abbreviated = text.endswith(".") and ((text[-2:-1].isalpha() and " " in text) or "." in text[:-1])
            if text.endswith(("'s", "’s")):
                yield loaded, ("mentions", n, "text"), f"{text!r} ends with a possessive", f"end at {text[:-2]!r}"
            elif text[0] in _EDGE or (text[-1] in _EDGE and not balanced and not abbreviated):
                yield loaded, ("mentions", n, "text"), f"{text!r} has punctuation at its edge", "leave it outside"


@rule("KC208", "warning")
def evidence_is_no_sentence(contents: Contents) -> Iterator[Problem]:
    """Evidence does not begin and end with a sentence.
    Evidence is the shortest span of whole sentences, or a list item, from which a reader would accept the
    initiative; half a sentence may hide a "not".

    Repair: widen the span to the bounds of its sentence.
    Before: {initiative: {evidence: [{start: 48, end: 96, sha256: "fb771c323d75ab4e"}]}}
    After: {initiative: {}}
    """
    for loaded, article in articles(contents):
        if article.text is None:
            prints = article.fingerprints.sentences if article.fingerprints else ()
            bounds = [(s.start, s.end) for s in prints]
            inner = True  # only long sentences are known: check that none is cut
        else:
            bounds, inner = list(sentences(article.text)), False
        starts, ends = {a for a, _ in bounds}, {b for _, b in bounds}
        for i, initiative in enumerate(article.initiatives):
            for n, span in enumerate(initiative.evidence):
                cut = any(a < span.start < b or a < span.end < b for a, b in bounds)
                if cut or not (inner or (span.start in starts and span.end in ends)):
                    message = f"[{span.start}, {span.end}) is no run of whole sentences"
                    yield loaded, ("initiatives", i, "evidence", n), message, "widen it to the sentence's bounds"


@rule("KC209")
def cut_word(contents: Contents) -> Iterator[Problem]:
    """A mention begins or ends inside a word.
    "Korea" in "Korean" is another name with another label.

    Repair: take the whole word, or the other name.
    Before: {text: "The [Cambodia](GPE place/cambodia)n side came."}
    After: {text: "The [Cambodian](NORP place/cambodia) side came."}
    """
    for loaded, article in articles(contents):
        for n, mention in enumerate(article.mentions):
            if article.text is not None and not token_bounds(article.text, mention.start, mention.end):
                yield loaded, ("mentions", n, "start"), f"{mention.text!r} cuts a word", "take the whole word"
