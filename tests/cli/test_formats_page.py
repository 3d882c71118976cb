"""The page on formats: its tables are what the formats declare, and its commands can be said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats import NAMES, get_format
from kh_kr_corpus.formats.page import BEGIN, fill_page

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def test_the_tables_are_up_to_date(khkr: Run, tmp_path: Path) -> None:
    assert khkr("export", "--page", PAGE, "--check").code == 0
    stale = tmp_path / "formats.md"
    stale.write_text(PAGE.read_text(encoding="utf-8").replace("`no-text`", "`nothing`"), encoding="utf-8")
    assert khkr("export", "--page", stale, "--check").code == 1
    assert khkr("export", "--page", stale).code == 0
    assert khkr("export", "--page", stale, "--check").code == 0


def test_every_loss_of_every_format_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in NAMES:
        for loss in get_format(name).losses:
            assert f"| `{loss.code}` | {loss.what} | {loss.why} |" in text


def test_a_page_without_marks_is_refused() -> None:
    for text in ("no marks", BEGIN):
        with pytest.raises(InputError, match="no place"):
            fill_page(text, "page.md")


def test_the_exports_on_the_page_can_be_said(khkr: Run, tmp_path: Path) -> None:
    said = re.findall(r"^khkr export (\w+ .*?--out )\S+", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(said) >= 5
    for number, command in enumerate(said):
        assert khkr("export", *command.split(), tmp_path / str(number)).code == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_loss_has_one_code_and_words(name: str) -> None:
    losses = get_format(name).losses
    assert len({loss.code for loss in losses}) == len(losses)
    for loss in losses:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", loss.code)
        assert loss.what and loss.why and not loss.what.endswith(".")
