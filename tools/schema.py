"""The reference of the files: the JSON Schema of the corpus as tables of fields."""

from __future__ import annotations

from typing import Any

from kh_kr_corpus import _yaml, store, vocab
from tools.markdown import prose, table

__all__ = ["page"]

_HEAD = """# Files and fields

A corpus is a folder with `schema.yaml` in it. Each file below it is YAML, says in `record` what it holds, and has the
fields of that record and no others. `khkr schema` prints the JSON Schema (2020-12) that this page is made from;
`data/schema.yaml` is the same file. `khkr validate` checks files against it, and against
[the rules](../rules/README.md), which say more than a schema can.

YAML is read as a strict subset: no anchors, aliases, merge keys, tags or doubled keys, and dates and codes are text in
quotes ([why](../explanation/decisions.md#a-strict-subset-of-yaml)). Offsets count Unicode code points.

"""
_PLACES = {
    "article": "`articles/YEAR/ID.yaml`, `synthetic/ID.yaml`",
    "activity": "`activities/ID.yaml`",
    "entities": "`entities/TYPE.yaml`",
    "sources": "`sources.yaml`",
    "layer": "`layers/ANNOTATOR/ID.yaml`",
    "splits": "`splits.yaml`",
}


def page() -> str:
    """The kinds of file, then every record with its fields."""
    schema: Any = _yaml.loads(store.dumps_schema(), "schema.yaml").data
    records = {case["if"]["properties"]["record"]["const"]: case["then"]["$ref"] for case in schema["allOf"]}
    index = table(
        ("`record`", "where", "what"),
        [(f"`{name}`", _PLACES.get(name, ""), _link(ref)) for name, ref in records.items()],
    )
    sections = [_section(name, record) for name, record in sorted(schema["$defs"].items())]
    return _HEAD + index + "\n\n" + "\n\n".join(sections) + "\n"


def _section(name: str, record: dict[str, Any]) -> str:
    required = record.get("required", ())
    rows = [
        (f"`{field}`", _type(spec), "yes" if field in required else "", prose(spec.get("description", "")))
        for field, spec in record["properties"].items()
    ]
    parts = [f"## {name}", prose(record.get("description", ""))]
    parts.append(table(("field", "takes", "must be there", "meaning"), rows))
    return "\n\n".join(part for part in parts if part)


def _link(ref: str) -> str:
    name = ref.rpartition("/")[2]
    return f"[{name}](#{name.lower()})"


def _type(spec: dict[str, Any]) -> str:
    """What a field takes, in words."""
    if "$ref" in spec:
        return _link(spec["$ref"])
    if "anyOf" in spec:
        return " or ".join(_type(one) for one in spec["anyOf"] if one.get("type") != "null")
    if "const" in spec:
        return f"`{spec['const']}`"
    if "enum" in spec:
        return _terms(spec["enum"])
    if spec.get("type") == "array":
        return "list of " + _items(spec).replace("a term of", "terms of")
    if spec.get("type") == "object":
        return "mapping to " + _type(spec["additionalProperties"]) if spec.get("additionalProperties") else "mapping"
    if spec.get("type") == "string":
        return _text(spec)
    bounds = [f"{word} {spec[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in spec]
    named = {"integer": "whole number", "number": "number", "boolean": "`true` or `false`"}
    return " ".join([named[spec["type"]], *bounds])


def _items(spec: dict[str, Any]) -> str:
    listed = spec.get("items") or (spec.get("prefixItems") or [{}])[0]
    return _type(listed) if listed else "values"


def _text(spec: dict[str, Any]) -> str:
    if "examples" in spec:
        return "date (EDTF), e.g. " + ", ".join(f"`{one}`" for one in spec["examples"][:3])
    pattern = spec.get("pattern", "")
    if pattern.startswith("^[a-z]+/"):
        return "id of an entity"
    return "id" if pattern.startswith("^[a-z0-9]+(-") else "text"


def _terms(values: list[str]) -> str:
    """A link to the vocabulary that has exactly these terms, or the values."""
    for name in vocab.names():
        listed = vocab.load(name)
        if list(listed) == list(values):
            return f"a term of [{listed.title.lower()}](vocabulary.md#{listed.title.lower().replace(' ', '-')})"
    return "one of " + ", ".join(f"`{value}`" for value in values)
