"""Which file is a copy of which article: exact ones, other settings, parts; and what attaches nothing says why."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.anchor import Copy, recognise
from kh_kr_corpus.models import Article, Rights
from kh_kr_corpus.models.prints import prints_of, withheld

TEXT = (
    "A boat\n"
    "On Monday a boat with nine nurses came up the river to ភ្នំពេញ.\n"
    'It was "a gift of friends", said the ministry - and 배가 왔다 for good.\n'
    "The crew of the boat will be taught in Seoul until the spring of next year.\n"
    "They hope for more. A second boat with medicine may follow before the end of the year.\n"
)
NOTE = "Somebody else's report of the very same morning says that nine people had come on a boat."


def external(article_id: str, text: str = TEXT) -> Article:
    own = Article(id=article_id, title="A boat", origin="genuine", rights=Rights(text="local"), text=normalise(text))
    return withheld(own)


@pytest.mark.parametrize(
    "copy",
    [TEXT, TEXT + "\n", TEXT + " ", "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), "\n\n" + TEXT.replace("\n", " \t\n")],
)
def test_what_normalising_mends_is_an_exact_copy(copy: str) -> None:
    [found] = recognise([Copy("a.txt", copy)], [external("boat")])
    assert (found.article, found.attaches, found.reason) == ("boat", True, "exact copy")
    assert found.moved and found.moved.article.text == normalise(TEXT)


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.replace('"', "”").replace("'", "’"),
        TEXT.replace(" - ", "—"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace(" ", "  ").replace("\n", "\n\n\n"),
        TEXT.replace("e", "e\u200b"),
        TEXT.replace(" and ", "\nand "),
        TEXT.replace(".\n", ". "),
        unicodedata.normalize("NFD", TEXT).replace(" ", "\u2009"),
        "Home | News\n" + TEXT.replace("It was", "ADVERTISEMENT\n\nIt was") + "\nSubscribe",
    ],
)
def test_another_setting_is_the_same_text(copy: str) -> None:
    [found] = recognise([Copy("a.txt", copy)], [external("boat")])
    assert (found.article, found.attaches) == ("boat", True)
    assert found.reason.startswith("the whole text")


def test_what_frames_the_text_is_left_out() -> None:
    page = "Home | News\nSign in\n" + TEXT + "\nMore on boats\nA boat"
    [found] = recognise([Copy("a.txt", page)], [external("boat")])
    assert found.moved and found.moved.article.text == normalise(TEXT)
    assert found.reason == "exact copy"


def test_other_text_attaches_nothing_and_says_why() -> None:
    teaser = TEXT[:80] + "\nSubscribe to read on. To go on with this text please take out a subscription."
    copies = [
        Copy("empty.txt", " \n"),
        Copy("bad.txt", None, "not UTF-8"),
        Copy("404.txt", "404 The page that you asked for could not be found on this server."),
        Copy("other.txt", NOTE),
        Copy("paywall.txt", teaser),
    ]
    found = recognise(copies, [external("boat")])
    assert not any(f.attaches for f in found)
    none = "no sentence of an external article is in it"
    assert [f.reason for f in found[:4]] == ["empty", "not UTF-8", none, none]
    assert found[4].article == "boat"
    assert found[4].reason == (
        "only 1 of 4 sentences have a sure place in it: part of the text, as in front of a paywall, an edited one, or "
        "another text with the same words"
    )


@pytest.mark.parametrize(("there", "enough"), [(3, False), (4, True)])
def test_a_copy_has_more_than_half_of_the_longer_sentences(there: int, enough: bool) -> None:
    words = ("first", "second", "third", "fourth", "fifth", "sixth")
    told = [f"The {word} boat of the year came up the river to the town." for word in words]
    [found] = recognise([Copy("a.txt", "\n".join(told[:there]))], [external("boat", "\n".join(told))])
    assert found.attaches == enough and found.article == "boat"
    assert found.reason.startswith("4 of 6 sentences" if enough else "only 3 of 6 sentences have a sure place")


@given(st.text())
def test_no_text_is_ever_in_a_display(text: str) -> None:
    for found in recognise([Copy("a.txt", TEXT + text)], [external("boat", TEXT + text), external("other")]):
        assert "배가" not in repr(found)
    assert "배가" not in repr(Copy("a.txt", TEXT))


def test_second_copies_and_shared_texts() -> None:
    found = recognise([Copy("a.txt", TEXT), Copy("b.txt", TEXT)], [external("one"), external("two")])
    assert [(f.file, f.article, f.attaches) for f in found] == [
        *(("a.txt", "one", True), ("a.txt", "two", True), ("b.txt", "one", False), ("b.txt", "two", False)),
    ]
    assert "a.txt" in found[2].reason


def test_the_best_copy_wins() -> None:
    part = TEXT[: TEXT.index("They hope")]
    found = recognise([Copy("part.txt", part), Copy("whole.txt", TEXT)], [external("boat")])
    assert [f.attaches for f in found] == [False, True]
    assert "whole.txt" in found[0].reason


def test_one_file_may_hold_several_texts() -> None:
    second = "The school in the hills took in forty pupils in May.\nIts roof was still open to the sky that week."
    found = recognise([Copy("a.txt", TEXT + "\n" + second)], [external("boat"), external("school", second)])
    assert {f.article: f.moved.article.text for f in found if f.moved} == {"boat": normalise(TEXT), "school": second}


def test_only_external_articles_wait_for_a_text() -> None:
    ours = Article(id="ours", title="Ours", origin="brief", rights=Rights(text="included"), text=normalise(TEXT))
    printed = ours.model_copy(update={"fingerprints": prints_of(normalise(TEXT))})
    bare = external("bare").model_copy(update={"fingerprints": None})
    for other in (ours, printed, bare):
        [found] = recognise([Copy("a.txt", TEXT)], [other])
        assert (found.article, found.reason) == (None, "no sentence of an external article is in it")
    attached = external("boat").model_copy(update={"text": normalise(TEXT)})
    [again] = recognise([Copy("a.txt", TEXT)], [attached])
    assert (again.article, again.attaches) == ("boat", False)
    assert again.reason == "the text is attached already, from an earlier copy"


def test_without_folded_fingerprints_only_exact_copies_attach() -> None:
    boat = external("boat")
    assert boat.fingerprints
    bare = [one.model_copy(update={"folded": None}) for one in boat.fingerprints.sentences]
    old = boat.model_copy(update={"fingerprints": boat.fingerprints.model_copy(update={"sentences": tuple(bare)})})
    assert recognise([Copy("a.txt", TEXT)], [old])[0].attaches
    assert not recognise([Copy("a.txt", TEXT.replace(" ", "\u00a0"))], [old])[0].attaches
