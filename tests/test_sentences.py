"""Sentence bounds: the unit of evidence and of fingerprints, so they must not move."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus._sentences import sentences

PIECES = st.sampled_from(
    [
        *("The talks ended", "e.g.", "Dr. ", "H.E. ", "No. 5", "$11.7", ". ", "! ", "?” ", "…", "\n", "- ", "1. ", " "),
        *("한국은 왔다. ", "កម្ពុជា។ ", "៕", "។", "\u200b", "\u00a0", "(", ")", '"', "a", "A", "\t", "。", "😀"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def left_out(gap: str) -> bool:
    """Between sentences stands nothing but white space and the marks of list items."""
    bullet = r"[-–—•*·▪○]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]"
    return all(re.fullmatch(rf"\s*(?:(?:{bullet})\s*)?", line) for line in gap.split("\n"))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_bounds_are_ordered_disjoint_trimmed_and_cover_everything(text: str) -> None:
    reach = 0
    for start, end in sentences(text):
        assert reach <= start < end <= len(text)
        assert left_out(text[reach:start])
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        reach = end
    assert left_out(text[reach:])


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_sentence_of_its_own_line_does_not_depend_on_its_neighbours(text: str) -> None:
    alone = split(text)
    assert split(f"A heading\n{text}\nAnother one") == ["A heading", *alone, "Another one"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("H.E. Chea Bopha met Dr. Kim D. Toy. They spoke.", ["H.E. Chea Bopha met Dr. Kim D. Toy.", "They spoke."]),
        ("It costs $11.7 million. It is a loan.", ["It costs $11.7 million.", "It is a loan."]),
        ("National Road No. 5 is open. Good.", ["National Road No. 5 is open.", "Good."]),
        ("They said no. They left.", ["They said no.", "They left."]),
        ("It came by approx. noon on 3 Jan. 2021. Good.", ["It came by approx. noon on 3 Jan. 2021.", "Good."]),
        ("Toy Bank Co. Ltd. opened. Good.", ["Toy Bank Co. Ltd. opened.", "Good."]),
        ("“We will come.” He left.", ["“We will come.”", "He left."]),
        ('"Will you come?" she asked. "Yes!"', ['"Will you come?" she asked.', '"Yes!"']),
        ("He left (in 2021.) She stayed.", ["He left (in 2021.)", "She stayed."]),
        ("Well… they came. Why?! Nobody knows.", ["Well… they came.", "Why?!", "Nobody knows."]),
        ("Floating clinics\nA boat came. It left.", ["Floating clinics", "A boat came.", "It left."]),
        ("Aims:\n- teach nurses\n- lend boats.", ["Aims:", "teach nurses", "lend boats."]),
        ("Aims:\n1. Teach nurses\n12. Lend boats. Many.", ["Aims:", "Teach nurses", "Lend boats.", "Many."]),
        ("Training: nurses learn. Roads: none.", ["Training: nurses learn.", "Roads: none."]),
        ("ទូកមួយមកដល់។ វាចេញទៅ៕", ["ទូកមួយមកដល់។", "វាចេញទៅ៕"]),
        ("간호사들이 왔다. 그들은 배웠다.", ["간호사들이 왔다.", "그들은 배웠다."]),
        ("“왔다.” 그는 말했다.", ["“왔다.”", "그는 말했다."]),
        ("a.b.c version 1.2.3 is out. Good.", ["a.b.c version 1.2.3 is out.", "Good."]),
        ("no full stop at all", ["no full stop at all"]),
        (" \n\t\n ", []),
        ("", []),
    ],
)
def test_cases(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    "text", ["." * 200_000 + "x", "x" + ". " * 100_000, "a.”’" * 50_000, "No. " * 50_000, "A b. " * 100_000]
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    start = time.process_time()
    assert sum(1 for _ in sentences(text)) >= 1
    assert time.process_time() - start < 3
