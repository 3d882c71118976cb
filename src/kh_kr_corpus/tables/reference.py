"""Every table and column for readers, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kh_kr_corpus.tables.column import TableSpec

__all__ = ["reference"]


def reference(tables: Mapping[str, TableSpec[Any, Any]]) -> str:
    """A section a table: what it holds, what queries leave out by default, and its columns with their meaning."""
    return "\n\n".join(_section(spec) for spec in tables.values())


def _section(spec: TableSpec[Any, Any]) -> str:
    lines = [f"### {spec.name}", "", spec.meaning, ""]
    kept = [f"`{field}` {' or '.join(values)}" for field, values in spec.defaults.items()]
    left = [f"`{field}` {' or '.join(values)}" for field, values in spec.uncounted.items()]
    if kept:
        lines += [f"Queries keep to {', '.join(kept)} unless they filter it." + _left(left), ""]
    if spec.caution:
        lines += [f"Never summed and never counted by year: {spec.caution}.", ""]
    lines += ["| column | type | unit | meaning | a filter takes |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in spec.reference()]
    return "\n".join(lines)


def _left(left: list[str]) -> str:
    return f" Counts leave out {', '.join(left)} unless they filter it." if left else ""
