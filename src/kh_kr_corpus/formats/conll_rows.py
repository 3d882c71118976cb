"""The lines of a CoNLL file, whoever wrote it: which column is the token, which the tag, and where spaces are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats.contract import NotCarried

__all__ = ["OURS", "Document", "Rows", "Sentence", "Token", "coded"]

OURS = "khkr.article"
"""The comment of ours that holds what tokens can't say."""
_KNOWN = (OURS, "sent_id", "text", "newdoc", "newdoc id", "newpar", "newpar id", "global.columns")
_MISC = ("SpaceAfter", "SpacesAfter", "SpacesBefore", "Link")
_SIGNS = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_CODES = {code: sign for sign, code in _SIGNS.items()}
_CODE = re.compile(r"\\u([0-9a-f]{4})|\\.")
_TAG = re.compile(r"O|[BIESLUM]-\S+")
_PAIR = re.compile(r"#+\s*([\w.:]+(?: id)?)\s*=\s*(.*)")
_DOCUMENT = "-DOCSTART-"


def coded(gap: str) -> str:
    """White space as UDPipe writes it.

    >>> coded(" \\n")
    '\\\\s\\\\n'
    """
    return "".join(_SIGNS.get(c, c if c.isprintable() else f"\\u{ord(c):04x}") for c in gap)


def _decoded(code: str) -> str:
    return _CODE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _CODES.get(found[0], found[0]), code)


class Token(NamedTuple):
    """One line with a token; ``line`` counts from 1."""

    line: int
    cells: list[str]


