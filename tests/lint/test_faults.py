"""One fault a copy, made from the models' schema and not from the rules: each is found, in its file, line and field."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.lint import RULES, validate
from kh_kr_corpus.store.schema import to_schema

# Thousands of trials: what they go through, quicker tests go through as well.
pytestmark = pytest.mark.no_cover
TOY = Path(__file__).parents[1] / "toy"
SCHEMA = to_schema()
MODELS = {"article": "Article", "activity": "Activity", "entities": "EntityFile", "sources": "SourceFile"}
MODELS |= {"layer": "Layer", "splits": "Splits", "records": "RecordSet", "release": "Release"}
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^,\]}\n]+')
NOBODY, NOWHERE = "organisation/nobody", "place/nowhere"
REFERENCES = {"entity": NOBODY, "organisation": NOBODY, "parent": NOWHERE, "place": NOWHERE}
REFERENCES |= dict.fromkeys(("activity", "part_of", "source", "sources", "repost_of"), "no-such-id")
REFERENCES |= {"accredited_to": NOWHERE, "predecessor": "person/nobody", "predecessors": NOBODY}


class Fault(NamedTuple):
    """One edit of one file that changes no line numbers, and what must be said of it."""

    name: str
    file: str
    text: str
    line: int
    field: str

    def __str__(self) -> str:
        return self.name


def resolved(node: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema node without references: the branches of a union one by one."""
    if "$ref" in node:
        return resolved(SCHEMA["$defs"][node["$ref"].rpartition("/")[2]])
    if "anyOf" in node:
        return [branch for option in node["anyOf"] for branch in resolved(option)]
    return [node]


def nodes_at(record: str, path: _yaml.Path) -> list[dict[str, Any]]:
    """What the schema says of the field at ``path``; empty for the header, which is no part of a model."""
    nodes = resolved({"$ref": f"#/$defs/{MODELS[record]}"})
    for part in path:
        inner: list[dict[str, Any]] = []
        for node in nodes:
            found = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
            inner += resolved(found) if found else []
        nodes = inner
    return nodes


