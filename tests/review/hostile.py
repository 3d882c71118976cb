"""Texts that are hard on offsets, and the answers of Python about them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kh_kr_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATIC = Path(kh_kr_corpus.__file__).parent / "review" / "static"
PIECES = (
    "캄보디아",
    "캄보디아",
    "한국국제협력단",
    "កម្ពុជា",
    "ហ៊ុន ម៉ាណែត",
    "ភ្នំ\u200bពេញ",
    "👩🏻\u200d🚒",
    "🇰🇷🇰🇭",
    "😀",
    "𠀀",
    "㈜부영",
    "“Hun Sen’s”",
    "‘a’",
    "é",
    "e\u0301",
    "\u00a0",
    "\ufeff",
    "\u200d",
    "\u2028",
    "\x85",
    "KOICA",
    " ",
    "\n",
    "—",
    "𝔸",
    "ﷺ",
    "\U0010ffff",
    "a",
    "0",
)


def case(rng: random.Random) -> dict[str, Any]:
    """A text, a span of it in code points, and the same span in UTF-16 units, as Python's codec counts them."""
    text = "".join(rng.choice(PIECES) for _ in range(rng.randint(0, 14)))
    start, end = sorted(rng.randint(0, len(text)) for _ in range(2))
    units = [len(text[:n].encode("utf-16-le")) // 2 for n in (start, end)]
    return {"text": text, "points": [start, end], "units": units, "quote": text[start:end]}


def load_offsets(page: Page, source: str) -> None:
    """Bring the page's own conversion into an empty page."""
    page.add_script_tag(content=source + "\nglobalThis.offsetsOf = offsetsOf;", type="module")
    page.wait_for_function("globalThis.offsetsOf !== undefined")  # a module runs when the engine finds time


CHECK = """(cases) => cases.filter(({ text, points, units, quote }) => {
  const offsets = offsetsOf(text);
  const there = points.map(offsets.units), back = units.map(offsets.points);
  return String(there) !== String(units) || String(back) !== String(points) || text.slice(...there) !== quote;
})"""
"""Those cases in which the engine disagrees with Python."""
