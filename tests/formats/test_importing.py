"""From a file into a corpus: links only to what the corpus has, and nobody's decision touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kh_kr_corpus import store
from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.formats import Imported, NotCarried
from kh_kr_corpus.formats.importing import IMPORTING, Annotator, Taken, to_layers, to_suggestions
from kh_kr_corpus.models import Article

TEXT = "Seoul met Chann."


@pytest.fixture(scope="module")
def contents(toy_root: Path) -> store.Contents:
    """The toy corpus's records."""
    return store.read_corpus(toy_root)


def _imported(article_id: str = "new-one", text: str | None = TEXT, **more: Any) -> Imported:
    initiative = {
        "id": "i1", "title": "A course", "kind": "training", "themes": ["training"], "sectors": ["health"],
        "status": "pledged", "assertion": "author-reports", "activity": "no-such-activity",
        "evidence": [{"start": 0, "end": 16, "sha256": fingerprint(TEXT)[:16]}],
    }  # fmt: skip
    mention = {"id": "m1", "start": 0, "end": 5, "text": "Seoul", "label": "GPE", "entity": "place/no-such-place"}
    data = {
        "id": article_id, "title": "T", "origin": "genuine", "rights": {"text": "included", "holder": "H"},
        "text": text, "sources": ["no-such-source"], "mentions": [mention], "initiatives": [initiative], **more,
    }  # fmt: skip
    return Imported(Article.model_validate_json(json.dumps(data)), "a/b.ann", {"m1": "T1"})


def _split(found: list[Taken | NotCarried]) -> tuple[list[Taken], list[tuple[str, str]]]:
    reports = [one for one in found if isinstance(one, NotCarried)]
    assert {one.code for one in reports} <= {loss.code for loss in IMPORTING}
    return [one for one in found if isinstance(one, Taken)], [(one.code, one.item) for one in reports]


def test_a_new_article_is_local_and_links_to_what_is_there(contents: store.Contents) -> None:
    (taken,), reports = _split(list(to_suggestions([_imported()], contents, form="brat")))
    assert reports == [("unknown-reference", "T1"), ("unknown-reference", "i1"), ("unknown-reference", "new-one")]
    article = taken.record
    assert isinstance(article, Article)
    assert (article.rights.text, article.rights.holder, article.sources) == ("local", "H", ())
    assert article.mentions[0].entity is None
    assert article.initiatives[0].activity is None
    assert taken.new == 2
    made = [(one.review.state, one.suggestion) for one in article.mentions]
    made += [(one.review.state, one.suggestion) for one in article.initiatives]
    for state, suggestion in made:
        assert state == "suggested"
        assert suggestion is not None
        assert suggestion.by.startswith("import_brat@")
        assert suggestion.reason.startswith("import:brat b.ann ")


def test_an_initiative_with_an_unknown_actor_stays_out(contents: store.Contents) -> None:
    one = _imported()
    plain = json.loads(one.article.model_dump_json())
    plain["initiatives"][0]["actors"] = [{"entity": "organisation/no-such-body", "role": "funder"}]
    changed = Imported(Article.model_validate_json(json.dumps(plain)), one.where, one.items)
    (taken,), reports = _split(list(to_suggestions([changed], contents, form="brat")))
    assert ("unknown-reference", "i1") in reports
    assert taken.new == 1


def test_a_score_of_the_file_is_kept(contents: store.Contents) -> None:
    suggestion = {"by": "other@2", "score": 0.75, "reason": "model"}
    mention = {"id": "m1", "start": 0, "end": 5, "text": "Seoul", "label": "GPE", "suggestion": suggestion}
    one = _imported(mentions=[mention], initiatives=[], sources=[])
    (taken,), reports = _split(list(to_suggestions([one], contents, form="brat", tool="brat@1.3")))
    assert reports == []
    made = taken.record.mentions[0].suggestion
    assert made is not None
    assert (made.by, made.score, made.reason) == ("brat@1.3", 0.75, "import:brat b.ann T1; there other@2 model")


def test_without_text_only_known_articles_are_taken(contents: store.Contents) -> None:
    one = _imported(text=None)
    assert _split(list(to_suggestions([one], contents, form="web"))) == ([], [("unknown-article", "new-one")])
    external = next(article for article in contents.articles.values() if article.rights.text == "external")
    far = {"id": "m1", "start": 10**6, "end": 10**6 + 5, "text": "Seoul", "label": "GPE"}
    other = _imported(external.id, None, mentions=[far], initiatives=[], sources=[])
    assert _split(list(to_suggestions([other], contents, form="web"))) == ([], [("other-text", external.id)])
    near = {"id": "m1", "start": 0, "end": 1, "text": "S", "label": "GPE"}
    fits = _imported(external.id, None, mentions=[near], initiatives=[], sources=[])
    assert not any(mention.start < 1 for mention in external.mentions)
    (taken,), reports = _split(list(to_suggestions([fits], contents, form="web")))
    assert (taken.new, reports) == (1, [])


def test_a_layer_needs_the_article_and_its_text(contents: store.Contents) -> None:
    annotator = Annotator("third", "human:A", "2026-11-22")
    assert _split(list(to_layers([_imported()], contents, annotator, form="brat"))) == (
        [], [("unknown-article", "new-one")],
    )  # fmt: skip
    known = next(article.id for article in contents.articles.values() if article.text)
    assert _split(list(to_layers([_imported(known)], contents, annotator, form="brat"))) == (
        [], [("other-text", known)],
    )  # fmt: skip
