"""spaCy component ``khkr_consistency``: a name once recognised is recognised throughout the document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.candidates import Candidate, pool, propose, settled, store, text_of
from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.annotate.people import is_title
from kh_kr_corpus.annotate.spans import occurrences
from kh_kr_corpus.annotate.words import is_common

__all__ = ["Consistency", "create_consistency"]

_SURE = 0.6
_WELL_FOUNDED = 0.78
"""From here on another label keeps a name from being read as part of a person's."""
_FIXED = ("rule:money", "rule:date")


class Consistency:
    """Spreads the best-founded label of a name to all its places, and a person's name to its parts."""

    def __init__(self, *, sure: float = _SURE) -> None:
        self.sure = sure

    def match(self, doc: Doc) -> list[Candidate]:
        """Further candidates, without changing ``doc``."""
        text = text_of(doc)
        names = [c for c in settled(doc) if c.reason not in _FIXED]
        labels = _labels(text, names, self.sure)
        found = list(_repeats(text, labels))
        persons = {text[c.start : c.end] for c in names if c.label == "PERSON" and c.score >= self.sure}
        taken = {surface for surface, (label, score) in labels.items() if label != "PERSON" and score >= _WELL_FOUNDED}
        return [*found, *_parts(text, persons, taken)]

    def __call__(self, doc: Doc) -> Doc:
        found = self.match(doc)
        overruled = {(c.start, c.end): c for c in found}
        kept = [c for c in pool(doc) if not _overruled(c, overruled.get((c.start, c.end)))]
        store(doc, kept)
        propose(doc, found)
        return doc


def _overruled(candidate: Candidate, other: Candidate | None) -> bool:
    return other is not None and other.label != candidate.label and candidate.score < other.score


def _labels(text: str, names: Iterable[Candidate], sure: float) -> dict[str, tuple[str, float]]:
    """For each surface the label with the most weight behind it, where that is sure enough."""
    votes: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        votes[text[name.start : name.end]][name.label].append(name.score)
    labels = {}
    for surface, scores in votes.items():
        label = max(scores, key=lambda option: (max(scores[option]), sum(scores[option]), option))
        if max(scores[label]) >= sure and len(surface) > 1:
            labels[surface] = (label, max(scores[label]))
    return labels


def _repeats(text: str, labels: dict[str, tuple[str, float]]) -> Iterator[Candidate]:
    for surface, start, end in occurrences(text, labels):
        if not re.match(r"-[a-z]*[A-Z]", text[end : end + 20]):
            label, score = labels[surface]
            yield Candidate(start, end, label, round(min(0.9, score), 3), "consistency")


def _parts(text: str, persons: set[str], taken: set[str]) -> Iterator[Candidate]:
    """Second mentions: "Park" after "Park Jiung", "Manet" after "Hun Manet"."""
    parts: set[str] = set()
    for person in sorted(persons):
        words = person.split()
        if len(words) < 2:
            continue
        forms = {words[0], words[-1], " ".join(words[1:]), words[0].title()}
        for form in forms:
            if form not in taken and len(form) > 1 and not is_title(form) and not _risky(form):
                parts.add(form)
    for form, start, end in occurrences(text, parts):
        if text[end : end + 1] != "-" and _stands_alone(text, start, end, form):
            yield Candidate(start, end, "PERSON", 0.8, "consistency")


def _risky(form: str) -> bool:
    """A part that is also an English word or a place is not spread, unless it is a frequent surname."""
    place = form in lexicon.cities() or form in lexicon.names("places", "countries")
    return place or (is_common(form) and not _is_surname(form))


def _is_surname(form: str) -> bool:
    return form in lexicon.words("people", "korean_surnames") or form in lexicon.words("people", "khmer_surnames")


def _stands_alone(text: str, start: int, end: int, form: str) -> bool:
    """Whether a part is not a piece of a longer capitalised name ("Hun" in "Hun Sen")."""
    behind = re.match(r"[ ]([A-Z][a-z]+)", text[end : end + 20])
    front = re.search(r"(\w[\w.’'-]*)[ ]$", text[max(0, start - 20) : start])
    if behind and not is_common(behind[1]):
        return False
    if front and front[1][0].isupper() and not is_title(front[1]) and not is_common(front[1]):
        return False
    first = start == 0 or text[start - 2 : start] in (". ", "\n\n") or text[start - 1] in "\n“"
    return not (
        first
        and is_common(form)
        and not re.match(r"[ ](?:said|told|also|is|was|has|had|will|flew|[a-z]{3,}ed)\b|[’']s", text[end:])
    )


@factory("khkr_consistency", {"sure": _SURE})
def create_consistency(nlp: Language, name: str, sure: float) -> Consistency:  # noqa: ARG001
    """Factory of ``khkr_consistency``; names below ``sure`` are not spread."""
    return Consistency(sure=sure)
