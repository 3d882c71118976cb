"""The one normalisation of texts, fingerprints, and code-point arithmetic (codebook §1)."""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["fingerprint", "normalise", "token_bounds", "word_count"]

# The lookbehind keeps a long run of spaces inside a line from being tried at each of its characters.
_TRAILING = re.compile(r"(?<![ \t])[ \t]++(?=\n|\Z)")
_WORD = re.compile(r"\w+")


def normalise(text: str) -> str:
    """``text`` as offsets are taken into it: NFC, ``\\n`` line ends, no BOM, no spaces or tabs at the end of
    a line, no newlines at either end. Nothing else changes (codebook §1).

    >>> normalise("\\ufeffPhnom Penh \\r\\nhosted\\n\\n")
    'Phnom Penh\\nhosted'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _TRAILING.sub("", text).lstrip("\n\ufeff").rstrip("\n")


def fingerprint(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def word_count(text: str) -> int:
    """How many runs of letters and digits the text has."""
    return sum(1 for _ in _WORD.finditer(text))


def token_bounds(text: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` begins and ends at the edge of a word, so that "Korea" is not found in "Korean".

    Korean joins particles to names and Khmer writes no spaces, so there only a letter and its signs hold together.

    >>> token_bounds("the Koreans", 4, 9), token_bounds("한국은", 0, 2)
    (False, True)
    """
    return not (
        (0 < start < len(text) and _joined(text[start - 1], text[start]))
        or (0 < end < len(text) and _joined(text[end - 1], text[end]))
    )


def _joined(left: str, right: str) -> bool:
    """Whether no word can end between these two characters."""
    if left.isascii() and right.isascii():  # most are, and the categories below cost more than all else here
        return left.isalnum() and right.isalnum()
    if unicodedata.category(right).startswith("M"):
        return not left.isspace()
    caseless = "Lo" in (unicodedata.category(left), unicodedata.category(right))
    return left.isalnum() and right.isalnum() and not caseless
