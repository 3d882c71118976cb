"""The code blocks of the documentation do what their pages show."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import examples

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("rules", "reference")
PAGES = {
    path.relative_to(ROOT / "docs").as_posix(): path
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if path.relative_to(ROOT / "docs").parts[0] not in GENERATED
}
RUN = {
    name: path for name, path in PAGES.items() if "```python" in (text := path.read_text("utf-8")) or "```sh" in text
}


@pytest.mark.parametrize("name", RUN)
def test_a_page_shows_what_happens(name: str) -> None:
    told, _ = examples.stale(RUN[name])
    assert told == [], "if what happens is right, say: make derived"


def test_there_are_pages_to_run() -> None:
    assert {"index.md", "tutorial.md", "annotator.md", "tables.md", "how-to/topic.md"} <= set(RUN)


def test_the_first_page_comes_to_a_result_in_three_blocks() -> None:
    first = [block.language for block in examples.blocks(PAGES["index.md"].read_text("utf-8"))]
    assert first[:3] == ["sh", "sh", "output"]


@pytest.mark.parametrize("name", PAGES)
def test_commands_are_in_blocks_that_are_run(name: str) -> None:
    """A block of commands says that it is one; otherwise nothing would look at it."""
    languages = {block.language for block in examples.blocks(PAGES[name].read_text("utf-8"))}
    assert languages <= {"python", "sh", "console", "output", "sql", "text", "yaml"}


@pytest.mark.parametrize("name", RUN)
def test_what_is_typed_fits_the_page(name: str) -> None:
    typed = [b for b in examples.blocks(PAGES[name].read_text("utf-8")) if b.language in ("python", *examples.SHELL)]
    assert [line for block in typed for line in block.text.splitlines() if len(line) > 120] == []
    assert [
        line for block in typed if block.language != "python" for line in block.text.splitlines() if len(line) > 96
    ] == []


def written(folder: Path, text: str) -> Path:
    """A page of its own."""
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "```python\n1 + 1\n```\n\n```output\n3\n```\n",
        "```python\nprint('a\\nb\\nc')\n```\n\n```output\na\n...\nb\n```\n",
        "```sh\nkhkr schema --terms stages\n```\n\n```output\nnothing\n```\n",
    ],
)
def test_an_output_that_is_not_what_happens_is_told_and_mended(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    told, new = examples.stale(path)
    assert len(told) == 1
    assert new != text
    assert examples.stale(written(tmp_path, new))[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "```python\n1 / 0\n```\n",
        "```sh\nkhkr query nothing-of-the-kind\n```\n",
        "<!-- not run: long -->\n```sh\nkhkr train --fast\n```\n",
        "<!-- not run: long -->\n```sh\nkhkr tarin\n```\n",
    ],
)
def test_a_block_that_fails_fails_the_page(tmp_path: Path, text: str) -> None:
    with pytest.raises(examples.ExampleError, match=r"page\.md, line [12]"):
        examples.stale(written(tmp_path, text))


def test_what_is_said_not_to_be_run_is_not_run(tmp_path: Path) -> None:
    text = "<!-- not run: it would fail -->\n```python\n1 / 0\n```\n\n"
    text += "<!-- not run: long -->\n```sh\nkhkr train --seed 3\n```\n"
    assert examples.stale(written(tmp_path, text)) == ([], text)


def test_a_block_with_a_title_is_a_file_and_names_last_through_the_page(tmp_path: Path) -> None:
    text = (
        '```text title="a/b.txt"\nhello\n```\n\n'
        '```python\nfrom pathlib import Path\n\nwords = Path("a/b.txt").read_text()\n```\n'
        "\n- in a list:\n\n  ```python\n  words\n  ```\n\n  ```output\n  'hello\\n'\n  ```\n"
    )
    assert examples.stale(written(tmp_path, text))[0] == []
    assert not (tmp_path / "a").exists(), "a page is run in a folder of its own"
