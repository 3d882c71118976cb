"""spaCy component ``khkr_labels``: the statistical model's labels and bounds, made those of the codebook."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.candidates import Candidate, pool, settle, store, text_of
from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.annotate.known import head_label
from kh_kr_corpus.annotate.people import is_title
from kh_kr_corpus.annotate.tagger import is_tagged
from kh_kr_corpus.annotate.words import is_common, is_opener, singular

__all__ = ["DEFAULT_LABELS", "Labels", "create_labels", "to_codebook", "trim"]

DEFAULT_LABELS: Mapping[str, str] = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP", "EVENT": "EVENT",
    "LANGUAGE": "NORP", "LAW": "PROGRAM", "PRODUCT": "", "WORK_OF_ART": "", "DATE": "", "MONEY": "MONEY",
    "AGREEMENT": "AGREEMENT", "PROGRAM": "PROGRAM", "TIME": "", "PERCENT": "", "QUANTITY": "", "ORDINAL": "",
    "CARDINAL": "",
}  # fmt: skip
"""Label of a model -> label of the codebook; empty for what the codebook leaves unmarked or a rule does better."""
_EDGES = " \t\n.,;:!?\"'“”‘’()[]–-—*•"
_CURRENCY = re.compile(r"[$€₩¥£៛]|\b(?:won|riels?|dollars?|euros?|yen|yuan|baht|dong|USD|KRW|KHR|EUR|pounds?)\b", re.I)
_WORD = re.compile(r"\S+")


class Labels:
    """Maps the labels of ``doc.ents`` and trims articles, titles, possessives and marks off their spans."""

    def __init__(self, labels: Mapping[str, str] = DEFAULT_LABELS) -> None:
        self.labels = labels

    def match(self, doc: Doc) -> list[Candidate]:
        """The model's names as candidates, without changing ``doc``."""
        if is_tagged(doc):
            return pool(doc)  # our own tagger knows labels and bounds of the codebook
        found, text = [], text_of(doc)
        for span in doc.ents:
            label = self.labels.get(span.label_, "")
            start, end = trim(text, span.start_char, span.end_char)
            surface = text[start:end]
            label = to_codebook(surface, label)
            if label and surface:
                found.append(Candidate(start, end, label, 0.5, "model", span.kb_id_))
        return found

    def __call__(self, doc: Doc) -> Doc:
        store(doc, self.match(doc))
        settle(doc)
        return doc


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds without surrounding marks, a possessive, an article and titles (codebook §1 and §2)."""
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES and not re.search(r"(?:\b[A-Z]\.){2,}$", text[start:end]):
            end -= 1
        if text[start:end].endswith(("’s", "'s")):
            end -= 2
        first = _WORD.match(text, start, end)
        if (
            first
            and first.end() < end
            and (first.group() in ("the", "The", "a", "an", "A", "An") or is_title(first.group()))
        ):
            start = first.end()
        changed = (start, end) != before
    return start, end


def to_codebook(surface: str, label: str) -> str:
    """The codebook's label of a name that the model gave ``label``; empty where it is no name."""
    if not label or not surface:
        return ""
    if label == "MONEY":
        return ""  # amounts are a rule's work, with their values
    if not any(letter.isupper() for letter in surface) or surface in lexicon.words("words", "bare"):
        return ""
    words = surface.split()
    if len(words) == 1 and (is_opener(surface) or (is_title(surface) and label != "GPE")):
        return ""
    if surface in lexicon.words("places", "demonyms") or singular(surface) in lexicon.words("places", "demonyms"):
        return "NORP"
    head = head_label(words[-1]) if len(words) > 1 else ""
    if label == "PROGRAM":
        return head or "PROGRAM"
    if head in ("AGREEMENT", "PROGRAM") and label in ("ORG", "EVENT", "FAC"):
        return head
    lower = sum(1 for word in words if word[0].islower() and is_common(word))
    return "" if lower > 2 else label


@factory("khkr_labels", {"labels": dict(DEFAULT_LABELS)})
def create_labels(nlp: Language, name: str, labels: dict[str, str]) -> Labels:  # noqa: ARG001
    """Factory of ``khkr_labels``; ``labels`` maps the model's labels to the codebook's."""
    return Labels(labels)
