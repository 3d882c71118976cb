"""Reading Web Annotations: whatever the model allows is taken, or reported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pydantic import ValidationError

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats.contract import NO_TEXT, Imported, NotCarried
from kh_kr_corpus.formats.draft import Draft, loads_rest
from kh_kr_corpus.formats.iris import from_iri
from kh_kr_corpus.formats.proofs import Proof, compare
from kh_kr_corpus.formats.units import Units
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.files import read_text

__all__ = ["read_annotations"]

Plain = dict[str, Any]
_LABELS = frozenset({"classifying", "tagging"})
_LINKS = frozenset({"identifying", "linking"})
_READ = frozenset("@context id type motivation body bodyValue target".split())
_RFC5147 = re.compile(r"char=(\d+),(\d+)")


def read_annotations(
    path: Path, labels: Mapping[str, str], ours: Callable[[Article], Iterator[Plain]]
) -> Iterator[Imported | NotCarried]:
    """The articles that a file annotates; ``ours`` makes the annotations that we would write of an article."""
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(str(path), "no JSON", "export it as Web Annotation JSON-LD", line) from None
    sources: dict[str, list[_Found]] = {}
    for item in _items(data):
        found = list(_targets(item)) if isinstance(item, dict) and "Annotation" in _list(_get(item, "type")) else []
        if not found:
            name = str(_get(item, "id") or "") if isinstance(item, dict) else str(item)[:80]
            yield NotCarried("not-an-annotation", str(path), name, "is no annotation of a source")
        for one in found:
            sources.setdefault(one.source, []).append(one)
    for source, several in sources.items():
        yield from _Source(path, source, several).read(labels, ours)


def _items(data: Any) -> Iterator[Any]:
    """The annotations of a file: one, a list of them, a page or a collection."""
    if isinstance(data, list):
        for one in data:
            yield from _items(one)
    elif isinstance(data, dict) and {"items", "first"} & set(data):
        yield from _items(data.get("items", data.get("first")))
        yield from [data["next"]] if "next" in data else []
    else:
        yield data


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _get(item: Plain, name: str) -> Any:
    return item.get(name, item.get(f"@{name}"))


@dataclass(frozen=True, slots=True)
class _Found:
    """One target of one annotation."""

    annotation: Plain
    source: str
    selectors: list[Any]

    @property
    def item(self) -> str:
        """What the annotation is called: our own id where it is ours."""
        name = str(_get(self.annotation, "id") or "annotation without an id")
        return name.partition("#")[2] if from_iri("article", name) else name

    @property
    def quote(self) -> Plain:
        return next((one for one in self.selectors if _kind(one) == "TextQuoteSelector"), {})

    @property
    def position(self) -> tuple[int, int] | None:
        """Where it says that it stands, in its own units."""
        for one in self.selectors:
            told = (one.get("start"), one.get("end")) if _kind(one) == "TextPositionSelector" else ()
            if _kind(one) == "FragmentSelector" and (found := _RFC5147.match(str(one.get("value")))):
                told = (int(found[1]), int(found[2]))
            if told and all(isinstance(each, int) for each in told):
                return told
        return None


def _kind(selector: Any) -> str:
    """The type of a selector that we can follow; empty for any other."""
    if not isinstance(selector, dict) or "refinedBy" in selector:
        return ""
    return str(_get(selector, "type"))


def _targets(annotation: Plain) -> Iterator[_Found]:
    for target in _list(annotation.get("target")):
        if isinstance(target, dict):
            source = target.get("source", _get(target, "id"))
            source = _get(source, "id") if isinstance(source, dict) else source
            selectors = _list(target.get("selector"))
        else:
            source, selectors = target, []
        if isinstance(source, str):
            source, _, fragment = source.partition("#")
            found = [{"type": "FragmentSelector", "value": fragment}] if fragment else []
            yield _Found(annotation, source, [*selectors, *found])


class _Source:
    """One annotated text."""

    def __init__(self, path: Path, iri: str, found: list[_Found]) -> None:
        self._path, self._iri = path, iri
        own = [one for one in found if from_iri("article", str(_get(one.annotation, "id"))) is not None]
        self._record = next((one for one in own if one.item == "record"), None)
        self._proofs = [one for one in own if re.fullmatch(r"i\d+", one.item)]
        self._spans = [one for one in found if one is not self._record and one not in self._proofs]
        self._all = found

    def read(
        self, labels: Mapping[str, str], ours: Callable[[Article], Iterator[Plain]]
    ) -> Iterator[Imported | NotCarried]:
        """The article and its reports."""
        rest, problem = self._rest()
        if problem:
            yield NotCarried("bad-value", str(self._path), "record", problem)
        name = unquote(re.split(r"[/:]", self._iri.rstrip("/"))[-1])
        text = _text_of(self._path.parent, name)
        if text is None:
            yield from self._without_text(rest, name, ours)
            return
        draft = Draft(str(self._path), name.removesuffix(".txt"), text, labels=labels, rest=rest)
        told = [(*one.position, one.quote["exact"]) for one in self._all if one.position and one.quote.get("exact")]
        units = Units(text, told)
        for one in self._spans:
            self._add(draft, units, one)
        compare(draft, rest, [proof for one in self._proofs for proof in self._proof(draft, units, one)])
        yield from draft.finish()

    def _rest(self) -> tuple[Plain, str]:
        if self._record is None:
            return {}, ""
        bodies = [body for body in _list(self._record.annotation.get("body")) if isinstance(body, dict)]
        return loads_rest(bodies[0].get("value", "") if bodies else "")

    def _without_text(
        self, rest: Plain, name: str, ours: Callable[[Article], Iterator[Plain]]
    ) -> Iterator[Imported | NotCarried]:
        """The article as our record has it, where the annotations are still those of the record."""
        message = f"the text of {self._iri} is not at hand: put it beside the file as {name}.txt"
        try:
            article = Article.model_validate_json(json.dumps(rest))
        except ValidationError:
            for one in self._all:
                yield NotCarried(NO_TEXT.code, str(self._path), one.item, message)
            return
        mine = {one["id"]: one for one in ours(article)}
        theirs = {_get(one.annotation, "id"): one.annotation for one in self._all}
        for key in sorted(mine.keys() | theirs.keys(), key=str):
            if mine.get(key) != theirs.get(key):
                yield NotCarried(NO_TEXT.code, str(self._path), str(key), f"was changed, and {message}")
        yield Imported(article, str(self._path), {m.id: m.id for m in article.mentions})

    def _place(self, draft: Draft, units: Units, one: _Found) -> tuple[int, int] | None:
        """Where it stands, in code points of the text; None and a report where that can't be said."""
        text, exact = draft.raw, one.quote.get("exact")
        if one.position:
            start, end = (units.point(offset) for offset in one.position)
            if start is not None and end is not None and (exact is None or text[start:end] == exact):
                return start, end
            draft.report("bad-offset", one.item, "its position is not where its words are")
        elif exact:
            before, after = one.quote.get("prefix", ""), one.quote.get("suffix", "")
            whole = f"{before}{exact}{after}"
            at = text.find(whole)
            if at >= 0 and text.find(whole, at + 1) < 0:
                return at + len(before), at + len(before) + len(exact)
            draft.report("bad-offset", one.item, f"its words stand {'nowhere' if at < 0 else 'more than once'}")
        else:
            kinds = ", ".join(str(_get(each, "type") if isinstance(each, dict) else each) for each in one.selectors)
            draft.report("selector", one.item, kinds or "the text as a whole")
        return None

    def _add(self, draft: Draft, units: Units, one: _Found) -> None:
        place = self._place(draft, units, one)
        label, entity = self._bodies(draft, one)
        if place is None:
            return
        if label is None:
            draft.report("unknown-label", one.item, "nothing says what it is")
        else:
            draft.add(one.item, *place, label, entity=entity)

    def _bodies(self, draft: Draft, one: _Found) -> tuple[str | None, str | None]:
        """The label and the entity of an annotation; everything else that it says is reported."""
        annotation, labels, entities = one.annotation, list[str](), list[str]()
        unread = (
            set(annotation) - _READ - ({"creator"} if one.item != str(_get(annotation, "id")) else {"@id", "@type"})
        )
        if unread:
            draft.report("provenance", one.item, f"without its {', '.join(sorted(unread))}")
        why = set(map(str, _list(annotation.get("motivation"))))
        bodies = [*_list(annotation.get("body")), *({"value": v} for v in _list(annotation.get("bodyValue")))]
        for body in bodies:
            told = body if isinstance(body, dict) else {"source": body}
            purpose = set(map(str, _list(told.get("purpose")))) or why
            value, link = told.get("value"), told.get("source", _get(told, "id"))
            if isinstance(value, str) and (not purpose or purpose & _LABELS) and not labels:
                labels.append(value)
            elif isinstance(link, str) and (entity := from_iri("entity", link)) and not entities:
                entities.append(entity)
            elif isinstance(link, str) and (purpose & (_LINKS | _LABELS) or not purpose):
                draft.report("foreign-link", one.item, f"a link to {link!r}, which is none of our entities")
            else:
                draft.report("body", one.item, f"{', '.join(sorted(purpose)) or 'a body'}: {str(value or link)[:60]!r}")
        return next(iter(labels), None), next(iter(entities), None)

    def _proof(self, draft: Draft, units: Units, one: _Found) -> Iterator[Proof]:
        place = self._place(draft, units, one)
        bodies = [body for body in _list(one.annotation.get("body")) if isinstance(body, dict)]
        said = {str(body.get("purpose")): str(body.get("value")) for body in bodies}
        if place:
            yield Proof(one.item, *place, said.get("classifying", ""), said.get("describing", ""))


def _text_of(folder: Path, name: str) -> str | None:
    """The text of a source, from the file beside the annotations that bears its name."""
    if name in ("", ".", "..") or {"/", "\\", "\0"} & set(name):
        return None
    for file in (folder / f"{name}.txt", folder / name):
        if file.is_file() and file.suffix not in (".json", ".jsonld"):
            return read_text(file)
    return None
