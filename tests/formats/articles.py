"""Articles in three scripts for the tests of formats: valid, normalised, with mentions that don't overlap."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from kh_kr_corpus._offsets import fingerprint, normalise
from kh_kr_corpus.models import Article

_NAMES = st.sampled_from(
    [
        "Seoul",
        "KOICA",
        "Hun Many",
        "한국",
        "국제협력단",
        "កម្ពុជា",
        "ភ្នំពេញ",
        "ភ្នំ\u200bពេញ",
        "👩🏻‍🚒",
        "é\u0323",
        "=A1",
        "#1",
    ]
)
_GLUE = st.sampled_from(
    [
        " ",
        " ",
        " ",
        "",
        "  ",
        "\n",
        "\n\n",
        "은 ",
        "។ ",
        ". ",
        ", ",
        "\t",
        "\u00a0",
        "🛶",
        "-",
        "- x\n",
        "O\tB-X",
        "\u2028",
    ]
)
_LABELS = st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "DATE", "MONEY"])
_SUGGESTIONS = st.sampled_from([None, {"by": "khkr@0.1.0", "score": 0.25, "reason": "rule:x y"}])
_VALUES = st.sampled_from(
    [None, None, "2023-10", "199X", {"amount": 0.1, "currency": "USD", "qualifier": "about", "amount_max": 1e17}]
)
_DECIDED: list[dict[str, Any]] = [
    {"state": "accepted", "by": "human:찬 다라", "at": "2026-11-21"},
    {"state": "corrected", "by": "model:reader@1", "at": "2026-11-21T08:30:00Z", "note": "Was: 'NO'\n\tដូច."},
]
_REVIEWS = st.sampled_from([*_DECIDED, {"state": "suggested"}, {"state": "suggested", "note": "why?"}])


@st.composite
def articles(draw: st.DrawFn, article_id: str = "a-1") -> Article:
    """One article; every optional field is there or not."""
    parts: list[tuple[str, bool]] = []
    for _ in range(draw(st.integers(0, 6))):
        parts += [(draw(_GLUE), False), (draw(_NAMES), draw(st.booleans()))]
    text = normalise("x" + "".join(part for part, _ in parts) + draw(_GLUE) + "x")
    mentions, at = [], 1
    for part, is_name in parts:
        if is_name and text[at : at + len(part)] == part:
            mentions.append((at, at + len(part)))
        at += len(part)
    if draw(st.booleans()) and len(mentions) > 1:  # one that has a gap in it, perhaps a line break
        mentions[:2] = [(mentions[0][0], mentions[1][1])]
    numbers = draw(st.permutations(range(1, len(mentions) + 1)))
    data: dict[str, Any] = {
        "id": article_id, "title": draw(st.sampled_from(["T", "뉴스: “제목”", "=1+1", "ព័ត៌មាន\n2"])),
        "language": draw(st.sampled_from(["en", "ko", "km"])), "origin": draw(st.sampled_from(["genuine", "brief"])),
        "rights": {"text": "included", "licence": "CC-BY-4.0"}, "text": text,
        "date": draw(st.sampled_from([None, "2023", "2023-10-30", "2021/.."])),
        "sources": draw(st.sampled_from([[], ["s", "no"]])), "note": draw(st.sampled_from([None, "=x\n| , \" '"])),
        "fingerprints": draw(st.sampled_from([None, {"text": fingerprint(text), "length": len(text)}])),
        "mentions": [
            {
                "id": f"m{n}", "start": a, "end": b, "text": text[a:b], "label": draw(_LABELS), "value": draw(_VALUES),
                "entity": draw(st.sampled_from([None, "place/seoul"])), "suggestion": draw(_SUGGESTIONS),
                "review": draw(_REVIEWS),
            }
            for n, (a, b) in zip(numbers, mentions, strict=True)
        ],
        "initiatives": [
            {
                "id": "i1", "title": "A course", "kind": "training", "themes": ["training"], "sectors": ["health"],
                "status": "pledged", "assertion": "author-reports", "review": draw(_REVIEWS), "suggestion": None,
                "evidence": [{"start": 0, "end": len(text), "sha256": fingerprint(text)[:16]}],
            }
        ][: draw(st.integers(0, 1))],
    }  # fmt: skip
    return Article.model_validate_json(json.dumps(data))
