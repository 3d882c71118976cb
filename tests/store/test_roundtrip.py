"""Writing and reading: canonical, byte-stable, one mention a line, and the same objects again."""

from __future__ import annotations

import difflib
import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus import store
from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.dump import to_plain
from kh_kr_corpus.store.layout import expected_path
from kh_kr_corpus.store.writer import canonical

# Thousands of trials: what they go through, quicker tests go through as well.
pytestmark = pytest.mark.no_cover

_WORDS = st.sampled_from(
    [
        *(
            "KOICA",
            "Phnom Penh",
            "한국",
            "국제협력단은",
            "កម្ពុជា",
            "ភ្នំ\u200bពេញ។",
            "👩🏻‍🚒",
            "e\u0301",
            "NO",
            "1e3",
            "~",
        ),
        *("- a", "a: b", "#x", "“q”", "\u00a0", "\u0085", "\u2028", "\x07", "\ufeff", "\n", "\n\n  ", "\n\u00a0"),
        *(" ", "\t", '"', "\\", "'", "%", "日本"),
    ]
)
TEXTS = st.lists(_WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=1, max_size=14)
REVIEWS = st.sampled_from(
    [
        {"state": "accepted", "by": "human:찬 다라", "at": "2026-11-21"},
        {"state": "corrected", "by": "model:reader@1", "at": "2026-11-21T08:30:00Z", "note": "Was: 'NO'."},
        {"state": "suggested"},
    ]
)
VALUES = st.sampled_from(
    [
        *(
            None,
            "2023-10",
            "199X",
            {"amount": 2750000000.5, "currency": "KRW"},
            {"amount": 11700000, "currency": "USD"},
        ),
        {"amount": 0.1, "currency": "USD", "qualifier": "about", "amount_max": 1e17},
    ]
)


@st.composite
def spans(draw: st.DrawFn, text: str) -> list[tuple[int, int]]:
    """Up to five spans of ``text`` without white space at their edges."""
    found = []
    for _ in range(draw(st.integers(0, 5)) if text.strip() else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 20)))
        if text[start:end].strip() == text[start:end] != "":
            found.append((start, end))
    return found


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """A valid article of any script."""
    text = normalise("".join(draw(TEXTS)))
    mentions: list[dict[str, Any]] = [
        {
            "id": f"m{n}", "start": a, "end": b, "text": text[a:b],
            "label": draw(st.sampled_from(["ORG", "DATE", "NORP"])),
            "value": draw(VALUES), "review": draw(REVIEWS), "entity": draw(st.sampled_from([None, "place/cambodia"])),
            "suggestion": draw(st.sampled_from([None, {"by": "khkr@0.1.0", "score": 1.0, "reason": "rule:x y"}])),
        }
        for n, (a, b) in enumerate(draw(spans(text)), start=1)
    ]  # fmt: skip
    evidence = [
        {"start": a, "end": b, "sha256": fingerprint(text[a:b])[:16]} for a, b in draw(spans(text)) if text[a:b].strip()
    ]
    initiatives: list[dict[str, Any]] = [
        {
            "id": "i1", "title": draw(st.sampled_from(["A course", "NO", "1e3", "연수: 공무원", "វគ្គ #1"])),
            "kind": "training",
            "themes": ["training", "resilience"], "sectors": ["health"], "status": "pledged",
            "assertion": "author-reports",
            "evidence": evidence, "review": draw(REVIEWS), "place": draw(st.sampled_from([[], ["place/cambodia"]])),
        }
    ] if evidence else []  # fmt: skip
    data: dict[str, Any] = {
        "id": draw(st.sampled_from(["a", "2023-x", "no", "1e3", "2021", "null", "on-1"])),
        "title": draw(st.sampled_from(["T", "NO", "2023-10-30", "뉴스: “제목”", "ព័ត៌មាន", "- x", "'", "👩🏻‍🚒"])),
        "origin": draw(st.sampled_from(["genuine", "brief", "synthetic"])), "rights": {"text": "local"}, "text": text,
        "date": draw(st.sampled_from([None, "2023", "2023-10-30", "199X", "2021/.."])),
        "sources": draw(st.sampled_from([[], ["s", "no"]])), "codebook": draw(st.sampled_from([None, "1.3", "1_3"])),
        "mentions": mentions, "initiatives": initiatives,
    }  # fmt: skip
    return Article.model_validate_json(json.dumps(data))


