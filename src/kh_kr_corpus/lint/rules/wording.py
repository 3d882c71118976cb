"""KC73x: two texts that say the same in the same words, and an external text that leaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus._folding import fold
from kh_kr_corpus._offsets import fingerprint, word_count
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus._yaml import Path
from kh_kr_corpus.lint.rule import Problem, articles, rule
from kh_kr_corpus.models import Article
from kh_kr_corpus.models.prints import MIN_WORDS, folded_hash, word_runs
from kh_kr_corpus.store import Contents, Loaded

_RUN = 8
"""Words in a row that two writers hardly share by chance."""
_LONG_NAME = _RUN - 1
_WORD = re.compile(r"[^\W_]+")


def _pieces(article: Article) -> Iterator[tuple[int, str]]:
    """The text between its mentions: names, dates and amounts are nobody's wording."""
    text, at = article.text or "", 0
    for mention in sorted(article.mentions, key=lambda m: m.start):
        if at < mention.start:
            yield at, text[at : mention.start]
        at = max(at, mention.end)
    yield at, text[at:]


@rule("KC731", "warning", local=False)
def wording_shared(contents: Contents) -> Iterator[Problem]:
    """Two texts share eight words in a row.
    What is measured on one was learnt from the other, and copied wording is no second witness. Names, dates and
    amounts are not counted.

    Repair: write the later text in its own words, or cite the one as a repost of the other.
    Before: {text: "They will meet again in spring to look at what was done.", again: "We shall meet again in spring to look at what was done then."}
    After: {text: "They will meet again in spring to look at what was done.", again: "A second meeting is to follow in spring."}
    """  # noqa: E501 - an example is one line
    seen: dict[int, str] = {}
    for loaded, article in articles(contents):
        told: set[str] = set()
        own: dict[int, str] = {}
        for at, piece in _pieces(article):
            found = list(_WORD.finditer(piece))
            words = [match.group().casefold() for match in found]
            for n in range(len(words) - _RUN + 1):
                run = " ".join(words[n : n + _RUN])
                other = seen.get(key := hash(run))
                own[key] = article.id
                if other and other not in told:
                    told.add(other)
                    start, end = at + found[n].start(), at + found[n + _RUN - 1].end()
                    # words of a text that may not travel stand in no message
                    what = f"“{run}”" if article.rights.text == "included" else f"[{start}, {end})"
                    message = f"{what} stands in {other} too"
                    yield loaded, ("text",), message, "write it in other words, or cite a repost"
        for key, name in own.items():
            seen.setdefault(key, name)


@rule("KC732", local=False)
def text_twice(contents: Contents) -> Iterator[Problem]:
    """Two articles are the same text.
    One text would be two witnesses, and a text in two splits is tested on what it was learnt from.

    Repair: keep one article; record the other place of publication as a source with `repost_of`.
    Before: {text: "[KOICA](ORG organisation/koica) came to stay.", again: "[KOICA](ORG organisation/koica) came to stay."}
    After: {text: "[KOICA](ORG organisation/koica) came to stay.", again: "[KOICA](ORG organisation/koica) left."}
    """  # noqa: E501 - an example is one line
    seen: dict[str, str] = {}
    for loaded, article in articles(contents, drafts=True):
        if article.text is None and article.fingerprints is None:
            continue
        text = article.fingerprints.text if article.fingerprints else fingerprint(article.text or "")
        other = seen.setdefault(text, article.id)
        if other != article.id:
            yield loaded, ("id",), f"the same text as {other}", "keep one of the two"


def _strings(data: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(data, dict):
        for key, item in data.items():
            yield from _strings(item, (*path, key))
    elif isinstance(data, list):
        for n, item in enumerate(data):
            yield from _strings(item, (*path, n))
    elif isinstance(data, str):
        yield path, data


@rule("KC506", local=False)
def external_sentence_repeated(contents: Contents) -> Iterator[Problem]:
    """A sentence of somebody else's text stands in the corpus.
    The text of an external article may not travel, in an abstract, a title, a note or another text as little as in
    `text`. Every sentence in the corpus is compared with the fingerprints of the external ones.

    Repair: say it in words of your own.
    Before: {external: "The boat was handed over to the province in spring.", abstract: "The boat was handed over to the province in spring."}
    After: {external: "The boat was handed over to the province in spring.", abstract: "A boat changes hands."}
    """  # noqa: E501 - an example is one line
    prints: dict[str, str] = {}
    for _, article in articles(contents, drafts=True):
        if article.rights.text == "external" and article.fingerprints:
            prints |= {one.sha256: article.id for one in article.fingerprints.sentences}
            prints |= {one.folded.sha256: article.id for one in article.fingerprints.sentences if one.folded}
    for loaded, path, text in _told(contents) if prints else ():
        for start, end in sentences(text) if len(text) >= 2 * MIN_WORDS else ():
            words = text[start:end]
            owner = prints.get(fingerprint(words)) or prints.get(folded_hash(fold(words).text))
            own = path == ("text",) and loaded.relative.stem == owner  # which is KC501
            if owner and not own and word_count(words) >= MIN_WORDS:
                yield loaded, path, f"a sentence of the external text {owner}", "say it in words of your own"


@rule("KC507")
def long_quote_of_external(contents: Contents) -> Iterator[Problem]:
    """A mention quotes a long run of an external text.
    Names may be quoted; a run of eight words is no name but a piece of the text.

    Repair: mark the name alone.
    Before: {external: "The boat of the two friends came up the wide brown river to us in the late spring of that year.", mark: "boat of the two friends came up the wide brown river to us in the late spring"}
    After: {external: "The boat of the two friends came up the wide brown river to us in the late spring of that year.", mark: "boat"}
    """  # noqa: E501 - an example is one line
    for loaded, article in articles(contents, drafts=True):
        if article.rights.text == "external":
            for n, mention in enumerate(article.mentions):
                if word_count(mention.text) > _LONG_NAME:
                    words = word_count(mention.text)
                    yield loaded, ("mentions", n, "text"), f"a quotation of {words} words", "mark the name alone"


@rule("KC510", local=False)
def external_words_repeated(contents: Contents) -> Iterator[Problem]:
    """Eight words in a row of somebody else's text stand in the corpus.
    An abstract, a title, a note or a text that keeps the wording of an external text takes along what may not travel.
    This needs the text itself: `khkr validate FOLDER --texts COPIES` compares every string with your own copies.

    Repair: say it in words of your own.
    Before: an abstract with eight words in a row of the article's own text
    After: an abstract in other words
    """
    runs = {run: name for name, text in contents.texts.items() for run in word_runs(text)}
    for loaded, path, text in _told(contents) if runs else ():
        owner = next((runs[run] for run in word_runs(text) if run in runs), None)
        own = path == ("text",) and loaded.relative.stem == owner  # which is KC501
        if owner and not own:
            yield loaded, path, f"eight words in a row of the external text {owner}", "say it in words of your own"


def _told(contents: Contents) -> Iterator[tuple[Loaded, Path, str]]:
    """Every string of every file, but for the titles of articles and sources: a title is metadata, also where the
    text begins with it."""
    for loaded in contents.files:
        for path, text in _strings(loaded.tree.data if loaded.tree else None):
            if path != ("title",) and not (path[:1] == ("sources",) and path[-1:] == ("title",)):
                yield loaded, path, text
