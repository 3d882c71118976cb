"""What a rule lets pass, beside what it finds: an exception that is gone would make the rule a nuisance."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from tests.lint.sample import lay

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.errors import InvalidFileError
from kh_kr_corpus.lint import RULES, inspect
from kh_kr_corpus.lint.known import Surfaces


def named(*names: tuple[str, str]) -> dict[str, Any]:
    return {"names": [{"text": text, "lang": "en", "kind": kind} for text, kind in names]}


PAIR = _yaml.loads(RULES["KC605"].before).data["activities"]
BANK = {"id": "organisation/bank", **named(("Bank of the River", "preferred"), ("The Bank", "short"))}
EITHER = {"distinct_from": [{"entity": "agreement/river-clinics-agreement", "by": ["date"]}]}
# the rule, what it finds, and what looks like it and is right
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "KC605",
        {"activities": PAIR},
        {"activities": [PAIR[0], {**PAIR[1], "sectors": ["transport"]}]},  # another purpose
    ),
    (
        "KC605",
        {"activities": PAIR},
        {"activities": [PAIR[0], {**PAIR[1], "as_of": "2020"}]},  # committed before it was pledged
    ),
    (
        "KC703",
        {"text": "[RCA](AGREEMENT agreement/river-pact) held.", "entity": {"id": "agreement/river-pact"}, "times": 6},
        {
            "text": "[RCA](AGREEMENT agreement/river-pact) held.",
            "entity": {"id": "agreement/river-pact", **EITHER},
            "times": 6,
        },
    ),
    (
        "KC211",
        {"text": "[The Bank](ORG) will pay."},
        {"text": "[The Bank](ORG organisation/bank) will pay.", "entity": BANK},  # its own short name
    ),
    (
        "KC212",
        {"text": "He read [the Long Road](EVENT)."},
        {"text": "He read [The Long Road](EVENT)."},  # a title
    ),
    (
        "KC212",
        {"text": "[the bank of the river](ORG organisation/bank) will pay.", "entity": BANK},
        {"text": "[The Bank](ORG organisation/bank) will pay.", "entity": BANK},
    ),
    (
        "KC406",
        {"initiative": {"amount": {"amount": 2e15, "currency": "USD"}}},
        {"initiative": {"amount": {"amount": 1e15, "currency": "USD"}}},
    ),
    (
        "KC632",
        {"text": "It was paid [from 2021](DATE 2021/..) on.", "initiative": {"period": "2022"}},
        {"text": "It was paid [from 2021 to 2023](DATE 2021/2023).", "initiative": {"period": "2022"}},
    ),
    (
        "KC102",
        {"entity": {"id": "organisation/bank", "predecessors": ["organisation/no-bank"]}},
        {"entity": {"id": "organisation/bank", "predecessors": ["organisation/koica"]}},
    ),
]


def codes(fragment: dict[str, Any], root: Path, code: str) -> set[str]:
    lay(fragment, root)
    return {finding.code for finding in inspect(root, select=[code]).findings}


@pytest.mark.parametrize(("code", "bad", "good"), CASES, ids=[f"{n} {case[0]}" for n, case in enumerate(CASES)])
def test_one_is_found_and_the_other_is_not(
    toy_copy: Path, tmp_path: Path, code: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    assert codes(good, toy_copy, code) == set()
    assert codes(bad, toy_copy, code) == {code}


def test_a_successor_of_another_time_says_nothing_of_this_term(toy_copy: Path) -> None:
    """Somebody who was in office twice was followed by the other only once."""
    first = {"title": "Mayor", "term": "2015/2018"}
    again = {"title": "Mayor", "term": "2021/.."}
    other = {
        "id": "person/so-vann",
        "offices": [{"title": "Mayor", "attested": ["2019"], "predecessor": "person/ly-dara"}],
    }
    held = {"id": "person/ly-dara", "offices": [first, again]}
    [code] = [c for c, one in RULES.items() if "predecessor: person/ly-dara" in one.before and "2019/.." in one.before]
    assert codes({"entity": held, "other": other}, toy_copy, code) == set()
    undated = {**other, "offices": [{"title": "Mayor", "predecessor": "person/ly-dara"}]}
    assert codes({"entity": {**held, "offices": [again]}, "other": undated}, toy_copy, code) == set()
    later = {**other, "offices": [{"title": "Mayor", "term": "2023/..", "predecessor": "person/ly-dara"}]}
    assert codes({"entity": held, "other": later}, toy_copy, code) == {code}


def test_surfaces_without_a_letter_are_in_no_text() -> None:
    known = Surfaces(["—", "…", "KOICA"])
    assert list(known.find("— KOICA … KOICAs")) == [(2, 7)]


# -- sets of records -----------------------------------------------------------------------------------------


def records(root: Path) -> list[str]:
    found = inspect(root, select=["KC161", "KC162"]).findings
    return [f"{finding.code} {finding.location.field}: {finding.message} -> {finding.fix}" for finding in found]


def test_a_set_has_the_name_of_its_files(toy_copy: Path) -> None:
    for path in sorted((toy_copy / "records").iterdir()):
        path.rename(path.with_name(path.name.replace("toy-aid", "toy-help")))
    assert records(toy_copy) == ["KC161 id: the files of toy-aid belong in toy-aid.yaml and .csv -> rename the files"]


def test_two_rows_of_one_number(toy_copy: Path) -> None:
    data, coding = toy_copy / "records/toy-aid.csv", toy_copy / "records/toy-aid.coding.csv"
    coding.write_text(coding.read_text("utf-8").replace("0002,18", "0001,18"), encoding="utf-8")
    assert hashlib.sha256(data.read_bytes()).hexdigest() in (toy_copy / "records/toy-aid.yaml").read_text("utf-8")
    assert records(toy_copy) == [
        "KC161 rows: toy-aid.yaml: two rows are record/toy-aid/0001 -> give each row its own number"
    ]


def test_a_crosswalk_that_nobody_made(toy_copy: Path) -> None:
    path = toy_copy / "records/toy-aid.yaml"
    path.write_text(
        path.read_text("utf-8").replace("purposes: koica-purpose", "purposes: jica-purpose"), encoding="utf-8"
    )
    assert records(toy_copy) == ["KC162 purposes: no crosswalk from 'jica-purpose' -> see khkr schema --crosswalk all"]
    with pytest.raises(InvalidFileError, match="no crosswalk 'jica-purpose"):
        store.read_records(toy_copy)


def test_a_file_of_entities_says_the_type_of_its_name(toy_copy: Path) -> None:
    path = toy_copy / "entities/place.yaml"
    path.write_text(path.read_text("utf-8").replace("type: place", "type: person", 1), encoding="utf-8")
    found = [finding for finding in inspect(toy_copy).findings if finding.location.field == "type"]
    assert [(finding.message, finding.fix) for finding in found] == [
        ("type is 'person' in entities/place.yaml", "write `type: place`")
    ]


def test_an_activity_that_was_agreed_was_agreed_by_something(toy_copy: Path) -> None:
    lay({"activity": {"status": "agreed"}}, toy_copy)
    found = [finding for finding in inspect(toy_copy).findings if "by no instrument" in finding.message]
    assert [(Path(finding.location.path).stem, finding.location.field) for finding in found] == [
        ("2024-boat-course", "status")
    ]
    lay({"activity": {"status": "agreed", "instrument": "treaty"}}, toy_copy)
    assert not [finding for finding in inspect(toy_copy).findings if "by no instrument" in finding.message]
