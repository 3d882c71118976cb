"""What is written and read again is the same article, but for what the format said it would lose."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.formats.articles import articles

from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.formats import NAMES, Format, Imported, NotCarried, Selection, export, get_format, select
from kh_kr_corpus.formats.contract import forget
from kh_kr_corpus.models import Article

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
@settings(max_examples=60)
@given(article=articles())
def test_an_article_comes_back_minus_the_declared_losses(name: str, article: Article) -> None:
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
