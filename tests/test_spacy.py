from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus._spacy import MENTIONS, from_doc, to_doc
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.models import Article, Mention, Rights


def article(text: str | None, *spans: tuple[int, int, str, str | None]) -> Article:
    mentions = tuple(
        Mention(id=f"m{n}", start=a, end=b, text=(text or "")[a:b], label=label, entity=entity)
        for n, (a, b, label, entity) in enumerate(spans, 1)
    )
    return Article(id="a", title="T", origin="synthetic", rights=Rights(text="local"), text=text, mentions=mentions)


def test_mentions_become_entities_with_links_and_come_back() -> None:
    text = "Seoul met Prak Sokhonn 🛶 in កែប."
    source = article(text, (0, 5, "GPE", "place/seoul"), (10, 22, "PERSON", None))
    doc, misaligned = to_doc(source)
    assert misaligned == ()
    assert [(e.text, e.label_, e.kb_id_) for e in doc.ents] == [
        ("Seoul", "GPE", "place/seoul"),
        ("Prak Sokhonn", "PERSON", ""),
    ]
    assert [s.id_ for s in doc.spans[MENTIONS]] == ["m1", "m2"]
    assert from_doc(doc) == source.mentions


def test_a_span_inside_a_token_is_reported_not_dropped() -> None:
    doc, misaligned = to_doc(article("Seoul hosted it", (0, 3, "GPE", None)))
    assert len(doc.ents) == 0
    assert [(m.mention.id, m.start, m.end) for m in misaligned] == [("m1", 0, 5)]
    assert "m1" in str(misaligned[0])


def test_no_text_no_document() -> None:
    with pytest.raises(InputError, match="attach"):
        to_doc(article(None))


@given(st.lists(st.sampled_from(["Seoul", "កែប", "한국", "🛶", "é"]), min_size=1, max_size=8))
def test_offsets_are_code_points_on_both_sides(words: list[str]) -> None:
    text = " ".join(words)
    spans, at = [], 0
    for word in words:
        spans.append((at, at + len(word), "GPE", None))
        at += len(word) + 1
    doc, misaligned = to_doc(article(text, *spans))
    assert len(doc.ents) + len(misaligned) == len(words)
    assert all(text[e.start_char : e.end_char] == e.text for e in doc.ents)
