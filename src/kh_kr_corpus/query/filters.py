"""What ``where(field=value)`` means: a field and a value to a condition in SQL, or an error with the right names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isfinite
from typing import Any

from kh_kr_corpus import vocab
from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.errors import InputError, UnknownNameError, near
from kh_kr_corpus.models import Entity
from kh_kr_corpus.models.edtf import bounds, check_edtf
from kh_kr_corpus.tables import Column, Database, TableSpec
from kh_kr_corpus.tables.text import is_unicode

__all__ = ["Condition", "condition", "field_of", "near_ids"]

_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a row: SQL with its parameters."""

    field: str
    sql: str
    parameters: tuple[Any, ...] = ()
    undated: str = ""
    """For a condition on a date: SQL that is true where the record has none, with its own parameters."""
    undated_parameters: tuple[Any, ...] = ()
    tables: frozenset[str] = frozenset()
    """Other tables that the SQL asks."""


def field_of(spec: TableSpec[Any, Any], name: str) -> Column[Any]:
    """The column meant by ``name``, also in the singular (``theme`` for ``themes``)."""
    columns = {column.name: column for column in spec.shown}
    singular = {column.singular: column for column in spec.shown if column.many}
    found = columns.get(name) or singular.get(name)
    if found is None:
        known = (*columns, *(one for one in singular if one not in columns))
        raise UnknownNameError(f"field of {spec.name}", name, near(name, known) or known)
    return found


def condition(spec: TableSpec[Any, Any], name: str, value: Any, database: Database) -> Condition:
    """The condition that ``where(name=value)`` puts on the rows of a table.

    Raises :class:`UnknownNameError` for a field, term, id or alias that does not exist, :class:`InputError` for
    a value that the field can't be compared with.
    """
    column = field_of(spec, name)
    if value is None:
        empty = f'len("{column.name}") = 0' if column.many else f'"{column.name}" IS NULL'
        return Condition(column.name, empty)
    if isinstance(value, tuple):
        if not column.ranged:
            raise _refused(name, value, "a list gives alternatives: [...]")
        return _range(column, name, value)
    options = list(value) if isinstance(value, (list, set, frozenset)) else [value]
    if column.match in ("edtf", "year"):
        parts = [_inside(column, *_period(name, option)) for option in options]
        return _joined(column, parts)
    if column.match == "text":
        words = tuple(_text(name, option).lower() for option in options)
        where = f'array_to_string("{column.looks_in}", chr(10))' if column.looks_in else f'"{column.name}"'
        return Condition(column.name, _any(f"contains(lower({where}), ?)", len(words)), words)
    if column.match == "alias":
        ids = [entity.id for option in options for entity in database.kb.resolve(_text(name, option))]
        marks = ", ".join("?" * len(ids))
        return Condition(column.name, f'"id" IN ({marks})' if ids else "false", tuple(ids))
    return _one_of(column, _values(column, name, options, database))


def _one_of(column: Column[Any], values: Sequence[Any]) -> Condition:
    """The row's value, or one of them for a list column, is among ``values``."""
    if not values:
        return Condition(column.name, "false")
    marks = ", ".join("?" * len(values))
    sql = f'list_has_any("{column.name}", [{marks}])' if column.many else f'"{column.name}" IN ({marks})'
    return Condition(column.name, sql, tuple(values))


def _any(sql: str, times: int) -> str:
    return f"({' OR '.join([sql] * times)})" if times else "false"


def _refused(name: str, value: Any, fix: str) -> InputError:
    return InputError(f"where({name}=...)", f"{value!r} is no value for this field", fix)


