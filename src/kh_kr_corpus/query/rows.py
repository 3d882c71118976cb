"""The rows that a query stands for: counting, conversions and display; what narrows them is in ``query``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.query.filters import near_ids
from kh_kr_corpus.query.statement import Statement
from kh_kr_corpus.tables import Database, Table, TableSpec, parquet
from kh_kr_corpus.tables.table import to_pandas, to_polars

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Rows"]

M = TypeVar("M")
_SHOWN = 10


class Rows(Generic[M]):
    """Rows of one table of one corpus, found when somebody looks."""

    def __init__(self, spec: TableSpec[Any, M], database: Database, statement: Statement | None = None) -> None:
        self._spec, self._database = spec, database
        self._statement = statement or Statement(spec)

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
            successor = self._database.successor(spec.noun, record_id)
            raise UnknownNameError(spec.noun, record_id, (successor,) if successor else near_ids(record_id, ids))
        if self._statement.conditions and row not in self._rows():
            raise UnknownNameError(f"{spec.noun} among the {len(self):,} of this query", record_id)
        return spec.model(self._database.records(spec.name)[row])

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(column.name for column in self._spec.shown)

    @property
    def fields(self) -> Table:
        """Every column: its type, unit and meaning, and what ``where`` compares it with."""
        return Table(("field", "type", "unit", "meaning", "takes"), self._spec.reference(), self._spec.meaning)

    @property
    def undated(self) -> int:
        """How many records a filter on a date left out only because they have no date."""
        statement = self._statement.undated()
        return 0 if statement is None else self._count(statement)

    @property
    def note(self) -> str:
        """What must be known to read these rows: which are left out by default, and how many have no date."""
        return "; ".join(self._notes())

    def to_arrow(self) -> pa.Table:
        """All columns of these rows as a pyarrow Table."""
        names = ", ".join(f'"{column.name}"' for column in self._spec.shown)
        return self._fetch(self._statement, *self._statement.select(names))

    def to_pandas(self) -> pd.DataFrame:
        """All columns of these rows as a pandas DataFrame; whole numbers with gaps stay whole (``Int64``).

        ``attrs["note"]`` says what was left out.
        """
        return to_pandas(self.to_arrow(), self.note)

    def to_polars(self) -> Any:
        """All columns of these rows as a polars DataFrame; :class:`InputError` where polars is not installed."""
        return to_polars(self.to_arrow())

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict a row, with all columns."""
        rows: list[dict[str, Any]] = self.to_arrow().to_pylist()
        return rows

    def write_parquet(self, path: str | Path, *, texts: bool = False) -> None:
        """Write all columns as a Parquet file, each with its meaning; :meth:`Table.read_parquet` reads it back.

        The words of a text that is not ours to give away are refused unless ``texts`` says that the file stays
        with whoever attached them. Raises :class:`InputError` for that, and where another sort of file stands.
        """
        arrow = self.to_arrow()
        if not texts and (held := self._held(arrow)):
            raise InputError(
                str(path), f"{held:,} rows hold the words of texts that may not travel", "texts=True for your own use"
            )
        meanings = {column.name: column.described for column in self._spec.shown}
        parquet.write_parquet(parquet.described(arrow, meanings, self.note), path)

    def _held(self, arrow: pa.Table) -> int:
        """How many rows have words of a text that is external or a user's own."""
        articles = self._database.records("articles")
        closed = {text.article.id for text in articles if text.article.rights.text != "included"}
        if "text" not in self.columns or not closed:
            return 0
        name = "id" if self._spec.name == "articles" else "article"
        words = zip(arrow.column(name).to_pylist(), arrow.column("text").to_pylist(), strict=True)
        # a mention's own words travel with its annotation, whoever owns the text around them
        return 0 if self._spec.name == "mentions" else sum(i in closed and text is not None for i, text in words)

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
        arrow = self._fetch(self._statement, *self._statement.select(names, _SHOWN))
        more = len(self) - _SHOWN
        notes = ([f"{more:,} more"] if more > 0 else []) + self._notes()
        return Table.from_arrow(arrow, "; ".join(notes))

    def _notes(self) -> list[str]:
        notes = [self._spec.caution] if self._spec.caution else []
        for field, values in self._statement.standing().items():
            notes.append(f'{" and ".join(values)} only ({field}="any" for all)')
        if undated := self.undated:
            notes.append(f"{undated:,} without a date left out")
        return notes

    def _with(self, statement: Statement) -> Self:
        return type(self)(self._spec, self._database, statement)

    def _rows(self, limit: int | None = None) -> Sequence[int]:
        """The places of the rows among the table's records, in order."""
        if self._statement.is_whole:
            return range(len(self._database.records(self._spec.name)))[:limit]
        arrow = self._fetch(self._statement, *self._statement.select("_row", limit))
        rows: list[int] = arrow.column(0).to_pylist()
        return rows

    def _count(self, statement: Statement) -> int:
        return int(self._fetch(statement, *statement.count()).column(0)[0].as_py())

    def _fetch(self, asked: Statement, sql: str, parameters: Sequence[Any]) -> pa.Table:
        return self._database.fetch(asked.tables, sql, parameters)
