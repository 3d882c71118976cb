"""Sentences as units of evidence, with their names, paragraph and parties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.annotate.candidates import Candidate
from kh_kr_corpus.annotate.initiatives.sides import Sides, countries_of_names, sides_of
from kh_kr_corpus.annotate.spans import SpanIndex
from kh_kr_corpus.kb import KnowledgeBase

__all__ = ["Genre", "Passage", "Unit", "genre_of", "units_of"]

_ITEM = re.compile(r"\s*(?:[•*–—-]|\d{1,2}[.)]|\(?[a-z]\)|[ivx]+[.)])\s+")
_STATEMENT = re.compile(
    r"\b(?:joint (?:statement|declaration|communiqu[ée]|press (?:statement|release))|agreed (?:summary|minutes)|"
    r"memorandum of understanding between|record of discussions)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"^(?:(?:Opening |Closing |Welcome |Keynote )?(?:Remarks|Speech|Address|Statement|Message)\b|Your Excellenc|"
    r"Excellencies,|Ladies and)",
    re.MULTILINE,
)
_INTERVIEW = re.compile(r"^(?:Q|A|Question|Answer|Interviewer)[.:] ", re.MULTILINE)
# How opinion pages introduce their author at the end.
_CREDIT = re.compile(
    r"\b(?:views|opinions) (?:expressed|in this|are)\b|"
    r"\bis an? (?:[\w-]+ ){0,4}(?:researcher|columnist|lecturer|commentator|scholar|fellow|analyst|professor)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:I|my|we|our|us|me)\b")
_QUOTED = re.compile(r"[“\"][^”\"]{0,1500}[”\"]")


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or list item; ``paragraph`` numbers the paragraph that it stands in."""

    start: int
    end: int
    text: str
    paragraph: int
    names: tuple[Candidate, ...]
    countries: tuple[str, ...]
    sides: Sides
    item: bool = False

    @property
    def heading(self) -> bool:
        """Whether it is a sub-heading: one short line without a full stop."""
        return len(self.text) < 80 and not re.search(r"[.!?:;,”]$", self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences, with their text as a reader would read it."""

    units: list[Unit]

    @property
    def text(self) -> str:
        return " ".join(unit.text for unit in self.units)


@dataclass(frozen=True, slots=True)
class Genre:
    """How a text speaks, as far as that decides whose word an initiative is."""

    statement: bool = False
    speech: bool = False
    interview: bool = False
    opinion: bool = False


def units_of(text: str, names: Iterable[Candidate], kb: KnowledgeBase, genre: Genre) -> list[Unit]:
    """The units of a text in order."""
    we = genre.speech or genre.interview or genre.opinion
    countries = countries_of_names(text, names, kb)
    index = SpanIndex((n.start, n.end) for n in countries)
    by_span = {(n.start, n.end): n for n in countries}
    units: list[Unit] = []
    paragraph, last = 0, 0
    for start, end in sentences(text):
        paragraph += text.count("\n", last, start) > 0
        last = end
        begin = start
        item = _ITEM.match(text, start, end)
        if item and item.end() < end:
            begin = item.end()
        inside = tuple(by_span[a, b] for a, b in index.touching(start, end) if start <= a and b <= end)
        codes = tuple(countries[n] for n in inside)
        sentence = text[begin:end]
        if len(sentence) > 2:
            units.append(
                Unit(
                    begin,
                    end,
                    sentence,
                    paragraph,
                    inside,
                    codes,
                    sides_of(sentence, codes, we=we),
                    _is_item(text, begin),
                )
            )
    return units


def _is_item(text: str, begin: int) -> bool:
    """Whether a list mark stands in front; the sentence splitter leaves it outside."""
    line = text[text.rfind("\n", 0, begin) + 1 : begin]
    return bool(line.strip()) and bool(_ITEM.fullmatch(line))


def genre_of(text: str, title: str | None, genre: str | None = None) -> Genre:
    """The way of speaking, from the article's genre where it is given, else from the text."""
    head = f"{title or ''}\n{text[:400]}"
    if genre:
        return Genre(genre == "joint-statement", genre == "speech", genre == "interview", genre in ("op-ed", "blog"))
    statement = bool(_STATEMENT.search(text[:160]) or (_STATEMENT.search(title or "") and "The two sides" in text))
    interview = len(_INTERVIEW.findall(text)) >= 3
    speech = bool(_SPEECH.search(head)) and not interview and not statement
    unquoted = _QUOTED.sub(" ", text)
    personal = len(_FIRST.findall(unquoted)) >= 4 and bool(re.search(r"\bI\b|\bmy\b", unquoted))
    opinion = personal or bool(_CREDIT.search(text[-400:]))
    return Genre(statement, speech, interview, opinion and not (statement or interview or speech))
