"""Copies that were altered, benignly or not: what comes back, and that no span ever stands on other text than was read.

The long form is ``python -m bench.attach``.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.anchor.alterations import BENIGN, OTHERS, World
from tests.anchor.tracked import Tracked, judge, naive
from tests.elsewhere import NO_TEXTS

import kh_kr_corpus as khkr
from kh_kr_corpus._folding import fold
from kh_kr_corpus._offsets import normalise
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.anchor import Copy, Shelf, recognise
from kh_kr_corpus.models import Article, Evidence, Initiative, Mention, Review, Rights
from kh_kr_corpus.models.prints import withheld

FOUNDING = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@cache
def shelf() -> tuple[list[Article], Shelf]:
    known = [article for article in khkr.load().articles if article.text and article.mentions]
    return known, Shelf([withheld(article) for article in known])


def trial(change: str, seed: int) -> tuple[Counter[str], Counter[str]]:
    """One altered copy of one text of the corpus: the verdict on us and on the control."""
    known, waiting = shelf()
    pick = Random(f"{change} {seed}")  # noqa: S311 - the same copies in every run
    article = pick.choice(known)
    others = [one.text for one in pick.sample(known, 5) if one.text and one.id != article.id]
    copy = {**BENIGN, **OTHERS}[change](Tracked.of(article.text or ""), World(others, pick))
    found = waiting.recognise([Copy("a.txt", copy.text)])
    own = [one.moved for one in found if one.moved and one.article == article.id]
    return judge(article, copy, own[0] if own else None), naive(article, copy)


@pytest.mark.parametrize("change", BENIGN)
def test_benign_changes_lose_nothing(change: str) -> None:
    told = sum((trial(change, seed)[0] for seed in range(6)), Counter[str]())
    assert told["wrong"] == 0
    assert told["back"] >= 0.98 * told["there"] > 0


@pytest.mark.parametrize("change", OTHERS)
def test_no_span_stands_on_other_text(change: str) -> None:
    told = sum((trial(change, seed)[0] for seed in range(8)), Counter[str]())
    assert told["wrong"] == 0
    assert told["orphan"] > 0


def test_the_usual_way_goes_wrong_in_silence() -> None:
    control = sum((trial(change, 1)[1] for change in ("sentence repeated", "same event", "paywall")), Counter[str]())
    assert control["wrong"] > 0


@pytest.mark.parametrize("change", ["paywall", "error page", "same event"])
def test_what_is_no_copy_attaches_nothing(change: str) -> None:
    for seed in range(8):
        told, _ = trial(change, seed)
        assert told["right"] == told["wrong"] == 0


@pytest.mark.skipif(not FOUNDING.is_dir(), reason=NO_TEXTS)
@pytest.mark.parametrize("change", [name for name in BENIGN if "removed" not in name])
def test_the_founding_texts_attach_completely(change: str) -> None:
    corpus = khkr.load()
    others = [article.text for article in corpus.articles if article.text]
    for article in corpus.attach(FOUNDING).articles.where(rights="external"):
        for seed in range(3):
            copy = BENIGN[change](Tracked.of(article.text or ""), World(others, Random(seed)))  # noqa: S311
            [found] = recognise([Copy("a.txt", copy.text)], corpus.articles.where(rights="external"))
            told = judge(article, copy, found.moved)
            assert told["right"] == told["there"] > 40, found.reason


# --- any text in three scripts, any edits ---

WORDS = st.sampled_from(
    "Kim Sok Seoul KOICA boat “we” $5 2021 a of the to will 3 km - – … e.g. not 한국은 대사관 의 ភ្នំពេញ កម្ពុជា និង".split()
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=14).map(lambda words: " ".join(words) + ".")
TEXTS = st.lists(SENTENCE, min_size=1, max_size=8).flatmap(
    lambda parts: st.lists(st.sampled_from([" ", "\n", "\n\n"]), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: normalise("".join(a + b for a, b in zip(parts, gaps, strict=True)))
    )
)


def annotated(text: str, pick: Random) -> Article:
    """An article with mentions on some words and evidence on some sentences."""
    bounds = list(sentences(text))
    mentions: list[Mention] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        if pick.random() < 0.4:
            mentions.append(Mention(id=f"m{len(mentions) + 1}", start=start, end=at, text=word, label="ORG"))
    first, last = sorted(pick.choices(range(len(bounds)), k=2))
    span = Evidence(start=bounds[first][0], end=bounds[last][1])
    report = Initiative(
        id="i1", title="A boat", kind="training", themes=("training",), sectors=("health",), status="pledged",
        assertion="author-reports", evidence=(span,), review=Review(),
    )  # fmt: skip
    return Article(
        id="boat", title="A boat", origin="genuine", rights=Rights(text="local"), text=text,
        mentions=tuple(mentions), initiatives=(report,),
    )  # fmt: skip


@given(text=TEXTS, seed=st.integers(0, 2**32), change=st.sampled_from([*BENIGN, *OTHERS]))
@settings(max_examples=150)
def test_any_text_and_change_is_right_or_an_orphan(text: str, seed: int, change: str) -> None:
    pick = Random(seed)  # noqa: S311 - the example is Hypothesis's
    article = annotated(text, pick)
    if change == "same event" and len(withheld(article).fingerprints.sentences) < 3:  # type: ignore[union-attr]
        return  # two quotations would be the whole text
    try:
        copy = {**BENIGN, **OTHERS}[change](Tracked.of(text), World(["The boat is red.\nKim will not go."], pick))
    except IndexError:
        return  # a text with nothing in it that this change could change
    if normalise(copy.text) == text:
        return  # two equal sentences changed places
    [found] = recognise([Copy("a.txt", copy.text)], [withheld(article)])
    told = judge(article, copy, found.moved)
    assert told["wrong"] == 0
    if found.moved:
        assert (
            found.moved.exact + found.moved.moved + sum(o.counted for o in found.moved.orphans)
            == told["right"] + (told["orphan"])
        )


@given(st.text(alphabet=st.sampled_from("aZ é한ខ្ម\u200b\u00ad\ufe0f \u00a0\n\t-–—'\"“”«»..…5")))
def test_folding_keeps_its_promises(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends) <= len(text)
    assert fold(folded.text).text == folded.text
    assert all(start < end for start, end in zip(folded.starts, folded.ends, strict=True))
    assert all(end <= start for end, start in zip(folded.ends, folded.starts[1:], strict=False))
    kept = [char for char in text if char.isalnum()]
    assert [char for char in folded.text if char.isalnum()] == kept
