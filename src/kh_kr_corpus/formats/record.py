"""The record: everything of an article but its text, as JSON inside a file whose format has a place for it."""

from __future__ import annotations

import json
from typing import Any

from kh_kr_corpus.formats.draft import rest_of
from kh_kr_corpus.models import Article

__all__ = ["dumps_record", "loads_record"]


def dumps_record(article: Article) -> str:
    """The record as JSON in ASCII, which every format can hold."""
    return json.dumps(rest_of(article))


def loads_record(text: Any) -> tuple[dict[str, Any] | None, str]:
    """The record, and what is wrong with it; None for one that can't be read any more, and for None.

    >>> loads_record("{")
    (None, "our record of the article can't be read any more")
    """
    if text is None:
        return None, ""
    try:
        record = json.loads(text)
        whole = isinstance(record, dict) and all(
            isinstance(one, dict) and not any(isinstance(one.get(key), (list, dict)) for key in ("id", "start", "end"))
            for name in ("mentions", "initiatives")
            for one in record.get(name, ())
        )
    except (ValueError, TypeError, RecursionError):
        whole = False
    return (record, "") if whole else (None, "our record of the article can't be read any more")
