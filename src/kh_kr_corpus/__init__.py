"""An annotated corpus of texts on Korea–Cambodia relations.

>>> import kh_kr_corpus as khkr
>>> corpus = khkr.load()
>>> courses = corpus.activities.where(kind="training", year=(2015, 2026)).sort("date")

Names are imported when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as type checkers read it; importing typing would be most of what importing this package costs
if TYPE_CHECKING:
    from kh_kr_corpus import vocab as vocab
    from kh_kr_corpus.annotate import Annotator as Annotator
    from kh_kr_corpus.corpus import Corpus as Corpus
    from kh_kr_corpus.corpus import load as load
    from kh_kr_corpus.errors import ConflictError as ConflictError
    from kh_kr_corpus.errors import EnvironmentFailure as EnvironmentFailure
    from kh_kr_corpus.errors import InputError as InputError
    from kh_kr_corpus.errors import InvalidFileError as InvalidFileError
    from kh_kr_corpus.errors import KhkrError as KhkrError
    from kh_kr_corpus.errors import UnknownNameError as UnknownNameError
    from kh_kr_corpus.errors import VersionError as VersionError
    from kh_kr_corpus.errors import YamlError as YamlError
    from kh_kr_corpus.findings import Finding as Finding
    from kh_kr_corpus.kb import KnowledgeBase as KnowledgeBase
    from kh_kr_corpus.kwic import WordingWarning as WordingWarning
    from kh_kr_corpus.lint import validate as validate
    from kh_kr_corpus.models import Activity as Activity
    from kh_kr_corpus.models import Article as Article
    from kh_kr_corpus.models import Entity as Entity
    from kh_kr_corpus.models import Initiative as Initiative
    from kh_kr_corpus.models import Mention as Mention
    from kh_kr_corpus.models import Source as Source
    from kh_kr_corpus.query import Query as Query
    from kh_kr_corpus.query import Rates as Rates
    from kh_kr_corpus.tables import Table as Table
    from kh_kr_corpus.vocab import crosswalk as crosswalk

    __version__: str

_HOME = {
    "Activity": "models",
    "Annotator": "annotate",
    "Article": "models",
    "ConflictError": "errors",
    "Corpus": "corpus",
    "Entity": "models",
    "EnvironmentFailure": "errors",
    "Finding": "findings",
    "Initiative": "models",
    "InputError": "errors",
    "InvalidFileError": "errors",
    "KhkrError": "errors",
    "KnowledgeBase": "kb",
    "Mention": "models",
    "Query": "query",
    "Rates": "query",
    "Source": "models",
    "Table": "tables",
    "UnknownNameError": "errors",
    "VersionError": "errors",
    "WordingWarning": "kwic",
    "YamlError": "errors",
    "crosswalk": "vocab",
    "load": "corpus",
    "validate": "lint",
}
"""The module in which each public name lives."""

__all__ = [
    "Activity",
    "Annotator",
    "Article",
    "ConflictError",
    "Corpus",
    "Entity",
    "EnvironmentFailure",
    "Finding",
    "Initiative",
    "InputError",
    "InvalidFileError",
    "KhkrError",
    "KnowledgeBase",
    "Mention",
    "Query",
    "Rates",
    "Source",
    "Table",
    "UnknownNameError",
    "VersionError",
    "WordingWarning",
    "YamlError",
    "__version__",
    "crosswalk",
    "load",
    "validate",
    "vocab",
]


def __getattr__(name: str) -> object:
    if name == "vocab":
        return import_module(f"{__name__}.vocab")
    if name == "__version__":
        from importlib.metadata import version

        return version("kh-kr-corpus")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
