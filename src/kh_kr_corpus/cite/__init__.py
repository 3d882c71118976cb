"""How a corpus is cited, and how catalogues describe it: everything is derived from its ``release.yaml``."""

from kh_kr_corpus.cite.dataset import write_dataset
from kh_kr_corpus.cite.formats import FILES, FORMATS, cite

__all__ = ["FILES", "FORMATS", "cite", "write_dataset"]
