"""Large collections: annotated in parts, by one process or many, to Parquet that can be asked at once.

>>> from kh_kr_corpus.batch import Settings
>>> Settings().longest
200000
"""

from kh_kr_corpus.batch.documents import Settings
from kh_kr_corpus.batch.run import Progress, Report, annotate_source

__all__ = ["Progress", "Report", "Settings", "annotate_source"]