def _text(name: str, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not (isinstance(value, str) and is_unicode(value)):
        raise _refused(name, value, "give a string")
    return normalise(value)


def _values(column: Column[Any], name: str, options: Iterable[Any], database: Database) -> list[Any]:
    """The values as the table holds them: ids for names, checked terms, numbers for numerals."""
    return list(dict.fromkeys(value for option in options for value in _meant(column, name, option, database)))


def _meant(column: Column[Any], name: str, option: Any, database: Database) -> Sequence[Any]:
    if column.match == "entity":
        return _entities(name, option, database)
    if column.vocabulary:
        return [_known(f"{name} (vocabulary {column.vocabulary!r})", option, vocab.load(column.vocabulary))]
    if column.refers:
        return [_known(f"{name} in table {column.refers!r}", option, database.ids(column.refers))]
    if column.type == "string":
        return [_text(name, option)]
    if column.type == "boolean":
        return [_boolean(name, option)]
    return [_day(name, option) if column.type == "day" else _number(name, option)]


def _entities(name: str, value: Any, database: Database) -> list[str]:
    if isinstance(value, Entity):
        return [value.id]
    return [entity.id for entity in database.kb.resolve(_text(name, value))]


def _known(what: str, value: Any, known: Mapping[str, Any]) -> str:
    text = str(value)
    if text not in known:
        raise UnknownNameError(what, text, near_ids(text, known) or tuple(islice(known, 30)))
    return text


def near_ids(name: str, ids: Collection[str]) -> tuple[str, ...]:
    """The ids that look like ``name``; among very many, only those that begin like it, for time's sake."""
    if len(ids) > _MANY:
        ids = list(islice((other for other in ids if other[:6] == name[:6]), _MANY))
    return near(name, ids)


def _boolean(name: str, value: Any) -> bool:
    words = {"true": True, "yes": True, "false": False, "no": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    raise _refused(name, value, "give True or False")


def _number(name: str, value: Any) -> float:
    try:
        number = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        raise _refused(name, value, "give a number")
    return number


def _range(column: Column[Any], name: str, value: tuple[Any, ...]) -> Condition:
    if len(value) != 2 or value == (None, None):
        raise _refused(name, value, "a range has two ends, one of which may be None: (2015, 2026)")
    low, high = value
    if column.match in ("edtf", "year"):
        first = None if low is None else _period(name, low)[0]
        last = None if high is None else _period(name, high)[1]
        _check_order(name, value, first, last)
        return _inside(column, first, last)
    convert = _day if column.type == "day" else _number
    ends = [(sign, convert(name, end)) for sign, end in ((">=", low), ("<=", high)) if end is not None]
    _check_order(name, value, *(end for _, end in ends))
    sql = " AND ".join(f'"{column.name}" {sign} ?' for sign, _ in ends)
    undated = f'"{column.name}" IS NULL' if column.type == "day" else ""
    return Condition(column.name, sql, tuple(end for _, end in ends), undated)


def _check_order(name: str, value: Any, *ends: Any) -> None:
    """Refuse a range of two ends that is empty whatever the data: somebody swapped them."""
    if len(ends) == 2 and None not in ends and ends[0] > ends[1]:
        raise _refused(name, value, "the range ends before it begins")


def _day(name: str, value: Any) -> date:
    first = _period(name, value)[0]
    if first is None:
        raise _refused(name, value, "give a day: 2023-10-30")
    return first


def _period(name: str, value: Any) -> tuple[date | None, date | None]:
    """The first and last day of a year, an EDTF date or a :class:`datetime.date`."""
    if isinstance(value, date):
        value = value.isoformat()[:10]
    text = f"{value:04}" if isinstance(value, int) and not isinstance(value, bool) else value
    problem = check_edtf(text) if isinstance(text, str) else "give a year or an EDTF date"
    if problem:
        raise _refused(name, value, problem)
    first, last = bounds(text)
    if first is None and last is None:
        raise _refused(name, value, "a date without its year is no period")
    return first, last


def _inside(column: Column[Any], first: date | None, last: date | None) -> Condition:
    """Everything that the record's date can mean lies between ``first`` and ``last``, both included."""
    base = "date" if column.match == "year" else column.name
    ends = [(f'"{base}_from" >= ?', first), (f'"{base}_to" <= ?', last)]
    sql = " AND ".join(part for part, end in ends if end is not None)
    parameters = tuple(end for _, end in ends if end is not None)
    return Condition(column.name, sql, parameters, f'"{base}_from" IS NULL AND "{base}_to" IS NULL')


def _joined(column: Column[Any], parts: Sequence[Condition]) -> Condition:
    if not parts:
        return Condition(column.name, "false")
    sql = " OR ".join(f"({part.sql})" for part in parts)
    parameters = tuple(value for part in parts for value in part.parameters)
    return Condition(column.name, f"({sql})", parameters, parts[0].undated)
