"""The datasheet answers every question of its template, and its figures are what the commands give."""

from __future__ import annotations

import re
from collections import Counter
from math import sqrt
from pathlib import Path

import pytest

from kh_kr_corpus.charts import COUNTS, counts_table, fill
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.evaluate import agree

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "datasheet.md").read_text("utf-8")
# How many questions each section of "Datasheets for Datasets" (v8 of 2021) asks.
QUESTIONS = {
    "Motivation": 4,
    "Composition": 16,
    "Collection": 12,
    "Preprocessing, cleaning, labelling": 4,
    "Uses": 6,
    "Distribution": 7,
    "Maintenance": 8,
}


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The corpus of the library."""
    return load()


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("title", "questions"), QUESTIONS.items())
def test_every_question_has_an_answer(title: str, questions: int) -> None:
    parts = re.split(r"^\*\*(\d+)\. [^*]+\?\*\*", section(title), flags=re.MULTILINE)
    answered = {int(number): answer.strip() for number, answer in zip(parts[1::2], parts[2::2], strict=True)}
    rest = re.findall(r"^\*\*(\d+)\. Anything else\?\*\*(.*)", section(title), re.MULTILINE)
    answered |= {int(number): answer.strip() for number, answer in rest}
    assert sorted(answered) == list(range(1, questions + 1))
    assert all(answered.values())


def test_the_template_has_57_questions() -> None:
    assert sum(QUESTIONS.values()) == 57


def test_the_counts_are_the_corpus(shipped: Corpus) -> None:
    assert fill(PAGE, counts_table(shipped.sql), "page", COUNTS) == PAGE, "say: khkr stats --page docs/datasheet.md"


def test_the_agreement_is_what_the_command_gives(shipped: Corpus) -> None:
    rows = {(row["measure"], row["label"]): row for row in agree(shipped.layers("first", "second")).to_dicts()}
    told = dict(re.findall(r"^\| ([a-z][^|]+) \| ([\d.]+) \|$", section("How far to trust it"), re.MULTILINE))
    keys = {
        "spans, strict F1, micro": ("span", "micro"),
        "spans, strict F1, macro over labels": ("span", "macro"),
        "links, same entity among names that the first linked": ("link", "accuracy"),
        "values of dates and amounts, same": ("value", "date and money"),
        "initiatives matched by evidence, F1": ("initiative", "matched by evidence"),
    }
    keys |= {
        f"alpha on the matched: {name}": ("alpha", name)
        for name in ("kind", "status", "assertion", "sectors", "actors")
    }
    assert set(told) == set(keys)
    for name, key in keys.items():
        digits = len(told[name].partition(".")[2])
        assert round(float(rows[key]["f1"] or 0), digits) == float(told[name]), name
    assert f"{rows['span', 'micro']['n']:,} spans" in PAGE


def test_the_settled_differences_are_those_of_the_layer(shipped: Corpus) -> None:
    kept = Counter(one.kept for *_, second in shipped.layers("first", "second") for one in second.adjudicated)
    told = re.search(
        r"All (\d+) differences\s+were decided .*?\((\d+) for the second reading, (\d+) for", PAGE, re.DOTALL
    )
    assert told and tuple(map(int, told.groups())) == (kept.total(), kept["second"], kept["first"])


def test_the_fact_check_is_the_list_of_items() -> None:
    listed = re.findall(
        r"^\| (activity|text|entity) \| [^|]+ \| (\w+) \|", (DOCS / "fact-check.md").read_text("utf-8"), re.M
    )
    found = Counter(listed)
    verdicts = ("right", "minor", "overstated", "wrong", "unsupported")
    for what, name in (("text", "40 briefs"), ("activity", "40 activities")):
        told = re.search(rf"^\| {name} \|([ \d|]+)\|$", PAGE, re.MULTILINE)
        assert told and [int(n) for n in told[1].split("|")] == [found[what, verdict] for verdict in verdicts]
    entities = [found["entity", verdict] for verdict in ("right", "minor", "unchecked")]
    assert f"Of {sum(entities)} entities" in PAGE
    assert re.search(
        rf"{entities[0]} were right, {entities[1]} had a minor fault.*?and {entities[2]} could", PAGE, re.DOTALL
    )


@pytest.mark.parametrize(("wrong", "told"), [(8, "10 to 35"), (3, "3 to 20")])
def test_the_intervals_are_wilsons(wrong: int, told: str) -> None:
    n, z = 40, 1.96
    share = wrong / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    assert told == f"{100 * (middle - half):.0f} to {100 * (middle + half):.0f}"
    assert re.search(rf"{wrong} of 40;(?: 95 % interval)? {told} in a hundred", PAGE)
