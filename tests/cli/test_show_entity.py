"""``khkr show`` of an entity: found by any name, with the reasons; its names, offices and namesakes; its card."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from kh_kr_corpus.corpus import Corpus

from .conftest import Run


def test_another_order_is_found_and_said(khkr: Run, toy_root: Path) -> None:
    outcome = khkr("show", "Dr Bopha Chea", "--corpus", toy_root)
    assert outcome.code == 0
    assert "read as Chea Bopha: without honorific, order swapped" in outcome.err
    assert "person/chea-bopha" in outcome.out


def test_offices_with_term_and_sightings_and_who_came_next(khkr: Run, toy_root: Path) -> None:
    out = khkr("show", "person/sok-rithy", "--corpus", toy_root).out
    line = next(line for line in out.splitlines() if line.startswith("Secretary of State"))
    assert "2013/2018" in line and "person/chea-bopha" in line
    assert "KH → place/south-korea" in out


def test_namesakes_and_what_decides(khkr: Run, toy_root: Path) -> None:
    out = khkr("show", "organisation/ministry-of-health-korea", "--corpus", toy_root).out
    assert "not to be taken for organisation/ministry-of-health-cambodia; decided by country" in out


def test_a_likeness_is_proposed_not_shown(khkr: Run, toy_root: Path) -> None:
    outcome = khkr("show", "Phnom Pehn", "--corpus", toy_root)
    assert outcome.code == 2
    assert "Phnom Penh (place/phnom-penh)" in outcome.err


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_card_is_a_page(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    page = tmp_path / "card.html"
    assert khkr("show", "ជា បុប្ផា", "--corpus", toy_root, "--html", page).code == 0
    parser = _Words()
    parser.feed(page.read_text("utf-8"))
    assert {"Chea Bopha", "ជា បុប្ផា", "2021-04, 2022", "person/sok-rithy"} <= set(parser.words)


def test_the_card_escapes_what_it_shows(toy: Corpus) -> None:
    entity = toy.kb["person/chea-bopha"].model_copy(update={"note": "<script>alert(1)</script>"})
    assert "<script>" not in entity._repr_html_()
    assert "&lt;script&gt;" in entity._repr_html_()


def test_an_activity_has_a_page_too(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    page = tmp_path / "activity.html"
    assert khkr("show", "2021-floating-clinic-phnom-penh", "--corpus", toy_root, "--html", page).code == 0
    text = page.read_text("utf-8")
    told = (
        "Korea International Cooperation Agency (organisation/koica)",
        "2021-clinic-opens",
        "The Toy Gazette",
        "committed",
    )
    assert [words for words in told if words not in text] == []
    page = tmp_path / "ceiling.html"
    assert khkr("show", "2020-river-clinics-ceiling", "--corpus", toy_root, "--html", page).code == 0
    assert "Floating clinic at Phnom Penh" in page.read_text("utf-8")
