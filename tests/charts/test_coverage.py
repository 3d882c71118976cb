"""The coverage page: tables between the marks, charts that render, and a check for drift."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
import vl_convert

from kh_kr_corpus.charts import coverage_charts, coverage_tables, fill
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError

NAMES = ("actors", "amounts", "health", "kinds", "sources")


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_shows_what_the_corpus_holds(toy: Corpus, name: str) -> None:
    chart = coverage_charts(toy.sql)[name]
    specification = json.dumps(chart.to_dict())
    told = {"actors": "Ministry of Health", "amounts": "committed", "kinds": "infrastructure", "sources": "newspaper"}
    assert told.get(name, "activities") in specification
    root = ET.fromstring(vl_convert.vegalite_to_svg(chart.to_dict()))  # noqa: S314 - our own SVG
    assert root.tag.endswith("svg")
    assert len(list(root.iter())) > 30


def test_tables_count_what_is_there(toy: Corpus) -> None:
    tables = coverage_tables(toy.sql)
    assert "| training | 1 |" in tables
    assert tables.count("### ") == 7


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(InputError, match="khkr stats: begin"):
        fill("no place", "tables", "page.md")
