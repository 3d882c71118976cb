"""The small result table: what it shows, and what it turns into."""

from __future__ import annotations

import importlib
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.tables import Table
from kh_kr_corpus.tables.text import aligned, is_unicode, width


def test_columns_line_up_in_three_scripts() -> None:
    table = Table(("name", "n"), [("KOICA", 1), ("한국국제협력단", 20), ("ភ្នំពេញ", 1234567), (None, None)])
    lines = repr(table).splitlines()
    assert [width(line) for line in lines[:4]] == [width(lines[0])] * 4
    assert lines[3].endswith("1,234,567")


def test_years_and_numbers() -> None:
    text = repr(
        Table(("year", "amount", "score", "yes"), [(2021, 2.75e9, 0.3333333, True), (2022, 1500.5, 1.0, False)])
    )
    assert "2021  2,750,000,000  0.333  yes" in text
    assert "2022       1,500.50      1  no" in text


def test_a_long_table_says_how_much_it_hides() -> None:
    table = Table(("n",), [(n,) for n in range(100)], "counted by hand")
    assert repr(table).splitlines()[-2:] == ["… 70 more rows", "counted by hand"]
    assert "70 more rows; counted by hand" in table._repr_html_()
    assert len(table) == len(list(table)) == 100


def test_html_escapes_everything() -> None:
    html = Table(("<b>",), [("<script>alert(1)</script>",), (["<i>"],)], note="<u>")._repr_html_()
    assert "<script" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "&lt;script&gt;" in html
    assert "2,021" not in Table(("year",), [(2021,)])._repr_html_()


@given(st.text())
def test_no_cell_can_break_a_line_or_command_a_terminal(text: str) -> None:
    shown = aligned(("a", "b"), [(text, "end")])
    lines = shown.split("\n")
    assert len(lines) == 2
    assert lines[1].endswith("end")
    assert not any(char < " " or "\x7f" <= char < "\xa0" for char in lines[1])
    assert width(lines[1]) <= 48 + 2 + 3


def test_conversions_agree() -> None:
    table = Table(("kind", "year", "count"), [("training", 2021, 3), ("resilience", None, 1)])
    assert table.to_dicts()[1] == {"kind": "resilience", "year": None, "count": 1}
    frame = table.to_pandas()
    assert str(frame["year"].dtype) == "Int64"
    assert Table.from_arrow(table.to_arrow()).rows == table.rows
    assert table["count"] == [3, 1]
    with pytest.raises(UnknownNameError, match="did you mean 'count'"):
        table["cuont"]


def test_sums_are_numbers() -> None:
    arrow = pa.table({"n": pa.array([Decimal(12), None]), "x": pa.array([Decimal("1.5"), Decimal("2.0")])})
    rows = Table.from_arrow(arrow).rows
    assert rows == ((12, 1.5), (None, 2))
    assert not any(isinstance(value, Decimal) for row in rows for value in row)


def test_polars_is_asked_for_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(InputError, match="kh-kr-corpus\\[polars\\]"):
        Table(("a",), [(1,)]).to_polars()


def test_half_a_surrogate_pair_is_no_unicode() -> None:
    assert is_unicode("한국 ភ្នំពេញ 🛶")
    assert not is_unicode("\udcff")


def test_a_table_fits_the_terminal_that_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long cells are cut until the lines fit; numbers never are, and what goes elsewhere stays whole."""
    table = Table(("id", "title", "count"), [("a-rather-long-identifier", "t" * 40, 1_234_567_890)])
    assert "a-rather-long-identifier" in repr(table)
    for room in (80, 60, 40):
        lines = aligned(table.columns, table.rows, room).splitlines()
        assert max(map(width, lines)) <= room
        assert "1,234,567,890" in lines[1]
    assert aligned(table.columns, table.rows, 5)  # too narrow for anything, and still no error
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(width, repr(table).splitlines())) <= 50


def test_columns_of_one_name_are_told_apart() -> None:
    """A dict, a frame or JSON would silently keep only one of them."""
    arrow = pa.Table.from_arrays([pa.array([1]), pa.array([2]), pa.array([3])], names=["x", "x", "x_2"])
    table = Table.from_arrow(arrow)
    assert len(set(table.columns)) == 3
    assert sorted(table.to_dicts()[0].values()) == [1, 2, 3]
