"""Rows by the values of some columns: counted, summed, or one query a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from kh_kr_corpus.query.filters import Condition
from kh_kr_corpus.query.rates import Rates
from kh_kr_corpus.query.rows import Rows
from kh_kr_corpus.query.sums import summed
from kh_kr_corpus.tables import Column, Table

__all__ = ["Groups"]

Q = TypeVar("Q", bound=Rows[Any])


class Groups(Generic[Q]):
    """The rows of a query under each value of some columns; made by :meth:`Query.group_by`.

    >>> import kh_kr_corpus as khkr
    >>> by_kind = khkr.load().activities.group_by("kind")
    >>> {kind: len(group) for kind, group in by_kind} == dict(by_kind.count().rows)
    True
    """

    def __init__(self, query: Q, columns: Sequence[Column[Any]]) -> None:
        self._query, self._columns = query, tuple(dict.fromkeys(columns))

    def count(self) -> Table:
        """How many records there are in each group, most first; a list's values count one by one.

        Initiatives that an author only recommends are left out unless ``where(assertion=...)`` was said; the
        table's note tells what was left out.
        """
        query, columns = self._query, self._columns
        counted = query._statement.counted()
        arrow = query._fetch(counted, *counted.count_by(columns))
        notes = query._notes()
        if counted != query._statement and (left := len(query) - query._count(counted)):
            values = ", ".join(value for values in query._spec.uncounted.values() for value in values)
            notes.append(f"{left:,} left out: {values}")
        if many := [column.singular for column in columns if column.many]:
            notes.append(f"counted once under each {' and '.join(many)}")
        return Table.from_arrow(arrow, "; ".join(notes))

    def sum(
        self,
        *,
        stage: str | None = None,
        currency: str | None = None,
        private: bool | None = None,
        rates: Rates | None = None,
    ) -> Table:
        """The money of each group, most first; see :meth:`Query.sum`."""
        return summed(self._query, self._columns, stage=stage, currency=currency, private=private, rates=rates)

    def __len__(self) -> int:
        return len(self._counts())

    def __iter__(self) -> Iterator[tuple[Any, Q]]:
        """Each value (of several columns: a tuple) with the query that gives its rows, most rows first."""
        for *values, _ in self._counts():
            conditions = [_equal(column, value) for column, value in zip(self._columns, values, strict=True)]
            group = self._query._with(self._query._statement.where(conditions, ()))
            yield (values[0] if len(values) == 1 else tuple(values)), group

    def _counts(self) -> Table:
        statement = self._query._statement
        return Table.from_arrow(self._query._fetch(statement, *statement.count_by(self._columns)))

    def __repr__(self) -> str:
        return repr(self.count())

    def _repr_html_(self) -> str:
        return self.count()._repr_html_()


def _equal(column: Column[Any], value: Any) -> Condition:
    if not column.many:
        return Condition(column.name, f'"{column.name}" IS NOT DISTINCT FROM ?', (value,))
    if value is None:
        return Condition(column.name, f'len("{column.name}") = 0')
    return Condition(column.name, f'list_contains("{column.name}", ?)', (value,))
