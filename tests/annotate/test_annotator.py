from __future__ import annotations

import datetime
import json
import re
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kh_kr_corpus.annotate import MAX_CHARACTERS, Annotator, annotator_id
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article


def test_output_is_suggested_scored_and_explained(annotator: Annotator) -> None:
    article = annotator.annotate("KOICA gave $5 million to Cambodia on 3 May 2021.", title="Gift", id="gift")
    assert (article.id, article.title, article.rights.text) == ("gift", "Gift", "local")
    assert [m.text for m in article.mentions] == ["KOICA", "$5 million", "Cambodia", "3 May 2021"]
    for mention in article.mentions:
        assert mention.review.state == "suggested"
        assert mention.suggestion is not None
        assert mention.suggestion.by == annotator_id()
        assert 0 < mention.suggestion.score <= 1
    reasons = [set(m.suggestion.reason.split(", ")) for m in article.mentions if m.suggestion]
    assert all(
        wanted in said for wanted, said in zip(("gazetteer", "rule:money", "model", "rule:date"), reasons, strict=True)
    )
    assert Article.model_validate_json(article.model_dump_json()) == article


def test_offsets_are_into_the_normalised_text(annotator: Annotator) -> None:
    article = annotator.annotate("\ufeffA visit \r\nto Battambang 🛶 and Se\u0301oul; Busan.  \n")
    assert article.text == "A visit\nto Battambang 🛶 and Séoul; Busan."
    assert all(article.text[m.start : m.end] == m.text for m in article.mentions)
    assert "Busan" in {m.text for m in article.mentions}


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "a\x00b", "x" * (MAX_CHARACTERS + 1)])
def test_bad_texts_get_one_clear_error(annotator: Annotator, text: str) -> None:
    with pytest.raises(InputError, match=r"^text(:1)?: "):
        annotator.annotate(text)


def test_bad_date(annotator: Annotator) -> None:
    with pytest.raises(InputError, match="date"):
        annotator.annotate("Cambodia", date="15 May")


WORDS = st.sampled_from(
    "Cambodia Korea Kim Dong-chul the of and $5 million KOICA (KOICA) , . ’s – Friday 2021 Ministry Agriculture “ ” \n "
    "Prek កម្ពុជា 한국 é Mr. H.E. Road No. 5 ; : / ' 1990s".split(" ")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_any_text_gives_sound_spans(annotator: Annotator, words: list[str]) -> None:
    text = " ".join(words)
    if not text.strip():
        return
    article = annotator.annotate(text, date="2024-05-15")
    assert article.text is not None
    last = 0
    for mention in article.mentions:
        assert mention.start >= last
        assert article.text[mention.start : mention.end] == mention.text.strip()
        last = mention.end


def test_the_same_text_gives_the_same_answer(annotator: Annotator, kb: KnowledgeBase) -> None:
    text = "Ambassador Kim Dong-chul met Governor Keo Samnang in Takeo; KOICA will train 30 nurses there."
    assert Annotator(kb=kb).annotate(text) == annotator.annotate(text)


def test_another_pipeline_takes_the_statistical_part(kb: KnowledgeBase) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Zorblax Quin"}])  # type: ignore[attr-defined]
    article = Annotator(nlp=nlp, kb=kb).annotate("Then Zorblax Quin left Seoul.")
    assert [(m.label, m.text) for m in article.mentions] == [("PERSON", "Zorblax Quin"), ("GPE", "Seoul")]


@pytest.mark.parametrize("name", ["khkr_labels", "khkr_gazetteer", "khkr_rules", "khkr_consistency"])
def test_components_are_factories_with_plain_config(name: str) -> None:
    meta = Language.get_factory_meta(name)
    assert json.loads(json.dumps(meta.default_config)) == meta.default_config


def test_rules_work_in_anybodys_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("khkr_rules", config={"dates": False})
    doc = nlp("Minister Chea Vibol paid $4 million on 3 May 2021 (see www.example.org).")
    assert [(e.text, e.label_) for e in doc.ents] == [("Chea Vibol", "PERSON"), ("$4 million", "MONEY")]
    assert spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes()).ents[0].text == "Chea Vibol"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"text": 5}, "int is no text"),
        ({"text": "Seoul.", "id": "A b"}, "'A b' is no id"),
        ({"text": "Seoul.", "date": "soon"}, "date"),
        ({"text": "Seoul.", "date": 2024}, "is no date"),
        ({"text": "Seoul.\nBusan\x1b."}, "text:2: control character U+001B"),
        ({"text": "Seoul.", "genre": "oped"}, "did you mean 'op-ed'"),
    ],
)
def test_what_is_no_text_date_or_id_is_refused(arguments: dict[str, Any], named: str) -> None:
    """With our own error, which names what is wrong."""
    with pytest.raises((InputError, UnknownNameError), match=re.escape(named)):
        Annotator(kb=KnowledgeBase()).annotate(**arguments)


def test_a_date_object_is_a_date() -> None:
    """As in queries."""
    article = Annotator(kb=KnowledgeBase()).annotate("They met on Friday.", date=datetime.date(2026, 3, 12))
    assert article.date == "2026-03-12"
