"""Every link inside the project's pages leads to a file that is there and to a heading that it has."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")


def prose(text: str) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]+`", "`code`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors(text: str) -> set[str]:
    """What a link can point to in a page: its headings, as GitHub and the site name them."""
    bare = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+?)\s*$", bare, re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", heading.lower())) for heading in headings)
    return {name.replace(" ", "-") for name in kept} | set(re.findall(r'<a id="([^"]+)"', text))


def broken(page: Path, text: str) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for target in LINK.findall(prose(text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (page.parent / name).resolve() if name else page
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place.read_text("utf-8"))):
            found.append(target)
    return found


def test_no_link_is_broken() -> None:
    assert {page.name: bad for page in PAGES if (bad := broken(page, page.read_text("utf-8")))} == {}
    assert sum(len(LINK.findall(page.read_text("utf-8"))) for page in PAGES) > 200


@pytest.mark.parametrize("link", ["gone.md", "index.md#gone", "#gone", "notebooks/gone.ipynb"])
def test_a_broken_link_is_found(link: str) -> None:
    page = ROOT / "docs/index.md"
    assert broken(page, f"[a](index.md) [b](tables.md#columns) [c]({link})") == [link]


def test_links_in_code_are_none() -> None:
    assert broken(ROOT / "docs/index.md", "`[a](gone.md)`\n\n```text\n[b](gone.md)\n```\n") == []
