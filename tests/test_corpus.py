"""The facade: loading, overview, statistics, attaching."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
from pathlib import Path

import pytest

import kh_kr_corpus as khkr
from kh_kr_corpus import store
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import EnvironmentFailure, InputError, InvalidFileError
from kh_kr_corpus.lint import validate

EXTERNAL = "2021-clinic-opens"
WITHHELD = "twelve beds"  # words that stand only in the external text


def test_any_path_inside_a_corpus_loads_it(toy_root: Path) -> None:
    for place in (toy_root, str(toy_root), toy_root / "sources.yaml", toy_root / "articles" / "2021"):
        assert load(place).root == toy_root.resolve()


def test_synthetic_texts_come_only_when_asked_for(toy_root: Path) -> None:
    assert "synthetic" not in {article.origin for article in load(toy_root).articles}
    corpus = load(toy_root, synthetic=True)
    assert [a.id for a in corpus.articles.where(origin="synthetic")] == ["synthetic-khmer-notice"]
    assert len(corpus.mentions.where(origin="synthetic")) == 3


def test_the_shipped_corpus_loads() -> None:
    corpus = load()
    assert corpus.root.name == "data"
    assert {article.origin for article in corpus.articles} <= {"genuine", "brief"}


def test_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"schema\.yaml"):
        load(tmp_path)
    with pytest.raises(EnvironmentFailure, match="no such file or folder"):
        load(tmp_path / "nowhere")


def test_a_typing_slip_inside_a_corpus_does_not_load_the_corpus_around_it(toy_root: Path) -> None:
    with pytest.raises(EnvironmentFailure):
        load(toy_root / "aritcles")


def test_an_invalid_corpus_is_refused_with_all_findings(toy_copy: Path) -> None:
    for name, old, new in (("nurse-course", "training", "trainin"), (EXTERNAL, "end: 32", "end: 33")):
        path = next(toy_copy.rglob(f"{name}.yaml"))
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        load(toy_copy)
    assert {finding.location.path.rsplit("/", 1)[-1] for finding in caught.value.findings} == {
        *("nurse-course.yaml", f"{EXTERNAL}.yaml"),
    }
    assert gc.isenabled()


def test_garbage_collection_is_left_as_it_was(toy_root: Path) -> None:
    gc.disable()
    try:
        load(toy_root)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_displays(toy: Corpus) -> None:
    assert "mentions        32" in repr(toy)
    assert "3 genuine, 1 brief" in repr(toy)
    assert "<table>" in toy._repr_html_()


def test_statistics(toy: Corpus) -> None:
    table = toy.stats()
    counts = {(row[0], row[2]): row[3] for row in table}
    assert counts["articles", "genuine"] == 3
    assert counts["mentions", "ORG"] == 5
    assert counts["activities", "training"] == 1
    assert counts["entities", "person"] == 2
    shares = {row[2]: row[4] for row in table if row[1] == "linked"}
    assert shares == {"yes": pytest.approx(20 / 24, abs=1e-4), "no": pytest.approx(4 / 24, abs=1e-4)}


def test_an_exact_copy_shows_annotated(toy: Corpus, copies: Path) -> None:
    attached = toy.attach(copies)
    article = attached.articles[EXTERNAL]
    assert article.text is not None
    assert [article.covered(mention) for mention in article.mentions] == [m.text for m in article.mentions]
    assert WITHHELD in article._repr_html_()
    assert attached.report.rows == ((f"{EXTERNAL}.txt", EXTERNAL, "attached", 19, 0, 0, "exact copy"),)
    assert [a.id for a in attached.articles.where(text=WITHHELD)] == [EXTERNAL]


def test_the_first_corpus_stays_as_it_is(toy: Corpus, copies: Path) -> None:
    toy.attach(copies)
    assert toy.articles[EXTERNAL].text is None
    assert len(toy.report) == 0
    assert len(toy.articles.where(text=WITHHELD)) == 0


def test_nothing_of_an_attached_text_leaks(toy: Corpus, copies: Path, tmp_path: Path) -> None:
    attached = toy.attach(copies)
    article = attached.articles[EXTERNAL]
    for shown in (repr(attached), repr(attached.articles), repr(attached.report), repr(article)):
        assert WITHHELD not in shown
    with pytest.raises(InputError) as caught:
        store.write(article, tmp_path)
    assert WITHHELD not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_anything_else_attaches_nothing_and_says_so(toy: Corpus, copies: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "deep"
    folder.mkdir(parents=True)
    text = (copies / f"{EXTERNAL}.txt").read_text(encoding="utf-8")
    (folder / "1-edited.txt").write_text(text.replace("e", "3"), encoding="utf-8")
    (folder / "2-exact.txt").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (folder / "3-again.txt").write_text(text, encoding="utf-8")
    (folder / "4-bytes.txt").write_bytes("Caf\u00e9".encode("latin-1"))
    (folder / "5-empty.txt").write_text("", encoding="utf-8")
    (folder / "6-page.html").write_text(text, encoding="utf-8")
    (folder / "7-wide.txt").write_bytes(text.encode("utf-16"))
    (folder / "8-torn.txt").write_bytes(text.encode("utf-16")[:-1])
    (folder / "9-table.csv").write_text(text, encoding="utf-8")
    attached = toy.attach(tmp_path)
    report = {Path(file).name: (result, reason) for file, _, result, *_, reason in attached.report}
    assert report["2-exact.txt"] == ("attached", "exact copy")
    assert report["1-edited.txt"] == ("no", "no sentence of an external article is in it")
    assert report["3-again.txt"][1] == "the text is attached already, from mine/deep/2-exact.txt"
    assert report["4-bytes.txt"][1].startswith("not UTF-8") and "save the file as UTF-8" in report["4-bytes.txt"][1]
    assert report["5-empty.txt"] == ("no", "empty")
    assert report["6-page.html"][1].startswith("a web page, not plain text")
    assert report["7-wide.txt"][1] == report["3-again.txt"][1]
    assert report["8-torn.txt"][1].startswith("begins as utf-16")
    assert "9-table.csv" not in report
    assert WITHHELD not in repr(attached.report)


def test_another_encoding_is_read_aloud(toy: Corpus, copies: Path, tmp_path: Path) -> None:
    text = (copies / f"{EXTERNAL}.txt").read_text(encoding="utf-8")
    for encoding in ("utf-16", "utf-32"):
        (tmp_path / "a.txt").write_bytes(text.encode(encoding))
        assert toy.attach(tmp_path).report["reason"] == [f"exact copy; read as {encoding.upper()}"]


def test_annotations_that_do_not_fit_the_text_are_not_shown_on_it(toy_copy: Path, copies: Path) -> None:
    path = next(toy_copy.rglob(f"{EXTERNAL}.yaml"))
    moved = path.read_text(encoding="utf-8").replace("start: 22, end: 32, text: Chea", "start: 23, end: 33, text: Chea")
    path.write_text(moved, encoding="utf-8")
    attached = load(toy_copy).attach(copies)
    assert attached.articles[EXTERNAL].text is None
    assert attached.report["reason"] == ["annotations don't fit the text (KC201)"]
    assert WITHHELD not in repr(attached.report)


def test_a_folder_is_wanted(toy: Corpus, copies: Path, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure):
        toy.attach(tmp_path / "nowhere")
    with pytest.raises(InputError, match="folder"):
        toy.attach(copies / f"{EXTERNAL}.txt")
    assert len(toy.attach(tmp_path).report) == 0


def test_attaching_writes_nothing(toy: Corpus, copies: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(copies, tmp_path / "copies"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    toy.attach(folder)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.skipif(os.name == "nt", reason="other names are allowed there")
@pytest.mark.parametrize("name", ["a" * 300, "nul\0byte", "README.md/below"])
def test_a_path_that_the_machine_refuses_is_our_error(toy: Corpus, name: str) -> None:
    for ask in (load, toy.attach, validate):
        with pytest.raises(EnvironmentFailure):
            ask(name)


def test_tab_completion_offers_the_public_names_only() -> None:
    assert dir(khkr) == sorted(khkr.__all__)


def test_a_corpus_survives_pickling(toy: Corpus, copies: Path) -> None:
    attached = toy.attach(copies)
    back = pickle.loads(pickle.dumps(attached))  # noqa: S301 - our own bytes
    assert back.articles.to_dicts() == attached.articles.to_dicts()
    assert back.report.rows == attached.report.rows
    assert back.mentions.where(entity="한국국제협력단").to_dicts() == attached.mentions.where(entity="KOICA").to_dicts()


def test_polars_has_the_same_rows(toy: Corpus) -> None:
    frame = toy.activities.where(sector="health").to_polars()
    assert frame.to_dicts() == toy.activities.where(sector="health").to_dicts()
