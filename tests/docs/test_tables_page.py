"""The page on questions and tables: its columns are those of the library, and what it says can be said."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest

import kh_kr_corpus as khkr
from kh_kr_corpus.charts import COLUMNS, fill
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.kwic import WordingWarning
from kh_kr_corpus.tables import TABLES, reference

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
TEXT = PAGE.read_text(encoding="utf-8")
SAID = sorted({code for code in re.findall(r"`(corpus\.[^`]+\))`", TEXT) if "…" not in code and "folder" not in code})


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The corpus of the library."""
    return load()


def test_the_columns_are_those_of_the_library() -> None:
    assert fill(TEXT, reference(TABLES), "page", COLUMNS) == TEXT, "say: khkr stats --page docs/tables.md"
    for spec in TABLES.values():
        for column in spec.shown:
            assert re.search(
                rf"^\| {column.name}(?: \([a-z_]+\))? \| .*{re.escape(column.meaning)}", TEXT, re.MULTILINE
            )


def test_there_is_something_to_try() -> None:
    assert len(SAID) >= 8


@pytest.mark.parametrize("code", SAID)
def test_what_the_page_says_can_be_said(shipped: Corpus, code: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WordingWarning)
        assert repr(eval(code, {"corpus": shipped, "khkr": khkr}))  # noqa: S307 - our own page
