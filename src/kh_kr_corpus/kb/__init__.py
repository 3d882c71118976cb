"""Who is who: entities by id, by any of their names, and by names that come near."""

from kh_kr_corpus.kb.base import KnowledgeBase
from kh_kr_corpus.kb.names import Alias, Match, name_key

__all__ = ["Alias", "KnowledgeBase", "Match", "name_key"]
