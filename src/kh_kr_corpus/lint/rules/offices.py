"""KC126 to KC129 and KC708: who held an office when, in the knowledge base and in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kh_kr_corpus.lint.rule import Problem, rule
from kh_kr_corpus.lint.rules.initiatives import initiatives
from kh_kr_corpus.lint.rules.knowledge import entities
from kh_kr_corpus.models import Office
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.models.entity import script_of
from kh_kr_corpus.store import Contents

_RANKS = frozenset("ambassador minister president premier governor mayor king director chairman".split())
_LOWER = re.compile(r"(?i)\b(?:former|deputy|vice|then|acting|secretary of state|under|assistant|ex|first)\b")
_SINGLE = re.compile(
    r"(?i)^(?:Prime Minister of (?:Cambodia|South Korea)|President of South Korea|King of Cambodia"
    r"|Ambassador of (?:South Korea|the Republic of Korea) to Cambodia|Ambassador of Cambodia to South Korea)$"
)


@rule("KC126")
def seen_outside_term(contents: Contents) -> Iterator[Problem]:
    """Somebody was seen in an office outside of the term that the same record states.
    One of the two dates is wrong, and "who was ambassador then" has two answers.

    Repair: correct the term or the sighting; a second time in office is an entry of its own.
    Before: {entity: {id: person/ly-dara, offices: [{title: Mayor, term: 2015/2019, attested: ["2021"]}]}}
    After: {entity: {id: person/ly-dara, offices: [{title: Mayor, term: 2015/2019, attested: ["2017"]}]}}
    """
    for loaded, path, entity in entities(contents):
        for n, office in enumerate(entity.offices):
            for k, seen in enumerate(office.attested):
                if office.term and not _overlap(office.term, seen):
                    message = f"seen in {seen}, outside of the term {office.term}"
                    yield loaded, (*path, "offices", n, "attested", k), message, "correct the term or the sighting"


def _overlap(one: str, other: str) -> bool:
    first, last = bounds(one)
    begin, end = bounds(other)
    return not ((last and begin and begin > last) or (first and end and end < first))


@rule("KC127", "warning", local=False)
def two_holders(contents: Contents) -> Iterator[Problem]:
    """Two people hold one office at the same time.
    There is one president and one ambassador to a country at a time: one of the two terms is wrong.

    Repair: correct a term; days on which sources differ belong in the note.
    Before: {entity: {id: person/ly-dara, offices: [{title: King of Cambodia, term: 2015/2019}]}, other: {id: person/so-vann, offices: [{title: King of Cambodia, term: 2017/2020}]}}
    After: {entity: {id: person/ly-dara, offices: [{title: King of Cambodia, term: 2015/2017}]}, other: {id: person/so-vann, offices: [{title: King of Cambodia, term: 2017/2020}]}}
    """  # noqa: E501 - an example is one line
    held: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for loaded, path, entity in entities(contents):
        for n, office in enumerate(entity.offices):
            if not office.term or not _SINGLE.match(office.title):
                continue
            begin, end = _inner(office.term)
            for first, last, other in held[office.title.casefold()]:
                if other != entity.id and first < end and begin < last:
                    message = f"{other} is {office.title} in part of {office.term} too"
                    yield loaded, (*path, "offices", n, "term"), message, "correct one of the two terms"
            held[office.title.casefold()].append((begin, end, entity.id))


def _inner(term: str) -> tuple[date, date]:
    """The days on which somebody was certainly in office: a month or year at an end may begin or end on any day."""
    first, _, last = term.partition("/")
    begin = bounds(first)[1] if first != ".." else None
    end = bounds(last or first)[0] if last != ".." else None
    return begin or end or date.min, end or date.max


@rule("KC128")
def part_of_a_loop(contents: Contents) -> Iterator[Problem]:
    """An entity is part of itself.
    Whoever asks what lies in a place would never come to an end.

    Repair: correct the `parent` that closes the loop.
    Before: {entity: {id: place/inner, parent: place/outer}, other: {id: place/outer, parent: place/inner}}
    After: {entity: {id: place/inner, parent: place/outer}, other: {id: place/outer}}
    """
    for loaded, path, entity in entities(contents):
        seen, at = {entity.id}, entity.parent
        while at and at in contents.entities and at not in seen:
            seen.add(at)
            at = contents.entities[at].parent
        if at == entity.id:
            yield loaded, (*path, "parent"), f"{entity.id} is part of itself", "correct the parent"


@rule("KC129", "warning")
def script_misfit(contents: Contents) -> Iterator[Problem]:
    """A name is not in the script of its language.
    Korean names are looked up in Hangul and Khmer ones in Khmer script; a Latin form is an English name or a
    romanisation, of language `en`.

    Repair: correct the language of the name.
    Before: {entity: {id: organisation/boats, names: [{text: Boats, lang: en, kind: preferred}, {text: Baeteu, lang: ko, kind: official}]}}
    After: {entity: {id: organisation/boats, names: [{text: Boats, lang: en, kind: preferred}, {text: 배트, lang: ko, kind: official}]}}
    """  # noqa: E501 - an example is one line
    wanted = {"ko": ("Hang", "Hani"), "km": ("Khmr",), "en": ("Latn",)}
    for loaded, path, entity in entities(contents):
        for n, name in enumerate(entity.names):
            scripts = wanted.get(name.lang)
            known = {script_of(char) for char in name.text if char.isalpha()}
            if scripts and known and known.isdisjoint(scripts) and name.kind != "acronym":
                message = f"{name.text!r} is in {name.script}, its language is {name.lang}"
                yield loaded, (*path, "names", n, "lang"), message, "correct the language"


@rule("KC708", "warning")
def speaks_out_of_office(contents: Contents) -> Iterator[Problem]:
    """Somebody speaks in an office outside of its term.
    Either the term in the knowledge base is wrong, or the text names another holder, or the link is a namesake's.

    Repair: correct the link or the term; where the text itself errs, waive the rule and say so.
    Before: {initiative: {assertion: official-reported, speaker: {entity: person/ly-dara, office: the mayor}, as_of: "2024"}, entity: {id: person/ly-dara, offices: [{title: Mayor, term: 2015/2019}]}}
    After: {initiative: {assertion: official-reported, speaker: {entity: person/ly-dara, office: the mayor}, as_of: "2024"}, entity: {id: person/ly-dara, offices: [{title: Mayor, term: 2022/..}]}}
    """  # noqa: E501 - an example is one line
    for loaded, article, i, one in initiatives(contents):
        speaker = one.speaker
        entity = contents.entities.get(speaker.entity or "") if speaker else None
        when = one.as_of or article.date
        if not (entity and speaker and speaker.office and when) or _LOWER.search(speaker.office):
            continue
        same = [office for office in entity.offices if _rank(office.title) & _rank(speaker.office)]
        if same and all(office.term for office in same) and not any(_held(office, when) for office in same):
            terms = ", ".join(str(office.term) for office in same)
            message = f"{entity.id} speaks as {speaker.office!r} in {when}, but held such an office in {terms}"
            yield loaded, ("initiatives", i, "speaker"), message, "correct the link, the date or the term"


def _rank(title: str) -> frozenset[str]:
    return _RANKS & set(re.findall(r"\w+", title.casefold()))


def _held(office: Office, when: str) -> bool:
    assert office.term  # noqa: S101 - the caller asked for it
    return _overlap(office.term, when) or any(_overlap(seen, when) for seen in office.attested)
