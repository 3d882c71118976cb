"""spaCy component ``khkr_rules``: amounts, dates, head nouns, titles, name shapes, acronyms in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.candidates import DATE_KEY, Candidate, pool, propose, store, text_of
from kh_kr_corpus.annotate.chunks import chunks_of
from kh_kr_corpus.annotate.dates import match_dates
from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.annotate.known import Known, is_acronym
from kh_kr_corpus.annotate.money import match_money
from kh_kr_corpus.annotate.naming import name_chunk
from kh_kr_corpus.annotate.spans import SpanIndex, occurrences
from kh_kr_corpus.annotate.tagger import is_tagged
from kh_kr_corpus.annotate.words import sentence_words

__all__ = ["Rules", "create_rules"]

_BRACKET = re.compile(r"[ ]\((?:the[ ]|hereinafter[ ]|or[ ])?[“\"‘]?([A-Z][\w&.\-]{1,12})[”\"’]?[);,]")


class Rules:
    """Names, amounts and dates by closed-form rules; see the modules ``money``, ``dates`` and ``naming``."""

    def __init__(self, *, money: bool = True, dates: bool = True, names: bool = True) -> None:
        self.money, self.dates, self.names = money, dates, names

    def match(self, doc: Doc) -> list[Candidate]:
        """The candidates, without changing ``doc``."""
        found: list[Candidate] = []
        if self.money:
            found += match_money(doc)
        if self.dates:
            found += match_dates(doc, doc.user_data.get(DATE_KEY))
        if self.names:
            text = text_of(doc)
            found += [*match_demonyms(text), *match_short_bodies(text)]
            found += match_names(doc, [*pool(doc), *found])
        return found

    def __call__(self, doc: Doc) -> Doc:
        found = self.match(doc)
        if is_tagged(doc):
            propose(doc, found)  # the selector weighs a veto against the tagger's probability
            return doc
        vetoed = SpanIndex((c.start, c.end) for c in found if not c.label)
        store(doc, [c for c in pool(doc) if c.reason != "model" or not vetoed.touching(c.start, c.end)])
        propose(doc, [c for c in found if c.label])
        return doc


def match_names(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Names by head noun, title, shape and context; amounts and dates are no part of names."""
    text = text_of(doc)
    fixed = SpanIndex((c.start, c.end) for c in candidates if c.reason in ("rule:money", "rule:date"))
    listed = {(c.start, c.end): c.label for c in candidates if c.reason in ("gazetteer", "lexicon")}
    known = Known(listed, (c for c in candidates if c.reason == "model"))
    names: list[Candidate] = []
    for words in sentence_words(text):
        none = not words or not fixed.touching(words[0].start, words[-1].end)
        free = words if none else [word for word in words if not fixed.touching(word.start, word.end)]
        for chunk in chunks_of(free):
            names += name_chunk(chunk, known)
    names = [_with_stop(text, name) for name in names]
    return [*names, *_bracketed(text, [n for n in [*names, *candidates] if n.label])]


def _with_stop(text: str, name: Candidate) -> Candidate:
    """ "CAMKO Infracore Co. Ltd. said": the full stop of the abbreviation belongs to the name."""
    abbreviated = name.label == "ORG" and text[name.start : name.end].endswith((" Co", " Ltd", " Inc", " Corp"))
    goes_on = re.match(r"\.(?:,|[ ][a-z(])", text[name.end : name.end + 3])
    return name._replace(end=name.end + 1) if abbreviated and goes_on else name


def _bracketed(text: str, names: list[Candidate]) -> Iterator[Candidate]:
    """ "Stung Sen Flood Alert Network (SFAN)": the acronym has the name's label, wherever it stands."""
    labels: dict[str, tuple[str, float]] = {}
    for name in names:
        found = _BRACKET.match(text, name.end)
        fits = found and is_acronym(found[1]) and _abbreviates(found[1], text[name.start : name.end])
        if found and fits and labels.get(found[1], ("", 0.0))[1] < name.score:
            labels[found[1]] = (name.label, name.score)
    for acronym, start, end in occurrences(text, labels):
        label, score = labels[acronym]
        yield Candidate(start, end, label, min(0.95, score + 0.03), "rule:acronym")


def _abbreviates(acronym: str, name: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)).casefold()
    letters = [letter.casefold() for letter in acronym if letter.isupper()]
    return bool(letters) and letters[0] in initials and sum(a in initials for a in letters) >= len(letters) / 2


def match_demonyms(text: str) -> Iterator[Candidate]:
    """Adjectives and nouns of nationality, people and faith, also in front of a hyphen ("Chinese-built")."""
    for found in _demonym_pattern().finditer(text):
        yield Candidate(found.start(), found.start("tail"), "NORP", 0.8, "lexicon")


_FIELDS = (
    "foreign|labou?r|health|education|tourism|defen[cs]e|interior|environment|agriculture|commerce|finance|justice|"
    "culture|information|industry|planning|transport|public works|water resources|rural development|unification|"
    "women’s affairs|economy|trade|telecoms?|telecommunications|mines and energy|energy|land management|"
    "foreign affairs|civil service"
)
_ADJECTIVE = r"[A-Z]\w+(?:ese|ian|ean|ish|nch|ai|can|an)"
_SHORT_BODY = re.compile(
    rf"(?<!\w)(?:(?:{_FIELDS}) (?:ministry|department)|{_ADJECTIVE} (?:embassy|consulate))(?!\w)", re.IGNORECASE
)


def match_short_bodies(text: str) -> Iterator[Candidate]:
    """ "The labour ministry" is a name of its own, "the ministry" is none; "Korean embassy" is no demonym and noun."""
    for found in _SHORT_BODY.finditer(text):
        start = found.start()
        surface = found.group()
        if surface.casefold().endswith(("embassy", "consulate")):
            if not surface[0].isupper():
                continue
            wide = re.search(r"(?:North|South) $", text[:start])
            start -= len(wide.group()) if wide else 0
        yield Candidate(start, found.end(), "ORG", 0.85, "rule:short-name")


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _demonym_pattern() -> re.Pattern[str]:
    if "demonyms" not in _PATTERNS:
        forms = {
            f for w in lexicon.words("places", "demonyms") for f in (w, w + "s") if not w.endswith("ese") or f == w
        }
        joined = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        _PATTERNS["demonyms"] = re.compile(rf"(?<!\w)(?=[A-Z])(?:{joined})(?P<tail>)(?!\w)")
    return _PATTERNS["demonyms"]


@factory("khkr_rules", {"money": True, "dates": True, "names": True})
def create_rules(nlp: Language, name: str, money: bool, dates: bool, names: bool) -> Rules:  # noqa: ARG001
    """Factory of ``khkr_rules``; each switch turns one family of rules off."""
    return Rules(money=money, dates=dates, names=names)
