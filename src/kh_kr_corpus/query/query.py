"""The immutable query: every method gives a new one, and nothing is computed until somebody looks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.query.filters import Condition, condition, field_of, near_ids
from kh_kr_corpus.query.statement import Statement
from kh_kr_corpus.tables import Database, Table, TableSpec
from kh_kr_corpus.tables.table import to_pandas, to_polars

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Query"]

M = TypeVar("M")
_SHOWN = 10


class Query(Generic[M]):
    """Rows of one table that fulfil all conditions; iterating gives the models behind them.

    Made by a corpus (``corpus.mentions``), never by hand. Mentions, initiatives, activities and what hangs on
    them keep to accepted and corrected records unless ``where(review=...)`` says otherwise.

    >>> import kh_kr_corpus as khkr
    >>> corpus = khkr.load()
    >>> since_2015 = corpus.activities.where(actor="KOICA", year=(2015, 2026)).sort("date")
    >>> all(activity.period >= "2015" for activity in since_2015)
    True
    >>> since_2015.undated <= len(corpus.activities)
    True
    """

    def __init__(self, spec: TableSpec[Any, M], database: Database, statement: Statement | None = None) -> None:
        self._spec, self._database = spec, database
        self._statement = statement or Statement(spec)

    def where(self, **filters: Any) -> Query[M]:
        """The rows that also fulfil every filter.

        - ``kind="training"``: equal; ``kind=["training", "resilience"]``: any of these; ``activity=None``: none;
        - ``year=(2015, 2026)``, ``amount=(None, 1e6)``: a range with both ends included;
        - ``date="2023-10"``: the record's date lies inside that month, whatever its own precision;
        - ``actor="KOICA"``, ``entity="Hun Sen"``: by id or any name in any script; a name that several entities
          bear means any of them;
        - ``theme=``, ``sector=``, ``actor=``: the list has it;
        - ``title="bridge"``, ``text=``: contains it, in either case;
        - ``review="any"``: whatever has become of it.

        Records without a date never fulfil a filter on dates; :attr:`undated` counts them.
        Raises :class:`UnknownNameError` for a field or value that does not exist, :class:`InputError` for a value
        of the wrong sort.
        """
        made: list[Condition] = []
        freed: set[str] = set()
        for name, value in filters.items():
            column = field_of(self._spec, name)
            freed.add(column.name)
            if not (column.name in self._spec.defaults and value == "any"):
                made.append(condition(self._spec, name, value, self._database))
        return self._with(self._statement.where(made, freed))

    def sort(self, field: str, *, desc: bool = False) -> Query[M]:
        """The same rows by ``field``, those without a value last; an earlier order decides between equals."""
        return self._with(self._statement.sort(field_of(self._spec, field), desc=desc))

    def limit(self, n: int) -> Query[M]:
        """The first ``n`` rows in the present order; raises :class:`InputError` unless ``n`` counts from 0."""
        _check_count("limit", n)
        return self._with(self._statement.only(self._rows(n)))

    def sample(self, n: int, seed: int = 0) -> Query[M]:
        """``n`` rows drawn without replacement (all, where there are fewer); the same seed, the same rows."""
        _check_count("sample", n)
        rows = self._rows()
        drawn = random.Random(seed).sample(rows, min(n, len(rows)))  # noqa: S311 - a sample, no secret
        return self._with(self._statement.only(drawn))

    def first(self) -> M | None:
        """The first record in the present order, None where there is none."""
        return next(iter(self.limit(1)), None)

    def __iter__(self) -> Iterator[M]:
        records, model = self._database.records(self._spec.name), self._spec.model
        return (model(records[row]) for row in self._rows())

    def __len__(self) -> int:
        if self._statement.is_whole:
            return len(self._database.records(self._spec.name))
        return self._count(self._statement)

    def __bool__(self) -> bool:
        return len(self) > 0

    def __contains__(self, item: object) -> bool:
        """Whether ``[item]`` gives a record, or whether ``item`` is a record among the rows."""
        if not isinstance(item, str):
            return any(item == record for record in self)
        try:
            self[item]
        except (UnknownNameError, InputError):
            return False
        return True

    def __getitem__(self, record_id: str) -> M:
        """The record of that id, in any review state; it must fulfil the filters that were set."""
        spec = self._spec
        if not isinstance(record_id, str) or not spec.key:
            fix = "limit(n), first() and iteration go by place" if spec.key else "filter with where(...)"
            raise InputError(f"{spec.name}[...]", f"{record_id!r} is no id", fix)
        ids = self._database.ids(spec.name)
        row = ids.get(record_id)
        if row is None:
            raise UnknownNameError(spec.noun, record_id, near_ids(record_id, ids))
        if self._statement.conditions and row not in self._rows():
            raise UnknownNameError(f"{spec.noun} among the {len(self):,} of this query", record_id)
        return spec.model(self._database.records(spec.name)[row])

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(column.name for column in self._spec.shown)

    @property
    def undated(self) -> int:
        """How many records a filter on a date left out only because they have no date."""
        statement = self._statement.undated()
        return 0 if statement is None else self._count(statement)

    def count_by(self, *fields: str) -> Table:
        """How many records there are for each value, or combination of values, of these fields, most first.

        A list column counts a record under each of its values. Initiatives that an author only recommends are
        left out unless ``where(assertion=...)`` was said; the table's note tells what was left out.
        """
        if not fields:
            raise InputError("count_by()", "no field given", "count_by('kind')")
        columns = [field_of(self._spec, field) for field in fields]
        counted = self._statement.counted()
        arrow = self._database.fetch(self._spec.name, *counted.count_by(columns))
        notes = self._notes()
        if counted != self._statement and (left := self._count(self._statement) - self._count(counted)):
            values = ", ".join(value for values in self._spec.uncounted.values() for value in values)
            notes.append(f"{left:,} left out: {values}")
        if many := [column.singular for column in columns if column.many]:
            notes.append(f"counted once under each {' and '.join(many)}")
        return Table.from_arrow(arrow, "; ".join(notes))

    def to_arrow(self) -> pa.Table:
        """All columns of these rows as a pyarrow Table."""
        names = ", ".join(f'"{column.name}"' for column in self._spec.shown)
        return self._database.fetch(self._spec.name, *self._statement.select(names))

    def to_pandas(self) -> pd.DataFrame:
        """All columns of these rows as a pandas DataFrame; whole numbers with gaps stay whole (``Int64``)."""
        return to_pandas(self.to_arrow())

    def to_polars(self) -> Any:
        """All columns of these rows as a polars DataFrame; :class:`InputError` where polars is not installed."""
        return to_polars(self.to_arrow())

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict a row, with all columns."""
        rows: list[dict[str, Any]] = self.to_arrow().to_pylist()
        return rows

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._database.ids(self._spec.name))

    def __repr__(self) -> str:
        return f"{self._title()}\n{self._preview()!r}"

    def _repr_html_(self) -> str:
        preview = self._preview()
        return Table(preview.columns, preview.rows, f"{self._title()}; {preview.note}".rstrip("; "))._repr_html_()

    def _title(self) -> str:
        total = len(self._database.records(self._spec.name))
        return f"{self._spec.name}: {len(self):,} of {total:,}"

    def _preview(self) -> Table:
        names = ", ".join(f'"{name}"' for name in self._spec.brief)
        arrow = self._database.fetch(self._spec.name, *self._statement.select(names, _SHOWN))
        more = len(self) - _SHOWN
        notes = ([f"{more:,} more"] if more > 0 else []) + self._notes()
        return Table.from_arrow(arrow, "; ".join(notes))

    def _notes(self) -> list[str]:
        notes = []
        for field, values in self._statement.standing().items():
            notes.append(f'{" and ".join(values)} only ({field}="any" for all)')
        if undated := self.undated:
            notes.append(f"{undated:,} without a date left out")
        return notes

    def _with(self, statement: Statement) -> Query[M]:
        return Query(self._spec, self._database, statement)

    def _rows(self, limit: int | None = None) -> Sequence[int]:
        """The places of the rows among the table's records, in order."""
        if self._statement.is_whole:
            return range(len(self._database.records(self._spec.name)))[:limit]
        arrow = self._database.fetch(self._spec.name, *self._statement.select("_row", limit))
        rows: list[int] = arrow.column(0).to_pylist()
        return rows

    def _count(self, statement: Statement) -> int:
        arrow = self._database.fetch(self._spec.name, *statement.count())
        return int(arrow.column(0)[0].as_py())


def _check_count(method: str, n: object) -> None:
    if not isinstance(n, int) or isinstance(n, bool) or n < 0:
        raise InputError(f"{method}({n!r})", "this is no number of rows", "give a whole number, 0 or more")
