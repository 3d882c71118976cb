"""More than 500 faults, one a copy, at every place of the toy corpus where the schema says that a value is a number, a
date, a term, an id, a span or a fingerprint. The generator knows the schema and the models, and no rule: of a fault
it says the file, the line, the field and the code that its kind has in the linter's index."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.lint.test_faults import MODELS, REFERENCES, TOKEN, TOY, changed, nodes_at

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.lint import RULES, validate

# Thousands of trials: what they go through, quicker tests go through as well.
pytestmark = pytest.mark.no_cover


class Seed(NamedTuple):
    """One fault."""

    kind: str
    file: str
    text: str
    line: int
    fields: tuple[str, ...]
    codes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} in {self.file}:{self.line} {self.fields[0]}"


OF_REFERENCE = {"activity": "KC103", "part_of": "KC103", "source": "KC104", "sources": "KC104", "repost_of": "KC104"}
EXTERNAL = "text: external"
FILES = [file for file in sorted(TOY.rglob("*.yaml")) if file.name != "schema.yaml"]


def leaves() -> Iterator[tuple[str, str, _yaml.Path, Any, list[dict[str, Any]], tuple[int, int, int]]]:
    """Every scalar on a line: file, its text, path, value, schema nodes, and where the token stands."""
    for file in FILES:
        text = file.read_text("utf-8")
        tree, lines = _yaml.loads(text), text.split("\n")
        record = tree.data["record"]
        for path, (line, column) in tree.marks.items():
            if path in ((), ("record",), ("schema_version",)) or record not in MODELS:
                continue
            token, nodes = TOKEN.match(lines[line - 1], column - 1), nodes_at(record, path)
            if token and token[0][0] not in "{[|" and nodes and not any("properties" in node for node in nodes):
                value = _at(tree.data, path)
                if not isinstance(value, (dict, list)):
                    yield file.relative_to(TOY).as_posix(), text, path, value, nodes, (line, token.start(), token.end())


def _at(data: Any, path: _yaml.Path) -> Any:
    for part in path:
        data = data[part]
    return data


def swapped(path: _yaml.Path, nodes: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """What can't stand at a place of this schema: kind of fault, its YAML, its code."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    types = {node.get("type") for node in nodes}
    if any("enum" in node for node in nodes):
        yield "unknown term", "no-such-term", "KC301"
    if any("2021/2023" in node.get("examples", ()) for node in nodes):
        yield "no such day", '"2023-02-30"', "KC401"
    if types == {"integer"}:
        yield "quoted number", '"5"', "KC003"
        yield "negative number", "-1", "KC003"
    if "boolean" in types:
        yield "word for a flag", "yes", "KC003"
    if name in REFERENCES and any("[a-z0-9]+" in node.get("pattern", "") for node in nodes):
        yield "unknown id", REFERENCES[name], OF_REFERENCE.get(name, "KC102")
    if types <= {"string", "null"} and any("minLength" in node for node in nodes):
        yield "empty text", '""', "KC003"
        yield "list for a text", "[x]", "KC003"


def schema_seeds() -> Iterator[Seed]:
    for file, text, path, _, nodes, (line, begin, end) in leaves():
        lines = text.split("\n")
        row = lines[line - 1]
        for kind, swap, code in swapped(path, nodes):
            field = _yaml.field_name(path)
            code = "KC162" if kind == "unknown id" and file.startswith("records/") else code
            edited = changed(lines, line, row[:begin] + swap + row[end:])
            yield Seed(kind, file, edited, line, (field,), (code,))


def span_seeds() -> Iterator[Seed]:
    """Spans that moved by one, end behind the text, or cover other words; fingerprints with another digit.

    Without an external article's text nobody can tell whether its spans moved within it: those seeds are left out.
    """
    for file, text, path, value, _, (line, begin, end) in leaves():
        lines = text.split("\n")
        row, field, parent = lines[line - 1], _yaml.field_name(path), _yaml.field_name(path[:-1])
        where = (field, parent, *(f"{parent}.{name}" for name in ("start", "end", "text", "sha256")))
        anchored = ("KC201", "KC202", "KC205", "KC207", "KC142", "KC161")
        if path[-1] in ("start", "end") and isinstance(value, int) and path[0] != "adjudicated":
            moves = [("moved by one", value + 1), ("behind the text", value + 90_000)]
            for kind, number in moves[EXTERNAL in text :]:
                edited = changed(lines, line, row[:begin] + str(number) + row[end:])
                yield Seed(kind, file, edited, line, where, anchored)
        elif path[-1] == "sha256" and isinstance(value, str) and EXTERNAL not in text:
            flipped = ("0" if value[0] != "0" else "1") + value[1:]
            edited = changed(lines, line, f'{row[:begin]}"{flipped}"{row[end:]}')
            yield Seed("another fingerprint", file, edited, line, where, anchored)
        elif path[-1] == "text" and path[0] == "mentions" and EXTERNAL not in text:
            edited = changed(lines, line, f'{row[:begin]}"{value}s"{row[end:]}')
            yield Seed("another quote", file, edited, line, where, anchored)


EVERY = [*schema_seeds(), *span_seeds()]


def thinned(seeds: list[Seed]) -> list[Seed]:
    """One of each kind for each field of each file, three of those that move spans;
    ``bench/lint.py --seeds`` runs all of them."""
    seen: Counter[tuple[str, str, str]] = Counter()
    kept = []
    for seed in seeds:
        key = (seed.kind, seed.file, re.sub(r"\d+", "", seed.fields[0]))
        seen[key] += 1
        if seen[key] <= (3 if len(seed.codes) > 1 else 1):
            kept.append(seed)
    return kept


SEEDS = thinned(EVERY)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One copy for all; canonical form is not asked for, for that a file looks odd does not say what is wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(RULES, "KC901")
        yield Path(shutil.copytree(TOY, tmp_path_factory.mktemp("seeds") / "toy"))


def test_there_are_more_than_500_of_many_kinds() -> None:
    kinds = Counter(seed.kind for seed in SEEDS)
    assert len({(seed.file, seed.text) for seed in SEEDS}) == len(SEEDS) >= 500
    assert len(kinds) >= 10 and min(kinds.values()) >= 3, kinds
    assert {seed.file.partition("/")[0] for seed in SEEDS} >= {"articles", "activities", "entities", "layers"}


@pytest.mark.parametrize("file", sorted({seed.file for seed in SEEDS}))
def test_each_is_found_with_file_line_field_and_code(file: str, corpus: Path) -> None:
    path = corpus / file
    before, missed = path.read_bytes(), []
    try:
        for seed in (seed for seed in SEEDS if seed.file == file):
            path.write_bytes(seed.text.encode("utf-8"))
            found = validate(corpus)
            here = [f for f in found if f.location.path == str(path) and f.code in seed.codes]
            if not any(f.location.line == seed.line and f.location.field in seed.fields and f.fix for f in here):
                missed.append(f"{seed}: {[str(f) for f in found][:4]}")
    finally:
        path.write_bytes(before)
    assert missed == []


def test_a_check_by_schema_alone_would_miss_some(corpus: Path) -> None:
    """The control: what pydantic says of one file by itself. A corpus is more than files that fit the schema."""
    unseen = 0
    for seed in SEEDS:
        loaded = store.loads(seed.text, corpus / seed.file, store.read_file(corpus / seed.file, corpus).relative)
        unseen += not loaded.findings
    assert unseen >= 20
