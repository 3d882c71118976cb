"""Names that are in no knowledge base, by the codebook's decisions."""

from __future__ import annotations

import pytest
from tests.annotate.names import names

from kh_kr_corpus.annotate import Annotator

CASES = [
    (
        "The Ministry of Agriculture, Forestry and Fisheries met officials.",
        "ORG",
        "Ministry of Agriculture, Forestry and Fisheries",
    ),
    ("Staff of the Bayside Institute of Marine Research agreed.", "ORG", "Bayside Institute of Marine Research"),
    ("The labour ministry said so.", "ORG", "labour ministry"),
    ("He waited outside the Japanese embassy.", "ORG", "Japanese embassy"),
    ("They crossed the Chroy Tep Friendship Bridge at dawn.", "FAC", "Chroy Tep Friendship Bridge"),
    ("Trucks use National Road No. 7 at night.", "FAC", "National Road No. 7"),
    ("Singers came to the Golden Lotus Film Festival in crowds.", "EVENT", "Golden Lotus Film Festival"),
    ("Both signed the Riverbank Heritage Treaty.", "AGREEMENT", "Riverbank Heritage Treaty"),
    ("Farmers joined the Green Harvest Programme early.", "PROGRAM", "Green Harvest Programme"),
    ("The House passed a Law on Public Archives.", "PROGRAM", "Law on Public Archives"),
    ("Pupils from Ta Sar district sang.", "GPE", "Ta Sar"),
    ("Fog lay over Lake Velmora.", "LOC", "Lake Velmora"),
    ("He met Deputy Governor Seng Vuthy there.", "PERSON", "Seng Vuthy"),
    ("H.E. Dr. Chan Raksmey spoke first.", "PERSON", "Chan Raksmey"),
    ("The tycoon Oknha Lim Bunrith paid.", "PERSON", "Lim Bunrith"),
    ("We asked Yoo Ha-neul about it.", "PERSON", "Yoo Ha-neul"),
    ("The letter is from Seo-yeon Baek of Daegu.", "PERSON", "Seo-yeon Baek"),
    ("Under Secretary of State Nhem Sopheap agreed.", "PERSON", "Nhem Sopheap"),
    ("Workers at Daehan Harbour Works Co. Ltd. stopped.", "ORG", "Daehan Harbour Works Co. Ltd."),
    ("Nobody had told Birgit Vollmoser of it.", "PERSON", "Birgit Vollmoser"),
    ("The plan of Pieter van den Oostrum failed.", "PERSON", "Pieter van den Oostrum"),
    ("She thanked Anne-Marie Duquesnoy warmly.", "PERSON", "Anne-Marie Duquesnoy"),
    ("The letter names Farah binti Yusof alone.", "PERSON", "Farah binti Yusof"),
    ("A speech by Sheikha Hessa Alnoor closed it.", "PERSON", "Hessa Alnoor"),
    (
        "Both signed the Protocol on the Inspection of Silkworms.",
        "AGREEMENT",
        "Protocol on the Inspection of Silkworms",
    ),
    (
        "They cite the Treaty of Amity and Cooperation in Southeast Asia.",
        "AGREEMENT",
        "Treaty of Amity and Cooperation in Southeast Asia",
    ),
    ("They joined the Convention on the Rights of the Child.", "AGREEMENT", "Convention on the Rights of the Child"),
    ("The Compact of Three Museums holds.", "AGREEMENT", "Compact of Three Museums"),
    ("They signed the Memorandum on Tourism in Siem Reap.", "AGREEMENT", "Memorandum on Tourism"),
]


@pytest.mark.parametrize(("text", "label", "surface"), CASES)
def test_unknown_names(by_rules: Annotator, text: str, label: str, surface: str) -> None:
    assert (label, surface) in names(by_rules, text)


@pytest.mark.parametrize(
    ("text", "nowhere"),
    [
        ("The ministry and the institute agreed.", "ministry"),
        ("The Ambassador thanked the President.", "President"),
        ("Villagers wanted a temple.", "Villagers"),
        ("She is Minister of Land and Water.", "Land"),
        ("Training of officials began.", "Training"),
        ("They fear COVID-19 again.", "COVID-19"),
    ],
)
def test_common_nouns_are_no_names(by_rules: Annotator, text: str, nowhere: str) -> None:
    assert not any(nowhere in surface for _, surface in names(by_rules, text))


def test_what_is_built_without_bricks_is_no_facility(by_rules: Annotator) -> None:
    assert not names(by_rules, "Capacity Building: nurses will be trained.", "FAC")
    assert names(by_rules, "Nurses met in the Rainbow Building.", "FAC") == [("FAC", "Rainbow Building")]


def test_titles_possessives_and_articles_stay_outside(by_rules: Annotator) -> None:
    found = names(by_rules, "The Rivergate Foundation’s head met Ambassador Han Ji-min in the Kingdom.")
    assert ("ORG", "Rivergate Foundation") in found
    assert ("PERSON", "Han Ji-min") in found
    assert ("GPE", "Kingdom") in found


def test_a_demonym_in_front_of_a_ministry_is_its_own_name(by_rules: Annotator) -> None:
    found = names(by_rules, "The Cambodian Ministry of Health and the Korean Embassy met.")
    assert ("NORP", "Cambodian") in found
    assert ("ORG", "Ministry of Health") in found
    assert ("ORG", "Korean Embassy") in found


def test_two_countries_with_a_dash_are_two_names(by_rules: Annotator) -> None:
    assert names(by_rules, "Cambodia–South Korea ties grew.", "GPE") == [("GPE", "Cambodia"), ("GPE", "South Korea")]
    assert names(by_rules, "Cambodia-Korea relations grew.", "GPE") == [("GPE", "Cambodia"), ("GPE", "Korea")]
    assert names(by_rules, "A Korean-funded well opened.", "NORP") == [("NORP", "Korean")]


def test_an_acronym_has_the_label_of_its_name_wherever_it_stands(by_rules: Annotator) -> None:
    text = "TLWN failed at night. Engineers blamed the Tonle Lake Warning Network (TLWN) for it."
    assert [n for n in names(by_rules, text) if n[1] == "TLWN"] == [("PROGRAM", "TLWN")] * 2


def test_second_mentions_follow_the_full_name(by_rules: Annotator) -> None:
    text = "Governor Keo Samnang smiled. “Rice first,” Samnang said. Later Samnang left."
    assert names(by_rules, text, "PERSON") == [("PERSON", "Keo Samnang"), ("PERSON", "Samnang"), ("PERSON", "Samnang")]


def test_khmer_toponym_beats_the_models_person(by_rules: Annotator) -> None:
    assert ("GPE", "Boeung Thmey") in names(by_rules, "A van left Boeung Thmey on Sunday.")
