"""What a column and a table are; the tables themselves stand one a file beside this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.arrays import Type, list_array, single_array

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DECIDED", "Column", "TableSpec", "edtf", "first_part", "to_arrow", "year_between"]

R = TypeVar("R")
M = TypeVar("M")

DECIDED: Mapping[str, tuple[str, ...]] = {"review": ("accepted", "corrected")}
"""What queries keep to by default: what somebody has accepted or corrected."""

Match = Literal["value", "text", "entity", "alias", "edtf", "year"]


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its type, unit and meaning, how it is got from a record, and how ``where`` compares it."""

    name: str
    type: Type
    meaning: str
    get: Callable[[R], object]
    unit: str = ""
    singular: str = ""
    """Set for a list column: what one of its values is called."""
    match: Match = "value"
    """``text`` by substring, ``entity`` through any alias, ``edtf`` and ``year`` by what lies inside a period;
    ``alias`` finds the row's own entity by any spelling of its name."""
    looks_in: str = ""
    """For ``text``: the list column whose values are searched instead of its own."""
    vocabulary: str = ""
    refers: str = ""
    """The table whose ids it holds."""
    hidden: bool = False
    """Kept for filters only; not part of what users see."""

    @property
    def many(self) -> bool:
        """Whether a row holds a list."""
        return bool(self.singular)

    @property
    def described(self) -> str:
        """Its meaning with its unit."""
        return f"{self.meaning} Unit: {self.unit}." if self.unit else self.meaning

    @property
    def takes(self) -> str:
        """What ``where`` compares it with, in words."""
        if self.match in ("edtf", "year"):
            return "a year, a partial date or a range"
        if self.match == "text":
            return "words in it, in either case"
        if self.match in ("entity", "alias"):
            return "an entity by id or any name"
        if self.vocabulary:
            return f"a term of {self.vocabulary}"
        if self.refers:
            return f"an id of {self.refers}"
        return "a value or a range" if self.ranged else "a value"

    @property
    def ranged(self) -> bool:
        """Whether a range makes sense."""
        return self.type in ("integer", "number", "day") or self.match in ("edtf", "year")


@dataclass(frozen=True)
class TableSpec(Generic[R, M]):
    """A table: its columns, where its records come from, and the model that stands behind a row."""

    name: str
    noun: str
    meaning: str
    columns: tuple[Column[R], ...]
    records: Callable[[Contents], Iterable[R]]
    model: Callable[[R], M]
    brief: tuple[str, ...]
    """The columns of a short display."""
    key: str = "id"
    """The column that identifies a row, empty where none does."""
    defaults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values to which a query keeps unless it filters that column itself."""
    uncounted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values that counts leave out unless the query filters that column itself."""
    caution: str = ""
    """What whoever counts these rows must know; such rows are never counted by year and never summed."""

    @property
    def shown(self) -> tuple[Column[R], ...]:
        """The columns that users see."""
        return tuple(column for column in self.columns if not column.hidden)

    def reference(self) -> list[tuple[str, str, str, str, str]]:
        """A row a column for readers: name (with the singular of a list), type, unit, meaning, what filters take."""
        return [
            (
                f"{c.name} ({c.singular})" if c.many and c.singular != c.name else c.name,
                f"list of {c.type}" if c.many else c.type,
                c.unit,
                c.meaning,
                c.takes,
            )
            for c in self.shown
        ]

    def key_of(self, record: R) -> str:
        """The id of a record."""
        return str(next(column for column in self.columns if column.name == self.key).get(record))

    def to_arrow(self, records: Iterable[R]) -> pa.Table:
        """All columns of the records, with ``_row`` (place in ``records``, from 0) in front."""
        rows = list(records)
        return to_arrow(self.columns, rows).add_column(0, "_row", single_array(range(len(rows)), "integer"))


def to_arrow(columns: Iterable[Column[R]], records: Sequence[R]) -> pa.Table:
    """The columns of the records."""
    import pyarrow as pa

    arrays = {}
    for column in columns:
        get = column.get
        values: list[Any] = [get(record) for record in records]
        arrays[column.name] = (list_array if column.many else single_array)(values, column.type)
    return pa.Table.from_arrays(list(arrays.values()), names=list(arrays))


@lru_cache(maxsize=4096)
def _bounds(value: str | None) -> tuple[date | None, date | None]:
    # kept, because a date is asked three times a row, and by each mention of its article
    return (None, None) if value is None else bounds(value)


def edtf(
    name: str, meaning: str, get: Callable[[R], str | None], *, shown: bool = False
) -> tuple[Column[R], Column[R], Column[R]]:
    """The three columns of a partial date: as written, and the first and last day that it can mean.

    Only comparing both days tells whether "2023-10" lies inside "2023"; the string alone does not.
    """
    return (
        Column(name, "string", meaning, get, unit="EDTF", match="edtf"),
        Column(
            f"{name}_from", "day", f"First day that {name} can mean.", lambda r: _bounds(get(r))[0], hidden=not shown
        ),
        Column(f"{name}_to", "day", f"Last day that {name} can mean.", lambda r: _bounds(get(r))[1], hidden=not shown),
    )


def year_between(get: Callable[[R], str | None], meaning: str) -> Column[R]:
    """The column ``year`` beside a column ``date``: None where the date covers more than one year."""

    def year(record: R) -> int | None:
        first, last = _bounds(get(record))
        return first.year if first and last and first.year == last.year else None

    return Column("year", "integer", meaning, year, unit="year", match="year")


def first_part(period: str | None) -> str | None:
    """Where a period begins, as written; None where that is open.

    >>> first_part("2021-03/2023"), first_part("../2023")
    ('2021-03', None)
    """
    start = (period or "").partition("/")[0]
    return start if start not in ("", "..") else None
