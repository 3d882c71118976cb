"""KC72x: what a text has and nobody marked, and what the corpus has and nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus.lint.known import Surfaces
from kh_kr_corpus.lint.rule import Problem, articles, rule
from kh_kr_corpus.models import Article, Entity
from kh_kr_corpus.store import Contents, Loaded

_ACRONYM = re.compile(r"[^\S\n]?\((?:the\s)?([A-Z][A-Za-z]{0,3}[A-Z][A-Z0-9-]*)\)")
_MONEY = re.compile(r"(?:US)?\$\s?\d[\d,.]*\d|\b\d[\d,.]*\s(?:million|billion)\s(?:dollars|won|riel)\b")
_DATE = re.compile(
    r"\b(?:\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d)\b"
)


def _annotated(contents: Contents) -> Iterator[tuple[Loaded, Article, str]]:
    """Every article that has its text at hand and mentions that somebody decided on."""
    for loaded, article in articles(contents, whole=True):
        if article.text is not None and any(m.review.decided for m in article.mentions):
            yield loaded, article, article.text


def _covers(article: Article) -> list[tuple[int, int]]:
    return sorted((m.start, m.end) for m in article.mentions)


def _free(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return not any(a < end and start < b for a, b in spans)


def _line(article: Article, at: int) -> str:
    return f"line {(article.text or '').count(chr(10), 0, at) + 1} of the text, offset {at}"


@rule("KC721", "warning")
def marked_elsewhere(contents: Contents) -> Iterator[Problem]:
    """A name that is marked in one place of a text is left unmarked in another.
    Whoever counts the mentions of a name counts too few; it is the commonest slip of a tired reader.

    Repair: mark it there too; where the words mean something else there, waive the rule and say why.
    Before: {text: "[KOICA](ORG organisation/koica) came. Then KOICA left."}
    After: {text: "[KOICA](ORG organisation/koica) came. Then [KOICA](ORG organisation/koica) left."}
    """
    for loaded, article, text in _annotated(contents):
        names = {m.text for m in article.mentions if m.label not in ("DATE", "MONEY") and m.review.state != "rejected"}
        spans = _covers(article)
        for start, end in Surfaces(name for name in names if name[0].isupper() or not name.isascii()).find(text):
            if _free(spans, start, end):
                message = f"{text[start:end]!r} is unmarked in {_line(article, start)}"
                yield loaded, ("text",), message, f"mark [{start}, {end}), as in the rest of the text"


@rule("KC722", "info")
def known_name_unmarked(contents: Contents) -> Iterator[Problem]:
    """A name of the knowledge base stands unmarked in a text.
    Only names that can hardly be other words are looked for: acronyms of three letters and names of two words.

    Repair: mark and link it, unless the words mean something else.
    Before: {text: "[KOICA](ORG organisation/koica) asked Chea Bopha."}
    After: {text: "[KOICA](ORG organisation/koica) asked [Chea Bopha](PERSON person/chea-bopha)."}
    """
    known = Surfaces(name for entity in contents.entities.values() for name in _telling(entity))
    for loaded, article, text in _annotated(contents):
        spans = _covers(article)
        own = {m.text for m in article.mentions}
        for start, end in known.find(text):
            if text[start:end] not in own and _free(spans, start, end):
                message = f"{text[start:end]!r} is unmarked in {_line(article, start)}"
                yield loaded, ("text",), message, f"mark [{start}, {end}) if it is that name"


def _telling(entity: Entity) -> Iterator[str]:
    for name in entity.names:
        if name.kind in ("misprint", "nickname", "short"):
            continue
        acronym = name.text.isupper() and len(name.text) >= 3 and name.text.isascii()
        words = name.text.split()
        if acronym or (len(words) >= 2 and all(word[0].isupper() for word in (words[0], words[-1]))):
            yield name.text


@rule("KC723", "warning")
def acronym_unmarked(contents: Contents) -> Iterator[Problem]:
    """The acronym in brackets behind a name is not marked.
    It is a second mention (codebook section 2), and often the form that the rest of the text uses.

    Repair: mark the acronym with the label and link of the name before it.
    Before: {text: "The [River Clinics Agreement](AGREEMENT agreement/river-clinics-agreement) (RCA) holds."}
    After: {text: "The [River Clinics Agreement](AGREEMENT agreement/river-clinics-agreement) ([RCA](AGREEMENT agreement/river-clinics-agreement)) holds in [Kep](GPE)\\n(END)"}
    """  # noqa: E501 - an example is one line
    for loaded, article, text in _annotated(contents):
        spans = _covers(article)
        for n, mention in enumerate(article.mentions):
            match = _ACRONYM.match(text, mention.end)
            if match and mention.label not in ("DATE", "MONEY") and _free(spans, *match.span(1)):
                message = f"the acronym {match[1]!r} behind {mention.text!r} is not marked"
                yield loaded, ("mentions", n, "text"), message, f"mark [{match.start(1)}, {match.end(1)}) too"


@rule("KC724", "warning")
def amount_unmarked(contents: Contents) -> Iterator[Problem]:
    """An amount of money is not marked.
    An amount with its currency is MONEY wherever it stands.

    Repair: mark it, with its value.
    Before: {text: "[KOICA](ORG organisation/koica) paid $50,000."}
    After: {text: "[KOICA](ORG organisation/koica) paid [$50,000](MONEY 50000 USD)."}
    """
    yield from _unmarked(contents, _MONEY, "MONEY")


@rule("KC725", "warning")
def date_unmarked(contents: Contents) -> Iterator[Problem]:
    """A date is not marked.
    A day or month with its calendar words is DATE wherever it stands.

    Repair: mark it, with its value.
    Before: {text: "[KOICA](ORG organisation/koica) came on 5 October 2020."}
    After: {text: "[KOICA](ORG organisation/koica) came on [5 October 2020](DATE 2020-10-05)."}
    """
    yield from _unmarked(contents, _DATE, "DATE")


def _unmarked(contents: Contents, pattern: re.Pattern[str], label: str) -> Iterator[Problem]:
    for loaded, article, text in _annotated(contents):
        spans = _covers(article)
        for match in pattern.finditer(text):
            if _free(spans, *match.span()):
                message = f"{match.group()!r} is unmarked in {_line(article, match.start())}"
                yield loaded, ("text",), message, f"mark it as {label}, unless it is part of a name"


@rule("KC726", "info", local=False)
def reported_by_nothing(contents: Contents) -> Iterator[Problem]:
    """An activity is reported by no text of the corpus.
    Its record rests on its sources alone; no evidence can be shown for it here.

    Repair: add a text that reports it, link the initiative that does, or leave it.
    Before: {activity: {id: 2024-boat-course}}
    After: {initiative: {activity: 2024-boat-course}, activity: {id: 2024-boat-course}}
    """
    if any(loaded.model is None or loaded.findings for loaded in contents.files):
        return  # what a broken file reports is not known
    texts = (*contents.articles.values(), *contents.synthetic.values())
    reported = {one.activity for article in texts for one in article.initiatives}
    wholes = {activity.part_of for activity in contents.activities.values()}
    for loaded in contents.files:
        activity = contents.activities.get(getattr(loaded.model, "id", "")) if loaded.record == "activity" else None
        if activity is loaded.model and activity and activity.id not in reported | wholes:
            yield loaded, ("id",), f"no text reports {activity.id}", "link an initiative to it, or leave it"


@rule("KC727", "info")
def amount_not_taken(contents: Contents) -> Iterator[Problem]:
    """An actor gives money, the evidence states an amount, and the initiative has none.
    The one amount that its evidence states is the initiative's (codebook section 4, amount).

    Repair: add `amount`, or correct the role of the funder.
    Before: {initiative: {amount: , actors: [{entity: organisation/koica, role: funder}]}}
    After: {initiative: {amount: {amount: 50000, currency: USD}, actors: [{entity: organisation/koica, role: funder}]}}
    """
    for loaded, article in articles(contents, whole=True):
        for i, one in enumerate(article.initiatives):
            funded = any(actor.role == "funder" for actor in one.actors) and one.review.decided
            stated = [
                m
                for m in article.mentions
                if m.label == "MONEY" and m.value and any(e.start <= m.start and m.end <= e.end for e in one.evidence)
            ]
            if funded and one.amount is None and len(stated) == 1 and one.review.state != "rejected":
                message = f"its evidence states {stated[0].text!r} and a funder gives it, but it has no amount"
                yield loaded, ("initiatives", i), message, "add `amount`, or correct the roles"


@rule("KC728", "warning")
def short_form_unmarked(contents: Contents) -> Iterator[Problem]:
    """A person is named by one part of the name, and that is not marked.
    "Mr Park" and "Park said" are mentions as "Park Ji-won" is (codebook section 2). Parts of one or two letters are
    left alone ("In", "Do"), as they are words as well.

    Repair: mark it with the link of the full name; where the word means something else there, waive the rule.
    Before: {text: "[Chea Bopha](PERSON person/chea-bopha) came. Then Bopha left."}
    After: {text: "[Chea Bopha](PERSON person/chea-bopha) came. Then [Bopha](PERSON person/chea-bopha) left."}
    """
    for loaded, article, text in _annotated(contents):
        persons = {m.text for m in article.mentions if m.label == "PERSON" and m.review.state != "rejected"}
        parts = {part: person for person in sorted(persons) for part in _parts(person)}
        spans, marked = _covers(article), {m.text for m in article.mentions}
        for start, end in Surfaces(part for part in parts if part not in marked).find(text):
            if _free(spans, start, end):
                part = text[start:end]
                message = f"{part!r}, part of {parts[part]!r}, is unmarked in {_line(article, start)}"
                yield loaded, ("text",), message, f"mark [{start}, {end}) as PERSON, with the link of the full name"


def _parts(person: str) -> Iterator[str]:
    """The first and the last word of a full name, where they can hardly be another word."""
    words = person.split()
    if len(words) > 1:
        yield from (word for word in (words[0], words[-1]) if len(word) > 2 and word[0].isupper() and word[-1] != ".")
