"""Review in the browser: a local page on which a curator decides, and a journal that loses nothing."""

from kh_kr_corpus.review.compare import Referee
from kh_kr_corpus.review.desk import Desk
from kh_kr_corpus.review.journal import Sealed
from kh_kr_corpus.review.renewal import renewed
from kh_kr_corpus.review.server import Scribe, serve
from kh_kr_corpus.review.service import Service
from kh_kr_corpus.review.shelf import Articles, Readings

__all__ = ["Articles", "Desk", "Readings", "Referee", "Scribe", "Sealed", "Service", "renewed", "serve"]
