"""Who held which office when, for whom, and who came next."""

from __future__ import annotations

import kh_kr_corpus as khkr
from kh_kr_corpus.corpus import Corpus


def test_one_row_a_person_and_office(toy: Corpus) -> None:
    rows = {(row["name"], row["title"]): row for row in toy.offices.to_dicts()}
    assert len(rows) == 4
    held = rows["Sok Rithy", "Secretary of State for Health"]
    assert (held["term"], held["attested"], held["successors"]) == ("2013/2018", [], ["person/chea-bopha"])
    now = rows["Chea Bopha", "Secretary of State for Health"]
    assert (now["term"], now["attested"]) == (None, ["2021-04", "2022"])
    assert now["predecessor"] == "person/sok-rithy"


def test_who_represented_whom(toy: Corpus) -> None:
    sent = toy.offices.where(accredited_to="South Korea")
    assert [(row["name"], row["country"]) for row in sent.to_dicts()] == [("Sok Rithy", "KH")]
    assert next(iter(sent)).title == "Ambassador of Cambodia to South Korea"


def test_the_ambassadors_of_both_countries_are_told() -> None:
    offices = khkr.load().offices.where(title="ambassador")
    to_cambodia = offices.where(accredited_to="Cambodia", country="KR")
    to_korea = offices.where(accredited_to="South Korea", country="KH")
    assert len({row["person"] for row in to_cambodia.to_dicts()}) >= 8
    assert len({row["person"] for row in to_korea.to_dicts()}) >= 6


def test_since_is_a_date_and_no_interval(toy: Corpus) -> None:
    since = {(row["name"], row["title"]): row["since"] for row in toy.offices.to_dicts()}
    assert since["Sok Rithy", "Secretary of State for Health"] == "2013"
    assert since["Chea Bopha", "Secretary of State for Health"] == "2021-04"


def test_who_was_it_in_a_year(toy: Corpus) -> None:
    assert [row["name"] for row in toy.offices.where(title="health", year=2015).to_dicts()] == ["Sok Rithy"]
    assert [row["name"] for row in toy.offices.where(title="health", year=2021).to_dicts()] == ["Chea Bopha"]


def test_no_successor_of_the_shipped_corpus_came_earlier() -> None:
    corpus = khkr.load()
    since: dict[tuple[str, str], list[str]] = {(row["person"], row["country"]): [] for row in corpus.offices.to_dicts()}
    for row in corpus.offices.to_dicts():
        since[row["person"], row["country"]].append(row["since"] or "9999")
    wrong = [
        (row["name"], row["title"], successor)
        for row in corpus.offices.to_dicts()
        for successor in row["successors"]
        if row["since"] and max(since[successor, row["country"]]) < row["since"]
    ]
    assert wrong == []
