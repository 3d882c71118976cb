"""KC12x the knowledge base and KC13x the bibliography: one entry for each, and who is easily taken for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from kh_kr_corpus._yaml import Path
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.lint.rule import Problem, rule
from kh_kr_corpus.lint.rules.references import source_refs
from kh_kr_corpus.models import Entity, Office, Source
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents, Loaded
from kh_kr_corpus.store.reader import EntityFile, SourceFile

Placed = tuple[Loaded, Path, Entity]


def entities(contents: Contents) -> Iterator[Placed]:
    for loaded in contents.files:
        if isinstance(loaded.model, EntityFile):
            for n, entity in enumerate(loaded.model.entities):
                yield loaded, ("entities", n), entity


def _sources(contents: Contents) -> Iterator[tuple[Loaded, Path, Source]]:
    for loaded in contents.files:
        if isinstance(loaded.model, SourceFile):
            for n, source in enumerate(loaded.model.sources):
                yield loaded, ("sources", n), source


@rule("KC121", local=False)
def undeclared_namesakes(contents: Contents) -> Iterator[Problem]:
    """Two entities share a name and nothing says what decides between them.
    A link by that name would be a guess, or the two are one entity twice. Merge them, correct the name, or say in
    `distinct_from` what tells them apart in a text: country, office, date, place or the words beside the name.

    Repair: merge the two entries, correct the name, or add `distinct_from` with what decides.
    Before: {entity: {id: organisation/koica-of-old, names: [{text: KOICA, lang: en, kind: preferred}]}}
    After: {entity: {id: organisation/koica-of-old, names: [{text: KOICA, lang: en, kind: preferred}], distinct_from: [{entity: organisation/koica, by: [date]}]}}
    """  # noqa: E501 - an example is one line
    kb = KnowledgeBase(contents.entities.values())
    missing: dict[str, dict[str, str]] = defaultdict(dict)
    for name, one, other in kb.collisions():
        if other not in kb.namesakes(one):
            missing[one].setdefault(other, name)
    for loaded, path, entity in entities(contents):
        for other, name in missing.get(entity.id, {}).items():
            message = f"{name!r} is also a name of {other}"
            yield loaded, (*path, "names"), message, f"merge the two, or add distinct_from: {other}, and by what"


@rule("KC122", local=False)
def namesake_twice(contents: Contents) -> Iterator[Problem]:
    """A pair of namesakes is declared twice, or an entity is its own namesake.
    What is said in two places comes to say two things. One of the two entries declares the pair.

    Repair: keep one of the two entries.
    Before: {entity: {id: organisation/koica-of-old, distinct_from: [{entity: organisation/koica-of-old, by: [date]}]}}
    After: {entity: {id: organisation/koica-of-old, distinct_from: [{entity: organisation/koica, by: [date]}]}}
    """
    seen: set[frozenset[str]] = set()
    for loaded, path, entity in entities(contents):
        for n, other in enumerate(entity.distinct_from):
            pair = frozenset({entity.id, other.entity})
            if len(pair) == 1:
                yield loaded, (*path, "distinct_from", n), "an entity is not distinct from itself", "remove it"
            elif pair in seen:
                message = f"{other.entity} is declared already, here or in its own entry"
                yield loaded, (*path, "distinct_from", n), message, "keep one of the two"
            seen.add(pair)


@rule("KC123", local=False)
def identifier_twice(contents: Contents) -> Iterator[Problem]:
    """Two entities have the same outside identifier, or one has two in a scheme.
    An identifier means one thing: either it was copied wrongly, or the two entries are one.

    Repair: correct the identifier, or merge the two entries.
    Before: {entity: {id: organisation/boats, identifiers: [{scheme: wikidata, value: Q1, source: toy-gazette-2021, checked: "2026"}]}, other: {id: organisation/ships, identifiers: [{scheme: wikidata, value: Q1, source: toy-gazette-2021, checked: "2026"}]}}
    After: {entity: {id: organisation/boats, identifiers: [{scheme: wikidata, value: Q1, source: toy-gazette-2021, checked: "2026"}]}, other: {id: organisation/ships, identifiers: [{scheme: wikidata, value: Q2, source: toy-gazette-2021, checked: "2026"}]}}
    """  # noqa: E501 - an example is one line
    bearer: dict[tuple[str, str], str] = {}
    for loaded, path, entity in entities(contents):
        schemes: Counter[str] = Counter()
        for n, one in enumerate(entity.identifiers):
            schemes[one.scheme] += 1
            other = bearer.setdefault((one.scheme, one.value), entity.id)
            if other != entity.id:
                message = f"{one.scheme} {one.value} is also the identifier of {other}"
                yield loaded, (*path, "identifiers", n), message, "correct one, or merge the two entries"
            elif schemes[one.scheme] > 1:
                yield loaded, (*path, "identifiers", n), f"a second {one.scheme} identifier", "keep the right one"


@rule("KC124")
def broken_succession(contents: Contents) -> Iterator[Problem]:
    """A predecessor never held the office, or held it later.
    Who held an office when is read along these links; a broken one gives a wrong answer without a sound.

    Repair: give the predecessor the office, or remove the link.
    Before: {entity: {id: person/ly-dara, offices: [{title: Mayor, term: "2022", predecessor: person/chea-bopha}]}}
    After: {entity: {id: person/ly-dara, offices: [{title: Mayor, term: "2022"}]}}
    """
    for loaded, path, entity in entities(contents):
        for n, office in enumerate(entity.offices):
            before = contents.entities.get(office.predecessor or "")
            if before is None:
                continue
            at: Path = (*path, "offices", n, "predecessor")
            same = [held for held in before.offices if held.same_as(office)]
            if before.id == entity.id or not same:
                fix = "give the predecessor the office under the same title or body, or remove the link"
                yield loaded, at, f"{before.id} has no such office", fix
            elif (latest := _start(office)[1]) and all(_start(held)[0] > latest for held in same):
                yield loaded, at, f"{before.id} came to the office after {entity.id}", "correct the dates or the link"


@rule("KC125")
def open_term_with_successor(contents: Contents) -> Iterator[Problem]:
    """A term is open although somebody has held the office since.
    An open term says that the holder still holds it: "who is ambassador" would have two answers.

    Repair: write the end of the term, or what is known as `attested`.
    Before: {entity: {id: person/ly-dara, offices: [{title: Mayor, term: 2019/..}]}, other: {id: person/so-vann, offices: [{title: Mayor, term: 2022/.., predecessor: person/ly-dara}]}}
    After: {entity: {id: person/ly-dara, offices: [{title: Mayor, term: 2019/2022}]}, other: {id: person/so-vann, offices: [{title: Mayor, term: 2022/.., predecessor: person/ly-dara}]}}
    """  # noqa: E501 - an example is one line
    kb = KnowledgeBase(contents.entities.values())
    for loaded, path, entity in entities(contents):
        for n, office in enumerate(entity.offices):
            if not (office.term or "").endswith("/.."):
                continue
            for other in kb.successors(entity.id, office):
                later = [held for held in contents.entities[other].offices if held.same_as(office)]
                if any(_start(held)[0] > _start(office)[1] for held in later if held.predecessor == entity.id):
                    fix = "give the end, or write what is known as `attested`"
                    yield loaded, (*path, "offices", n, "term"), f"{other} has held the office since", fix


def _start(office: Office) -> tuple[str, str]:
    """The first and the last day on which somebody can have come to an office, as far as it is known, as ISO dates:
    "2022-10" may be any day of that month. Empty where nothing is known."""
    starts = [part for value in (office.term, *office.attested) if value and (part := value.partition("/")[0]) != ".."]
    days = [(first.isoformat(), last.isoformat()) for one in starts for first, last in [bounds(one)] if first and last]
    return min(days, default=("", ""))


@rule("KC131", local=False)
def source_twice(contents: Contents) -> Iterator[Problem]:
    """Two entries of the bibliography are the same page.
    Each source stands once, or one report would count as two. Addresses that differ in `www.`, `http` or a
    closing slash lead to one page.

    Repair: cite one of the two everywhere and remove the other.
    Before: url: "http://www.example.org/a/" and url: "https://example.org/a"
    After: one entry with url: "https://example.org/a"
    """
    seen: dict[str, str] = {}
    for loaded, path, source in _sources(contents):
        if not source.url:
            continue
        parts = urlsplit(source.url)
        host = parts.netloc.rpartition("@")[2].casefold().removesuffix(":80").removesuffix(":443")
        host = host.removeprefix("www.").removeprefix("m.")
        page = f"{host}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment if '/' in parts.fragment else ''}"
        other = seen.setdefault(page, source.id)
        if other != source.id:
            yield loaded, (*path, "url"), f"{other} is the same page", "cite that one everywhere, and remove this"


@rule("KC132")
def repost_of_repost(contents: Contents) -> Iterator[Problem]:
    """A repost points to another repost, or to itself.
    A copy names the original, so that however many copies there are, the story counts once.

    Repair: write the id of the original.
    Before: a.repost_of: b, b.repost_of: c
    After: a.repost_of: c, b.repost_of: c
    """
    for loaded, path, source in _sources(contents):
        original = contents.sources.get(source.repost_of or "")
        if original and original.repost_of:
            first = original.repost_of
            fix = "one of them is the original" if first == source.id else f"write the original: {first}"
            yield loaded, (*path, "repost_of"), f"{original.id} is no original", fix


@rule("KC133", "warning", local=False)
def uncited_source(contents: Contents) -> Iterator[Problem]:
    """An entry of the bibliography is cited by nothing.
    It supports no statement here. Cite it where it was used, or remove it.

    Repair: cite the source where it was used, or remove it.
    Before: an entry `toy-unused` that nothing cites
    After: the entry, cited in `sources` of an activity
    """
    if any(loaded.model is None or loaded.findings for loaded in contents.files):
        return  # what a broken file cites is not known
    cited = {name for loaded in contents.files for _, name in source_refs(loaded)}
    for loaded, path, source in _sources(contents):
        if source.id not in cited:
            yield loaded, (*path, "id"), f"nothing cites {source.id!r}", "cite it or remove it"
