"""Attaching texts that the corpus does not hold: a user's copy is recognised by fingerprints, and spans move to it."""

from kh_kr_corpus.anchor.copies import Copy, Recognised, Shelf, recognise
from kh_kr_corpus.anchor.move import Moved, Orphan

__all__ = ["Copy", "Moved", "Orphan", "Recognised", "Shelf", "recognise"]
