"""The formats that others use: one module each, with what it can't hold declared and reported item by item."""

from kh_kr_corpus.formats.contract import Format, Imported, Loss, NotCarried, Selection
from kh_kr_corpus.formats.exporting import export, select
from kh_kr_corpus.formats.registry import NAMES, get_format

__all__ = ["NAMES", "Format", "Imported", "Loss", "NotCarried", "Selection", "export", "get_format", "select"]
