"""Suggestions from a language model, for whoever runs one: optional, off by default, believed in nothing.

Any endpoint that speaks OpenAI's chat completions will do, on this machine or elsewhere. The codebook is its
instruction; what it answers is taken only where the text, the vocabularies and the knowledge base bear it out.
"""

from kh_kr_corpus.annotate.llm.model import Answer, LanguageModel

__all__ = ["Answer", "LanguageModel"]
