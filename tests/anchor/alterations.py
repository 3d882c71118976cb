"""What happens to copies: benign changes, which leave every word where it was, and others, which don't."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from tests.anchor.tracked import Tracked

from kh_kr_corpus._offsets import word_count
from kh_kr_corpus._sentences import sentences

_PAGE = (
    "Home",
    "News",
    "Sign in",
    "Subscribe",
    "Share this page",
    "Advertisement",
    "Read more",
    "© All rights reserved",
)
_NOISE = {"l": "1", "o": "0", "e": "c", "m": "rn", "i": "l", "S": "5", "B": "8", "a": "n", "1": "l", "0": "O", ",": "."}
_NUMBER = re.compile(r"\W*\d+\W*")
_WORDS = "not never seven eight rural former northern new other third small major late early".split()


@dataclass(frozen=True, slots=True)
class World:
    """What there is besides the text: other texts, to take paragraphs and sentences from."""

    others: Sequence[str]
    pick: Random

    def paragraph(self) -> str:
        return self.pick.choice([p for p in self.pick.choice(self.others).split("\n") if p.strip()])


Change = Callable[[Tracked, World], Tracked]


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def _long(text: str) -> list[tuple[int, int]]:
    return [(a, b) for a, b in sentences(text) if word_count(text[a:b]) >= 8]


# --- benign: every word stays where it was ---


def quotes(copy: Tracked, world: World) -> Tracked:
    marks = world.pick.choice(["“”", "„“", "«»", "''", '""', "‘’"])
    copy = copy.swapped(r"[\"“”„«»]", lambda _: world.pick.choice(marks))
    return copy.swapped(r"['‘’]", lambda _: world.pick.choice("'’"))


def dashes(copy: Tracked, world: World) -> Tracked:
    mark = world.pick.choice(["-", "–", "—", " – ", " — ", "--", "\u2011"])
    return copy.swapped(r" ?[-–—] ?", lambda old: mark if old.strip() != old else mark.strip())


def spaces(copy: Tracked, world: World) -> Tracked:
    kinds = world.pick.choice([["\u00a0", " "], ["  ", " "], ["\u2009"], ["\u202f", "   "], [" \t"]])
    return copy.swapped(" ", lambda _: world.pick.choice(kinds))


def line_ends(copy: Tracked, world: World) -> Tracked:
    mark = world.pick.choice(["\r\n", "\r", "\n\n", " \n", "\t\r\n\r\n"])
    return copy.swapped("\n", lambda _: mark)


def wrapping(copy: Tracked, world: World) -> Tracked:
    return copy.swapped(" ", lambda _: "\n" if world.pick.random() < 0.1 else " ")


def byte_order_mark(copy: Tracked, _: World) -> Tracked:
    return copy.replaced(0, 0, "\ufeff")


def decomposed(copy: Tracked, _: World) -> Tracked:
    return copy.each(lambda char: unicodedata.normalize("NFD", char))


def zero_width(copy: Tracked, world: World) -> Tracked:
    sign, often = world.pick.choice("\u200b\u200c\u2060\u00ad\ufeff"), world.pick.choice([0.02, 0.2])
    # a combining mark stays on its letter
    return copy.swapped(r"(?<=\w)(?=\w)", lambda _: sign if world.pick.random() < often else "")


def paragraphs_added(copy: Tracked, world: World) -> Tracked:
    for _ in range(world.pick.randint(1, 3)):
        at = world.pick.choice([*(a for a, _ in _lines(copy.text)), len(copy.chars)])
        before = "" if at < len(copy.chars) else "\n"
        copy = copy.replaced(at, at, f"{before}{world.paragraph()}\n")
    return copy


def paragraphs_removed(copy: Tracked, world: World) -> Tracked:
    lines = _lines(copy.text)
    for _ in range(world.pick.randint(1, 2)):
        if len(lines) > 4:
            start, end = lines[world.pick.randrange(len(lines))]
            if end - start < len(copy.chars) / 4:
                copy = copy.replaced(start, end, "")
        lines = _lines(copy.text)
    return copy


def framed(copy: Tracked, world: World) -> Tracked:
    top = "\n".join(world.pick.sample(_PAGE, 4)) + "\n\n"
    bottom = "\n\n" + world.paragraph() + "\n" + "\n".join(world.pick.sample(_PAGE, 4))
    return copy.replaced(len(copy.chars), len(copy.chars), bottom).replaced(0, 0, top)


def several_benign(copy: Tracked, world: World) -> Tracked:
    for change in world.pick.sample([quotes, dashes, spaces, paragraphs_added, framed, zero_width], 3):
        copy = change(copy, world)
    return line_ends(decomposed(copy, world), world)


# --- others: words change, come twice or go ---


def _edited(copy: Tracked, bounds: tuple[int, int], world: World) -> Tracked:
    """One word of a sentence put in, left out or replaced."""
    start, end = bounds
    words = [m.span() for m in re.finditer(r"\w+", copy.text[start:end])]
    left, right = (start + at for at in world.pick.choice(words))
    word = world.pick.choice(_WORDS)
    new = world.pick.choice([word, f"{word} {copy.text[left:right]}", ""])
    return copy.replaced(left, right, new)


def edited(copy: Tracked, world: World) -> Tracked:
    bounds = list(sentences(copy.text))
    for one in sorted(world.pick.sample(bounds, world.pick.randint(1, max(1, len(bounds) // 3))), reverse=True):
        copy = _edited(copy, one, world)
    return copy


def same_length(copy: Tracked, world: World) -> Tracked:
    """Digits and single letters changed, so that nothing moves."""
    for _ in range(world.pick.randint(1, 12)):
        at = world.pick.choice([n for n, (char, _) in enumerate(copy.chars) if char.isalnum()])
        new = "1234567890".replace(copy.chars[at][0], "") if copy.chars[at][0].isdigit() else "xqz"
        copy = copy.replaced(at, at + 1, world.pick.choice(new))
    return copy


def look_alike(copy: Tracked, world: World) -> Tracked:
    """A sentence gives way to one of the same words in another order."""
    start, end = world.pick.choice(_long(copy.text))
    words = copy.text[start:end].split(" ")
    world.pick.shuffle(words)
    return copy.replaced(start, end, " ".join(words))


def repeated(copy: Tracked, world: World) -> Tracked:
    """A sentence comes twice, before or behind its own place.

    None of "3." alone: where a line begins it would be a list number, which a copy may have and the text not.
    """
    start, end = world.pick.choice([(a, b) for a, b in sentences(copy.text) if not _NUMBER.fullmatch(copy.text[a:b])])
    twice = copy.text[start:end]
    at, _ = world.pick.choice([*sentences(copy.text), (len(copy.chars), 0)])
    return copy.replaced(at, at, world.pick.choice(["\n", ""]) + twice + world.pick.choice([" ", "\n"]))


def quoted_and_edited(copy: Tracked, world: World) -> Tracked:
    """A sentence is quoted word for word elsewhere, and changed or gone where it stood."""
    bounds = list(sentences(copy.text))
    start, end = world.pick.choice(bounds)
    quote = copy.text[start:end]
    copy = _edited(copy, (start, end), world)
    others = [a for a, _ in bounds if a < start] + [len(copy.chars)]
    at = world.pick.choice(others)
    return copy.replaced(at, at, f"\n{quote}\n")


def embedded(copy: Tracked, world: World) -> Tracked:
    """A sentence becomes part of a longer one, which may say the opposite."""
    start, end = world.pick.choice(list(sentences(copy.text)))
    before, after = world.pick.choice(
        [("Nobody believes that ", ""), ("", " and nobody believed it"), ("Not so: ", "")]
    )
    if after and copy.text[end - 1] in ".!?":
        after = world.pick.choice([" it was said, wrongly", " or so it was hoped"])
    return copy.replaced(end, end, after).replaced(start, start, before)


def reordered(copy: Tracked, world: World) -> Tracked:
    """A paragraph in another place."""
    lines = _lines(copy.text)
    start, end = world.pick.choice(lines)
    moved, rest = copy.part(start, end), copy.replaced(start, end, "")
    at = world.pick.choice([a for a, _ in _lines(rest.text)] or [0])
    return rest.replaced(at, at, Tracked((*moved.chars, ("\n", None))))


def names_swapped(copy: Tracked, world: World) -> Tracked:
    """Two names change places throughout a stretch of the text."""
    names = sorted(set(re.findall(r"\b[A-Z][a-z]{3,}\b", copy.text)))
    if len(names) < 2:
        return edited(copy, world)
    one, other = world.pick.sample(names, 2)
    for match in reversed(list(re.finditer(rf"\b({one}|{other})\b", copy.text))):
        new = other if match.group() == one else one
        copy = copy.replaced(match.start(), match.end(), new)
    return copy


def misread(copy: Tracked, world: World) -> Tracked:
    """Characters as a scanner misreads them."""
    often = world.pick.choice([0.002, 0.01, 0.05])
    done = list(copy.chars)
    for n in range(len(done) - 1, -1, -1):
        if (new := _NOISE.get(done[n][0])) and world.pick.random() < often:
            done[n : n + 1] = [(char, None) for char in new]
    return Tracked(tuple(done))


def paywall(copy: Tracked, world: World) -> Tracked:
    """The beginning, and a request for money."""
    bounds = list(sentences(copy.text))
    _, end = bounds[world.pick.randrange(max(1, len(bounds) // 3))]
    return copy.replaced(end, len(copy.chars), "…\nSubscribe to read on.\n" + world.paragraph())


def error_page(copy: Tracked, world: World) -> Tracked:
    return copy.replaced(0, len(copy.chars), "404 Not Found\nThe page that you asked for is not here.\n" + _PAGE[0])


def same_event(copy: Tracked, world: World) -> Tracked:
    """Another article, which quotes one or two sentences of this one."""
    other = Tracked.of(world.pick.choice(world.others), read=False)
    for start, end in world.pick.sample(_long(copy.text), min(2, len(_long(copy.text)))):
        at = world.pick.choice([a for a, _ in sentences(other.text)])
        other = other.replaced(at, at, copy.text[start:end] + " ")
    return other


BENIGN: dict[str, Change] = {
    "quotation marks": quotes, "dashes": dashes, "spaces": spaces, "line ends": line_ends, "lines wrapped": wrapping,
    "byte-order mark": byte_order_mark, "NFD": decomposed, "zero-width signs": zero_width,
    "paragraphs added": paragraphs_added, "paragraphs removed": paragraphs_removed, "page around it": framed,
    "several of these": several_benign,
}  # fmt: skip
OTHERS: dict[str, Change] = {
    "sentences edited": edited, "same length": same_length, "look-alike sentence": look_alike,
    "part of a longer one": embedded, "sentence repeated": repeated, "quoted, then edited": quoted_and_edited,
    "paragraph moved": reordered, "names swapped": names_swapped, "misread by a scanner": misread,
    "paywall": paywall, "error page": error_page, "same event": same_event,
}  # fmt: skip
