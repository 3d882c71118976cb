"""What mkdocs does not do by itself, as its hooks: pages from elsewhere in the project, and links to them.

The pages under ``docs/`` read well in the repository too, so they link to files as these lie there. Here those links
are turned to the site's pages: RELIABILITY.md and CHANGELOG.md become pages, a section of the README stands where a
page asks for it with ``<!-- README: HEADING -->``, and each notebook becomes a page.
"""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from tools import notebooks

__all__ = ["on_config", "on_files", "on_page_markdown", "piped", "relinked", "section"]

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = {
    "RELIABILITY.md": "reliability.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
"""Files of the project's root that are pages of the site."""
_MOVED = {"README.md#how-good-the-annotator-is": "docs/explanation/quality.md", "README.md": "docs/index.md"}
_ASKED = re.compile(r"<!-- README: (.+?) -->")
_LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)\s]+)(?=\))")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out of the menu what is yet to come and is not there."""
    absent = {name for name in config.extra["coming"] if not _source(name).exists()}
    config.nav = _without(config.nav, absent)
    return config


def _source(page: str) -> Path:
    outside = {page: name for name, page in PUBLISHED.items()}
    return ROOT / outside[page] if page in outside else ROOT / "docs" / page


def _without(entry: Any, absent: set[str]) -> Any:
    """A menu without the absent pages, and without what holds nothing else."""
    if isinstance(entry, dict):
        return {name: kept for name, inner in entry.items() if (kept := _without(inner, absent))}
    if isinstance(entry, list):
        return [kept for inner in entry if (kept := _without(inner, absent))]
    return None if entry in absent else entry


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from other files."""
    for name, page in PUBLISHED.items():
        if (ROOT / name).exists():
            text = relinked((ROOT / name).read_text("utf-8"), name, page)
            files.append(File.generated(config, page, content=text))
    for path in sorted((ROOT / "docs").glob("*/*.ipynb")):
        text, pictures = notebooks.page(path)
        files.append(File.generated(config, f"{path.parent.name}/{path.stem}.md", content=text))
        for name, svg in pictures.items():
            files.append(File.generated(config, f"{path.parent.name}/{name}", content=svg))
    shim = ROOT / "tools/frame_worker.js"
    files.append(File.generated(config, "assets/iframe-worker.js", abs_src_path=str(shim)))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Fill in sections of the README, and turn links to files of the project into links to pages."""
    name = page.file.src_uri
    if page.file.generated_by:
        return markdown
    readme = (ROOT / "README.md").read_text("utf-8")
    filled = _ASKED.sub(lambda asked: relinked(section(readme, asked[1]), "README.md", name), markdown)
    if name == "index.md":
        page.meta["hide"] = ["navigation"]
    return piped(relinked(filled, f"docs/{name}", name))


def section(text: str, heading: str) -> str:
    """What stands below a heading of the second level; raises :class:`KeyError` where there is none.

    >>> section("# A\\n\\n## B\\n\\nb\\n\\n## C\\n\\nc\\n", "B")
    'b'
    """
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise KeyError(heading)
    return found[1].strip()


def relinked(text: str, source: str, page: str) -> str:
    """``text`` of the file ``source`` of the project, with its links as the site's page ``page`` has to have them.

    >>> relinked("[a](docs/ci.md#x) [b](RELIABILITY.md)", "CHANGELOG.md", "changelog.md")
    '[a](ci.md#x) [b](reliability.md)'
    """

    def turned(match: re.Match[str]) -> str:
        target, hash_, anchor = match[1].partition("#")
        place = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        moved = _MOVED.get(place + hash_ + anchor)
        if moved:
            place, hash_, anchor = moved, "", ""
        place = _MOVED.get(place, place)
        if place in PUBLISHED:
            place = f"docs/{PUBLISHED[place]}"
        if not place.startswith("docs/") or not target:
            return match[1]
        place = re.sub(r"\.ipynb$", ".md", place.removeprefix("docs/"))
        if place == "notebooks":
            place = "notebooks/civil-service.md"
        return posixpath.relpath(place, posixpath.dirname(page) or ".") + hash_ + anchor

    return _LINK.sub(turned, text)


def piped(text: str) -> str:
    """``text`` with bars inside code inside tables as the site's Markdown wants them; GitHub's wants a backslash.

    >>> piped("| `a\\\\|b` | c |")
    '| <code>a&#124;b</code> | c |'
    """

    def cell(code: re.Match[str]) -> str:
        return f"<code>{html.escape(code[1]).replace(chr(92) + '|', '&#124;')}</code>"

    lines = text.split("\n")
    return "\n".join(re.sub(r"`([^`]*\\\|[^`]*)`", cell, line) if line.startswith("|") else line for line in lines)
