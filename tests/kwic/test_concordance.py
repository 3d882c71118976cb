"""The concordance: what is found, what stands around it, and what is said about it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.kwic import Concordance, concordance, texts_of, to_pattern
from kh_kr_corpus.models import Article, Rights


def _article(text: str, language: str = "en") -> Article:
    return Article(
        id="a-text", title="A text", language=language, origin="brief", rights=Rights(text="included"), text=text
    )


def _hits(text: str, pattern: str, language: str = "en", **options: Any) -> list[tuple[str, str, str]]:
    found = concordance(texts_of([_article(text, language)]), to_pattern(pattern), **options)
    return [row[6:9] for row in found]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("civil serv*", ["Civil Service", "civil\nservants"]),
        ("civil serv?nts", ["civil\nservants"]),
        ("service", ["Service", "service"]),
        ("serv", []),
        ("*civil", ["Civil", "civil", "uncivil"]),
        ("C++", ["C++"]),
        ("nothing", []),
    ],
)
def test_words_and_wildcards(pattern: str, found: list[str]) -> None:
    text = "The Civil Service and civil\nservants, uncivil service. In C++ too."
    assert [hit for _, hit, _ in _hits(text, pattern)] == found


def test_capitals_count_when_asked() -> None:
    texts = texts_of([_article("Korea, KOREA, korea")])
    assert len(concordance(texts, to_pattern("korea"))) == 3
    assert len(concordance(texts, to_pattern("Korea", case=True))) == 1


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    """İ in lower case is two characters: folding the text would shift every offset behind it."""
    text = "İstanbul and Phnom Penh"
    assert len(text.lower()) != len(text)
    assert _hits(text, "phnom penh", window=1) == [("and ", "Phnom Penh", "")]


@given(st.text(alphabet="abcA İ캄ាក\n.", max_size=30), st.sampled_from(["a", "ab", "a b", "b*", "캄", "ក"]))
def test_as_the_naive_search_finds_it(text: str, pattern: str) -> None:
    article = _article(f"x{text}x")
    words = [re.escape(word).replace(r"\*", r"\w*") for word in pattern.split()]
    naive = [m.span() for m in re.finditer(r"\s+".join(words), article.text or "", re.IGNORECASE)]
    found = [row[4:6] for row in concordance(texts_of([article]), to_pattern(pattern))]
    assert set(found) <= set(naive)
    assert all((article.text or "")[a:b] for a, b in found)


def test_windows_by_word_character_and_sentence() -> None:
    text = "One two three. Four five six seven, eight nine. Ten."
    assert _hits(text, "six", window=2) == [("Four five ", "six", " seven, eight")]
    assert _hits(text, "six", window=0) == [("", "six", "")]
    assert _hits(text, "six", window=5, by="char") == [("five ", "six", " seve")]
    assert _hits(text, "six", by="sentence") == [("Four five ", "six", " seven, eight nine.")]
    assert _hits(text, "one", window=99)[0][2] == text[3:-1]


def test_korean_goes_by_character_and_finds_a_name_before_its_particle() -> None:
    text = "한국은 캄보디아에서 캄보디아를 도왔다."
    assert [hit for _, hit, _ in _hits(text, "캄보디아", "ko")] == ["캄보디아", "캄보디아"]
    assert _hits(text, "도왔다", "ko", window=3) == [("아를 ", "도왔다", ".")]
    assert _hits(text, "캄보디아에서", "ko", window=1, by="token")[0][0] == "한국은 "


def test_khmer_is_never_cut_inside_a_letter() -> None:
    text = "រាជរដ្ឋាភិបាលកម្ពុជានិងកូរ៉េ"
    for window in range(12):
        ((left, hit, right),) = _hits(text, "កម្ពុជា", "km", window=window)
        assert hit == "កម្ពុជា"
        assert not left or "\u1780" <= left[0] <= "\u17b3"
        assert text[text.index(hit) + len(hit) + len(right) :][:1] not in set("\u17b6\u17b7\u17d2\u17c9\u17c1")
    # a plain slice does cut: the sixth character to the left is a vowel sign
    at = text.index("កម្ពុជា")
    assert any(not "\u1780" <= text[at - n] <= "\u17b3" for n in range(1, 12))


def test_every_hit_with_what_is_known_about_it(toy: Corpus) -> None:
    hits = toy.kwic("KOICA")
    assert isinstance(hits, Concordance)
    assert hits.columns == (
        *("article", "origin", "date", "source", "start", "end", "left", "hit", "right"),
        *("label", "entity", "initiative"),
    )
    for row in hits.to_dicts():
        article = toy.articles[row["article"]]
        assert article.text and article.text[row["start"] : row["end"]] == row["hit"]
        assert row["entity"] == "organisation/koica" and row["label"] == "ORG"
        start, end = row["start"], row["end"]
        proved = [i.id for i in article.initiatives for e in i.evidence if e.start <= start and end <= e.end]
        assert (row["initiative"] or "").count("#") <= len(proved)
    assert "1 texts not at hand, not searched" in hits.note


def test_by_label_entity_and_query(toy: Corpus, copies: Path) -> None:
    attached = toy.attach(copies)
    by_entity = attached.kwic(entity="한국국제협력단")
    assert {row["entity"] for row in by_entity.to_dicts()} == {"organisation/koica"}
    assert {"KOICA", "한국국제협력단"} <= set(by_entity["hit"])
    money = attached.kwic(label="MONEY")
    assert len(money) == len(attached.mentions.where(label="MONEY"))
    assert attached.kwic(attached.mentions.where(label="MONEY")).rows == money.rows
    assert "Korea" in attached.kwic("K*")["hit"] and set(attached.kwic("KOI*", label="ORG")["hit"]) == {"KOICA"}
    assert len(toy.kwic(label="MONEY")) < len(money), "a text that is not at hand shows nothing"
    assert len(attached.kwic(label="MONEY", within=attached.articles.where(language="ko"))) < len(money)


def test_regular_expressions(toy: Corpus) -> None:
    hits = toy.kwic(re.compile(r"\$[\d,]+"))
    assert len(hits) and all(hit.startswith("$") for hit in hits["hit"])
    with pytest.raises(InputError, match="empty string"):
        toy.kwic(re.compile("x*"))


def test_orders(toy: Corpus) -> None:
    right = toy.kwic("the", sort="right", window=3)["right"]
    assert right == sorted(right, key=lambda text: re.findall(r"\w+", text.lower()))
    dates = toy.kwic("the", sort="date")["date"]
    known = [date for date in dates if date]
    assert known == sorted(known) and dates[: len(known)] == known


@pytest.mark.parametrize("wanted", ["", "  ", "**", "?"])
def test_nothing_to_look_for(toy: Corpus, wanted: str) -> None:
    with pytest.raises(InputError):
        toy.kwic(wanted)


def test_what_makes_no_sense_is_refused(toy: Corpus) -> None:
    with pytest.raises(InputError, match="nothing to look for"):
        toy.kwic()
    with pytest.raises(UnknownNameError):
        toy.kwic(label="MONY")
    with pytest.raises(UnknownNameError):
        toy.kwic("x", entity="KOICCA")
    wrong: dict[str, Any]
    for wrong in ({"by": "word"}, {"window": -1}, {"window": 1.5}, {"sort": "centre"}):
        with pytest.raises(InputError):
            toy.kwic("the", **wrong)


def test_displays_show_hits_under_one_another_and_escape(toy: Corpus) -> None:
    lines = repr(toy.kwic("the", window=2)).splitlines()
    places = {line.index("[") for line in lines[:-1]}
    assert len(places) == 1, "the hits stand in one column"
    assert "in briefs, whose wording is that of this corpus" in lines[-1]
    found = concordance(texts_of([_article("a <script>alert(1)</script> b")]), to_pattern("alert"))
    assert "<script>" not in found._repr_html_()
    assert "&lt;script&gt;" in found._repr_html_()
