"""The JSON Schema that editors use: made from the models, never behind them, and as strict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # the package has no types

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.store.schema import to_schema

DATA = Path(__file__).parents[2] / "data"
SCHEMA = to_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_stored_schemas_are_what_the_models_say(toy_root: Path) -> None:
    made = store.dumps_schema()
    for folder in (DATA, toy_root):
        stored = (folder / "schema.yaml").read_bytes().decode("utf-8")
        assert stored == made, f"{folder / 'schema.yaml'} is behind the models; run: make schema"
    assert _yaml.loads(made).data == json.loads(json.dumps(SCHEMA))


def test_every_file_fits_the_schema(toy_root: Path) -> None:
    files = store.read_corpus(toy_root).files
    assert len(files) >= 14
    for loaded in files:
        assert loaded.tree is not None
        assert [error.message for error in VALIDATOR.iter_errors(loaded.tree.data)] == [], loaded.relative


def test_every_kind_of_record_has_a_closed_definition() -> None:
    for name, definition in SCHEMA["$defs"].items():
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False, name


FAULTS: list[tuple[str, str, Callable[[Any], object]]] = [
    ("article", "misspelt field", lambda d: d.update(titel=d.pop("title"))),
    ("article", "misspelt field in a mention", lambda d: d["mentions"][0].update(lable="ORG")),
    ("article", "missing field", lambda d: d.pop("rights")),
    ("article", "quoted number", lambda d: d["mentions"][0].update(start="0")),
    ("article", "fraction", lambda d: d["mentions"][0].update(start=0.5)),
    ("article", "negative offset", lambda d: d["mentions"][0].update(start=-1)),
    ("article", "unknown term", lambda d: d.update(origin="found")),
    ("article", "unknown term, deep", lambda d: d["initiatives"][0]["actors"][0].update(role="boss")),
    ("article", "list for a text", lambda d: d.update(text=["a"])),
    ("article", "empty themes", lambda d: d["initiatives"][0].update(themes=[])),
    ("article", "wrong schema version", lambda d: d.update(schema_version=2)),
    ("article", "unknown kind of record", lambda d: d.update(record="essay")),
    ("article", "no kind of record", lambda d: d.pop("record")),
    ("article", "broken entity id", lambda d: d["mentions"][0].update(entity="KOICA")),
    ("article", "broken review", lambda d: d["mentions"][0]["review"].update(by="somebody")),
    ("activity", "misspelt field", lambda d: d.update(kynd="training")),
    ("activity", "text for a flag", lambda d: d.update(counts_in_totals="yes")),
    ("activity", "no sources", lambda d: d.update(sources=[])),
    ("entities", "lower-case country", lambda d: d["entities"][0].update(country="kh")),
    ("entities", "no names", lambda d: d["entities"][0].update(names=[])),
    ("sources", "no web address", lambda d: d["sources"][0].update(url="gazette")),
    ("sources", "misspelt field", lambda d: d["sources"][0].update(langauge="en")),
]


@pytest.mark.parametrize(("record", "name", "break_it"), FAULTS, ids=[f"{r}: {n}" for r, n, _ in FAULTS])
def test_schema_and_models_refuse_the_same(
    toy_root: Path, record: str, name: str, break_it: Callable[[Any], object]
) -> None:
    loaded = next(
        one
        for one in store.read_corpus(toy_root).files
        if one.record == record and one.tree and (record != "article" or one.tree.data["origin"] == "brief")
    )
    assert loaded.tree is not None
    data = json.loads(json.dumps(loaded.tree.data))
    break_it(data)
    assert list(VALIDATOR.iter_errors(data)), "the schema takes it"
    again = store.loads(_yaml.dumps(data), loaded.path, loaded.relative)
    assert again.model is None
    assert again.findings
