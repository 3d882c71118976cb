"""The knowledge base that a component uses when it is given none."""

from __future__ import annotations

from functools import cache

from kh_kr_corpus.kb import KnowledgeBase

__all__ = ["UsesKb", "load_kb"]


@cache
def load_kb(path: str | None = None) -> KnowledgeBase:
    """The entities of the corpus at ``path``, of the shipped corpus for None; read once."""
    from kh_kr_corpus.corpus import load

    kb: KnowledgeBase = load(path).kb
    return kb


class UsesKb:
    """A component that looks names up: in ``kb``, else in the corpus at ``path``, else in the shipped corpus."""

    def __init__(self, kb: KnowledgeBase | None = None, *, path: str | None = None) -> None:
        self._kb, self.path = kb, path

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base; the shipped one is read on first use."""
        if self._kb is None:
            self._kb = load_kb(self.path)
        return self._kb
