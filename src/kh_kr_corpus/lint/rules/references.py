"""KC0xx files and KC1xx references: whatever is named exists, once, in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kh_kr_corpus._yaml import Path
from kh_kr_corpus.errors import near
from kh_kr_corpus.lint.rule import Problem, activities, articles, read_rule, rule
from kh_kr_corpus.models import Activity, Article, Layer, Name, Office
from kh_kr_corpus.store import Contents, Loaded
from kh_kr_corpus.store.layout import expected_path
from kh_kr_corpus.store.reader import EntityFile, SourceFile

read_rule(
    "KC001",
    """The file is outside the YAML subset.
    Anchors, aliases, tags, merge keys, duplicate keys and odd indentation mean different things to different
    parsers, and some of them can hang one. Write each value out, once, indented with spaces.

    Repair: write each value out, once, indented with spaces.
    Before: rights: &r {text: local}
    After: rights: {text: local}
    """,
)
read_rule(
    "KC002",
    """The file's place or header is wrong.
    A file says what it holds in `record` and `schema_version`, and its folder must agree; otherwise nothing
    can tell which schema counts.

    Repair: move the file to its place, or correct `record` and `schema_version`.
    Before: {article: {schema_version: 7}}
    After: {article: {schema_version: 1}}
    """,
)
read_rule(
    "KC003",
    """A field is missing, misspelt or of the wrong type.
    Nothing is guessed or converted: a "5" is no 5, and a misspelt field would be a value that nobody reads.

    Repair: correct the name or the type of the field, as `schema.yaml` has it.
    Before: {article: {titel: A boat}}
    After: {article: {title: A boat}}
    """,
)
read_rule(
    "KC101",
    """Two records have the same id.
    An id is how everything else refers to a record; the second record would be invisible.

    Repair: give one of the two records an id of its own.
    Before: two files with `id: "2024-boat"`
    After: `id: "2024-boat"` and `id: "2024-second-boat"`
    """,
)


def _near(name: str, known: object) -> str:
    close = near(name, known)  # type: ignore[arg-type] # any collection of names
    return f"did you mean {' or '.join(close)}?" if close else "add the record, or correct the id"


def entity_refs(model: object) -> Iterator[tuple[Path, str]]:
    if isinstance(model, (Article, Layer)):
        for n, mention in enumerate(model.mentions):
            if mention.entity:
                yield ("mentions", n, "entity"), mention.entity
        for i, initiative in enumerate(model.initiatives):
            for n, actor in enumerate(initiative.actors):
                yield ("initiatives", i, "actors", n, "entity"), actor.entity
            for n, place in enumerate(initiative.place):
                yield ("initiatives", i, "place", n), place
            if initiative.speaker and initiative.speaker.entity:
                yield ("initiatives", i, "speaker", "entity"), initiative.speaker.entity
    elif isinstance(model, Activity):
        for n, participant in enumerate(model.participants):
            yield ("participants", n, "entity"), participant.entity
        for n, place in enumerate(model.place):
            yield ("place", n), place
    elif isinstance(model, EntityFile):
        yield from _links_between_entities(model)


def _links_between_entities(model: EntityFile) -> Iterator[tuple[Path, str]]:
    for i, entity in enumerate(model.entities):
        if entity.parent:
            yield ("entities", i, "parent"), entity.parent
        for n, former in enumerate(entity.predecessors):
            yield ("entities", i, "predecessors", n), former
        for n, other in enumerate(entity.distinct_from):
            yield ("entities", i, "distinct_from", n, "entity"), other.entity
        for n, office in enumerate(entity.offices):
            at: Path = ("entities", i, "offices", n)
            if office.organisation:
                yield (*at, "organisation"), office.organisation
            if office.predecessor:
                yield (*at, "predecessor"), office.predecessor
            yield from (((*at, "accredited_to", k), other) for k, other in enumerate(office.accredited_to))


@rule("KC102")
def unknown_entity(contents: Contents) -> Iterator[Problem]:
    """A link leads to no entity of the knowledge base.
    A link to nothing answers no question about that actor. Add the entity, correct the id, or leave the
    mention unlinked (NIL).

    Repair: add the entity, correct the id, or leave the mention unlinked.
    Before: {text: "[KOICA](ORG organisation/koicca) came."}
    After: {text: "[KOICA](ORG organisation/koica) came."}
    """
    for loaded in contents.files:
        for path, entity_id in entity_refs(loaded.model or loaded.draft):
            if not contents.knows("entities", entity_id):
                yield loaded, path, f"no entity {entity_id!r}", _near(entity_id, contents.entities)


@rule("KC103")
def unknown_activity(contents: Contents) -> Iterator[Problem]:
    """An initiative or part leads to no activity.
    Sums run over activities; a link to nothing would silently leave the report out of them.

    Repair: add the activity, correct the id, or remove the link.
    Before: {initiative: {activity: nurses-course}}
    After: {initiative: {activity: nurse-course}}
    """
    for loaded in contents.files:
        reading = loaded.model or loaded.draft
        for i, initiative in enumerate(reading.initiatives if isinstance(reading, (Article, Layer)) else ()):
            name = initiative.activity
            if name and not contents.knows("activities", name):
                path: Path = ("initiatives", i, "activity")
                yield loaded, path, f"no activity {name!r}", _near(name, contents.activities)
    for loaded, activity in activities(contents):
        name = activity.part_of
        if name and not contents.knows("activities", name):
            yield loaded, ("part_of",), f"no activity {name!r}", _near(name, contents.activities)


def source_refs(loaded: Loaded) -> Iterator[tuple[Path, str]]:
    model = loaded.model or loaded.draft
    if isinstance(model, Article):
        if model.source:
            yield ("source",), model.source
        yield from ((("sources", n), name) for n, name in enumerate(model.sources))
    elif isinstance(model, Activity):
        yield from ((("sources", n), name) for n, name in enumerate(model.sources))
        for i, amount in enumerate(model.amounts):
            yield from ((("amounts", i, "sources", n), name) for n, name in enumerate(amount.sources))
    elif isinstance(model, SourceFile):
        for i, source in enumerate(model.sources):
            if source.repost_of:
                yield ("sources", i, "repost_of"), source.repost_of
    elif isinstance(model, EntityFile):
        for i, entity in enumerate(model.entities):
            at: Path = ("entities", i)
            yield from (((*at, "sources", n), name) for n, name in enumerate(entity.sources))
            yield from (((*at, "identifiers", n, "source"), one.source) for n, one in enumerate(entity.identifiers))
            cited: dict[str, Sequence[Name | Office]] = {"names": entity.names, "offices": entity.offices}
            for part, items in cited.items():
                for k, item in enumerate(items):
                    yield from (((*at, part, k, "sources", n), name) for n, name in enumerate(item.sources))


@rule("KC104")
def unknown_source(contents: Contents) -> Iterator[Problem]:
    """A cited source is not in the bibliography.
    A statement without its source can't be checked. Add the source to `sources.yaml`.

    Repair: add the source to `sources.yaml`, or correct the id.
    Before: {article: {source: toy-gazette-1921}}
    After: {article: {source: toy-gazette-2021}}
    """
    for loaded in contents.files:
        for path, name in source_refs(loaded):
            if not contents.knows("sources", name):
                yield loaded, path, f"no source {name!r}", _near(name, contents.sources)


@rule("KC105")
def wrong_place(contents: Contents) -> Iterator[Problem]:
    """The file's name or folder does not fit the record's id.
    A record is found by its id, so its file must bear it: `articles/<year>/<id>.yaml`,
    `activities/<id>.yaml`, `synthetic/<id>.yaml`, and an entity stands in the file of its type.

    Repair: move the file to the place of its id, or correct the id.
    Before: {article: {id: 2024-ship}}
    After: {article: {id: 2024-boat}}
    """
    for loaded in contents.files:
        model = loaded.model
        if isinstance(model, (Article, Activity)) and loaded.relative != expected_path(model):
            yield (
                loaded,
                ("id",),
                f"id {model.id!r} belongs in {expected_path(model)}",
                "move the file or correct the id",
            )
        elif isinstance(model, EntityFile):
            stem = loaded.relative.stem
            if model.type != stem:
                yield loaded, ("type",), f"type is {model.type!r} in entities/{stem}.yaml", f"write `type: {stem}`"
            for n, entity in enumerate(model.entities):
                if entity.type != stem:
                    message = f"{entity.id!r} does not belong in entities/{stem}.yaml"
                    yield loaded, ("entities", n, "id"), message, f"move it to entities/{entity.type}.yaml"


@rule("KC106")
def repeated_local_id(contents: Contents) -> Iterator[Problem]:
    """Two mentions or two initiatives of an article have the same id.
    A review decision names the annotation by its id and would fall on the wrong one.

    Repair: number the second one on.
    Before: {text: "[KOICA](ORG organisation/koica) came.", article: {mentions: [{id: m1, start: 0, end: 5, text: KOICA, label: ORG, review: {state: accepted, by: "human:A", at: "2026-11-21"}}, {id: m1, start: 6, end: 10, text: came, label: ORG, review: {state: accepted, by: "human:A", at: "2026-11-21"}}]}}
    After: {text: "[KOICA](ORG organisation/koica) came."}
    """  # noqa: E501 - an example is one line
    for loaded, article in articles(contents):
        for part in ("mentions", "initiatives"):
            ids = [item.id for item in getattr(article, part)]
            counts = Counter(ids)
            for n, name in enumerate(ids):
                if counts[name] > 1 and ids.index(name) != n:
                    yield loaded, (part, n, "id"), f"id {name!r} again in this article", "number it on"


doubled_lists = ("themes", "sectors", "modalities", "sources", "place", "disagreements", "titles", "demonyms", "by")
"""Lists in which an item says nothing the second time."""


def _lists(data: object, path: Path = ()) -> Iterator[tuple[Path, list[object]]]:
    if isinstance(data, dict):
        for key, item in data.items():
            yield from _lists(item, (*path, key))
    elif isinstance(data, list):
        if path and path[-1] in doubled_lists:
            yield path, data
        for n, item in enumerate(data):
            yield from _lists(item, (*path, n))


@rule("KC107", "warning")
def item_twice(contents: Contents) -> Iterator[Problem]:
    """A list says the same thing twice.
    Who counts themes or sources counts it twice.

    Repair: remove the second one; `khkr validate --fix` does it.
    Before: {initiative: {themes: [training, training]}}
    After: {initiative: {themes: [training]}}
    """
    for loaded in contents.files:
        for path, items in _lists(loaded.tree.data if loaded.tree else None):
            for n, item in enumerate(items):
                if isinstance(item, str) and items.index(item) != n:
                    yield loaded, (*path, n), f"{item!r} again in this list", "remove it"
