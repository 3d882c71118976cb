"""Whether texts may be published: one answer, for everything that writes texts for others."""

from __future__ import annotations

import pytest

from kh_kr_corpus.errors import RightsRefused
from kh_kr_corpus.models import Article, Rights
from kh_kr_corpus.models.rights import refuse_unpublishable


def article(name: str, rights: str, text: str | None = "A boat.") -> Article:
    return Article(id=name, title="A boat", origin="genuine", rights=Rights(text=rights), text=text)


def test_included_texts_and_unattached_articles_may_travel() -> None:
    refuse_unpublishable([article("ours", "included"), article("theirs", "external", None)])


def test_local_texts_need_a_stated_right() -> None:
    both = [article("ours", "included"), article("mine", "local"), article("mine-too", "local")]
    with pytest.raises(RightsRefused) as caught:
        refuse_unpublishable(both)
    assert caught.value.local == ("mine", "mine-too")
    refuse_unpublishable(both, stated="CC-BY-4.0, my own work")


@pytest.mark.parametrize("stated", [None, "", "  ", "I am sure"])
def test_nothing_that_is_stated_frees_somebody_elses_text(stated: str | None) -> None:
    with pytest.raises(RightsRefused) as caught:
        refuse_unpublishable([article("theirs", "external")], stated)
    assert caught.value.external == ("theirs",)


@pytest.mark.parametrize("stated", ["", " \n"])
def test_an_empty_statement_states_nothing(stated: str) -> None:
    with pytest.raises(RightsRefused):
        refuse_unpublishable([article("mine", "local")], stated)


def test_the_refusal_counts_all_but_lists_few() -> None:
    with pytest.raises(RightsRefused) as caught:
        refuse_unpublishable(article(f"mine-{n}", "local") for n in range(30))
    assert "30 texts are local" in str(caught.value) and len(str(caught.value)) < 300
    assert len(caught.value.local) == 30
