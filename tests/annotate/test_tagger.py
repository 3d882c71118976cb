"""The tagger's bookkeeping: tags of names and names of tags, the best well-formed path, and bad weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus.annotate import tagger
from kh_kr_corpus.annotate.tagger import LABELS, TAGS, load_nlp, load_tagger, probability, to_tags
from kh_kr_corpus.errors import EnvironmentFailure

BLANK = spacy.blank("en")
TEXT = "Minister Chea Vibol of Battambang met KOICA in Seoul on 3 May 2021 ."


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_names_become_tags_and_tags_the_same_names(data: st.DataObject) -> None:
    doc = BLANK(TEXT)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(doc)), min_size=2, max_size=8)))
    spans = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    names = [(a, b, data.draw(st.sampled_from(LABELS))) for a, b in spans]
    tensor = np.full((len(doc), len(TAGS)), 0.001, dtype=np.float32)
    tensor[np.arange(len(doc)), [TAGS.index(tag) for tag in to_tags(doc, names)]] = 0.9
    found = [(s.start_char, s.end_char, s.label_) for s in tagger._spans(doc, tensor)]
    assert found == names


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_path_is_well_formed_whatever_the_network_says(seed: int) -> None:
    doc = BLANK(TEXT)
    tensor = np.random.default_rng(seed).dirichlet(np.full(len(TAGS), 0.05), len(doc)).astype(np.float32)
    path = tagger._viterbi(np.log(np.maximum(tensor, 1e-9)))
    assert tagger._well_formed(path)


def test_argmax_alone_would_not_be_well_formed() -> None:
    """The control: what the search mends does occur."""
    doc = BLANK(TEXT)
    tensor = np.random.default_rng(1).dirichlet(np.full(len(TAGS), 0.05), len(doc))
    assert not tagger._well_formed(tensor.argmax(axis=1))


def test_probabilities_stay_with_the_document() -> None:
    doc = load_nlp()("Officials of South Korea arrived.")
    assert doc.tensor.shape == (len(doc), len(TAGS))
    [name] = [e for e in doc.ents if e.text == "South Korea"]
    assert 0.5 < probability(doc, name.start, name.end, "GPE") <= 1
    assert probability(doc, name.start, name.end, "PERSON") < 0.1


def test_a_pipeline_survives_its_own_bytes() -> None:
    nlp = load_nlp()
    again = spacy.blank("en")
    again.add_pipe("khkr_tagger")
    again.from_bytes(nlp.to_bytes())
    text = "KOICA trained nurses in Battambang."
    assert [e.text for e in again(text).ents] == [e.text for e in nlp(text).ents]


@pytest.mark.parametrize("content", [b"", b"no weights", b"\x81\xa5nodes\x90"])
def test_weights_that_are_none_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tagger.bin"
    path.write_bytes(content)
    with pytest.raises(EnvironmentFailure, match=r"tagger\.bin"):
        load_tagger(path)
    with pytest.raises(EnvironmentFailure, match="missing"):
        load_tagger(tmp_path / "missing.bin")


def test_an_empty_text_has_no_names() -> None:
    assert [doc.ents for doc in load_nlp().pipe(["", " "])] == [(), ()]


@pytest.mark.parametrize(("text", "names"), [("\n Siem Reap \n of it", ["Siem Reap"]), (" \n\n ", [])])
def test_line_breaks_at_the_edge_are_no_part_of_a_name(text: str, names: list[str]) -> None:
    """Whatever the network says: spaCy makes tokens of line breaks, and one took a whole text's annotation down."""
    doc = BLANK(text)
    tensor = np.full((len(doc), len(TAGS)), 0.001, dtype=np.float32)
    last = max(i for i, token in enumerate(doc) if token.is_space)
    path = ["B-GPE", *["I-GPE"] * (last - 1), "L-GPE"] if last else ["U-GPE"]
    tensor[np.arange(last + 1), [TAGS.index(tag) for tag in path]] = 0.9
    tensor[last + 1 :, 0] = 0.9
    assert [span.text for span in tagger._spans(doc, tensor)] == names
