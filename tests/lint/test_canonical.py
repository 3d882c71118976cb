"""The quick look at canonical form says the same as the writer, on every file and on hostile strings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus import store
from kh_kr_corpus._yaml.emitting import as_it_is, emitted
from kh_kr_corpus.lint import canonical as quick
from kh_kr_corpus.lint.canonical import Strings, is_canonical, laid_out
from kh_kr_corpus.store.writer import canonical

DATA = Path(__file__).parents[2] / "data"
HOSTILE = [
    "NO", "1e3", "0o17", "~", "", " x", "x ", "a: b", "a #b", "- a", "[a]", "{a}", "'", '"', "\\", "\t", "\x85",
    "\u2028", "\ufeff", "é", "e\u0301", "한국", "ភ្នំ\u200bពេញ", "😀", "\x07", "2023-10-30", "k0: x", "k1", "null", "y",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), st.text("ab c:#-'\"", max_size=12))
VALUES = st.recursive(
    st.one_of(
        TEXTS,
        st.integers(-(10**12), 10**12),
        st.booleans(),
        st.none(),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4),
        st.dictionaries(st.sampled_from(["id", "note", "names", "review", "items"]), inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(["text", "names", "note", "mentions", "themes"]), VALUES, min_size=1))
def test_it_writes_what_the_emitter_writes_or_nothing(data: dict[str, Any]) -> None:
    strings = Strings()
    strings.learn(data)
    inline = frozenset({"names", "mentions", "review"})
    try:
        text = laid_out(data, inline, strings)
    except KeyError:
        return
    assert text == emitted(data, inline=inline)


def test_a_string_that_the_emitter_is_not_asked_for_is_as_it_writes_it() -> None:
    """Every character of most scripts and round the edges, between letters; and words that would be read otherwise."""
    edges = (*range(32, 0x2100), *range(0xD7F0, 0xD800), *range(0xE000, 0xE010), *range(0xFE00, 0x10010))
    words = [
        *(f"a{chr(n)}b" for n in edges),
        *HOSTILE,
        "yes",
        "Null",
        "off",
        "a:",
        "a b (c",
        "a  b",
        "a.",
        "...",
        "---",
    ]
    texts = [text for text in dict.fromkeys(words) if as_it_is(text) is not None]
    assert 8_000 < len(texts) < len(words) - 50
    lines = emitted({f"k{n}": text for n, text in enumerate(texts)}).split("\n")
    assert [f"k{n}: {as_it_is(text)}" for n, text in enumerate(texts)] == lines[:-1]


def test_it_is_quick_for_nearly_every_file_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    slow: list[Path] = []

    def counted(loaded: store.Loaded) -> str | None:
        slow.append(loaded.path)
        return canonical(loaded)

    monkeypatch.setattr(quick, "canonical", counted)
    strings = Strings()
    files = [store.read_file(path, DATA) for path in sorted(DATA.rglob("*.yaml"))[::9] if path.name != "schema.yaml"]
    assert all(is_canonical(loaded, strings) for loaded in files)
    assert len(slow) <= len(files) // 20, slow[:3]


EDITS = [
    ("genre: brief", "genre:  brief"),
    ("record: article", 'record: "article"'),
    ("themes: [training]", "themes: [ training ]"),
]


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_whatever_differs_is_not_canonical(toy_copy: Path, old: str, new: str) -> None:
    path = toy_copy / "articles/2022/2022-nurses-for-the-boats.yaml"
    text = path.read_text("utf-8")
    assert old in text and is_canonical(store.read_file(path, toy_copy), Strings())
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    loaded = store.read_file(path, toy_copy)
    assert loaded.model is not None and not is_canonical(loaded, Strings())
