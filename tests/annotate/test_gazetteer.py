from __future__ import annotations

import spacy
from tests.annotate.names import names

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.annotate.entity_labels import entity_label
from kh_kr_corpus.annotate.gazetteer import Gazetteer
from kh_kr_corpus.kb import KnowledgeBase


def test_longest_name_wins_and_carries_its_reason(kb: KnowledgeBase) -> None:
    doc = Gazetteer(kb)(spacy.blank("en")("The Korea International Cooperation Agency helped Korea."))
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Korea International Cooperation Agency", "ORG"),
        ("Korea", "GPE"),
    ]


def test_case_decides(kb: KnowledgeBase) -> None:
    def found(text: str) -> list[str]:
        return [text[c.start : c.end] for c in Gazetteer(kb, lists=False).match(spacy.blank("en")(text))]

    assert found("moh and koica") == []
    assert found("the kingdom of heaven") == []
    assert found("MOH, BATTAMBANG") == ["MOH", "BATTAMBANG"]
    assert found("Koreans spoke Khmer") == ["Koreans", "Khmer"]


def test_a_misprint_scores_lower(kb: KnowledgeBase) -> None:
    scores = {c.end - c.start: c.score for c in Gazetteer(kb).match(spacy.blank("en")("KOIKA and KOICA!"))}
    found = Gazetteer(kb).match(spacy.blank("en")("KOIKA or KOICA"))
    assert scores
    assert found[0].score < found[1].score


def test_places_are_told_apart_in_one_place(kb: KnowledgeBase) -> None:
    assert entity_label(kb["place/mekong"]) == "LOC"
    assert entity_label(kb["place/battambang"]) == "GPE"
    assert entity_label(kb["place/jeju"], "Jeju Island") == "LOC"
    assert entity_label(kb["place/jeju"], "Jeju") == "GPE"


def test_a_name_across_a_line_break_is_no_name(annotator: Annotator) -> None:
    assert ("GPE", "South\nKorea") not in names(annotator, "Heading South\nKorea grew.")
