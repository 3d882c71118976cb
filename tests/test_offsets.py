"""The normalisation that all offsets rest on, and the edges of words in three scripts."""

from __future__ import annotations

import re
import string
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus._offsets import fingerprint, normalise, token_bounds, word_count

NFD_HANGUL = unicodedata.normalize("NFD", "한국어")
TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "e\u0301",
                " ",
                "  ",
                "\t",
                "\n",
                "\r",
                "\r\n",
                "\ufeff",
                "\u200b",
                "\u00a0",
                "\u0085",
                "\u2028",
                "。",
            ),
            *(NFD_HANGUL, "ភ្នំពេញ", "\u17d2", "😀", "\u0338", "\u212b"),
        ]
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=30,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_normalise_is_idempotent_and_does_what_the_codebook_says(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert not re.search(r"[ \t](?:\n|\Z)", once)
    assert once[:1] not in ("\n", "\ufeff")
    assert not once.endswith("\n")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_line_ends_and_normal_form_of_a_copy_make_no_difference(text: str) -> None:
    lines = normalise(text)
    for copy in (
        lines.replace("\n", "\r\n"),
        "\ufeff" + lines,
        lines.replace("\n", " \t\n"),
        unicodedata.normalize("NFD", lines),
    ):
        assert normalise(copy) == lines


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_nothing_else_changes(text: str) -> None:
    """Only white space at line ends, marks of line ends, the BOM and the normal form may differ."""
    kept = [ch for ch in unicodedata.normalize("NFC", text) if ch not in " \t\r\n\ufeff"]
    assert [ch for ch in normalise(text) if ch not in " \t\r\n\ufeff"] == kept


@pytest.mark.parametrize("char", ["\u00a0", "\u200b", "\u200c", "’", "“", "\u0085", "\u2028", "\u3000"])
def test_odd_spaces_and_quotes_stay(char: str) -> None:
    assert normalise(f"a{char}b{char}") == f"a{char}b{char}"


def test_what_can_be_seen_stays_at_both_ends() -> None:
    for char in string.ascii_letters + string.digits + string.punctuation:
        assert normalise(f"\ufeff\n{char}a{char} \n") == f"{char}a{char}"


def test_long_runs_of_spaces_take_linear_time() -> None:
    start = time.process_time()
    assert normalise("a" + " " * 300_000 + "b" + "\t " * 100_000) == "a" + " " * 300_000 + "b"
    assert time.process_time() - start < 2  # a quadratic pattern needs minutes


def test_fingerprint_is_sha256_of_utf8() -> None:
    assert fingerprint("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert fingerprint("한국") != fingerprint(unicodedata.normalize("NFD", "한국"))
    assert len(fingerprint("ភ្នំពេញ")) == 64


@pytest.mark.parametrize(("text", "words"), [("", 0), ("one, two", 2), ("$11.7 million", 3), ("한국은 왔다.", 2)])
def test_word_count(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize(
    ("text", "quote", "whole"),
    [
        ("the Koreans came", "Korea", False),
        ("the Koreans came", "Koreans", True),
        ("(KOICA)", "KOICA", True),
        ("KOICA2", "KOICA", False),
        ("pre-Korea", "Korea", True),
        ("Korea", "Korea", True),
        ("Korea's plan", "Korea", True),
        ("São Tomé", "Tom", False),
        ("한국은 왔다", "한국", True),  # a particle is written onto the name
        ("កូរ៉េខាងត្បូងបើក", "កូរ៉េខាងត្បូង", True),  # no spaces between words
        ("ភ្នំពេញ", "ភ", False),  # a consonant without the sign that is stacked under it
        ("ភ្នំពេញ", "្នំពេញ", False),
        ("cafe\u0301s", "cafe", False),
    ],
)
def test_edges_of_words(text: str, quote: str, whole: bool) -> None:
    start = text.index(quote)
    assert token_bounds(text, start, start + len(quote)) is whole


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_edges_never_fail_inside_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert token_bounds(text, start, end) in (True, False)
    assert token_bounds(text, 0, len(text))
