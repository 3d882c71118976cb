"""Fit what the annotator has learnt: the tagger, the choice among names, the initiatives."""
