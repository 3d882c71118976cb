"""Plain ``en_core_web_sm`` as a predictor: its own spans, its labels mapped one to one, nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kh_kr_corpus.annotate import load_ner
from kh_kr_corpus.models import Article, Mention, Suggestion

__all__ = ["Baseline"]

_LABELS: Mapping[str, str] = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP", "EVENT": "EVENT",
    "MONEY": "MONEY", "DATE": "DATE", "LAW": "AGREEMENT",
}  # fmt: skip


class Baseline:
    """What the language model alone finds; call it with an article."""

    @cached_property
    def _nlp(self):  # type: ignore[no-untyped-def]
        return load_ner()

    def __call__(self, article: Article) -> Article:
        doc = self._nlp(article.text or "")
        spans = [(s.start_char, s.end_char, s.text, _LABELS[s.label_]) for s in doc.ents if s.label_ in _LABELS]
        suggestion = Suggestion(by="en_core_web_sm@3.8.0", score=0.5, reason="model")
        mentions = tuple(
            Mention(id=f"m{n}", start=a, end=b, text=text, label=label, suggestion=suggestion)
            for n, (a, b, text, label) in enumerate(_stripped(spans), 1)
        )
        return article.model_copy(update={"mentions": mentions, "initiatives": ()})


def _stripped(spans: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """Without white space at the edges, which a mention may not have."""
    out = []
    for start, _, text, label in spans:
        left = len(text) - len(text.lstrip())
        bare = text.strip()
        if bare:
            out.append((start + left, start + left + len(bare), bare, label))
    return out
