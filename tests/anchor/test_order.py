"""Where the sentences of a text stand in a copy: each in the one place where it was read, or in none."""

from __future__ import annotations

import pytest

from kh_kr_corpus._folding import fold
from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.anchor.order import place
from kh_kr_corpus.anchor.units import Sought
from kh_kr_corpus.models.prints import prints_of

A = "On Monday a boat with nine nurses came up the river to the town."
B = "The crew of this boat will be taught in Seoul until next spring."
C = "Medicine for the hills may follow before the end of the year."
D = "Nobody at the ministry said what these things are going to cost."
E = "What the nurses have to say about the long journey to the north"
RED, BLUE = "It is red.", "It is blue now."
OTHER = "Meanwhile the market of the old quarter was open as ever."


def found(text: str, copy: str) -> dict[str, list[int]]:
    """The sentences of ``text`` that have a place in ``copy``, and the places, in code points."""
    assert normalise(text) == text and normalise(copy) == copy
    sought, folded = Sought({"a": prints_of(text)}), fold(copy)
    units = sought.units["a"]
    placed = place(units, sought.find(folded)["a"], folded, copy)
    told: dict[str, list[int]] = {}
    for n, at in sorted(placed.items()):
        start, end = folded.bounds(at, at + units[n].length)
        assert fold(copy[start:end]).text == fold(text[units[n].start : units[n].end]).text
        told.setdefault(text[units[n].start : units[n].end], []).append(start)
    return told


def lines(*sentences: str) -> str:
    return "\n".join(sentences)


def where(copy: str, *sentences: str) -> dict[str, list[int]]:
    """Each of these at its only place in the copy."""
    assert all(copy.count(one) == 1 for one in sentences)
    return {one: [copy.index(one)] for one in sentences}


@pytest.mark.parametrize(
    ("text", "copy", "kept"),
    [
        ("ABCD", "ABCD", "ABCD"),
        ("ABCD", "xABxCxDx", "ABCD"),
        ("ABCD", "ACD", "ACD"),
        ("ABCD", "D", "D"),
        ("ABCD", "ACBD", "AD"),  # B before C, or C before B: nobody knows
        ("ABCD", "BCDA", "BCD"),  # one went to the end
        ("ABCD", "DABC", "ABC"),
        ("ABCD", "CDAB", ""),
        ("ABCD", "DCBA", ""),
        ("ABCD", "BCAD", "BCD"),
        ("ABCD", "CABD", "ABD"),
        ("BB", "BB", ""),
    ],
)
def test_the_order_of_the_text(text: str, copy: str, kept: str) -> None:
    names = {"A": A, "B": B, "C": C, "D": D, "x": OTHER}
    laid = lines(*(names[one] for one in copy))
    assert found(lines(*(names[one] for one in text)), laid) == where(laid, *(names[one] for one in kept))


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        ("", "", True),
        ("It rained. ", " It snowed.", True),
        ("It rained! ", " “It snowed.”", True),
        ("(It rained?) ", " 2 more came.", True),
        ("He said “it rained.” ", "", True),
        ("비가 왔다。", "", True),
        ("ភ្លៀង។ ", "", True),
        ("- ", "", True),
        ("1. ", "", True),
        ("(iv) ", "", True),
        ("“", "”", True),
        ("Nobody says that ", "", False),
        ("It rained, ", "", False),
        ("It rained; (", "", False),
        ("Photo by a friend of the town, 2021: ", "", False),
        ("", " said the ministry.", False),
        ("", " — said the ministry.", True),
        ("", "\nsaid the ministry.", True),
        ("12345. ", "", True),
    ],
)
def test_a_part_of_a_longer_sentence_is_another_sentence(before: str, after: str, stands: bool) -> None:
    copy = lines(A, before + B + after, C)
    assert found(lines(A, B, C), copy) == where(copy, *((A, B, C) if stands else (A, C)))


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [("", "", True), ("* ", "", True), ("It rained. ", "", True), ("", " in May", False), ("", ", he said", False),
     ("", " (5)", False), ("", "”", True), ("", "\nin May", True), ("", " " * 40 + "x", True)],
)  # fmt: skip
def test_a_line_without_a_full_stop_ends_with_its_line(before: str, after: str, stands: bool) -> None:
    copy = lines(A, before + E + after, C)
    assert found(lines(A, E, C), copy) == where(copy, *((A, E, C) if stands else (A, C)))


@pytest.mark.parametrize(
    ("beside", "kept"),
    [
        ("The crew of this boat will be taught in Busan until next autumn.", "AC"),  # eleven words of thirteen
        ("Later the crew of this boat will be taught until spring.", "AC"),
        ("The crew of a ship was seen in Busan with nobody at all.", "ABC"),
        ("It is not true.", "ABC"),
        ("The crew of this boat will be seen with other people elsewhere.", "ABC"),  # seven
        ("The crew of this boat will be and then it went again very taught.", "ABC"),  # eight, but of fourteen words
        (f"It {14 * 'was '}the crew of this boat will be taught in Seoul.", "AC"),
        (" ".join(f"{word} and on and on and" for word in B.split()[:8]) + ".", "ABC"),
        (f"The crew of this boat will be {13 * 'so '}The crew of this boat will be taught.", "AC"),
        (f"The crew of this {13 * 'so '}The crew of this The crew of this.", "ABC"),
    ],
)
def test_beside_an_edited_form_of_it_a_sentence_may_be_a_quotation(beside: str, kept: str) -> None:
    names = {"A": A, "B": B, "C": C}
    for copy in (lines(A, beside, B, C), lines(A, B, beside, C)):
        assert found(lines(A, B, C), copy) == where(copy, *(names[one] for one in kept))
    for copy in (lines(beside, A, B, C), lines(A, B, C, beside)):
        assert B in found(lines(A, B, C), copy)


