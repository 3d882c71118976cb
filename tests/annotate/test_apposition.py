"""Names without a head noun, told by the common noun beside them."""

from __future__ import annotations

import pytest

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.models import Article


def labels(article: Article) -> dict[str, str]:
    return {m.text: m.label for m in article.mentions}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Workers at Velgrove Tarn, a trading house in Seoul, went home.", "Velgrove Tarn", "ORG"),
        ("A Thai group, Velgrove Tarn, is looking at the plot.", "Velgrove Tarn", "ORG"),
        ("He met the charity Velgrove Tarn in Busan.", "Velgrove Tarn", "ORG"),
        ("An economist at Velgrove Tarn disagreed.", "Velgrove Tarn", "ORG"),
        ("They belong to Quiet Lantern, a scheme for young nurses.", "Quiet Lantern", "PROGRAM"),
        ("A bridge, provisionally called Velgrove Tarn, will follow.", "Velgrove Tarn", "FAC"),
        ("She spoke at the 4th Seoul Garment Forum in May.", "4th Seoul Garment Forum", "EVENT"),
        ("Boats on the Prek Toal were late.", "Prek Toal", "LOC"),
    ],
)
def test_what_it_is_said_to_be(by_rules: Annotator, text: str, name: str, label: str) -> None:
    assert labels(by_rules.annotate(text)).get(name) == label


def test_a_surname_that_opens_sentences(by_rules: Annotator) -> None:
    assert labels(by_rules.annotate("So Min-gyu, a farmer, came. Do Hae-rin left."))["So Min-gyu"] == "PERSON"


def test_an_acronym_means_the_body_that_it_stands_behind(by_rules: Annotator) -> None:
    text = "The Ministry of Labour and Vocational Training (MLX) met guests. MLX will write."
    entities = [m.entity for m in by_rules.annotate(text).mentions if m.text == "MLX"]
    assert entities == ["organisation/molvt"] * 2


def test_the_holder_of_an_office_tells_whose_ministry(by_rules: Annotator) -> None:
    text = "The nurses left early, said Sok Sopheap, a secretary of state at the Ministry of Health."
    assert [m.entity for m in by_rules.annotate(text).mentions if m.label == "ORG"] == ["organisation/moh-kh"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The pact was signed on 3 March 2019. Work began on April 7.", "2019-04-07"),
        ("They said they were weighing a fair in September.", "2024-09"),
        ("Only a third of the fields had been sown by May 2.", "2024-05-02"),
    ],
)
def test_which_year(by_rules: Annotator, text: str, value: str) -> None:
    """A tale of the past goes on in its year; plans in reported speech look ahead; the perfect looks back."""
    dates = [m.value for m in by_rules.annotate(text, date="2024-05-15").mentions if m.label == "DATE"]
    assert dates[-1] == value
