"""A small result: named columns, rows and a remark, shown as text, as HTML, or turned into somebody's frame."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kh_kr_corpus import _html
from kh_kr_corpus.errors import InputError, UnknownNameError, near
from kh_kr_corpus.tables import parquet
from kh_kr_corpus.tables.text import aligned

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Table", "to_pandas", "to_polars"]

_SHOWN = 30


class Table:
    """Rows under named columns, with a remark on how to read them.

    >>> table = Table(("kind", "count"), [("training", 3), ("tourism-promotion", 1)])
    >>> table["count"]
    [3, 1]
    >>> table
    kind               count
    training               3
    tourism-promotion      1
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], note: str = "") -> None:
        self.columns = tuple(columns)
        self.rows = tuple(map(tuple, rows))
        self.note = note

    @classmethod
    def from_arrow(cls, arrow: pa.Table, note: str = "") -> Table:
        """The rows of an Arrow table."""
        columns = [list(map(_native, column.to_pylist())) for column in arrow.columns]
        return cls(_named_once(arrow.column_names), zip(*columns, strict=True), note)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __getitem__(self, column: str) -> list[Any]:
        if column not in self.columns:
            raise UnknownNameError("column", column, near(column, self.columns) or self.columns)
        place = self.columns.index(column)
        return [row[place] for row in self.rows]

    def __repr__(self) -> str:
        more = len(self.rows) - _SHOWN
        lines = [aligned(self.columns, self.rows[:_SHOWN], _room())]
        lines += [f"… {more:,} more rows"] if more > 0 else []
        lines += [self.note] if self.note else []
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        more = len(self.rows) - _SHOWN
        notes = [f"{more:,} more rows"] if more > 0 else []
        notes += [self.note] if self.note else []
        rows = [
            [_plain(name, value) for name, value in zip(self.columns, row, strict=True)] for row in self.rows[:_SHOWN]
        ]
        return _html.table(self.columns, rows, "; ".join(notes))

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_arrow(self) -> pa.Table:
        """An Arrow table; types are inferred from the values."""
        import pyarrow as pa

        return pa.table({name: pa.array(self[name]) for name in self.columns})

    def to_pandas(self) -> pd.DataFrame:
        """A pandas DataFrame; whole numbers with gaps stay whole (``Int64``). ``attrs["note"]`` has the remark."""
        return to_pandas(self.to_arrow(), self.note)

    def to_polars(self) -> Any:
        """A polars DataFrame; raises :class:`InputError` where polars is not installed."""
        return to_polars(self.to_arrow())

    def write_parquet(self, path: str | Path) -> None:
        """Write a Parquet file, the remark as its metadata; see :meth:`read_parquet`."""
        parquet.write_parquet(parquet.described(self.to_arrow(), {}, self.note), path)

    @classmethod
    def read_parquet(cls, path: str | Path) -> Table:
        """The rows of a Parquet file, with the remark that was written with them.

        Raises :class:`InputError` for a file that is none, :class:`EnvironmentFailure` for one that can't be read.
        """
        arrow = parquet.read_parquet(path)
        return cls.from_arrow(arrow, (arrow.schema.metadata or {}).get(b"note", b"").decode())


def _room() -> int | None:
    """The width of the terminal that would show a table; None where it goes into a file, a pipe or a notebook."""
    return shutil.get_terminal_size().columns if sys.stdout and sys.stdout.isatty() else None


def _named_once(names: Iterable[str]) -> list[str]:
    """Column names told apart: a query may name two columns alike, and a dict would keep only one of them.

    >>> _named_once(["id", "n", "id"])
    ['id', 'n', 'id_2']
    """
    out: list[str] = []
    for name in names:
        number, free = 2, name
        while free in out:
            number, free = number + 1, f"{name}_{number}"
        out.append(free)
    return out


def _native(value: Any) -> Any:
    """A number as Python's own: DuckDB gives the sum of integers as a decimal."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _plain(name: str, value: Any) -> Any:
    """A cell for HTML: years without a thousands separator, lists and whole floats as a person writes them."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return str(value) if name.endswith("year") and isinstance(value, int) else value


def to_pandas(arrow: pa.Table, note: str = "") -> pd.DataFrame:
    """``arrow`` in pandas, with a remark in ``attrs["note"]``; integers and booleans with gaps keep their type, days
    are ``datetime64``."""
    import pandas as pd
    import pyarrow as pa

    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = arrow.to_pandas(types_mapper=types.get, date_as_object=False)
    if note:
        frame.attrs["note"] = note
    return frame


def to_polars(arrow: pa.Table) -> Any:
    """``arrow`` in polars, which is not part of the installation."""
    try:
        polars = importlib.import_module("polars")
    except ImportError:
        raise InputError("to_polars", "polars is not installed", "pip install 'kh-kr-corpus[polars]'") from None
    return polars.from_arrow(arrow)
