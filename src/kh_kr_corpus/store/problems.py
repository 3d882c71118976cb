"""pydantic's errors as findings with a line, a column, a field and a fix."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from kh_kr_corpus import models
from kh_kr_corpus._yaml import Path, Tree, field_name
from kh_kr_corpus.errors import near
from kh_kr_corpus.findings import Finding, Location
from kh_kr_corpus.models.base import PLAIN

__all__ = ["to_findings"]

# pydantic's error type -> our rule; everything else is a plain breach of the schema, KC003.
_CODES = {
    "unknown_term": "KC301",
    "literal_error": "KC301",
    "kind_not_theme": "KC303",
    "edtf": "KC401",
    "span_length": "KC201",
    "review": "KC801",
    "review_date": "KC801",
}
# Checks over a whole record: the field that its author has to look at.
_FIELDS = {
    "kind_not_theme": "kind",
    "span_length": "end",
    "preferred_name": "names",
    "review_date": "at",
    "release_history": "versions",
}
_FIXES = {
    "kind_not_theme": "add it to `themes`",
    "edtf": "write a date such as 2023, 2023-10, 2023-10-30 or 2021/2023",
    "span_length": "correct the offsets or the quote",
    "review": "write `state`, `by` and `at` together, or only `state: suggested`",
    "speaker": "add `entity` or `office`, or remove `speaker`",
    "preferred_name": "give `kind: preferred` to its usual English name and to no other",
    "review_date": "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ",
    "release_day": "write YYYY-MM-DD",
    "release_history": "give each version once, the newest first, with its date",
    "too_short": "give at least one, or remove the field if it may be empty",
}


@cache
def _field_names() -> tuple[str, ...]:
    classes = [getattr(models, name) for name in models.__all__]
    return tuple(sorted({name for cls in classes for name in cls.model_fields}))


def to_findings(error: ValidationError, where: str, tree: Tree) -> Iterator[Finding]:
    """One finding for each problem; the branches of a union are one problem, told once."""
    problems = error.errors(include_url=False)
    told: set[Path] = set()
    for problem in [one for one in problems if not _is_echo(one, _path_in(tree.data, one["loc"]))] or problems:
        path = _path_in(tree.data, problem["loc"])
        if name := _FIELDS.get(problem["type"]):
            path = (*path, name)
        missing = problem["type"] == "missing"
        key = (*path, str(problem["loc"][-1])) if missing else path
        if key in told:
            continue
        told.add(key)
        line, column = tree.mark(path)
        message, fix = _told(problem)
        code = _CODES.get(problem["type"], "KC003")
        yield Finding(code, "error", Location(where, line, column, field_name(key)), message, fix)


def _is_echo(problem: Any, path: Path) -> bool:
    """Whether another problem says the same better: a mapping that is no string because it was meant for the other
    branch of a union, and a list that is too short because an item of it is wrong."""
    if problem["type"] == "too_short":
        return bool(problem["input"])
    return problem["type"] == "string_type" and isinstance(problem["input"], dict) and path[-1:] != problem["loc"][-1:]


def _path_in(data: Any, loc: tuple[int | str, ...]) -> Path:
    """The part of pydantic's location that exists in the file: names of union branches are left out."""
    path: list[str | int] = []
    for part in loc:
        if (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int)):
            data = data[part]  # type: ignore[index] # a list only with an int, as tested
            path.append(part)
    return tuple(path)


def _told(problem: Any) -> tuple[str, str]:
    kind, name = problem["type"], str(problem["loc"][-1]) if problem["loc"] else ""
    message = problem["msg"][:1].lower() + problem["msg"][1:]
    if kind == "unknown_term":
        hint = problem["ctx"]["hint"]
        return message.removesuffix(f"; {hint}"), hint
    if kind == "missing":
        return f"the field {name!r} is missing", f"add `{name}: ...`"
    if kind == "extra_forbidden":
        close = near(name, _field_names(), n=1)
        return f"there is no field {name!r}", f"did you mean {close[0]!r}?" if close else "remove it"
    if kind == "string_type" and not isinstance(problem["input"], (dict, list, type(None))):
        return f"{problem['input']!r} is no string", f'put it in quotes: "{problem["input"]}"'
    if kind == "int_type":
        return f"{problem['input']!r} is no whole number", "write a number without quotes or decimals"
    if kind == "string_pattern_mismatch" and problem["ctx"]["pattern"] == PLAIN:
        return "white space at the beginning or end", "remove it"
    return message, _FIXES.get(kind, f"see `{name}` in schema.yaml" if name else "see schema.yaml")
