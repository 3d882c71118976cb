"""The documentation site: it builds, a broken link fails, and its pages fetch nothing from anywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.leaks import leaks_below
from tests.test_leak import THEIRS, with_texts
from tools.site import relinked, section

ROOT = Path(__file__).resolve().parents[2]
FETCHED = re.compile(r"""<(?:script|img|iframe|source|audio|video)\b[^>]*?\bsrc=["']?([^"'\s>]+)""")
LINKED = re.compile(r"""<link\b[^>]*?rel=["']?(?:stylesheet|preload|preconnect|icon)[^>]*?href=["']?([^"'\s>]+)""")


def build(project: Path, to: Path) -> subprocess.CompletedProcess[str]:
    """What ``make docs`` does, into another folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(to)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project)}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@with_texts
def test_the_site_leaks_nothing(site: Path) -> None:
    """Notebooks are run when it is built, and sections of other files are filled in."""
    assert leaks_below(site, THEIRS) == []


def outside(page: str) -> list[str]:
    """What a page fetches from elsewhere."""
    return [address for address in FETCHED.findall(page) + LINKED.findall(page) if re.match(r"(https?:)?//", address)]


def test_pages_fetch_nothing_from_anywhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 150
    assert {page.name: found for page in pages if (found := outside(page.read_text("utf-8")))} == {}
    for sheet in site.rglob("*.css"):
        assert not re.search(r"""(?:@import|url\()\s*["']?(?:https?:)?//""", sheet.read_text("utf-8")), sheet.name


def test_what_is_fetched_is_seen() -> None:
    page = '<script async src="https://a/b.js"></script><link rel="stylesheet" href="//c/d.css"><a href="https://e">'
    assert outside(page) == ["https://a/b.js", "//c/d.css"]


def test_search_needs_no_server(site: Path) -> None:
    """The index is a script beside the pages, and a page opened as a file brings what stands in for a worker."""
    index = (site / "search/search_index.js").read_text("utf-8").removeprefix("var __index = ")
    found = {entry["location"].partition("#")[0] for entry in json.loads(index)["docs"]}
    assert {"index.html", "reference/api.html", "rules/KC201.html", "reliability.html", "tables.html"} <= found
    assert 'src="assets/iframe-worker.js"' in (site / "index.html").read_text("utf-8")
    assert "IFrameWorker" in (site / "assets/iframe-worker.js").read_text("utf-8")


def test_pages_from_elsewhere_are_there(site: Path) -> None:
    quality = (site / "explanation/quality.html").read_text("utf-8")
    assert "names, strict span and label, micro" in quality
    assert "<!-- README" not in quality
    assert 'href="reference/api.html"' in (site / "index.html").read_text("utf-8")
    assert "Nothing that was saved is lost" in (site / "reliability.html").read_text("utf-8")


def test_every_public_method_is_described(site: Path) -> None:
    page = (site / "reference/api.html").read_text("utf-8")
    for name in (
        "load",
        "Corpus.kwic",
        "Corpus.timeline",
        "Query.where",
        "Query.to_pandas",
        "Annotator.annotate",
        "Table",
    ):
        assert f'id="kh_kr_corpus.{name}"' in page
    assert ":class:" not in page
    assert "&gt;&gt;&gt; import" not in re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL), "a doctest as running text"


def test_a_broken_link_fails_the_build(tmp_path: Path) -> None:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    for part in (r"^  - mkdocstrings:\n(?:    .*\n)+", r"^hooks:.*\n", r"^nav:\n(?:  .*\n)+"):
        config = re.sub(part, "", config, flags=re.MULTILINE)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    shutil.copy(ROOT / "docs/codebook.md", tmp_path / "docs/codebook.md")
    page = tmp_path / "docs/index.md"
    page.write_text("# A\n\n[b](codebook.md#3-links)\n", encoding="utf-8")
    right = build(tmp_path, tmp_path / "right")
    assert right.returncode == 0, right.stderr
    page.write_text("# A\n\n[b](gone.md) [c](codebook.md#gone)\n", encoding="utf-8")
    wrong = build(tmp_path, tmp_path / "wrong")
    assert wrong.returncode != 0
    assert "'gone.md'" in wrong.stderr
    assert "'#gone'" in wrong.stderr


@pytest.mark.parametrize(
    ("text", "source", "page", "made"),
    [
        (
            "[a](../README.md#how-good-the-annotator-is)",
            "docs/annotator.md",
            "annotator.md",
            "[a](explanation/quality.md)",
        ),
        ("[a](../../RELIABILITY.md)", "docs/explanation/README.md", "explanation/README.md", "[a](../reliability.md)"),
        ("[a](docs/evaluation.md)", "README.md", "explanation/quality.md", "[a](../evaluation.md)"),
        ("[a](notebooks/roads.ipynb)", "docs/tables.md", "tables.md", "[a](notebooks/roads.md)"),
        ("[a](#b) [c](https://d/README.md)", "docs/tables.md", "tables.md", "[a](#b) [c](https://d/README.md)"),
    ],
)
def test_links_are_turned_to_pages(text: str, source: str, page: str, made: str) -> None:
    assert relinked(text, source, page) == made


def test_a_section_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="How bad"):
        section("# A\n\n## How good\n\nvery\n", "How bad")
