"""Other people's code lists, and crosswalks from our terms to them with what is lost on the way.

Both are reviewed YAML beside this file (``codelists/`` and ``crosswalks/``), read when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from kh_kr_corpus import _yaml
from kh_kr_corpus.errors import UnknownNameError, near

__all__ = ["Code", "CodeList", "Crosswalk", "Link", "Match", "codelist", "codelists", "crosswalk", "crosswalks"]

Match = Literal["exact", "broader", "narrower", "none"]
"""What the outside code is, seen from our term: the same; more than the term; only a part of it (and perhaps
something else besides, which the loss then says); or there is no code."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of somebody else's list, e.g. OECD DAC/CRS ``15113``, with the version of that list."""

    scheme: str
    version: str
    code: str
    name: str
    category: str | None = None
    """The group that it stands in."""
    voluntary_of: str | None = None
    """The code under which totals count it."""
    since: str | None = None
    """The day from which it holds, None for from the beginning."""
    withdrawn: str | None = None
    """The day until which it held, None while it holds."""
    former: tuple[str, ...] = ()
    """Names that it had in earlier editions."""
    unpublished: bool = False
    """Whether the edition that IATI publishes lacks it."""

    def __str__(self) -> str:
        return f"{self.code} {self.name}" if self.name != self.code else self.code


@dataclass(frozen=True)
class CodeList(Mapping[str, Code]):
    """A list of codes with its publisher, version and source.

    >>> codelist("oecd-dac-crs-5")["74010"].withdrawn
    '2017-12-31'
    """

    name: str
    title: str
    publisher: str
    version: str
    source: str
    note: str
    codes: Mapping[str, Code] = field(repr=False)

    def __getitem__(self, code: str) -> Code:
        try:
            return self.codes[code]
        except KeyError:
            raise UnknownNameError(f"code in {self.name}", code, near(code, self.codes)) from None

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class Link:
    """From one term to one outside code, or to none."""

    term: str
    match: Match
    code: Code | None
    when: str
    """The condition under which it holds, in words; empty for always."""
    loss: str
    """What the code does not say, or says beside what the term means; empty only where the match is exact."""


@dataclass(frozen=True)
class Crosswalk(Mapping[str, tuple[Link, ...]]):
    """From each term of a vocabulary, or code of a list, to codes of an outside scheme; every term is there.

    >>> walk = crosswalk("statuses", "iati-activity-status")
    >>> [(link.match, str(link.code)) for link in walk["agreed"]]
    [('broader', '1 Pipeline/identification')]
    >>> walk.first("proposed") is None
    True
    """

    vocabulary: str
    scheme: str
    choice: Literal["first", "reading"]
    """Whether the first code of a term may be written where nothing more is known, or a person must read and choose."""
    description: str
    links: Mapping[str, tuple[Link, ...]] = field(repr=False)

    def __getitem__(self, term: str) -> tuple[Link, ...]:
        try:
            return self.links[term]
        except KeyError:
            kind = f"term in the crosswalk of {self.vocabulary} to {self.scheme}"
            raise UnknownNameError(kind, term, near(term, self.links)) from None

    def __contains__(self, term: object) -> bool:
        return term in self.links

    def __iter__(self) -> Iterator[str]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)

    def first(self, term: str) -> Code | None:
        """The code that may be written for ``term`` where nothing more is known; None where there is none, and always
        where a person must choose (:attr:`choice`) unless the match is exact. Raises :class:`UnknownNameError`."""
        link = self[term][0]
        return link.code if self.choice == "first" or link.match == "exact" else None

    def terms(self, code: str) -> tuple[str, ...]:
        """The terms that have ``code`` among theirs, in the order of the vocabulary.

        >>> crosswalk("sectors", "oecd-dac-crs-5").terms("15110")
        ('public-administration', 'digital')
        """
        return tuple(t for t, links in self.links.items() if any(one.code and one.code.code == code for one in links))


@cache
def codelist(name: str) -> CodeList:
    """The code list of that name, e.g. ``oecd-dac-crs-5``; raises :class:`UnknownNameError`."""
    raw = _raw("codelists", name, "code list", codelists())
    codes = {one["code"]: _to_code(raw, one) for one in raw["codes"]}
    return CodeList(raw["name"], raw["title"], raw["publisher"], raw["version"], raw["source"], raw["note"], codes)


def _to_code(raw: Mapping[str, Any], one: Mapping[str, Any]) -> Code:
    rest = {key: value for key, value in one.items() if key != "former"}
    return Code(raw["name"], raw["version"], **rest, former=tuple(one.get("former", ())))


@cache
def crosswalk(vocabulary: str, scheme: str) -> Crosswalk:
    """The crosswalk from the terms of ``vocabulary`` to the code list ``scheme``; raises :class:`UnknownNameError`.

    >>> crosswalk("kinds", "plover-event-type")["humanitarian-aid"][0].loss
    'AID is also every other help; the contexts disasters and health remain.'
    """
    known = {f"{one}-{other}": (one, other) for one, other in crosswalks()}
    raw = _raw("crosswalks", f"{vocabulary}-{scheme}", "crosswalk", tuple(known))
    codes = codelist(raw["scheme"])
    links = {one["term"]: tuple(_to_links(one, codes)) for one in raw["terms"]}
    return Crosswalk(raw["vocabulary"], raw["scheme"], raw["choice"], raw["description"], links)


def _to_links(raw: Mapping[str, Any], codes: CodeList) -> Iterator[Link]:
    term, loss = raw["term"], raw.get("loss", "")
    if "to" not in raw:
        yield Link(term, raw["match"], None, "", loss)
    for one in raw.get("to", ()):
        told = "" if one["match"] == "exact" else one.get("loss", loss)
        yield Link(term, one["match"], codes[one["code"]], one.get("when", ""), told)


@cache
def codelists() -> tuple[str, ...]:
    """The names of all code lists, in alphabetical order."""
    return _names("codelists")


@cache
def crosswalks() -> tuple[tuple[str, str], ...]:
    """The vocabulary and scheme of each crosswalk, in alphabetical order."""
    lists = codelists()
    found = ((name, scheme) for name in _names("crosswalks") for scheme in lists if name.endswith(f"-{scheme}"))
    return tuple((name.removesuffix(f"-{scheme}"), scheme) for name, scheme in found)


def _names(folder: str) -> tuple[str, ...]:
    files = (entry.name for entry in resources.files(__package__).joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in files if name.endswith(".yaml")))


def _raw(folder: str, name: str, kind: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    if name not in known:
        raise UnknownNameError(kind, name, near(name, known) or known)
    text = resources.files(__package__).joinpath(folder, f"{name}.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = _yaml.loads(text, f"vocab/{folder}/{name}.yaml").data
    return data
