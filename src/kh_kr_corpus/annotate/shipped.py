"""The knowledge base that a component uses when it is given none."""

from __future__ import annotations

from functools import cache

from kh_kr_corpus.kb import KnowledgeBase

__all__ = ["load_kb"]


@cache
def load_kb(path: str | None = None) -> KnowledgeBase:
    """The entities of the corpus at ``path``, of the shipped corpus for None; read once."""
    from kh_kr_corpus.corpus import load

    kb: KnowledgeBase = load(path).kb
    return kb