@dataclass
class Sentence:
    """The tokens between two blank lines, and the text where a comment has it."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)


@dataclass
class Document:
    """What stands behind one ``newdoc`` or ``-DOCSTART-``."""

    name: str = ""
    comments: dict[str, str] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)


class Rows:
    """A file's lines; raises :class:`InputError` where no column holds IOB tags."""

    def __init__(self, text: str, where: str) -> None:
        self.where = where
        self._lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        self._tab = any("\t" in line for line in self._lines if not line.startswith("#"))
        plain = [self._cells(line) for line in self._lines if line.strip() and not line.startswith("#")]
        self._width = Counter(map(len, plain)).most_common(1)[0][0] if plain else 0
        rows = [cells for cells in plain if len(cells) == self._width and cells[0] != _DOCUMENT]
        columns = list(zip(*rows, strict=True))
        self._tag = self._tag_column(columns)
        self._form = next((n for n, cells in enumerate(columns) if n != self._tag and not _numbers(cells)), 0)
        self._misc = next((n for n, cells in enumerate(columns) if n != self._form and _tells_spaces(cells)), -1)
        self._blank = any(cells[self._form].isspace() for cells in rows)
        self._columns = columns

    def _cells(self, line: str) -> list[str]:
        return line.split("\t") if self._tab else line.split()

    def _tag_column(self, columns: list[tuple[str, ...]]) -> int:
        """The last column of tags with a name in it, or of nothing but tags."""
        tagged = [n for n, cells in enumerate(columns) if all(map(_TAG.fullmatch, cells))]
        named = [n for n in tagged if any(cell != "O" for cell in columns[n])]
        if not tagged:
            raise InputError(self.where, "no column holds IOB tags", "name a file with tags such as B-GPE, I-GPE and O")
        return (named or tagged)[-1]

    def _is_comment(self, line: str) -> bool:
        cells = self._cells(line)
        return line.startswith("#") and (len(cells) != self._width or not _TAG.fullmatch(cells[self._tag]))

    def unread(self) -> Iterator[NotCarried]:
        """The columns, comments and lines that nothing is made of."""
        for n, cells in enumerate(self._columns):
            known = n in (self._tag, self._form) or (n < self._form and _numbers(cells))
            values = Counter(
                cell for cell in cells if cell not in ("_", "-", "O") and not (n == self._misc and _plain(cell))
            )
            if not known and values:
                shown = ", ".join(repr(value) for value, _ in values.most_common(3))
                yield NotCarried("column", self.where, f"column {n + 1}", f"{values.total()} values such as {shown}")
        for number, line in enumerate(self._lines, 1):
            place = f"{self.where}:{number}"
            if self._is_comment(line):
                pair = _PAIR.fullmatch(line)
                if pair is None or pair[1] not in _KNOWN:
                    yield NotCarried("comment", place, "", line[:60])
            elif line.strip() and len(self._cells(line)) != self._width and not line.startswith(_DOCUMENT):
                yield NotCarried("unreadable-line", place, "", f"{len(self._cells(line))} columns, not {self._width}")

    def documents(self) -> Iterator[Document]:
        """The documents in the order of the file."""
        document, sentence = Document(), Sentence()
        for number, line in enumerate(self._lines, 1):
            cells = self._cells(line)
            pair = _PAIR.fullmatch(line) if self._is_comment(line) else None
            if line.startswith(_DOCUMENT) or (pair and pair[1] in ("newdoc", "newdoc id")):
                yield document
                document, sentence = Document(pair[2].strip() if pair else ""), Sentence()
            elif pair and pair[1] == "text":
                sentence.text = pair[2]
            elif pair:
                document.comments[pair[1]] = pair[2]
            elif len(cells) == self._width and line.strip() and not self._is_comment(line):
                if not sentence.tokens:
                    document.sentences.append(sentence)
                sentence.tokens.append(Token(number, cells))
            elif not line.strip():
                sentence = Sentence()
        yield document

    def misc_of(self, token: Token) -> dict[str, str]:
        """What the column MISC says of a token."""
        pairs = (pair.partition("=") for pair in token.cells[self._misc].split("|")) if self._misc >= 0 else ()
        return {name: value for name, equals, value in pairs if equals}

    def text_of(self, sentence: Sentence) -> tuple[str, list[tuple[int, int]], bool]:
        """The text of a sentence with what is behind it, where its tokens stand in that, and whether the file says."""
        forms = [token.cells[self._form] for token in sentence.tokens]
        if self._misc >= 0:
            return (*self._told(sentence, forms), True)
        places, at = [], 0
        for form in forms:
            start = sentence.text.find(form, at)
            if start < 0 or sentence.text[at:start].strip():
                break
            at = start + len(form)
            places.append((start, at))
        if len(places) == len(forms):
            return sentence.text + "\n", places, True
        glue = "" if self._blank else " "
        ends = accumulate((len(form) for form in forms), lambda end, length: end + len(glue) + length)
        places = [(end - len(form), end) for end, form in zip(ends, forms, strict=True)]
        return glue.join(forms) + "\n", places, self._blank

    def _told(self, sentence: Sentence, forms: list[str]) -> tuple[str, list[tuple[int, int]]]:
        text, places = "", []
        for n, (token, form) in enumerate(zip(sentence.tokens, forms, strict=True)):
            misc = self.misc_of(token)
            text += _decoded(misc.get("SpacesBefore", ""))
            places.append((len(text), len(text) + len(form)))
            default = "\n" if n == len(forms) - 1 else " "
            gap = "" if misc.get("SpaceAfter") == "No" else _decoded(misc.get("SpacesAfter", "")) or default
            text += form + gap
        return text, places

    def spans_of(self, sentence: Sentence) -> Iterator[tuple[int, int, int, str]]:
        """Line, first and last token, and label of each span, in any of the schemes IOB1, IOB2, BIOES and BILOU."""
        begun: tuple[int, int, str] | None = None
        for n, token in enumerate(sentence.tokens):
            prefix, _, label = token.cells[self._tag].partition("-")
            goes_on = begun is not None and prefix in "IELM" and begun[2] == label
            if begun and not goes_on:
                yield begun[0], begun[1], n - 1, begun[2]
                begun = None
            if label and not goes_on:
                begun = (token.line, n, label)
        if begun:
            yield begun[0], begun[1], len(sentence.tokens) - 1, begun[2]


def _numbers(cells: tuple[str, ...]) -> bool:
    return all(re.fullmatch(r"\d+([-.]\d+)?", cell) for cell in cells)


def _tells_spaces(cells: tuple[str, ...]) -> bool:
    return any(pair.partition("=")[0] in _MISC[:3] for cell in cells for pair in cell.split("|") if "=" in pair)


def _plain(misc: str) -> bool:
    return all(pair.partition("=")[0] in _MISC for pair in misc.split("|"))
