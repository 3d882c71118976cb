"""Exact copies are recognised, whatever their line ends; anything else is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.anchor import Copy, recognise
from kh_kr_corpus.models import Article, Fingerprints, Rights

TEXT = "A boat came to ភ្នំពេញ.\n배가 왔다."


def external(article_id: str, text: str = TEXT) -> Article:
    prints = Fingerprints(text=fingerprint(text), length=len(text))
    return Article(id=article_id, title="A boat", origin="genuine", rights=Rights(text="external"), fingerprints=prints)


@pytest.mark.parametrize(
    "copy",
    [TEXT, TEXT + "\n", TEXT + " ", "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), "\n\n" + TEXT.replace("\n", " \t\n")],
)
def test_what_normalising_mends_is_an_exact_copy(copy: str) -> None:
    [found] = recognise([Copy("a.txt", copy)], [external("boat")])
    assert (found.article, found.text, found.attaches) == ("boat", TEXT, True)


@pytest.mark.parametrize(
    "copy", [TEXT[:-1], TEXT.replace("a", "A", 1), "x" + TEXT, TEXT.replace(".\n", ". "), TEXT.replace(" ", "\u00a0")]
)
def test_any_other_difference_is_another_text(copy: str) -> None:
    [found] = recognise([Copy("a.txt", copy)], [external("boat")])
    assert (found.article, found.attaches) == (None, False)


@given(st.text())
def test_no_text_is_ever_in_a_display(text: str) -> None:
    for found in recognise([Copy("a.txt", TEXT + text)], [external("boat", TEXT + text), external("other")]):
        assert "배가" not in repr(found)
    assert "배가" not in repr(Copy("a.txt", TEXT))


def test_second_copies_and_shared_texts() -> None:
    found = list(recognise([Copy("a.txt", TEXT), Copy("b.txt", TEXT)], [external("one"), external("two")]))
    assert [(f.file, f.article, f.attaches) for f in found] == [
        *(("a.txt", "one", True), ("a.txt", "two", True), ("b.txt", "one", False), ("b.txt", "two", False)),
    ]
    assert "a.txt" in found[2].reason


def test_what_attaches_nothing_says_why() -> None:
    copies = [Copy("empty.txt", " \n"), Copy("bad.txt", None, "not UTF-8"), Copy("new.txt", "Something else")]
    found = list(recognise(copies, [external("boat")]))
    assert not any(f.attaches for f in found)
    assert [f.reason for f in found] == ["empty", "not UTF-8", "no external article has exactly this text"]


def test_only_external_articles_wait_for_a_text() -> None:
    ours = Article(id="ours", title="Ours", origin="brief", rights=Rights(text="included"), text=TEXT)
    assert not next(recognise([Copy("a.txt", TEXT)], [ours])).attaches
    attached = external("boat").model_copy(update={"text": TEXT})
    [again] = recognise([Copy("a.txt", TEXT)], [attached])
    assert "already" in again.reason
