"""spaCy component ``khkr_gazetteer``: names of the knowledge base, and of short general lists, wherever they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus._offsets import token_bounds
from kh_kr_corpus.annotate import lexicon
from kh_kr_corpus.annotate.candidates import Candidate, propose, text_of
from kh_kr_corpus.annotate.entity_labels import entity_label
from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.annotate.shipped import UsesKb
from kh_kr_corpus.annotate.words import is_common
from kh_kr_corpus.kb import KnowledgeBase

__all__ = ["Gazetteer", "create_gazetteer"]

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_SCORES = {"misprint": 0.78, "nickname": 0.82, "short": 0.85, "acronym": 0.93, "former": 0.93}
_LISTS = (
    ("GPE", "places", "countries"), ("GPE", "places", "cities_kh"), ("GPE", "places", "cities_kr"),
    ("GPE", "places", "cities_other"), ("LOC", "places", "regions"),
    ("EVENT", "words", "holidays"), ("EVENT", "words", "events"), ("FAC", "words", "facilities"),
    ("PROGRAM", "words", "programs"), ("ORG", "bodies", "bodies"), ("AGREEMENT", "bodies", "agreements"),
)  # fmt: skip
Entry = tuple[str, float, str, str]
"""Label, score, reason, the name as it is written."""


class Gazetteer(UsesKb):
    """Finds names in a text by a dictionary over their words, the longest first.

    Case counts: an acronym or a name that is also a common word matches only as it is written; any other name
    also in capitals ("BATTAMBANG"). Nothing matches in lower case.
    """

    def __init__(self, kb: KnowledgeBase | None = None, *, path: str | None = None, lists: bool = True) -> None:
        super().__init__(kb, path=path)
        self.lists = lists

    @cached_property
    def _names(self) -> dict[tuple[str, ...], list[tuple[tuple[str, ...], Entry]]]:
        """Names by their first two words in lower case, or by the only one, longest first."""
        entries: dict[tuple[tuple[str, ...], str], Entry] = {}
        for text, entry in self._entries():
            key = (tuple(token.casefold() for token in _TOKEN.findall(text)), entry[0])
            if key[0] and entries.get(key, ("", 0.0, "", ""))[1] < entry[1]:
                entries[key] = entry
        names: dict[tuple[str, ...], list[tuple[tuple[str, ...], Entry]]] = {}
        for (tokens, _), entry in entries.items():
            names.setdefault(tokens[:2], []).append((tokens, entry))
        for options in names.values():
            options.sort(key=lambda option: (-len(option[0]), -option[1][1], option[1]))
        return names

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        for alias in self.kb.aliases():
            label = "NORP" if alias.kind == "demonym" else entity_label(self.kb[alias.entity], alias.text)
            if label and _usable(alias.text, alias.kind, label):
                yield alias.text, (label, _SCORES.get(alias.kind, 0.95), "gazetteer", alias.text)
                plural = alias.kind == "demonym" and not alias.text.endswith(("s", "ese", "sh", "ch"))
                if plural:
                    yield alias.text + "s", (label, 0.95, "gazetteer", alias.text + "s")
        if self.lists:
            for label, table, key in _LISTS:
                for text in lexicon.names(table, key):
                    yield text, (label, 0.84, "lexicon", text)

    def match(self, doc: Doc) -> list[Candidate]:
        """The candidates, without changing ``doc``."""
        text = text_of(doc)
        tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]
        lowered = [token[0].casefold() for token in tokens]
        found: list[Candidate] = []
        for i, pair in enumerate(itertools.pairwise([*lowered, ""])):
            for words in (pair, pair[:1]):
                options = self._names.get(words)
                if options:
                    found += self._at(text, tokens, lowered, i, options)
        return found

    def _at(
        self,
        text: str,
        tokens: list[tuple[str, int, int]],
        lowered: list[str],
        i: int,
        options: Iterable[tuple[tuple[str, ...], Entry]],
    ) -> Iterator[Candidate]:
        for words, (label, score, reason, name) in options:
            if tuple(lowered[i : i + len(words)]) != words:
                continue
            start, end = tokens[i][1], tokens[i + len(words) - 1][2]
            surface = text[start:end]
            if token_bounds(text, start, end) and _same_case(surface, name) and _same_gaps(surface, name):
                yield Candidate(start, end, label, score, reason)

    def __call__(self, doc: Doc) -> Doc:
        propose(doc, self.match(doc))
        return doc


def _usable(text: str, kind: str, label: str) -> bool:
    """Whether a name can be looked for in running text: no single common word, no lower-case phrase."""
    bare = text.removeprefix("the ").removeprefix("The ")
    if bare in lexicon.words("words", "bare") or (len(bare) < 2 and bare.isascii()):
        return False
    if kind == "demonym" or not bare.isascii():
        return True
    if not any(letter.isupper() for letter in bare):
        return " " in bare
    single = " " not in bare
    return not (single and label == "PERSON" and is_common(bare))


def _same_case(surface: str, name: str) -> bool:
    if surface == name:
        return True
    if (len(name) <= 5 and name.isupper()) or (" " not in name and is_common(name)):
        return surface.isupper() and len(name) > 3 and not name.isupper()
    if surface.isupper() and len(surface) > 3:
        return True
    differs = [(a, b) for a, b in zip(surface.split(), name.split(), strict=False) if a[0].isupper() != b[0].isupper()]
    return not differs or (name[0].islower() and surface[1:] == name[1:])


def _same_gaps(surface: str, name: str) -> bool:
    """One blank, one hyphen or nothing between words, as in the name; "Hun. Sen" is no name."""
    marks = [c for c in surface if not c.isalnum() and not c.isspace() and c not in "-‐‑–.’'"]
    wanted = [c for c in name if not c.isalnum() and not c.isspace() and c not in "-‐‑–.’'"]
    return marks == wanted and "\n" not in surface and ". " not in surface.replace("No. ", "").replace("St. ", "")


@factory("khkr_gazetteer", {"path": None, "lists": True})
def create_gazetteer(nlp: Language, name: str, path: str | None, lists: bool) -> Gazetteer:  # noqa: ARG001
    """Factory of ``khkr_gazetteer``: names of the corpus at ``path`` (None: the shipped one)."""
    return Gazetteer(path=path, lists=lists)
