"""Proposals compete by probability; a document without the tagger's probabilities is left as it is."""

from __future__ import annotations

import spacy

from kh_kr_corpus.annotate.candidates import Candidate, pool, propose, settled, store
from kh_kr_corpus.annotate.selector import Selector, features_of, load_weights
from kh_kr_corpus.annotate.tagger import load_nlp

TEXT = "The Bank of Seoul opened in Battambang."


def _proposed(*names: Candidate) -> spacy.tokens.Doc:
    doc = load_nlp()(TEXT)
    store(doc, [])
    propose(doc, names)
    return doc


def test_of_two_names_that_overlap_the_more_probable_holds() -> None:
    doc = _proposed(Candidate(4, 17, "ORG", 0.9, "gazetteer"), Candidate(12, 17, "GPE", 0.8, "lexicon"))
    weights = {"gazetteer": 4.0, "lexicon": 2.0}
    assert [(c.start, c.end) for c in settled(Selector(weights)(doc))] == [(4, 17)]
    doc = _proposed(Candidate(4, 17, "ORG", 0.9, "gazetteer"), Candidate(12, 17, "GPE", 0.8, "lexicon"))
    turned = {"gazetteer": 2.0, "lexicon": 4.0}
    assert [(c.start, c.end) for c in settled(Selector(turned)(doc))] == [(12, 17)]


def test_scores_are_probabilities_and_reasons_name_all_who_proposed() -> None:
    twice = Candidate(28, 38, "GPE", 0.8, "lexicon"), Candidate(28, 38, "GPE", 0.95, "gazetteer")
    [name] = settled(Selector({"gazetteer": 1.0, "lexicon": 1.0})(_proposed(*twice)))
    assert name.score == 0.8808  # 1 / (1 + exp(-2))
    assert name.reason == "gazetteer, lexicon"


def test_what_is_improbable_is_no_suggestion() -> None:
    doc = _proposed(Candidate(4, 17, "ORG", 0.9, "gazetteer"))
    assert settled(Selector({"gazetteer": -1.0})(doc)) == []


def test_without_our_tagger_nothing_is_weighed() -> None:
    doc = spacy.blank("en")(TEXT)
    propose(doc, [Candidate(4, 17, "ORG", 0.9, "gazetteer")])
    before = pool(doc)
    assert pool(Selector({"gazetteer": -9.0})(doc)) == before


def test_the_shipped_weights_know_the_features() -> None:
    doc = _proposed(Candidate(4, 17, "ORG", 0.9, "gazetteer"), Candidate(28, 38, "GPE", 0.95, "model"))
    named = {name for _, features in features_of(doc).values() for name in features}
    assert len(named & load_weights().keys()) >= 8