@pytest.mark.parametrize(
    ("said", "stands"), [("The old school on the hill is red.", False), ("The old school on the hall is red.", True)]
)
def test_six_words_of_ten_are_an_edited_form(said: str, stands: bool) -> None:
    school = "The old school on the hill was mended in May."
    assert (school in found(lines(A, school, C), lines(A, said, school, C))) == stands


@pytest.mark.parametrize(
    ("text", "copy", "places"),
    [
        ("ABCBD", "ABCBD", [1, 3]),  # each between its own neighbours
        ("ABCBD", "ABCD", [1]),
        ("ABCBD", "ACBD", [2]),
        ("ABCBD", "ABBD", []),
        ("ABBD", "ABBD", []),  # which is the first?
        ("ABCBD", "BABCBDB", [2, 4]),
        ("ABC", "ABCB", [1]),
        ("ABC", "BABC", [2]),
        ("ABC", "ABBC", []),
        ("BAC", "BACB", [0]),
        ("ACB", "BACB", [3]),
        ("ABC", "BAC", []),  # out of its order
        ("ABC", "AxBCB", [2]),  # as far from C as it was
        ("ABC", "ABxCB", [1]),  # as far from A
        ("ABC", "AxBxCB", []),  # from neither
        ("ADBC", "ABCB", [1]),  # what is gone between them is no second one
    ],
)
def test_a_sentence_that_is_there_several_times(text: str, copy: str, places: list[int]) -> None:
    names = {"A": A, "B": B, "C": C, "D": D, "x": OTHER}
    parts = [names[one] for one in copy]
    wanted = [len(lines(*parts[:n])) + (n > 0) for n in places]
    assert found(lines(*(names[one] for one in text)), lines(*parts)).get(B, []) == wanted


@pytest.mark.parametrize(
    ("text", "copy", "stands"),
    [
        ("ArB", "ArB", True),
        ("Ar", "Ar", True),
        ("rA", "rA", True),
        ("ArB", "ArxB", True),
        ("ArB", "AxrB", True),
        ("ArB", "AxrxB", False),  # at its distance from neither
        ("ArB", "rAB", False),
        ("ArB", "ABr", False),
        ("ArB", "ArrB", False),
        ("ArB", "rB", True),
        ("ArB", "Ar", False),  # a heading is known together with what stands below it
        ("rAB", "rB", False),
        ("AbrB", "AbrB", True),  # two short ones
        ("ArbB", "AbrB", False),
        ("ArB", "AB", False),
    ],
)
def test_a_short_sentence_is_known_by_the_longer_one_beside_it(text: str, copy: str, stands: bool) -> None:
    names = {"A": A, "B": B, "r": RED, "b": BLUE, "x": OTHER}
    laid = lines(*(names[one] for one in copy))
    told = found(lines(*(names[one] for one in text)), laid)
    assert told.get(RED, []) == ([laid.index(RED)] if stands else [])


def test_a_short_sentence_is_looked_for_between_its_neighbours_only() -> None:
    copy = lines(RED, A, RED, B)
    assert found(lines(A, RED, B), copy)[RED] == [copy.rindex(RED)]
    copy = lines(A, f"Is bored. {RED}", B)
    assert found(lines(A, RED, B), copy)[RED] == [copy.index(RED)]


def test_a_short_sentence_behind_another_is_known_by_the_longer_one_of_its_line() -> None:
    text = lines(f"{A} {BLUE} {RED}", B)
    assert found(text, text)[RED] == [text.index(RED)]


def test_the_last_sentence_may_end_with_a_letter() -> None:
    assert found(lines(A, E), lines(A, E)) == where(lines(A, E), A, E)


SCHOOL = "The    old    school    of    the    town    was    mended    in May."
HOUSE = "The    long    house    of    the    north    was    opened    in June."


@pytest.mark.parametrize("before", [[SCHOOL], [SCHOOL, HOUSE], [A, SCHOOL, HOUSE]])
def test_distances_are_those_of_the_folded_text(before: list[str]) -> None:
    """A sentence with much white space in it, which another typesetting has not, moves nothing behind it."""
    text, tight = lines(*before, B, C), [" ".join(one.split()) for one in before]
    copy = lines(*tight, B, OTHER, C, B)
    assert found(text, copy)[B] == [copy.index(B)]


def test_a_short_sentence_on_a_line_is_known_by_the_one_before_it() -> None:
    text = lines(f"{A} {RED}", B)
    assert RED in found(text, f"{A} {RED}") and RED in found(text, text)
    assert RED not in found(text, lines(RED, B))


@pytest.mark.parametrize(("between", "stands"), [("5.8", True), ("5.81", False)])
def test_how_far_two_sentences_may_drift_apart(between: str, stands: bool) -> None:
    """Four characters, as a dash or the mark of a list would make."""
    copy = lines(A, between, B, OTHER, C, B)
    assert found(lines(A, B, C), copy).get(B, []) == ([copy.index(B)] if stands else [])
    copy = lines(B, A, OTHER, B, between, C)
    assert found(lines(A, B, C), copy).get(B, []) == ([copy.rindex(B)] if stands else [])


def test_the_edge_of_what_is_looked_at_before_a_sentence() -> None:
    """A line that begins further away than forty characters is no list's mark."""
    for width, stands in ((40, True), (41, False)):
        copy = lines(A, "-" * width + B, C)
        assert (B in found(lines(A, B, C), copy)) == stands, width
