"""The JSON in a model's answer: with prose around it, in a code fence, cut off, or not there at all."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["content_of", "object_in"]

_TRIES = 50
_KEYS = ("initiatives", "links")


def content_of(response: Any) -> str | None:
    """The text of a chat completion, None where the response has another shape."""
    try:
        content = response["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    if isinstance(content, list):  # in parts
        content = "".join(part["text"] for part in content if isinstance(part, dict) and _is_text(part.get("text")))
    return content if isinstance(content, str) else None


def object_in(content: str) -> dict[str, Any] | None:
    """The first JSON object in ``content`` that has initiatives or links, each a list; None for none.

    >>> object_in('Here you are: {"links": []} Anything else?')
    {'links': []}
    """
    decoder, at = json.JSONDecoder(), content.find("{")
    for _ in range(_TRIES):
        if at < 0:
            return None
        try:
            value, _end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict) and any(key in value for key in _KEYS):
            lists = {key: value.get(key) or [] for key in _KEYS if key in value}
            return lists if all(isinstance(one, list) for one in lists.values()) else None
        at = content.find("{", at + 1)
    return None


def _is_text(value: object) -> bool:
    return isinstance(value, str)
