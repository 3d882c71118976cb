"""The SQL of a query: conditions, order and defaults as values; no database is touched here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from kh_kr_corpus.query.filters import Condition
from kh_kr_corpus.tables import Column, TableSpec

__all__ = ["Statement", "among"]

Made = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""


@dataclass(frozen=True)
class Statement:
    """What a query asks of its table. All names in the SQL come from the table's definition; values are parameters."""

    spec: TableSpec[Any, Any]
    conditions: tuple[Condition, ...] = ()
    order: tuple[str, ...] = ()
    freed: frozenset[str] = frozenset()
    """The fields that were filtered, whose defaults no longer hold."""

    @property
    def is_whole(self) -> bool:
        """Whether it takes every row in the table's order."""
        return not (self.conditions or self.order or self.standing())

    def where(self, conditions: Iterable[Condition], freed: Iterable[str]) -> Statement:
        """With more conditions."""
        return replace(self, conditions=(*self.conditions, *conditions), freed=self.freed | set(freed))

    def only(self, rows: Sequence[int]) -> Statement:
        """With only the rows at these places."""
        condition = Condition("_row", "_row IN (SELECT unnest(?::BIGINT[]))", (list(rows),))
        return replace(self.where([condition], ()), order=self.order or ("_row",))

    def sort(self, column: Column[Any], *, desc: bool) -> Statement:
        """In the order of a column, before the order that there is."""
        keys = [f'"{column.name}"']
        if column.match == "edtf":
            keys = [f'"{column.name}_from"', f'"{column.name}_to"']
        elif column.match == "text":
            keys = [f'lower("{column.name}")', *keys]
        way = "DESC" if desc else "ASC"
        return replace(self, order=(*(f"{key} {way} NULLS LAST" for key in keys), *self.order))

    def standing(self) -> Mapping[str, tuple[str, ...]]:
        """The defaults that still hold."""
        return {field: values for field, values in self.spec.defaults.items() if field not in self.freed}

    def counted(self) -> Statement:
        """Without the values that counts leave out, unless their field was filtered."""
        left = {field: values for field, values in self.spec.uncounted.items() if field not in self.freed}
        return self.where([_is_in(field, values, "NOT IN") for field, values in left.items()], ())

    def undated(self) -> Statement | None:
        """The rows that only lack a date; None where no condition is about dates."""
        missing = [c for c in self.conditions if c.undated]
        if not missing:
            return None
        rest = [c if not c.undated else _or_undated(c) for c in self.conditions]
        lacking = " OR ".join(f"({c.undated})" for c in missing)
        parameters = tuple(value for c in missing for value in c.undated_parameters)
        return replace(self, conditions=(*rest, Condition("", f"({lacking})", parameters)))

    @property
    def tables(self) -> frozenset[str]:
        """Every table that it asks."""
        return frozenset([self.spec.name]).union(*(c.tables for c in self.conditions))

    def of(self, column: str) -> Made:
        """The statement that gives one column of its rows, in no order, to stand inside another."""
        where, parameters = self._where()
        return f"SELECT {column} FROM base.{self.spec.name}{where}", parameters  # noqa: S608 - our names only

    def combined(self, other: Statement, how: Literal["and", "or", "not"]) -> Statement:
        """The rows in both, in either, or in this and not in the other; this one's order stays."""
        if how != "or":
            return self.where([among("_row", other, "_row", negate=how == "not")], ())
        first, second = among("_row", self, "_row"), among("_row", other, "_row")
        sql = f"({first.sql}) OR ({second.sql})"
        lacking = [c for c in (first, second) if c.undated]
        # a row that only one of the two left out for want of a date is not left out
        undated = f"({' OR '.join(c.undated for c in lacking)}) AND NOT ({sql})" if lacking else ""
        values = (*first.parameters, *second.parameters)
        missing = (*(value for c in lacking for value in c.undated_parameters), *values) if lacking else ()
        either = Condition("_row", sql, values, undated, missing, self.tables | other.tables)
        freed = (self.freed & other.freed) | (set(self.spec.defaults) & (self.freed | other.freed))
        return replace(self, conditions=(either,), freed=frozenset(freed))

    def select(self, columns: str, limit: int | None = None) -> Made:
        """The statement that gives these columns of the rows, in order."""
        # a plain scan keeps the table's order, and sorting for nothing would cost as much as the query
        order = f" ORDER BY {', '.join((*self.order, '_row'))}" if self.order else ""
        end = "" if limit is None else f" LIMIT {max(0, int(limit))}"
        where, parameters = self._where()
        return f"SELECT {columns} FROM base.{self.spec.name}{where}{order}{end}", parameters  # noqa: S608

    def count(self) -> Made:
        """The statement that counts the rows."""
        where, parameters = self._where()
        return f"SELECT count(*) FROM base.{self.spec.name}{where}", parameters  # noqa: S608 - our names only

    def count_by(self, columns: Sequence[Column[Any]]) -> Made:
        """The statement that counts the rows for each combination of values; a list's values count one by one."""
        inner, parameters = self.keyed(columns, "1 AS one")
        names = [f'"{column.singular or column.name}"' for column in columns]
        order = ", ".join(f"{name} NULLS LAST" for name in names)
        sql = (
            f'SELECT {", ".join(names)}, count(*) AS "count" FROM ({inner}) GROUP BY ALL ORDER BY "count" DESC, {order}'  # noqa: S608
        )
        return sql, parameters

    def keyed(self, columns: Sequence[Column[Any]], also: str) -> Made:
        """The statement that gives these columns of each row, a list's values one by one, and ``also``."""
        names, lists = [], []
        for column in columns:
            if column.many:
                # an empty list still counts, under no value
                full = f'CASE WHEN len("{column.name}") = 0 THEN [NULL] ELSE "{column.name}" END'
                lists.append(f', unnest({full}) AS each_{column.name}("{column.singular}")')
                names.append(f'each_{column.name}."{column.singular}"')
            else:
                names.append(f'base.{self.spec.name}."{column.name}"')
        where, parameters = self._where()
        shown = ", ".join((*names, also))
        return f"SELECT {shown} FROM base.{self.spec.name}{''.join(lists)}{where}", parameters  # noqa: S608

    def _where(self) -> Made:
        standing = [_is_in(field, values, "IN") for field, values in self.standing().items()]
        conditions = (*standing, *self.conditions)
        if not conditions:
            return "", ()
        sql = " AND ".join(f"({c.sql})" for c in conditions)
        return f" WHERE {sql}", tuple(value for c in conditions for value in c.parameters)


def among(field: str, rows: Statement, column: str, *, many: bool = False, negate: bool = False) -> Condition:
    """The condition that the value of ``field``, or one of a list's, is in ``column`` of these rows."""

    def test(statement: Statement) -> Made:
        inner, parameters = statement.of(column)
        if many:
            return f'list_has_any("{field}", coalesce((SELECT list(v) FROM ({inner}) AS t(v)), []))', parameters  # noqa: S608
        return f'"{field}" {"NOT " if negate else ""}IN ({inner})', parameters

    sql, parameters = test(rows)
    undated = None if negate else rows.undated()
    missing, values = test(undated) if undated else ("", ())
    return Condition(field, sql, parameters, missing, values, rows.tables)


def _or_undated(condition: Condition) -> Condition:
    parameters = (*condition.parameters, *condition.undated_parameters)
    return Condition(condition.field, f"({condition.sql}) OR ({condition.undated})", parameters)


def _is_in(field: str, values: Sequence[str], test: str) -> Condition:
    marks = ", ".join("?" * len(values))
    return Condition(field, f'"{field}" {test} ({marks})', tuple(values))
