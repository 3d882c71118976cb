"""Filters that reach into another table: rows whose article, sentence, activity or actor is among another query's."""

from __future__ import annotations

from typing import Any

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.query.filters import Condition, field_of
from kh_kr_corpus.query.statement import Statement, among
from kh_kr_corpus.tables import Column, TableSpec

__all__ = ["related", "split_path", "target_of"]


def split_path(name: str) -> tuple[str, str]:
    """A field of another table: ``sentence.label``, or as Python writes it, ``sentence__label``.

    >>> split_path("sentence__label"), split_path("kind")
    (('sentence', 'label'), ('kind', ''))
    """
    head, _, rest = name.replace("__", ".").partition(".")
    return head, rest


def target_of(column: Column[Any]) -> str:
    """The table that a column's values are ids of, empty where they are none."""
    return "entities" if column.match in ("entity", "alias") else column.refers


def related(spec: TableSpec[Any, Any], name: str, rows: Statement) -> Condition:
    """The condition that ``where(name=other_query)`` puts on the rows of a table.

    ``name`` is a column that refers to the other query's table, or the id, if the other table refers to this one.
    Raises :class:`InputError` where the two don't hang together.
    """
    column = field_of(spec, name)
    wanted = spec.name if column.name == spec.key else target_of(column)
    if not wanted:
        fix = f"{name} takes a value; corpus.{spec.name}.fields lists what refers to another table"
        raise InputError(f"where({name}=...)", f"a query of {rows.spec.name} is no value for this field", fix)
    given = _column_to(rows.spec, wanted, name)
    inner = f'unnest("{given.name}")' if given.many else f'"{given.name}"'
    return among(column.name, rows, inner, many=column.many)


def _column_to(spec: TableSpec[Any, Any], wanted: str, name: str) -> Column[Any]:
    """The one column of a query's table that has ids of the table wanted."""
    if spec.name == wanted:
        return next(column for column in spec.columns if column.name == spec.key)
    found = [column for column in spec.shown if target_of(column) == wanted]
    if len(found) != 1:
        message = f"a query of {spec.name} does not say which {wanted} are meant"
        fix = f"give a query of {wanted}"
        if found:
            fix += f", filtered by one of {', '.join(column.name for column in found)} of {spec.name}"
        raise InputError(f"where({name}=...)", message, fix)
    return found[0]
