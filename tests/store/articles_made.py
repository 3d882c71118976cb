"""Articles for property tests: texts in three scripts with hostile characters, and mentions that stand in them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus.models import Article

_WORDS = st.sampled_from(
    ["KOICA", "Phnom Penh", "한국", "국제협력단은", "កម្ពុជា", "ភ្នំ\u200bពេញ។", "👩🏻‍🚒", "e\u0301", "NO", "1e3", "~", "- a", "a: b", "#x"]
    + ["“q”", "\u00a0", "\u0085", "\u2028", "\x07", "\ufeff", "\n", "\n\n  ", "\n\u00a0", " ", "\t", '"', "\\", "'", "%", "日本"]
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
    [None, "2023-10", "199X", {"amount": 2750000000.5, "currency": "KRW"}, {"amount": 11700000, "currency": "USD"}]
    + [{"amount": 0.1, "currency": "USD", "qualifier": "about", "amount_max": 1e17}]
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


def _plain(text: str) -> bool:
    """What pydantic, whose white space is Unicode's, takes as text without white space at its ends."""
    return bool(text) and text == text.strip() and text[0] not in "\x1c\x1d\x1e\x1f" and "\n" not in text


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """A valid article of any script."""
    text = normalise("".join(draw(TEXTS)))
    mentions: list[dict[str, Any]] = [
        {
            "id": f"m{n}", "start": a, "end": b, "text": text[a:b], "label": draw(st.sampled_from(["ORG", "DATE", "NORP"])),
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
            "id": "i1", "title": draw(st.sampled_from(["A course", "NO", "1e3", "연수: 공무원", "វគ្គ #1"])), "kind": "training",
            "themes": ["training", "resilience"], "sectors": ["health"], "status": "pledged", "assertion": "author-reports",
            "evidence": evidence, "review": draw(REVIEWS), "place": draw(st.sampled_from([[], ["place/cambodia"]])),
        }
    ] if evidence else []  # fmt: skip
    data: dict[str, Any] = {
        "id": draw(st.sampled_from(["a", "2023-x", "no", "1e3", "2021", "null", "on-1"])),
        "title": draw(st.sampled_from(["T", "NO", "2023-10-30", "뉴스: “제목”", "ព័ត៌មាន", "a #b", "- x", "'", "👩🏻‍🚒"])),
        "origin": draw(st.sampled_from(["genuine", "brief", "synthetic"])), "rights": {"text": "local"}, "text": text,
        "date": draw(st.sampled_from([None, "2023", "2023-10-30", "199X", "2021/.."])),
        "sources": draw(st.sampled_from([[], ["s", "no"]])), "codebook": draw(st.sampled_from([None, "1.3", "1_3"])),
        "mentions": mentions, "initiatives": initiatives,
    }  # fmt: skip
    return Article.model_validate_json(json.dumps(data))
