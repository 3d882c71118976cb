"""KC5xx: no text travels that may not, and every text says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus.lint.rule import Problem, articles, rule
from kh_kr_corpus.store import Contents


@rule("KC501")
def external_text_stored(contents: Contents) -> Iterator[Problem]:
    """Somebody else's text stands in the corpus.
    Only metadata, offsets, codes and fingerprints of an external text may be stored. Remove `text`; attach a
    lawful copy of your own when you need to read it.

    Repair: remove the field `text`; attach a lawful copy when you need to read it.
    Before: an external article with the field `text`
    After: the same article with `fingerprints` in its stead
    """
    for loaded, article in articles(contents, drafts=True):
        if article.rights.text == "external" and article.text is not None:
            yield loaded, ("text",), "the text of an external article is stored", "remove the field `text`"


@rule("KC502")
def included_without_licence(contents: Contents) -> Iterator[Problem]:
    """An included text has no licence.
    Who loads the corpus must know on what terms; our own texts are CC-BY-4.0.

    Repair: add the licence, `CC-BY-4.0` if the text is ours.
    Before: {article: {rights: {text: included}}}
    After: {article: {rights: {text: included, licence: CC-BY-4.0}}}
    """
    for loaded, article in articles(contents, drafts=True):
        if article.rights.text == "included" and not article.rights.licence:
            yield loaded, ("rights",), "included, but under no licence", "add `licence: CC-BY-4.0` if it is ours"


@rule("KC503")
def text_missing(contents: Contents) -> Iterator[Problem]:
    """An article has neither a text nor what stands for one.
    Included and local articles hold their text; an external one holds fingerprints by which a user's copy is
    recognised.

    Repair: add the text, or the fingerprints of an external one.
    Before: {article: {rights: {text: local}, text: , mentions: []}}
    After: {article: {rights: {text: local}}}
    """
    for loaded, article in articles(contents, drafts=True):
        external = article.rights.text == "external"
        if external and article.fingerprints is None:
            yield loaded, ("rights",), "external, but without fingerprints", "add the fingerprints of its text"
        elif not external and article.text is None:
            yield loaded, ("rights",), f"{article.rights.text}, but without its text", "add the field `text`"


@rule("KC504")
def no_source(contents: Contents) -> Iterator[Problem]:
    """A text does not say what it rests on.
    A brief cites the sources of what it states; a published text that somebody else holds cites where it was
    published.

    Repair: cite what the text rests on, or where it was published.
    Before: {article: {origin: brief}}
    After: {article: {origin: brief, sources: [toy-gazette-2021]}}
    """
    for loaded, article in articles(contents, drafts=True, whole=True):
        if article.origin == "brief" and not article.sources:
            yield loaded, ("origin",), "a brief without sources", "cite them in `sources`"
        elif article.origin == "genuine" and article.rights.text == "external" and not article.source:
            yield loaded, ("origin",), "a published text without its source", "cite it in `source`"


@rule("KC505")
def exercise_reports_activity(contents: Contents) -> Iterator[Problem]:
    """A style exercise reports a real activity.
    Synthetic texts hold invented details; counting one as a report of something real would falsify it.

    Repair: remove the link to the activity.
    Before: a synthetic text with `activity: nurse-course`
    After: the same text with no `activity`
    """
    for loaded, article in articles(contents, drafts=True):
        for i, initiative in enumerate(article.initiatives):
            if article.origin == "synthetic" and initiative.activity:
                yield loaded, ("initiatives", i, "activity"), "a synthetic text reports an activity", "remove the link"


@rule("KC508")
def local_text_published(contents: Contents) -> Iterator[Problem]:
    """A local text stands in a corpus that is published.
    A `local` text is a user's own copy, whose rights nobody has stated, and stays with them. A corpus with a file
    `LICENSE` is one that is given away under it.

    Repair: take the article out, or state its right: `included` with a licence, or `external` with fingerprints.
    Before: an article with `rights: {text: local}` in a corpus that has a LICENSE
    After: the same article with `rights: {text: included, licence: CC-BY-4.0}`, where that is true
    """
    if (contents.root / "LICENSE").exists():
        for loaded, article in articles(contents, drafts=True):
            if article.rights.text == "local":
                message = "a local text in a corpus that has a LICENSE"
                yield loaded, ("rights",), message, "take it out, or state by what right it is published"


@rule("KC509", "warning")
def prints_unfolded(contents: Contents) -> Iterator[Problem]:
    """An external text is only recognised letter by letter.
    Its sentences have no folded fingerprints, so a copy with other quotation marks, dashes or spaces, or with a page
    around it, does not attach.

    Repair: attach an exact copy and write the fingerprints anew (docs/attach.md says how).
    Before: sentences with `start`, `end` and `sha256` alone
    After: the same with `folded` too
    """
    for loaded, article in articles(contents, drafts=True):
        prints = article.fingerprints
        if article.rights.text == "external" and prints and not all(one.folded for one in prints.sentences):
            yield loaded, ("fingerprints",), "sentences without `folded`", "take the fingerprints anew from the text"
