"""DocBin: spaCy's own tools take the file, and every mention is an entity, in any script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from spacy.tokens import DocBin, Span
from tests.formats.articles import articles

from kh_kr_corpus._spacy import to_divided_doc, to_doc
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats import Imported, NotCarried, export, get_format, select
from kh_kr_corpus.models import Article

DOCBIN = get_format("docbin")


def _spacy(*arguments: object) -> str:
    command = [sys.executable, "-m", "spacy", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exported(toy: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy corpus as a .spacy file."""
    path = tmp_path_factory.mktemp("docbin") / "toy.spacy"
    list(export(DOCBIN, select(toy, undecided=True, right="a test"), path))
    return path


def test_spacy_reads_every_mention_as_an_entity(toy: Corpus, exported: Path) -> None:
    docs = list(DocBin().from_disk(exported).get_docs(spacy.blank("xx").vocab))
    wanted = [
        [(m.start, m.end, m.label, m.entity or "", m.id) for m in sorted(a.mentions, key=lambda m: m.start)]
        for a in toy.articles
        if a.attached
    ]
    assert [[(e.start_char, e.end_char, e.label_, e.kb_id_, e.id_) for e in doc.ents] for doc in docs] == wanted
    assert sum(map(len, wanted)) > 15


@settings(max_examples=60)
@given(articles())
def test_no_mention_is_lost_to_tokens(article: Article) -> None:
    doc = to_divided_doc(article)
    assert doc.text == article.text
    assert len(doc.ents) == len(article.mentions)


def test_whole_tokens_would_lose_some(toy: Corpus) -> None:
    texts = [article for article in toy.articles if article.attached]
    assert any(to_doc(article).misaligned for article in texts)


def test_spacy_takes_the_files_for_training(tmp_path: Path) -> None:
    corpus = load()
    for split in ("train", "dev"):
        selection = select(corpus, articles=corpus.articles.where(split=split))
        list(export(DOCBIN, selection, tmp_path / f"{split}.spacy"))
    config = tmp_path / "tiny.cfg"
    _spacy("init", "config", config, "--lang", "en", "--pipeline", "ner")
    paths = ("--paths.train", tmp_path / "train.spacy", "--paths.dev", tmp_path / "dev.spacy")
    told = _spacy("debug", "data", config, *paths)
    for check in ("Corpus is loadable", "No overlap between", "No entities consisting of or starting/ending with"):
        assert check in told
    few = ("--training.max_steps", 4, "--training.eval_frequency", 2, "--components.tok2vec.model.encode.depth", 1)
    _spacy("train", config, "--output", tmp_path / "out", *paths, *few)
    assert (tmp_path / "out" / "model-last" / "ner").is_dir()


def test_what_spacy_knows_more_is_reported(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Seoul met  KOICA")
    doc.set_ents([Span(doc, 0, 1, "GPE", kb_id="Q8684"), Span(doc, 3, 4, "COMPANY")])
    doc.spans["sc"] = [doc[0:1]]
    doc.cats["news"] = 1.0
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "own.spacy")
    assert DOCBIN.read is not None
    found = list(DOCBIN.read(tmp_path / "own.spacy", {}))
    told = {one.code for one in found if isinstance(one, NotCarried)}
    assert told == {"bad-value", "unknown-label", "span-group", "category"}
    (article,) = [one.article for one in found if isinstance(one, Imported)]
    assert [(m.text, m.label, m.entity) for m in article.mentions] == [("Seoul", "GPE", None)]
    assert article.text == "Seoul met  KOICA"


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.spacy").write_bytes(b"no")
    assert DOCBIN.read is not None
    with pytest.raises(InputError, match="no DocBin"):
        list(DOCBIN.read(tmp_path / "no.spacy", {}))
