"""KC91x: characters that nobody sees, and that change what is found, shown or exported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kh_kr_corpus.lint.rule import Problem, rule
from kh_kr_corpus.lint.rules.wording import _strings as strings
from kh_kr_corpus.store import Contents

# Changes of direction and tag characters; zero-width spaces belong to Khmer, joiners to some scripts.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_HIDDEN = re.compile("[\u200b-\u200d\u00ad\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_KHMER = re.compile("[\u1780-\u17ff]")
_WORD = re.compile(r"[^\W\d_]+")


@rule("KC911")
def not_composed(contents: Contents) -> Iterator[Problem]:
    """A string is not in Unicode's composed form (NFC).
    A name typed on another system is then another string: it looks the same, and no search finds it. Hangul taken
    from a Mac's file names is the usual case.

    Repair: write the string in NFC; `khkr validate --fix` does it wherever no offset depends on it.
    Before: {abstract: "Se\\u0301oul"}
    After: {abstract: "Séoul"}
    """
    for loaded in contents.files:
        for path, text in strings(loaded.tree.data if loaded.tree else None):
            if path != ("text",) and not unicodedata.is_normalized("NFC", text):
                yield loaded, path, f"{text[:40]!r} is not in NFC", "write it in NFC"


@rule("KC912", "warning")
def changes_direction(contents: Contents) -> Iterator[Problem]:
    """A string holds a character that turns the direction of text, or a tag.
    What a reviewer sees is then not what is stored. No script of this corpus needs them.

    Repair: remove the character.
    Before: {abstract: "A boat \\u202eis opened."}
    After: {abstract: "A boat is opened."}
    """
    for loaded in contents.files:
        for path, text in strings(loaded.tree.data if loaded.tree else None):
            if match := _BIDI.search(text):
                yield loaded, path, f"it holds U+{ord(match.group()):04X} ({_name(match.group())})", "remove it"


@rule("KC913", "warning")
def hidden_character(contents: Contents) -> Iterator[Problem]:
    """A name or a note holds an invisible character.
    Zero-width spaces and soft hyphens are kept in texts, where offsets count them; in a name they only keep it from
    being found. Khmer, which is written with and without them, is left alone.

    Repair: remove the character.
    Before: {abstract: "KO\\u200bICA came."}
    After: {abstract: "KOICA came."}
    """
    for loaded in contents.files:
        for path, text in strings(loaded.tree.data if loaded.tree else None):
            quote = path[-1:] == ("text",) and path[:1] in (("text",), ("mentions",))
            if not quote and (match := _HIDDEN.search(text)) and not _KHMER.search(text):
                yield loaded, path, f"it holds U+{ord(match.group()):04X} ({_name(match.group())})", "remove it"


@rule("KC914", "warning")
def control_character(contents: Contents) -> Iterator[Problem]:
    """A string holds a control character or a line separator.
    XML can't carry it, JSON lines are split by it, and a terminal obeys it.

    Repair: remove the character.
    Before: {abstract: "KOICA\\u000b came."}
    After: {abstract: "KOICA came."}
    """
    for loaded in contents.files:
        for path, text in strings(loaded.tree.data if loaded.tree else None):
            if match := _CONTROL.search(text):
                yield loaded, path, f"it holds U+{ord(match.group()):04X}", "remove it"


@rule("KC915", "warning")
def mixed_scripts(contents: Contents) -> Iterator[Problem]:
    """A word mixes Latin letters with Greek or Cyrillic ones.
    They look alike: the word is read right and never found.

    Repair: type the word anew.
    Before: {abstract: "K\\u041eICA came."}
    After: {abstract: "KOICA came."}
    """
    for loaded in contents.files:
        for path, text in strings(loaded.tree.data if loaded.tree else None):
            if text.isascii():
                continue
            for word in _WORD.findall(text):
                if not word.isascii() and len(_scripts(word)) > 1:
                    yield loaded, path, f"{word!r} mixes {' and '.join(sorted(_scripts(word)))}", "type it anew"


def _scripts(word: str) -> set[str]:
    names = {unicodedata.name(char, "?").split()[0] for char in word if ord(char) < 0x530 or char.isascii()}
    return names & {"LATIN", "GREEK", "CYRILLIC"}


def _name(char: str) -> str:
    return unicodedata.name(char, "unnamed").casefold()
