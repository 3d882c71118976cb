"""Whether an article's spans still stand where they say: checked whenever a file is read or written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus._yaml import Path
from kh_kr_corpus.models import Article, Evidence, Fingerprints, FoldedPrint, SentencePrint, ShortPrint
from kh_kr_corpus.models.prints import evidence_print, prints_of

__all__ = ["evidence_print", "misanchored"]

Problem = tuple[str, Path, str, str]
"""Rule code, path in the file, message, fix."""


def misanchored(article: Article) -> Iterator[Problem]:
    """Every span of ``article`` that is out of bounds or covers something else than it says.

    Without the text (external, not attached) spans are checked against the text's recorded length.
    """
    text = article.text
    if text is None and article.fingerprints is None:
        return  # nothing to measure against, which is KC503
    length = article.fingerprints.length if article.fingerprints else 0
    if text is not None:
        length = len(text)
        if normalise(text) != text:
            yield (
                "KC206",
                ("text",),
                "the text is not normalised",
                "store it as codebook section 1 normalises it; offsets count in that text",
            )
        if article.fingerprints and article.fingerprints.text != fingerprint(text):
            yield "KC207", ("fingerprints", "text"), "the fingerprint is of another text", "attach the very text"
            return  # where its spans would lie is not known
    yield from _check_prints(article, length)
    for n, mention in enumerate(article.mentions):
        if mention.end > length:
            yield _outside(("mentions", n, "end"), mention.end, length)
        elif text is not None and text[mention.start : mention.end] != mention.text:
            external = article.rights.text == "external"  # no word of it stands in a message
            found = "other words" if external else repr(text[mention.start : mention.end])
            fix = _nearest(text, mention.text, mention.start)
            yield "KC201", ("mentions", n, "text"), f"the quote is {mention.text!r} but the text has {found}", fix
    for i, initiative in enumerate(article.initiatives):
        for n, evidence in enumerate(initiative.evidence):
            yield from _check_evidence(article, evidence, length, ("initiatives", i, "evidence", n))


def _check_prints(article: Article, length: int) -> Iterator[Problem]:
    prints = article.fingerprints
    if prints is None:
        return
    yield from _check_bounds(prints.sentences, "sentences", length)
    yield from _check_bounds(prints.short, "short", length)
    if article.text is None:
        return
    for n, one in enumerate(prints.sentences):
        if one.start < one.end <= length and one.sha256 != fingerprint(article.text[one.start : one.end]):
            path: Path = ("fingerprints", "sentences", n, "sha256")
            yield "KC207", path, "the fingerprint is of another sentence", "attach the very text"
    if _folded(prints) - _folded(prints_of(article.text)):
        message = "a fingerprint of folded text is of other sentences"
        yield "KC207", ("fingerprints",), message, "take the fingerprints anew from the text"


def _check_bounds(prints: Sequence[SentencePrint | ShortPrint], name: str, length: int) -> Iterator[Problem]:
    reach = 0
    for n, one in enumerate(prints):
        path: Path = ("fingerprints", name, n)
        if not reach <= one.start < one.end <= length:
            message = f"[{one.start}, {one.end}) is not inside the text, or not behind the sentence before it"
            yield "KC202", (*path, "end"), message, "take the fingerprints anew from the text"
        elif one.folded and one.folded.length > one.end - one.start:
            message = f"folded, {one.end - one.start} characters are never {one.folded.length}"
            yield "KC207", (*path, "folded", "length"), message, "take the fingerprints anew from the text"
        reach = one.end


def _folded(prints: Fingerprints) -> set[tuple[int, int, FoldedPrint]]:
    """What the text is recognised by in other typography."""
    both: list[SentencePrint | ShortPrint] = [*prints.sentences, *prints.short]
    return {(one.start, one.end, one.folded) for one in both if one.folded}


def _contradicts_prints(article: Article, evidence: Evidence) -> bool:
    """Without the text: whether evidence and the fingerprints of sentences say different things of one sentence."""
    sentences = article.fingerprints.sentences if article.fingerprints and article.text is None else ()
    known = {(one.start, one.end): one.sha256[:16] for one in sentences}
    bounds = (evidence.start, evidence.end)
    return known[bounds] != evidence.sha256 if bounds in known else evidence.sha256 in known.values()


def _check_evidence(article: Article, evidence: Evidence, length: int, path: Path) -> Iterator[Problem]:
    if evidence.start >= evidence.end:
        message = f"[{evidence.start}, {evidence.end}) covers nothing"
        yield "KC202", (*path, "end"), message, "the end lies behind the start; correct the span"
    elif evidence.end > length:
        yield _outside((*path, "end"), evidence.end, length)
    elif _contradicts_prints(article, evidence):
        message = f"[{evidence.start}, {evidence.end}) and the fingerprints of sentences contradict each other"
        yield "KC205", (*path, "sha256"), message, "attach the text and take both anew"
    elif article.text is not None:
        external = article.rights.text == "external"
        expected = evidence_print(article.text, evidence.start, evidence.end, external=external)
        if evidence.sha256 != expected:
            yield (
                "KC205",
                (*path, "sha256"),
                f"[{evidence.start}, {evidence.end}) is not the text that was read as evidence",
                f"move the span back to its sentence, or accept this one with sha256: {expected}",
            )


def _outside(path: Path, end: int, length: int) -> Problem:
    return "KC202", path, f"{end} is not inside the text, which has {length} code points", "correct the span"


def _nearest(text: str, quote: str, start: int) -> str:
    places = []
    at = text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        return "the quote stands nowhere in the text; remove the mention or mend the text"
    best = min(places, key=lambda place: abs(place - start))
    return f"the nearest place of the quote is start: {best}, end: {best + len(quote)}"
