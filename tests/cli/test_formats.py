"""``khkr export`` and ``khkr import``: out, and back as suggestions or a layer; no decision is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from kh_kr_corpus import store
from kh_kr_corpus.formats import NAMES, get_format
from kh_kr_corpus.models import Article, Layer

BRAT = "T1\tPER 0 5\tChann\nT2\tGPE 19 25\tPursat\nT3\tGPE 6 9;19 25\tmet Pursat\nR1\tMet Arg1:T1 Arg2:T2\n"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A brat collection that somebody else made."""
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "Chann.txt").write_bytes(b"Chann met nurses in Pursat.\n")
    (folder / "Chann.ann").write_text(BRAT.replace("19 25", "20 26"), encoding="utf-8")
    return folder


def _article(root: Path, article_id: str) -> Article:
    return store.read_corpus(root).articles[article_id]


def test_formats_are_listed(khkr: Run) -> None:
    listed = khkr("export", "--format", "json")
    assert [row["format"] for row in listed.rows] == list(NAMES)
    assert khkr("export", "brot", "--out", "x").code == 2
    assert "--out" in khkr("export", "brat").err


def test_a_file_of_another_program_becomes_a_local_article(khkr: Run, toy_copy: Path, collection: Path) -> None:
    done = khkr("import", "brat", collection, "--into", toy_copy, "--labels", "PER=PERSON", "--tool", "brat@1.3")
    assert done.code == 1
    assert "Chann.ann:3: discontinuous T3" in done.out
    assert "relation R1" in done.out
    article = _article(toy_copy, "chann")
    assert (article.rights.text, article.origin, article.title) == ("local", "genuine", "Chann")
    assert [(m.text, m.label, m.review.state) for m in article.mentions] == [
        ("Chann", "PERSON", "suggested"),
        ("Pursat", "GPE", "suggested"),
    ]
    suggestion = article.mentions[0].suggestion
    assert suggestion is not None
    assert (suggestion.by, suggestion.score, suggestion.reason) == ("brat@1.3", 0.5, "import:brat Chann.txt T1")
    assert khkr("validate", toy_copy, "--level", "error").code == 0


def test_importing_twice_adds_nothing(khkr: Run, toy_copy: Path, collection: Path) -> None:
    command = ("import", "brat", collection, "--into", toy_copy, "--labels", "PER=PERSON", "--format", "json")
    first = khkr(*command)
    before = (toy_copy / "articles" / "undated" / "chann.yaml").read_bytes()
    second = khkr(*command)
    assert [(row["new"], row["known"]) for row in (*first.rows["taken"], *second.rows["taken"])] == [(2, 0), (0, 2)]
    assert (toy_copy / "articles" / "undated" / "chann.yaml").read_bytes() == before


@pytest.mark.parametrize("name", [name for name in NAMES if get_format(name).two_way])
def test_what_went_out_comes_back_to_the_same_corpus_as_nothing_new(
    khkr: Run, toy_copy: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    assert khkr("export", name, "--corpus", toy_copy, "--undecided", "--rights-stated", "mine", "--out", out).code == 0
    before = {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")}
    done = khkr("import", name, out, "--into", toy_copy, "--format", "json")
    assert done.code == 0
    assert sum(row["new"] for row in done.rows["taken"]) == 0
    assert sum(row["known"] for row in done.rows["taken"]) > 10
    assert {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")} == before


def test_a_decision_is_never_changed(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    article = next(one for one in store.read_corpus(toy_copy).articles.values() if one.text and one.mentions)
    first = article.mentions[0]
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / f"{article.id}.txt").write_text(article.text or "", encoding="utf-8")
    line = f"T9\tEVENT {first.start} {first.end}\t{first.text}\n"
    (tmp_path / "b" / f"{article.id}.ann").write_text(line, encoding="utf-8")
    done = khkr("import", "brat", tmp_path / "b", "--into", toy_copy)
    assert done.code == 1
    assert "taken T9" in done.out
    assert _article(toy_copy, article.id) == article


def test_another_text_of_the_same_id_takes_nothing(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    article = next(one for one in store.read_corpus(toy_copy).articles.values() if one.text)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / f"{article.id}.txt").write_text("Not this one.", encoding="utf-8")
    done = khkr("import", "brat", tmp_path / "b", "--into", toy_copy)
    assert (done.code, "other-text" in done.out) == (1, True)
    assert _article(toy_copy, article.id) == article


def test_a_layer_is_one_annotators_reading(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.conllup"
    khkr("export", "conll", "rights=included", "--corpus", toy_copy, "--out", out)
    command = ("import", "conll", out, "--into", toy_copy, "--as", "layer:third")
    assert "--by" in khkr(*command).err
    assert khkr(*command, "--by", "somebody").code == 2
    assert khkr(*command, "--by", "human:Chan Dara", "--at", "2026-11-22", "--blind").code == 0
    layers = [one for one in store.read_layers(toy_copy).values() if one.annotator == "third"]
    assert layers
    for layer in layers:
        assert isinstance(layer, Layer)
        assert (layer.by, layer.blind) == ("human:Chan Dara", True)
        assert {mention.review.by for mention in layer.mentions} == {"human:Chan Dara"}
        assert "conll" in (layer.note or "")
    assert khkr(*command, "--by", "human:Chan Dara").code == 4  # it is there already


@pytest.mark.parametrize(("name", "suffix"), [("iati", ".xml"), ("bibtex", ".bib")])
def test_formats_without_texts_need_no_right(khkr: Run, toy_copy: Path, tmp_path: Path, name: str, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    done = khkr("export", name, "--corpus", toy_copy, "--out", out, "--format", "json")
    assert (done.code, out.exists()) == (0, True)
    # and say nothing of articles, of which nothing is lost
    articles = set(store.read_corpus(toy_copy).articles)
    assert not articles & {row["where"] for row in done.rows}


def test_local_texts_are_refused_and_nothing_is_written(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    done = khkr("export", "conll", "--corpus", toy_copy, "--out", tmp_path / "out")
    assert done.code != 0
    assert "local" in done.err
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    for name in NAMES:
        done = khkr("export", name, "--corpus", toy_copy, "--rights-stated", "mine", "--out", tmp_path / "out")
        assert (done.code, "is there already" in done.err) == (2, True)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_filters_choose_articles(khkr: Run, tmp_path: Path) -> None:
    done = khkr("export", "conll", "year=2000..2026", "split=dev", "--out", tmp_path / "some.conllup")
    assert done.code == 0
    text = (tmp_path / "some.conllup").read_text(encoding="utf-8")
    assert 0 < text.count("# newdoc id = ") < 40


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--labels", "PER"), "THEIRS=OURS"),
        (("--labels", "PER=PERSN"), "PERSON"),
        (("--tool", "Brat 1.3"), "NAME@VERSION"),
        (("--as", "suggestion"), "layer:NAME"),
        (("--as", "layer:"), "layer:NAME"),
    ],
)
def test_a_wrong_option_says_what_is_right(
    khkr: Run, toy_copy: Path, collection: Path, arguments: tuple[str, str], told: str
) -> None:
    done = khkr("import", "brat", collection, "--into", toy_copy, *arguments)
    assert (done.code, told in done.err) == (2, True)


def test_an_out_only_format_is_not_read(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    done = khkr("import", "csv", tmp_path, "--into", toy_copy)
    assert (done.code, "only written" in done.err) == (2, True)
