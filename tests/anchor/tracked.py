"""A text that remembers, while it is altered, which of its characters the annotator read; and the verdict on spans."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kh_kr_corpus._folding import fold
from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.anchor import Moved
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.anchors import misanchored

Origin = int | None
"""The character's offset in the annotated text; None for one that the annotator never saw there."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tracked:
    """A copy, character by character."""

    chars: tuple[tuple[str, Origin], ...]

    @classmethod
    def of(cls, text: str, *, read: bool = True) -> Tracked:
        """``text`` as the annotator read it, or as something new."""
        return cls(tuple((char, n if read else None) for n, char in enumerate(text)))

    @property
    def text(self) -> str:
        return "".join(char for char, _ in self.chars)

    def replaced(self, start: int, end: int, new: str | Tracked) -> Tracked:
        """With other characters in place of ``[start, end)``."""
        put = new if isinstance(new, Tracked) else Tracked.of(new, read=False)
        return Tracked(self.chars[:start] + put.chars + self.chars[end:])

    def part(self, start: int, end: int) -> Tracked:
        return Tracked(self.chars[start:end])

    def each(self, change: Callable[[str], str]) -> Tracked:
        """With another form of each character, which stays the one that was read."""
        return Tracked(tuple((new, origin) for char, origin in self.chars for new in change(char)))

    def swapped(self, pattern: str, change: Callable[[str], str]) -> Tracked:
        """With other typography in place of what matches: the new characters stand for the first of the old ones."""
        done: list[tuple[str, Origin]] = []
        at = 0
        for match in re.finditer(pattern, self.text):
            done += self.chars[at : match.start()]
            origin = self.chars[match.start()][1] if match.group() else None
            done += [(char, origin) for char in change(match.group())]
            at = match.end()
        return Tracked((*done, *self.chars[at:]))

    def normal(self) -> Tracked:
        """Normalised as a reader's copy is."""
        flat = self.swapped("\r\n?", lambda _: "\n")
        chars: list[tuple[str, Origin]] = []
        for origin, run in groupby(flat.chars, key=lambda pair: pair[1]):
            chars += [(char, origin) for char in unicodedata.normalize("NFC", "".join(c for c, _ in run))]
        trimmed = Tracked(tuple(chars)).swapped(r"[ \t]+(?=\n|\Z)", lambda _: "")
        trimmed = trimmed.swapped(r"\A[\n\ufeff]+", lambda _: "").swapped(r"\n+\Z", lambda _: "")
        assert trimmed.text == normalise(self.text), "the tracked text went another way than the real one"
        return trimmed


def _is_read(char: str) -> bool:
    """Letters, digits and the signs on them: what a reader reads, whatever the typography."""
    return char.isalnum() or unicodedata.category(char).startswith("M")


def _spans(article: Article, orphans: Iterable[str]) -> Iterator[tuple[str, Span]]:
    """Every span under the name that it has in the untouched article."""
    lost = set(orphans)
    for mention in article.mentions:
        yield mention.id, (mention.start, mention.end)
    for one in article.initiatives:
        names = (name for n in range(1, 99) if (name := f"{one.id} evidence {n}") not in lost)
        for evidence, name in zip(one.evidence, names, strict=False):
            yield name, (evidence.start, evidence.end)


def judge(original: Article, copy: Tracked, moved: Moved | None) -> Counter[str]:
    """How many spans of ``original`` stand where they were read (``right``), elsewhere (``wrong``) or nowhere
    (``orphan``); ``there`` counts those whose every letter is in the copy, ``back`` the right ones of them."""
    assert original.text is not None
    whole = copy.normal()
    told: Counter[str] = Counter()
    placed: dict[str, Span] = {}
    base = 0
    if moved is not None:
        assert moved.article.text is not None
        assert list(misanchored(moved.article)) == [], "an attached article breaks what validation promises"
        base = whole.text.index(moved.article.text)
        placed = dict(_spans(moved.article, (one.span for one in moved.orphans)))
        assert len(placed) == moved.exact + moved.moved
    read = {origin for char, origin in whole.chars if origin is not None and _is_read(char)}
    for name, (start, end) in _spans(original, ()):
        wanted = [at for at in range(start, end) if _is_read(original.text[at])]
        there = read.issuperset(wanted)
        told["there"] += there
        if name not in placed:
            told["orphan"] += 1
            continue
        left, right = placed[name]
        got = [origin for char, origin in whole.chars[base + left : base + right] if _is_read(char)]
        same = fold(whole.text[base + left : base + right]).text == fold(original.text[start:end]).text
        told["right" if got == wanted and same else "wrong"] += 1
        told["back"] += there and got == wanted and same
    return told


def naive(original: Article, copy: Tracked) -> Counter[str]:
    """The control: each mention at the nearest place of its surface, as ``str.find`` gives it."""
    assert original.text is not None
    whole = copy.normal()
    told: Counter[str] = Counter()
    for mention in original.mentions:
        places = [match.start() for match in re.finditer(re.escape(mention.text), whole.text)]
        if not places:
            told["orphan"] += 1
            continue
        best = min(places, key=lambda at: abs(at - mention.start))
        wanted = [at for at in range(mention.start, mention.end) if _is_read(original.text[at])]
        got = [o for char, o in whole.chars[best : best + len(mention.text)] if _is_read(char)]
        told["right" if got == wanted else "wrong"] += 1
    return told
