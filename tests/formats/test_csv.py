"""CSV: no cell can be a formula, and the very values come back."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.articles import articles

from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import EnvironmentFailure
from kh_kr_corpus.formats import Selection, export, get_format, select
from kh_kr_corpus.formats.csv_tables import read_tables
from kh_kr_corpus.formats.rows import tables_of
from kh_kr_corpus.models import Article

CSV = get_format("csv")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _wanted(selection: Selection) -> dict[str, list[dict[str, object]]]:
    return {
        spec.name: [{column.name: column.get(record) for column in spec.shown} for record in records]
        for spec, records in tables_of(selection)
    }


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _formulas(text: str) -> list[str]:
    """The cells that a spreadsheet would calculate; a number is none, whatever its sign."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return [cell for row in rows for cell in row if cell.startswith(FORMULA) and not _is_number(cell)]


@settings(max_examples=25)
@given(articles(), st.sampled_from(["=cmd|'/C calc'!A0", "'", "''=1", "-2+3", "＝1", " =1", "@SUM(1)", "a\r\nb", '"']))
def test_values_come_back_and_no_cell_is_a_formula(article: Article, title: str) -> None:
    selection = Selection((article.model_copy(update={"title": title}),))
    with tempfile.TemporaryDirectory() as folder:
        list(export(CSV, selection, Path(folder) / "out"))
        texts = [path.read_bytes().decode("utf-8-sig") for path in (Path(folder) / "out").iterdir()]
        assert [cell for text in texts for cell in _formulas(text)] == []
        assert read_tables(Path(folder) / "out") == _wanted(selection)


def test_the_plain_way_would_let_formulas_in(toy: Corpus) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(["=cmd|'/C calc'!A0", "-2+3", "-5"])
    assert _formulas(out.getvalue()) == ["=cmd|'/C calc'!A0", "-2+3"]


def test_the_shipped_corpus_comes_back(tmp_path: Path) -> None:
    selection = select(load(), undecided=True)
    list(export(CSV, selection, tmp_path / "out"))
    back = read_tables(tmp_path / "out")
    assert back == _wanted(selection)
    assert len(back["mentions"]) > 1000
    assert (tmp_path / "out" / "mentions.csv").read_bytes().startswith(b"\xef\xbb\xbfid,article,")


def test_a_cell_that_a_spreadsheet_cuts_is_told(toy: Corpus, tmp_path: Path) -> None:
    article = next(iter(toy.articles.where(rights="included")))
    long = article.model_copy(update={"abstract": "x" * 32_768})
    told = list(export(CSV, Selection((long,)), tmp_path / "out"))
    assert [(one.code, one.where, one.item) for one in told if one.code == "long-cell"] == [
        ("long-cell", article.id, "articles.abstract")
    ]


def test_another_folder_is_no_export_of_ours(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure):
        read_tables(tmp_path)
