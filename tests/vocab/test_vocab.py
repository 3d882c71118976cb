"""The closed lists: complete, in three languages, and the codebook's."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from kh_kr_corpus import _yaml, vocab
from kh_kr_corpus.errors import UnknownNameError

CODEBOOK = Path(__file__).parents[2] / "docs" / "codebook.md"
NAMES = vocab.names()


def raw(name: str) -> dict[str, object]:
    text = resources.files("kh_kr_corpus.vocab").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    data = _yaml.loads(text, name).data
    assert isinstance(data, dict)
    return data


def test_the_lists_that_the_models_use_are_there() -> None:
    assert {"kinds", "sectors", "statuses", "roles", "labels", "instruments", "assertions", "modalities"} <= set(NAMES)
    assert list(NAMES) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_terms_have_permanent_ids_labels_and_definitions(name: str) -> None:
    terms = raw(name)["terms"]
    assert isinstance(terms, list)
    ids = [term["id"] for term in terms]
    assert len(ids) == len(set(ids)) == len(vocab.load(name)) > 0
    for term in vocab.load(name).values():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", term.id), term.id
        assert str(term) == term.id
        assert set(term.label) == {"en", "ko", "km"}
        assert all(label.strip() == label != "" for label in term.label.values()), term.id
        assert len(term.definition) >= 5, term.id


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_in_their_scripts(name: str) -> None:
    for term in vocab.load(name).values():
        latin = re.fullmatch(r"[A-Z0-9 /()–-]+", term.label["ko"])  # ISO, EDTF and the like stay Latin
        assert re.search(r"[가-힣]", term.label["ko"]) or latin, term.id
        latin = re.fullmatch(r"[A-Za-z0-9 /()–-]+", term.label["km"])
        assert re.search(r"[\u1780-\u17ff]", term.label["km"]) or latin, term.id


def table(heading: str) -> list[str]:
    """First column of the first table after ``heading`` in the published codebook."""
    _, _, rest = CODEBOOK.read_text(encoding="utf-8").partition(heading)
    rows: list[str] = []
    for line in rest.splitlines():
        if line.startswith("|"):
            rows.append(line.split("|")[1].strip())
        elif rows:
            break
    return rows[2:]


def test_kinds_and_labels_are_the_codebooks_in_its_order() -> None:
    assert list(vocab.load("kinds")) == table("**Kind**")
    assert list(vocab.load("labels")) == table("## 2. Mentions")


def test_other_lists_are_the_codebooks() -> None:
    text = CODEBOOK.read_text(encoding="utf-8")
    for start, name in (("**Modality**", "modalities"), ("**Sectors**", "sectors")):
        listed = text.partition(start)[2].partition("\n")[0]
        for term in vocab.load(name):
            assert re.search(rf"(?<![\w-]){term}(?![\w-])", listed), (name, term)


def test_a_miss_names_near_terms_and_lists() -> None:
    with pytest.raises(UnknownNameError) as term:
        vocab.load("kinds")["trainning"]
    assert term.value.near[0] == "training"
    with pytest.raises(UnknownNameError) as name:
        vocab.load("kind")
    assert name.value.near[0] == "kinds"
    with pytest.raises(UnknownNameError):
        vocab.load("../labels")


def test_every_label_with_entity_types_names_types_that_exist() -> None:
    types = vocab.load("entity_types")
    for label in vocab.load("labels").values():
        assert set(label.entity_types) <= set(types)


def test_get_gives_the_default_and_a_miss_lists_the_vocabularies() -> None:
    kinds = vocab.load("kinds")
    assert kinds.get("nonsense") is None
    assert "definition" not in repr(kinds)
    with pytest.raises(UnknownNameError, match="there are assertions"):
        vocab.load("zzz")
