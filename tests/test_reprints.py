"""Reprints are found whatever an editor did to them, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from kh_kr_corpus import reprints
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.reprints import Reprint, find_reprints, in_memory, signature

EDITS: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "other quotes and spaces": lambda text: text.replace("’", "'").replace(" ", "  ").replace(",", " ,"),
    "with a dateline and a last line": lambda text: f"PHNOM PENH (Agency) - {text}\nReporting by our own staff.",
    "a tenth shorter": lambda text: text[: len(text) * 9 // 10],
    "a word in ninety changed": lambda text: " ".join(
        "XX" if n % 90 == 7 else w for n, w in enumerate(text.split(" "))
    ),
}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [article.text for article in load(synthetic=True).articles if article.text][::4]


def _exact(one: str, other: str) -> float:
    first, second = (set(reprints._WORD.findall(text.casefold())) for text in (one, other))
    runs = []
    for text in (one, other):
        words = reprints._WORD.findall(text.casefold())
        runs.append({tuple(words[n : n + 5]) for n in range(len(words) - 4)})
    assert first | second
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_copy_is_found_and_leads_to_its_original(edit: str, texts: list[str]) -> None:
    both = [*texts, *map(EDITS[edit], texts)]
    found = find_reprints(in_memory(map(signature, both)))
    assert {(one.place, one.original) for one in found} == {(place, place % len(texts)) for place in range(len(both))}
    # a program that compares whole texts finds none of them
    assert len(set(both)) == len(both)


def test_the_estimate_is_near_the_exact_index(texts: list[str]) -> None:
    chance = random.Random(7)  # noqa: S311 - not for secrets
    for text in texts[:20]:
        words = text.split()
        copy = " ".join(w if chance.random() > 0.03 else "changed" for w in words)
        estimate = float((signature(text) == signature(copy)).mean())
        assert abs(estimate - _exact(text, copy)) < 0.15  # three and a half standard errors


def test_it_finds_what_comparing_every_pair_finds() -> None:
    chance = random.Random(11)  # noqa: S311
    base = [" ".join(f"w{chance.randrange(300)}" for _ in range(80)) for _ in range(12)]
    many = [" ".join(w if chance.random() > rate else "x" for w in text.split())
            for text in base for rate in (0.0, 0.0, 0.01, 0.02, 0.3)]  # fmt: skip
    rows = [signature(text) for text in many]
    pairs = {(a, b) for a, b in combinations(range(len(many)), 2) if (rows[a] == rows[b]).mean() >= reprints.ALIKE}
    found = find_reprints(in_memory(rows))
    cluster = {one.place: one.original for one in found}
    assert pairs
    assert all(cluster.get(a, a) == cluster.get(b, -1) for a, b in pairs)
    assert {one.place for one in found} == {place for pair in pairs for place in pair}


def test_the_earliest_is_the_original_and_what_has_no_words_is_like_nothing(texts: list[str]) -> None:
    three = [texts[0], texts[0] + " More.", texts[0], "", "...", ""]
    found = find_reprints(in_memory(map(signature, three)), lambda places: [("b", "a", "c")[p] for p in places])
    assert [(one.place, one.original) for one in found] == [(0, 1), (1, 1), (2, 1)]
    assert found[1] == Reprint(1, 1, 1.0)
    assert find_reprints(in_memory([])) == []


def test_small_passes_find_the_same(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [signature(text) for text in [*texts[:20], *(text + " More." for text in texts[:20])]]
    whole = find_reprints(in_memory(rows))
    monkeypatch.setattr(reprints, "_ROOM", 1)
    table = np.stack(rows)
    passes = []

    def blocks() -> object:
        passes.append(1)
        return iter([table[:7], table[7:31], table[31:]])

    pieces = reprints.Signatures(blocks, lambda places: table[list(places)])  # type: ignore[arg-type]
    assert find_reprints(pieces) == whole
    assert len(passes) > 5


def test_a_corpus_tells_its_reprints(toy: Corpus) -> None:
    table = toy.reprints()
    assert len(table) == 0
    assert "not at hand" in table.note
