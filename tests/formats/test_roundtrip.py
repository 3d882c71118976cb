"""What is written and read again is the same article, but for what the format said it would lose."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.formats.articles import articles

from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.formats import NAMES, Format, Imported, NotCarried, Selection, export, get_format, select
from kh_kr_corpus.formats.contract import forget
from kh_kr_corpus.models import Article, Review

TWO_WAY = [name for name in NAMES if get_format(name).two_way]


def there_and_back(to: Format, selection: Selection) -> tuple[list[Article], list[NotCarried], list[NotCarried]]:
    """The articles that come back, and what was reported on the way out and on the way in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{to.suffix}"
        lost = list(export(to, selection, path))
        assert to.read is not None
        found = list(to.read(path, {}))
    back = [one.article for one in found if isinstance(one, Imported)]
    return back, lost, [one for one in found if isinstance(one, NotCarried)]


def expected(to: Format, given_: Sequence[Article]) -> list[Article]:
    """The articles minus the declared losses."""
    out = [loss for loss in to.losses if loss.way == "out"]
    return [forget(article, out) for article in given_ if article.attached or not to.needs_text]


@pytest.mark.parametrize("name", TWO_WAY)
@settings(max_examples=40)
@given(article=articles())
def test_an_article_comes_back_minus_the_declared_losses(name: str, article: Article) -> None:
    check_roundtrip(name, article)


def check_roundtrip(name: str, article: Article) -> None:
    """Write and read one article."""
    to = get_format(name)
    back, lost, unread = there_and_back(to, Selection((article,)))
    assert back == expected(to, [article])
    assert unread == []
    assert {one.code for one in lost} <= {loss.code for loss in to.losses if loss.way != "in"}


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The corpus of the library."""
    return load()


@pytest.mark.parametrize("name", TWO_WAY)
def test_the_shipped_corpus_comes_back_minus_the_declared_losses(name: str, shipped: Corpus) -> None:
    to, selection = get_format(name), select(shipped, undecided=True)
    back, _, unread = there_and_back(to, selection)
    wanted = expected(to, selection.articles)
    assert sorted(back, key=lambda article: article.id) == sorted(wanted, key=lambda article: article.id)
    assert unread == []
    assert sum(len(article.mentions) for article in back) > 1000


@settings(max_examples=15)
@given(article=articles())
def test_two_formats_agree_on_what_both_hold(article: Article) -> None:
    back = {name: there_and_back(get_format(name), Selection((article,)))[0] for name in TWO_WAY}
    losses = [loss for name in TWO_WAY for loss in get_format(name).losses if loss.way == "out"]
    common = {name: [forget(one, losses) for one in found] for name, found in back.items()}
    assert all(found == common[TWO_WAY[0]] for found in common.values())
    assert [(m.start, m.end, m.text) for m in common[TWO_WAY[0]][0].mentions] == [
        (m.start, m.end, m.text) for m in article.mentions
    ]


def _full() -> Article:
    """An article in which every field that a format declares as lost has something to lose."""
    text = "Seoul met Chann."
    return Article.model_validate_json(
        json.dumps({
            "id": "full", "title": "T", "language": "ko", "origin": "brief", "genre": "op-ed", "date": "2023",
            "author": "A", "source": "s", "sources": ["t"], "abstract": "Short.", "note": "n", "codebook": "1.3",
            "rights": {"text": "included", "licence": "CC-BY-4.0"}, "text": text,
            "waivers": [{"rule": "KC201", "why": "for a test"}],
            "fingerprints": {"text": fingerprint(text), "length": len(text)},
            "mentions": [
                {
                    "id": "m7", "start": 0, "end": 5, "text": "Seoul", "label": "GPE", "entity": "place/seoul",
                    "value": "2023", "suggestion": {"by": "khkr@0.1.0", "score": 0.5, "reason": "model"},
                    "review": {"state": "accepted", "by": "human:A", "at": "2026-11-21"},
                }
            ],
            "initiatives": [
                {
                    "id": "i1", "title": "A course", "kind": "training", "themes": ["training"], "sectors": ["health"],
                    "status": "pledged", "assertion": "author-reports",
                    "evidence": [{"start": 0, "end": 16, "sha256": fingerprint(text)[:16]}],
                }
            ],
        })
    )  # fmt: skip


@pytest.mark.parametrize("name", TWO_WAY)
def test_no_more_is_declared_than_is_lost(name: str) -> None:
    to, article = get_format(name), _full()
    (back,), lost, _ = there_and_back(to, Selection((article,)))
    fields = {field for loss in to.losses if loss.way == "out" for field in loss.fields}
    for field in fields:
        head, _, own = field.rpartition(".")
        before, after = (one.mentions[0] if head else one for one in (article, back))
        assert getattr(before, own) != getattr(after, own), field
    assert {one.code for one in lost} == {loss.code for loss in to.losses if loss.way == "out" and loss.fields}


def test_the_comparison_can_fail() -> None:
    brat, article = get_format("brat"), _full()
    assert expected(brat, [article]) != [article]
    (back,), _, _ = there_and_back(brat, Selection((article,)))
    moved = article.model_copy(update={"mentions": (article.mentions[0].model_copy(update={"label": "ORG"}),)})
    assert [back] == expected(brat, [article]) != expected(brat, [moved])


def test_overlapping_mentions_are_told() -> None:
    article = _full()
    inside = article.mentions[0].model_copy(update={"id": "m8", "start": 0, "end": 3, "text": "Seo"})
    article = article.model_copy(update={"mentions": (*article.mentions, inside)})
    for name in TWO_WAY:
        (back,), lost, _ = there_and_back(get_format(name), Selection((article,)))
        assert [one.item for one in lost if one.code == "overlap"] == ["m8"]
        assert [mention.text for mention in back.mentions] == ["Seoul"]


def test_rejected_annotations_are_told_and_not_written() -> None:
    article = _full()
    no = Review(state="rejected", by="human:A", at="2026-11-21")
    article = article.model_copy(update={"mentions": (article.mentions[0].model_copy(update={"review": no}),)})
    for name in TWO_WAY:
        (back,), lost, _ = there_and_back(get_format(name), Selection((article,)))
        assert [one.item for one in lost if one.code == "rejected"] == ["m7"]
        assert back.mentions == ()
