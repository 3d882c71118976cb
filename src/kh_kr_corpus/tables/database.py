"""The rows of one corpus in DuckDB: each table made when it is first asked for, in memory, never on disk."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.store import Contents
from kh_kr_corpus.tables.column import TableSpec
from kh_kr_corpus.tables.table import Table
from kh_kr_corpus.tables.text import is_unicode

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["Database"]

# Scans keep the order of rows. Nothing outside the corpus is reachable from a query: no file, no extension, no
# variable of the caller.
_LOCKED = (
    "SET preserve_insertion_order = true",
    "SET enable_external_access = false",
    "SET autoload_known_extensions = false",
    "SET python_enable_replacements = false",
    "SET lock_configuration = true",
)


_PRAGMA = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*pragma\b", re.IGNORECASE | re.DOTALL)


class Database:
    """The tables of one corpus. Rows live in schema ``base`` with their place among the records (``_row``) and
    the columns that only filters need; what users query are views without these."""

    def __init__(self, contents: Contents, specs: Mapping[str, TableSpec[Any, Any]]) -> None:
        self._contents, self._specs = contents, specs
        self._records: dict[str, Sequence[Any]] = {}
        self._ids: dict[str, dict[str, int]] = {}
        self._made: set[str] = set()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.RLock()

    def records(self, name: str) -> Sequence[Any]:
        """The records of a table, in the order of its rows."""
        with self._lock:
            if name not in self._records:
                self._records[name] = tuple(self._specs[name].records(self._contents))
            return self._records[name]

    def ids(self, name: str) -> Mapping[str, int]:
        """The ids of a table, each with its row."""
        spec = self._specs[name]
        with self._lock:
            if name not in self._ids:
                rows = enumerate(self.records(name)) if spec.key else ()
                self._ids[name] = {spec.key_of(record): row for row, record in rows}
            return self._ids[name]

    def successor(self, kind: str, record_id: str) -> str | None:
        """The id that took the place of a withdrawn one; ``kind`` is ``article``, ``activity``, ``entity`` or
        ``source``. None where none did."""
        release = self._contents.release
        to = release.withdrawn_to(f"{kind}:{record_id}") if release else None
        return to.removeprefix(f"{kind}:") if to else None

    @cached_property
    def kb(self) -> KnowledgeBase:
        """Who is who; indexed on first use."""
        return KnowledgeBase(self._contents.entities.values())

    @property
    def tables(self) -> Mapping[str, TableSpec[Any, Any]]:
        """The definitions of its tables by name."""
        return self._specs

    def fetch(self, names: Iterable[str], statement: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """The result of one of our own statements over ``base.<name>``, for these names."""
        cursor = self._ready(names).cursor()
        try:
            return cursor.sql(statement, params=list(parameters)).to_arrow_table()
        finally:
            cursor.close()

    def sql(self, query: str) -> Table:
        """The result of somebody else's query; see :meth:`kh_kr_corpus.corpus.Corpus.sql`."""
        import duckdb

        if not is_unicode(query):
            raise InputError("sql", "the query is no valid Unicode text")
        cursor = self._ready(()).cursor()
        try:
            statements = cursor.extract_statements(query)
            # DuckDB 1 takes some pragmas for questions
            no_question = len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT
            if no_question or _PRAGMA.match(query):
                raise InputError("sql", "not one SELECT statement", "only questions are asked here, one at a time")
            named = cursor.get_table_names(query) or self._specs
            self._ready(named)
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            cautions = [self._specs[name].caution for name in named if name in self._specs]
            return Table.from_arrow(cursor.sql(query).to_arrow_table(), "; ".join(filter(None, cautions)))
        except duckdb.Error as error:
            raise InputError("sql", _told(error), f"tables: {', '.join(self._specs)}") from None
        finally:
            cursor.close()

    def _ready(self, names: Iterable[str]) -> duckdb.DuckDBPyConnection:
        """The connection, with these tables made; names of other things are left alone."""
        import duckdb

        with self._lock:
            if self._connection is None:
                self._connection = duckdb.connect(":memory:")
                for statement in ("CREATE SCHEMA base", *_LOCKED):
                    self._connection.execute(statement)
            for name in names:
                if name in self._specs and name not in self._made:
                    self._make(self._connection, self._specs[name])
                    self._made.add(name)
            return self._connection

    def _make(self, connection: duckdb.DuckDBPyConnection, spec: TableSpec[Any, Any]) -> None:
        # Copied into DuckDB's own columns: scanning Arrow strings again for every query costs a multiple.
        connection.register("incoming", spec.to_arrow(self.records(spec.name)))
        connection.execute(f"CREATE TABLE base.{spec.name} AS SELECT * FROM incoming")  # noqa: S608 - our names
        connection.unregister("incoming")
        shown = ", ".join(f'"{column.name}"' for column in spec.shown)
        connection.execute(f"CREATE VIEW {spec.name} AS SELECT {shown} FROM base.{spec.name}")  # noqa: S608 - our names


def _told(error: Exception) -> str:
    """What was wrong with a query, without the value of any cell: DuckDB quotes whole texts in some messages."""
    kind = type(error).__name__
    if kind not in ("ParserException", "BinderException", "CatalogException"):
        return f"the query failed on a value or is not allowed ({kind})"
    lines = str(error).partition("\n\nLINE")[0].splitlines()
    return " ".join(line for line in lines if not line.startswith("Did you mean"))