def swaps(path: _yaml.Path, nodes: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Values that no field of this schema takes: a name for the fault, and the YAML for it."""
    types = {node.get("type") for node in nodes}
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    yield "a mapping", "{x: 1}"
    yield "a list in a list", "[[1]]"
    if types <= {"string", "null"}:
        yield "a number for a text", "7"
    if any("minLength" in node for node in nodes):
        yield "nothing", '""'
    if "integer" in types:
        yield "a quoted number", '"5"'
        yield "a fraction", "5.5"
        yield "a negative number", "-1"
        yield "true for a number", "true"
    if "number" in types:
        yield "a negative number", "-1"
    if "boolean" in types:
        yield "a word for a flag", "yes"
        yield "a number for a flag", "1"
    if any("enum" in node for node in nodes):
        yield "an unknown term", "no-such-term"
    if any("pattern" in node for node in nodes):
        yield "white space", '" x"'
    if any("2021/2023" in node.get("examples", ()) for node in nodes):
        yield "a day that does not exist", '"2023-02-30"'
        yield "a date in words", "October 2023"
    if name in REFERENCES and any("[a-z0-9]+" in node.get("pattern", "") for node in nodes):
        yield "an unknown id", REFERENCES[name]


def kind_of(record: str, path: _yaml.Path) -> str:
    """``Model.field``, so that each field of each model is tried once, wherever it stands first."""
    parent = next((node["title"] for node in nodes_at(record, path[:-1]) if "properties" in node), "")
    return f"{parent}.{path[-1]}" if parent else kind_of(record, path[:-1]) + "[]"


def field_faults() -> Iterator[Fault]:
    """For every field of every model that the toy uses: a wrong name, and every kind of wrong value."""
    seen: set[str] = set()
    for file in sorted(TOY.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        tree, lines = _yaml.loads(text), text.split("\n")
        for path, (line, column) in tree.marks.items():
            if file.name == "schema.yaml" or path in ((), ("record",), ("schema_version",)):
                continue
            record, row = tree.data["record"], lines[line - 1]
            nodes, kind = nodes_at(record, path), kind_of(record, path)
            value, key = TOKEN.match(row, column - 1), f"{path[-1]}:"
            begin = row.rfind(key, 0, column - 1 + len(key))  # what holds more than a line is marked at its name
            edits = [("misspelt", row[:begin] + "x" + row[begin:], (*path[:-1], f"x{path[-1]}"))] if begin >= 0 else []
            if value and value[0][0] not in "{[|" and begin != column - 1 and not any("properties" in n for n in nodes):
                edits += [
                    (name, row[: value.start()] + swap + row[value.end() :], path) for name, swap in swaps(path, nodes)
                ]
            for name, edited, where in edits:
                if (what := f"{kind} {name}") not in seen:
                    seen.add(what)
                    place = file.relative_to(TOY).as_posix()
                    yield Fault(what, place, changed(lines, line, edited), line, _yaml.field_name(where))


def changed(lines: list[str], line: int, edited: str) -> str:
    return "\n".join([*lines[: line - 1], edited, *lines[line:]])


BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"
EXTERNAL = "articles/2021/2021-clinic-opens.yaml"
EVIDENCE = "initiatives[0].evidence[0]"
CLINIC = "activities/2021-floating-clinic-phnom-penh.yaml"
# file, old, new, the field that must be named; the line is that of the edit unless a number says otherwise
BY_HAND: list[tuple[str, str, str, str, int | None]] = [
    (BRIEF, "start: 57, end: 70", "start: 58, end: 71", "mentions[1].text", None),
    (BRIEF, "start: 57, end: 70", "start: 70, end: 57", "mentions[1].end", None),
    (BRIEF, "start: 57, end: 70", "start: 57, end: 69", "mentions[1].end", None),
    (BRIEF, "start: 57, end: 70", "start: 557, end: 570", "mentions[1].end", None),
    (BRIEF, 'text: "February 2022"', 'text: "February 2023"', "mentions[1].text", None),
    (BRIEF, "text: RCA", "text: RCB", "mentions[4].text", None),
    (BRIEF, "id: m2,", "id: m1,", "mentions[1].id", None),
    (BRIEF, "- id: i2", "- id: i1", "initiatives[1].id", None),
    (BRIEF, "start: 0, end: 117", "start: 5, end: 117", "initiatives[0].evidence[0].sha256", None),
    (BRIEF, "start: 0, end: 117", "start: 0, end: 1170", "initiatives[0].evidence[0].end", None),
    (BRIEF, "start: 0, end: 117", "start: 117, end: 117", "initiatives[0].evidence[0].end", None),
    (BRIEF, "52593fe2751284b2", "52593fe2751284b3", "initiatives[0].evidence[0].sha256", None),
    (BRIEF, "teach forty nurses", "teach fifty nurses", "initiatives[0].evidence[0].sha256", 44),
    (BRIEF, "River Clinics Agreement (RCA)", "River Clinic Agreements (RCA)", "mentions[3].text", 22),
    (BRIEF, "  The Ministry", "  the Ministry", "initiatives[0].evidence[0].sha256", 44),
    (BRIEF, "from Cambodia.", "from Cambodia. ", "text", 14),
    (BRIEF, 'id: "2022-nurses-for-the-boats"', 'id: "2022-nurses-for-a-boat"', "id", None),
    (BRIEF, 'id: "2022-nurses-for-the-boats"', 'id: "2021-nurses-for-the-boats"', "id", None),
    (BRIEF, 'id: "2022-nurses-for-the-boats"', 'id: "2023-boat-diary-ko"', "id", None),
    (BRIEF, "label: ORG", "label: PERSON", "mentions[0].entity", None),
    (BRIEF, "label: MONEY", "label: DATE", "mentions[6].value", None),
    (BRIEF, 'codebook: "1.3"', "genre: brief", "genre", None),
    (BRIEF, "origin: brief", "origin: synthetic", "id", 4),
    (BRIEF, "rights: {text: included, licence: CC-BY-4.0}", "rights: {text: included}", "rights", None),
    (BRIEF, "kind: training", "kind: resilience", "initiatives[0].kind", None),
    (BRIEF, "record: article", "record: activity", "record", None),
    (BRIEF, "schema_version: 1", "schema_version: 2", "schema_version", None),
    (BRIEF, "language: en", "\tlanguage: en", "", None),
    (BRIEF, "language: en", "language: &l en", "language", None),
    (BRIEF, "language: en", "language: !!str en", "language", None),
    (BRIEF, "language: en", "title: en", "title", None),
    (BRIEF, "at: \"2026-11-21\"}}", "at: \"2026-11-31\"}}", "mentions[0].review.at", None),
    (EXTERNAL, "length: 420", "length: 400", "mentions[14].end", 42),
    (EXTERNAL, "rights: {text: external, holder: The Toy Gazette}", "rights: {text: local}", "rights", None),
    (EXTERNAL, "start: 107, end: 204", "start: 150, end: 204", f"{EVIDENCE}.sha256", 61),
    (EXTERNAL, "      - {start: 107, end: 204", "      - {start: 150, end: 204", f"{EVIDENCE}.sha256", 61),
    (EXTERNAL, '204, sha256: "22dae19775ad6627"', '204, sha256: "22dae19775ad6628"', f"{EVIDENCE}.sha256", 61),
    (EXTERNAL, "start: 107, end: 204", "start: 100, end: 204", "fingerprints.sentences[1].end", None),
    (EXTERNAL, "start: 107, end: 204", "start: 204, end: 107", "fingerprints.sentences[1].end", None),
    (EXTERNAL, 'abstract: "A boat with beds is opened and handed over."', "text: KOICA came.", "text", None),
    (CLINIC, "status: completed", "status: cancelled", "counts_in_totals", 23),
    (CLINIC, 'part_of: "2020-river-clinics-ceiling"', 'part_of: "2021-floating-clinic-phnom-penh"', "part_of", None),
    (CLINIC, 'id: "2021-floating-clinic-phnom-penh"', "id: nurse-course", "id", None),
    ("entities/place.yaml", "id: place/phnom-penh", "id: place/cambodia", "entities[1].id", None),
    ("entities/place.yaml", "id: place/phnom-penh", "id: person/phnom-penh", "entities[1].id", None),
    ("entities/place.yaml", "lang: en, kind: preferred", "lang: en, kind: short", "entities[0].names", 7),
    ("entities/place.yaml", "type: place", "type: person", "type", None),
    ("sources.yaml", "id: toy-ministry-page", "id: toy-database", "sources[2].id", None),
]  # fmt: skip


def faults_by_hand() -> Iterator[Fault]:
    for file, old, new, field, line in BY_HAND:
        text = (TOY / file).read_text(encoding="utf-8")
        assert old in text, f"the toy has changed: {old!r} is not in {file}"
        at = line or text.count("\n", 0, text.index(old)) + 1
        yield Fault(f"{file.rpartition('/')[2]} {old} -> {new}", file, text.replace(old, new, 1), at, field)


FAULTS = [*field_faults(), *faults_by_hand()]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One copy for all faults; each test puts its file back. Canonical form is not asked for: that a file looks odd
    is no answer to what is wrong with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(RULES, "KC901")
        yield Path(shutil.copytree(TOY, tmp_path_factory.mktemp("faults") / "toy"))


def test_there_are_faults_enough() -> None:
    assert len(FAULTS) == len({fault.name for fault in FAULTS}) >= 250
    assert {fault.file.partition("/")[0] for fault in FAULTS} == {
        "articles",
        "activities",
        "entities",
        "layers",
        "records",
        "release.yaml",
        "sources.yaml",
        "splits.yaml",
    } | ({"synthetic"} if any(fault.file.startswith("synthetic") for fault in FAULTS) else set())


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_is_found_where_it_is(fault: Fault, corpus: Path) -> None:
    path = corpus / fault.file
    before = path.read_bytes()
    path.write_bytes(fault.text.encode("utf-8"))
    try:
        found = validate(corpus)
    finally:
        path.write_bytes(before)
    here = [f for f in found if f.location.path == str(path)]
    at = [f for f in here if f.location.line == fault.line]
    assert any(f.location.field == fault.field for f in at), "\n".join(str(f) for f in found) or "nothing was found"
    assert all(finding.fix for finding in found)
    assert len(found) <= 25, "one fault should not bury itself"


def test_fifty_faults_at_once_are_all_told(corpus: Path) -> None:
    """One misspelt field in every line of mentions of a file, and none hides another."""
    path = corpus / EXTERNAL
    before = path.read_bytes()
    text = before.decode("utf-8")
    path.write_text(re.sub(r"label: [A-Z]+", "lable: ORG", text).replace("status:", "statsu:"), encoding="utf-8")
    try:
        found = validate(path)
    finally:
        path.write_bytes(before)
    wanted = {n for n, line in enumerate(text.split("\n"), start=1) if "label: " in line or "    status:" in line}
    assert len(wanted) == 19
    assert wanted == {f.location.line for f in found if f.message.startswith("there is no field")}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("    themes: [training]", "    themes: []", "initiatives[0].themes"),
        ("    themes: [training]", "    themes: [trainin]", "initiatives[0].themes[0]"),
        ("currency: USD, qualifier", "currency: {x: 1}, qualifier", "mentions[6].value.currency"),
        ("{amount: 200000, currency: USD, qualifier: about,", "{currency: USD,", "mentions[6].value.amount"),
    ],
)  # fmt: skip
def test_two_faults_are_two_findings_or_more(corpus: Path, old: str, new: str, field: str) -> None:
    """Problems that only echo another one are left out; what is left out never hides a fault."""
    path = corpus / BRIEF
    before = path.read_bytes()
    text = before.decode("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1).replace("genre: brief", "genre: breif"), encoding="utf-8")
    try:
        fields = [finding.location.field for finding in validate(path)]
    finally:
        path.write_bytes(before)
    assert fields[0] == "genre"
    assert field in fields
    assert "mentions[6].value" not in fields
    assert "initiatives[0].themes" not in fields or field == "initiatives[0].themes"


def test_a_broken_copy_is_not_taken_for_a_good_one(corpus: Path) -> None:
    assert [str(finding) for finding in validate(corpus)] == []
    assert store.read_corpus(corpus, strict=True).findings == []