HERE = Path("made.yaml")


@settings(max_examples=200, deadline=None)
@given(articles())
def test_a_written_article_reads_back_the_same_to_the_byte(article: Article) -> None:
    relative = expected_path(article)
    text = store.dumps(article, relative)
    loaded = store.loads(text, HERE, relative)
    assert loaded.findings == ()
    assert loaded.model == article
    assert canonical(loaded) == text
    assert store.dumps(article, relative) == text
    assert loaded.tree is not None
    assert loaded.tree.comments == ()


@settings(max_examples=100, deadline=None)
@given(articles())
def test_a_mention_stands_on_one_line(article: Article) -> None:
    lines = store.dumps(article, expected_path(article)).split("\n")
    assert lines[0].startswith("# yaml-language-server: $schema=../")
    _, _, tail = "\n".join(lines).rpartition("\nmentions:\n")
    block = tail.split("\ninitiatives:\n")[0].rstrip("\n").split("\n") if article.mentions else []
    assert len(block) == len(article.mentions)
    for line, mention in zip(block, article.mentions, strict=True):
        assert line.startswith(f"  - {{id: {mention.id}, start: {mention.start}, end: {mention.end}, ")


def test_every_toy_file_is_in_canonical_form(toy_root: Path) -> None:
    contents = store.read_corpus(toy_root)
    assert len(contents.files) >= 14
    for loaded in contents.files:
        text = loaded.path.read_bytes().decode("utf-8")
        assert canonical(loaded) == text, loaded.relative
        up = "../" * (len(loaded.relative.parts) - 1)
        assert text.startswith(f"# yaml-language-server: $schema={up}schema.yaml\n"), loaded.relative
        assert not text.endswith("\n\n")


def test_a_changed_mention_is_one_line_of_a_diff(toy_root: Path) -> None:
    contents = store.read_corpus(toy_root)
    article = contents.articles["2022-nurses-for-the-boats"]
    mention = article.mentions[2].model_copy(update={"entity": None})
    changed = article.model_copy(update={"mentions": (*article.mentions[:2], mention, *article.mentions[3:])})
    relative = expected_path(article)
    old, new = (store.dumps(one, relative).splitlines() for one in (article, changed))
    lines = [
        line for line in difflib.unified_diff(old, new, n=0) if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert len(lines) == 2


def test_field_order_is_the_models_whatever_the_file_had(toy_root: Path) -> None:
    path = toy_root / "activities" / "nurse-course.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    shuffled = "\n".join([*lines[:3], lines[4], lines[3], *lines[5:]])
    relative = PurePosixPath("activities/nurse-course.yaml")
    loaded = store.loads(shuffled, path, relative)
    assert loaded.findings == ()
    assert canonical(loaded) == "\n".join(lines)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ({"a": None, "b": [], "c": {}, "d": 0, "e": False, "f": ""}, {"d": 0, "e": False, "f": ""}),
        ({"a": {"b": None}}, {}),
        (11700000.0, 11700000),
        (0.5, 0.5),
        (float(2**53), float(2**53)),
        ([1.0, None], [1, None]),
    ],
)
def test_empty_fields_are_left_out_and_nothing_else(value: object, plain: object) -> None:
    got = to_plain(value)
    assert got == plain
    assert type(got) is type(plain)


def test_entities_are_sorted_by_id(toy_root: Path) -> None:
    contents = store.read_corpus(toy_root)
    places = [one for one in contents.entities.values() if one.type == "place"]
    relative = PurePosixPath("entities/place.yaml")
    assert store.dumps(places[::-1], relative) == store.dumps(places, relative)
