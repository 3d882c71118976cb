"""What stands for a text that is not stored: fingerprints by which a copy is recognised, too little to rebuild it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus._folding import fold
from kh_kr_corpus._offsets import fingerprint, normalise, word_count
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models.article import Article, Fingerprints, FoldedPrint, Rights, SentencePrint, ShortPrint

__all__ = ["MIN_WORDS", "evidence_print", "folded_hash", "prints_of", "withheld", "word_runs"]

MIN_WORDS = 8
"""Below this many words the hash of an external span could be undone by guessing."""
Span = tuple[int, int]
_WORD = re.compile(r"[^\W_]+")


def word_runs(text: str) -> Iterator[str]:
    """Every run of eight words, whatever the typography: two writers hardly share one by chance.

    >>> [run.split()[0] for run in word_runs("“One two” three – four five six seven eight nine.")]
    ['one', 'two']
    """
    words = _WORD.findall(fold(text).text.casefold())
    return (" ".join(words[n : n + MIN_WORDS]) for n in range(len(words) - MIN_WORDS + 1))


def evidence_print(text: str, start: int, end: int, *, external: bool = False) -> str | None:
    """The fingerprint that an evidence span carries: 16 hexadecimal digits, or None for a short external span."""
    covered = text[start:end]
    return None if external and word_count(covered) < MIN_WORDS else fingerprint(covered)[:16]


def folded_hash(folded: str, key: str = "") -> str:
    """The fingerprint of a folded sentence; a short one's needs as ``key`` the longer folded sentence beside it."""
    return fingerprint(f"{key}\n{folded}" if key else folded)[:16]


def prints_of(text: str) -> Fingerprints:
    """The fingerprints of a text that is normalised as codebook section 1 says.

    >>> prints = prints_of("A boat.\\nIt was built for the people of the river.")
    >>> [(one.start, one.end) for one in prints.sentences], [(one.start, one.end) for one in prints.short]
    ([(8, 49)], [(0, 7)])
    """
    bounds = list(sentences(text))
    long = [one for one in bounds if word_count(text[slice(*one)]) >= MIN_WORDS]
    return Fingerprints(
        text=fingerprint(text),
        length=len(text),
        sentences=tuple(_long(text, *one) for one in long),
        short=tuple(_short(text, one, _key(text, one, long)) for one in bounds if one not in long and long),
    )


def _long(text: str, start: int, end: int) -> SentencePrint:
    words = text[start:end]
    folded = fold(words).text
    shape = FoldedPrint(length=len(folded), sha256=folded_hash(folded))
    return SentencePrint(start=start, end=end, sha256=fingerprint(words), folded=shape)


def _short(text: str, one: Span, key: Span) -> ShortPrint:
    folded = fold(text[slice(*one)]).text
    shape = FoldedPrint(length=len(folded), sha256=folded_hash(folded, fold(text[slice(*key)]).text))
    return ShortPrint(start=one[0], end=one[1], folded=shape)


def _key(text: str, one: Span, long: list[Span]) -> Span:
    """The longer sentence beside a short one: the nearest on its line, else the next, as a heading stands above what
    it is about, else the last."""
    before = [other for other in long if other[1] <= one[0]]
    after = [other for other in long if other[0] >= one[1]]
    if before and (not after or "\n" not in text[before[-1][1] : one[0]]):
        return before[-1]
    return after[0]


def withheld(article: Article) -> Article:
    """``article`` as the corpus holds somebody else's: ``external``, without its text, with fingerprints instead.

    Mentions and evidence keep their offsets. Raises :class:`~kh_kr_corpus.errors.InputError` when the text is not at
    hand or not normalised.

    >>> from kh_kr_corpus.models import Article, Rights
    >>> note = Article(id="a", title="A", origin="genuine", rights=Rights(text="local"), text="It rained.")
    >>> withheld(note).text, withheld(note).rights.text, withheld(note).fingerprints.length
    (None, 'external', 10)
    """
    text = article.text
    if text is None or text != normalise(text):
        problem = "is not at hand" if text is None else "is not normalised"
        raise InputError(article.id, f"its text {problem}", "take fingerprints from the very text that was annotated")
    initiatives = tuple(
        one.model_copy(
            update={
                "evidence": tuple(
                    e.model_copy(update={"sha256": evidence_print(text, e.start, e.end, external=True)})
                    for e in one.evidence
                )
            }
        )
        for one in article.initiatives
    )
    rights = Rights(text="external", holder=article.rights.holder)
    changes = {"rights": rights, "text": None, "fingerprints": prints_of(text), "initiatives": initiatives}
    return article.model_copy(update=changes)
