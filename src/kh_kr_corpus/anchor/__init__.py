"""Finding the text that an annotation belongs to. So far: exact copies, by the fingerprint of the whole text."""

from kh_kr_corpus.anchor.copies import Copy, Recognised, recognise

__all__ = ["Copy", "Recognised", "recognise"]
