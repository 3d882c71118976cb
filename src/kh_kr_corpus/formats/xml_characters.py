"""What XML 1.0 can't hold."""

from __future__ import annotations

import re

__all__ = ["not_xml"]

# https://www.w3.org/TR/xml/#charsets; a carriage return may be written, but comes back as another line break.
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def not_xml(*texts: str) -> str | None:
    """The first character that no XML 1.0 file may have, None where there is none.

    >>> not_xml("Phnom Penh\\n", "a\\x0b"), not_xml("ភ្នំពេញ 🛶")
    ('U+000B', None)
    """
    found = next((found for text in texts if (found := _NOT_XML.search(text))), None)
    return f"U+{ord(found[0]):04X}" if found else None
