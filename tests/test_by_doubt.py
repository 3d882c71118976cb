"""The order in which a person's look tells most: doubtful suggestions first, decided ones not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kh_kr_corpus import store
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.models import Article, Initiative, Mention

TEXT = "Dara met Minsu in Seoul. They left."
ACCEPTED = {"state": "accepted", "by": "human:Test", "at": "2024-01-01"}


def suggested(score: float) -> dict[str, Any]:
    return {"by": "toy@1", "score": score, "reason": f"rule:{score}"}


def mention(n: int, words: str, score: float | None, **fields: Any) -> Mention:
    start = TEXT.index(words)
    raw = {"id": f"m{n}", "start": start, "end": start + len(words), "text": words, "label": "PERSON", **fields}
    return Mention.model_validate_json(
        json.dumps(raw | ({"suggestion": suggested(score)} if score is not None else {}))
    )


@pytest.fixture
def corpus(toy_copy: Path) -> Corpus:
    """The toy corpus with one more text, of which little is decided."""
    there = {path.stem for path in toy_copy.rglob("*.yaml")}
    initiative = {
        "id": "i1", "title": "A visit", "kind": "training", "themes": ["training"], "sectors": ["culture"],
        "status": "completed", "assertion": "author-reports", "suggestion": suggested(0.4),
        "evidence": [{"start": 0, "end": 24, "sha256": store.anchors.evidence_print(TEXT, 0, 24)}],
    }  # fmt: skip
    raw = Article(
        id="doubtful", title="T", origin="genuine", rights={"text": "local"}, text=TEXT,  # type: ignore[arg-type]
        mentions=(
            mention(1, "Dara", 0.95),
            mention(2, "Minsu", 0.52),
            mention(3, "Seoul", 0.5, review=ACCEPTED),
            mention(4, "They", 0.1),
        ),
        initiatives=(Initiative.model_validate_json(json.dumps(initiative)),),
    )  # fmt: skip
    assert "doubtful" not in there
    store.write(raw, toy_copy)
    return load(toy_copy)


def test_the_doubtful_come_first_and_the_decided_not_at_all(corpus: Corpus) -> None:
    rows = [row for row in corpus.by_doubt().to_dicts() if row["article"] == "doubtful"]
    assert [(row["id"], row["what"], row["doubt"]) for row in rows] == [
        ("doubtful#m2", "mention", pytest.approx(0.96)),
        ("doubtful#i1", "initiative", pytest.approx(0.8)),
        ("doubtful#m4", "mention", pytest.approx(0.2)),
        ("doubtful#m1", "mention", pytest.approx(0.1)),
    ]
    assert rows[0]["reason"] == "rule:0.52"
    doubts = [row["doubt"] for row in corpus.by_doubt().to_dicts()]
    assert doubts == sorted(doubts, reverse=True)


def test_the_same_order_stands_in_a_query(corpus: Corpus) -> None:
    open_ones = corpus.mentions.where(review="suggested", article="doubtful").sort("doubt", desc=True)
    assert [m.id for m in open_ones] == ["m2", "m4", "m1"]
    assert corpus.sql("select count(*) as n from mentions where review <> 'suggested' and doubt is not null").rows == (
        (0,),
    )
