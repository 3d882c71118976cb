"""JSON on one line, whatever a reader takes for the end of a line."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["dumps_line"]


def dumps_line(value: Any) -> str:
    """``value`` as JSON without any character that ends a line somewhere, such as U+2028.

    >>> dumps_line({"text": "한국\\u2028"})
    '{"text": "한국\\\\u2028"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return "".join(f"\\u{ord(c):04x}" if c != " " and c.isspace() else c for c in text)
