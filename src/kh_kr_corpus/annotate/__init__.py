"""The annotator: a spaCy pipeline of components that suggest names, links and initiatives by the codebook.

Components (``nlp.add_pipe`` finds them by entry point, without an import): ``khkr_labels``,
``khkr_gazetteer``, ``khkr_rules``, ``khkr_consistency``, ``khkr_linker``, ``khkr_initiatives``.
"""

from kh_kr_corpus.annotate._model import load_ner
from kh_kr_corpus.annotate.annotator import MAX_CHARACTERS, Annotator, annotator_id

__all__ = ["MAX_CHARACTERS", "Annotator", "annotator_id", "load_ner"]
