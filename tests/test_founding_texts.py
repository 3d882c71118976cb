"""The two founding texts, where somebody has them: they belong to others and are not in the project.

They are looked for in ``../shared/seeds`` beside the project folder.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.elsewhere import NO_TEXTS

import kh_kr_corpus as khkr
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.store.anchors import misanchored

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "seeds"
BLOG = "2023-10-ambassador-civil-service"
OP_ED = "2023-shared-future-beyond-2023"
CORE_KINDS = {"training", "e-government", "anti-corruption", "resilience", "cultural-exchange"}

with_texts = pytest.mark.skipif(not FOLDER.is_dir(), reason=NO_TEXTS)


@pytest.fixture(scope="module")
def attached() -> Corpus:
    """The shipped corpus with both texts."""
    return khkr.load().attach(FOLDER)


def test_without_a_copy_there_is_no_text() -> None:
    """The corpus holds their annotations and fingerprints, never the text."""
    corpus = khkr.load()
    for name in (BLOG, OP_ED):
        article = corpus.articles[name]
        assert article.text is None and article.rights.text == "external"
        assert article.fingerprints is not None and article.mentions and article.initiatives


def test_the_blog_holds_all_five_core_kinds() -> None:
    """Each core kind once or more, as the ambassador's reported word, with evidence."""
    initiatives = khkr.load().articles[BLOG].initiatives
    pledged = [i for i in initiatives if i.assertion == "official-reported"]
    assert {i.kind for i in pledged} >= CORE_KINDS
    assert all(i.speaker and i.speaker.entity == "person/kim-dong-chul" for i in pledged)


def test_the_doubtful_ambassador_is_kept_apart() -> None:
    """The text's ambassador is no alias of the recorded one, and the entry says why."""
    kb = khkr.load().kb
    doubtful = kb["person/kim-dong-chul"]
    assert set(kb.namesakes(doubtful.id)) >= {"person/park-jung-wook"}
    assert doubtful.note and not kb.find("Kim Dong-chul", ("person",))[1:]


@with_texts
def test_exact_copies_attach_completely(attached: Corpus) -> None:
    """Both are recognised by the whole text's fingerprint, and every span covers what it says."""
    assert [row[2] for row in attached.report.rows].count("attached") == 2
    for name in (BLOG, OP_ED):
        article = attached.articles[name]
        assert article.text is not None
        assert list(misanchored(article)) == []
        assert all(article.covered(m) == m.text for m in article.mentions)


@with_texts
def test_other_words_attach_nothing(tmp_path: Path) -> None:
    """Every sentence changed, and the report says that none is known."""
    for path in FOLDER.glob("*.txt"):
        text = path.read_text("utf-8").replace("e", "3")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    corpus = khkr.load().attach(tmp_path)
    assert all(corpus.articles[name].text is None for name in (BLOG, OP_ED))
    assert "attached" not in {row[2] for row in corpus.report.rows}


@with_texts
def test_the_annotator_finds_the_names_and_the_five_kinds(attached: Corpus) -> None:
    """What a curator gets to confirm on the first text: nearly all names, all five kinds."""
    gold = attached.articles[BLOG]
    found = khkr.Annotator(kb=attached.kb).annotate(gold.text or "", title=gold.title, date=gold.date)
    wanted = {(m.start, m.end, m.label) for m in gold.mentions}
    assert len(wanted & {(m.start, m.end, m.label) for m in found.mentions}) >= 0.9 * len(wanted)
    assert {i.kind for i in found.initiatives} >= CORE_KINDS
