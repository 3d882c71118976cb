"""Crosswalks: complete, honest about what is lost, and only to codes that the official lists have."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import UnknownNameError
from kh_kr_corpus.vocab.outside import Code, Link
from kh_kr_corpus.vocab.page import COLUMNS, crosswalk_page, rows

PAGE = Path(__file__).parents[2] / "docs" / "crosswalks.md"
OFFICIAL = Path(__file__).parents[2] / "third_party" / "iati"
RENAMED = {
    "Sector": "15125 15170 16010 16020 23640 25010 52010 72040 72050 73010 93010".split(),
    "AidType": ["B03", "H02"],
}
"""Codes whose names changed after 2017."""
ADDED = {
    "Sector": {"12264", "15190"},
    "AidType": {"B021", "B022", "B031", "B032", "B033", "H03", "H04", "H05", "H06"},
}
"""Codes that came after 2017 and have no day from which they hold."""
WALKS = vocab.crosswalks()
OURS = [pair for pair in WALKS if pair[0] in vocab.names()]


def official(name: str) -> dict[str, str]:
    """Names by code of a list that IATI published with its standard 2.03, as of 2017."""
    with (OFFICIAL / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {line["code"]: line["name"] for line in csv.DictReader(file)}


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold())


def links(pair: tuple[str, str]) -> list[Link]:
    return [link for several in vocab.crosswalk(*pair).values() for link in several]


@pytest.mark.parametrize("pair", OURS, ids="-".join)
def test_every_term_of_the_vocabulary_is_answered_for(pair: tuple[str, str]) -> None:
    assert set(vocab.crosswalk(*pair)) == set(vocab.load(pair[0]))


@pytest.mark.parametrize("pair", WALKS, ids="-".join)
def test_what_is_lost_is_said_and_only_an_exact_match_loses_nothing(pair: tuple[str, str]) -> None:
    for link in links(pair):
        assert link.match in ("exact", "broader", "narrower", "none")
        assert (link.match == "none") == (link.code is None), link
        assert (link.match == "exact") == (not link.loss), link
        assert link.match == "exact" or len(link.loss) > 10, link
    for several in vocab.crosswalk(*pair).values():
        codes = [link.code for link in several]
        assert len(codes) == len(set(codes))
        assert None not in codes or len(codes) == 1


@pytest.mark.parametrize("pair", [*OURS, ("withdrawn", "oecd-dac-crs-5")], ids="-".join)
def test_no_mapping_leads_to_a_withdrawn_code(pair: tuple[str, str]) -> None:
    assert [link for link in links(pair) if link.code and link.code.withdrawn] == []


def test_statuses_and_kinds_are_mapped_to_every_list_that_was_promised() -> None:
    assert {
        ("statuses", "iati-activity-status"), ("statuses", "aidata-tuff-status"), ("statuses", "plover-event-type"),
        ("modalities", "iati-aid-type"), ("modalities", "iati-finance-type"), ("kinds", "plover-event-type"),
        ("kinds", "oecd-dac-crs-5"), ("sectors", "oecd-dac-crs-5"), ("sectors", "oecd-dac-3"),
    } <= set(WALKS)  # fmt: skip


def later(code: Code) -> bool:
    return (code.since or "") >= "2017"


@pytest.mark.parametrize(("name", "scheme"), [("Sector", "oecd-dac-crs-5"), ("AidType", "iati-aid-type")])
def test_codes_and_names_are_those_of_the_official_list(name: str, scheme: str) -> None:
    listed, held = official(name), vocab.codelist(scheme)
    assert set(listed) <= set(held)
    added = {code.code for code in held.values() if code.code not in listed}
    assert added == ADDED[name] | {code.code for code in held.values() if later(code)}
    other = []
    for code, told in listed.items():
        names = {plain(each) for each in (held[code].name, *held[code].former)}
        if not any(plain(told).startswith(one) or one.startswith(plain(told)) for one in names):
            other.append(code)
    assert sorted(other) == RENAMED[name]


def test_every_purpose_that_we_map_to_stood_on_the_official_list_or_came_later() -> None:
    codes = vocab.codelist("oecd-dac-crs-5")
    mapped = {link.code.code for pair in OURS if pair[1] == "oecd-dac-crs-5" for link in links(pair) if link.code}
    assert mapped - set(official("Sector")) <= ADDED["Sector"] | {code.code for code in codes.values() if later(code)}
    for code in codes.values():
        assert code.voluntary_of is None or code.voluntary_of in codes


def test_the_three_changes_that_catch_people_out_are_on_record() -> None:
    codes = vocab.codelist("oecd-dac-crs-5")
    assert codes["16061"].former == ("Culture and recreation",)
    assert codes["41050"].withdrawn == codes["74010"].withdrawn == "2017-12-31"
    assert codes["43060"].since == codes["74020"].since == "2018-01-01"
    assert codes["22081"].unpublished


def test_a_first_code_is_given_only_where_the_crosswalk_allows_it() -> None:
    kinds, statuses = vocab.crosswalk("kinds", "oecd-dac-crs-5"), vocab.crosswalk("statuses", "iati-activity-status")
    assert kinds["e-government"][0].code
    assert kinds.first("e-government") is None
    first = statuses.first("completed")
    assert first and first.code == "4"
    assert vocab.crosswalk("sectors", "oecd-dac-3").first("fisheries") == vocab.codelist("oecd-dac-3")["313"]


def test_a_miss_names_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="statuses-iati-activity-status"):
        vocab.crosswalk("statuses", "iati-activity-state")
    with pytest.raises(UnknownNameError, match="completed"):
        vocab.crosswalk("statuses", "iati-activity-status")["complete"]
    with pytest.raises(UnknownNameError):
        vocab.codelist("oecd-dac-crs-5")["00000"]


def test_every_withdrawn_purpose_is_led_on_or_said_to_have_no_successor() -> None:
    codes = vocab.codelist("oecd-dac-crs-5")
    walk = vocab.crosswalk("withdrawn", "oecd-dac-crs-5")
    assert list(walk) == [code.code for code in codes.values() if code.withdrawn]
    assert [link.code.code for link in walk["41050"] if link.code] == ["43060", "31140"]


def test_koica_names_the_purposes_of_its_day() -> None:
    walk = vocab.crosswalk("koica-purpose", "oecd-dac-crs-5")
    assert set(walk) == set(vocab.codelist("koica-purpose"))
    first = walk.first("GOVERNMENT ADMINISTRATION")
    assert first and (first.code, first.withdrawn) == ("15140", "2020-02-28")
    assert walk.first("Basic health") is None


def test_the_page_is_what_the_crosswalks_say() -> None:
    assert crosswalk_page() == PAGE.read_text(encoding="utf-8"), "khkr schema --crosswalk-page docs/crosswalks.md"
    assert all(len(row) == len(COLUMNS) for pair in WALKS for row in rows(vocab.crosswalk(*pair)))
    for name in vocab.codelists():
        assert vocab.codelist(name).source in crosswalk_page()
