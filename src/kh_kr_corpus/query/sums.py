"""Sums of money: over activities only, of one stage and currency, each part once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import InputError, UnknownNameError, near
from kh_kr_corpus.query.rates import Rates
from kh_kr_corpus.query.rows import Rows
from kh_kr_corpus.tables import Column, Table

__all__ = ["summed"]

_HEADS = ("stage", "currency", "private", "sum", "amounts", "activities")
_MONEY = ("stage", "currency", "private", "amount", "amount_max", "qualifier", "year", "counts_in_totals")


def summed(
    query: Rows[Any],
    columns: Sequence[Column[Any]] = (),
    *,
    stage: str | None = None,
    currency: str | None = None,
    private: bool | None = None,
    rates: Rates | None = None,
) -> Table:
    """The sum of the query's amounts in each group; see :meth:`kh_kr_corpus.query.query.Query.sum`."""
    if query._spec.name not in ("activities", "amounts"):
        fix = "sum corpus.activities: a report of money is not the money, and many texts report the same"
        raise InputError(f"{query._spec.name}.sum()", query._spec.caution or "only what happened is summed", fix)
    _check("stage", stage, "stages")
    _check("currency", currency, "currencies")
    rows = _amounts(query, columns)
    wanted = {"stage": stage, "currency": currency, "private": private}
    rows = [row for row in rows if all(v is None or row[k] == v for k, v in wanted.items())]
    counted = [row for row in rows if row["counts_in_totals"]]
    groups = defaultdict(list)
    for row in counted:
        groups[row["key"]].append(row)
    for group in groups.values():
        _refuse_mixed(group, [name for name in wanted if not (rates and name == "currency")])
    names = [column.singular or column.name for column in columns]
    facts = [(*zip(names, key, strict=True), *_total(group, rates)) for key, group in groups.items()]
    heads = tuple(dict.fromkeys((*names, *_HEADS)))
    totals = sorted(map(dict, facts), key=lambda total: (-(total["sum"] or 0), *(str(total[name]) for name in names)))
    return Table(
        heads, [[total[head] for head in heads] for total in totals], "; ".join(_notes(query, columns, rows, rates))
    )


def _check(what: str, value: str | None, vocabulary: str) -> None:
    known = vocab.load(vocabulary)
    if value is not None and value not in known:
        raise UnknownNameError(f"{what} (vocabulary {vocabulary!r})", value, near(value, known) or tuple(known)[:30])


def _amounts(query: Rows[Any], columns: Sequence[Column[Any]]) -> list[dict[str, Any]]:
    """Every amount of the query's activities, under ``key`` with the values of its group."""
    statement, own = query._statement, query._spec.name == "amounts"
    money = ", ".join(f'm."{name}" AS m_{name}' for name in _MONEY)
    keys = [f'q."{column.singular or column.name}"' for column in columns]
    inner, parameters = statement.keyed(columns, "_row AS q_row" if own else "id AS q_id")
    join = "m._row = q.q_row" if own else "m.activity = q.q_id"
    shown = ", ".join((*keys, money, "m.activity AS m_activity", "m._row AS m_row"))
    sql = f"SELECT {shown} FROM ({inner}) AS q JOIN base.amounts AS m ON {join}"  # noqa: S608 - our own names
    arrow = query._database.fetch({*statement.tables, "amounts"}, sql, parameters)
    heads = ("key", *_MONEY, "activity", "row")
    n = len(columns)
    values = list(zip(*(column.to_pylist() for column in arrow.columns), strict=True))
    return [dict(zip(heads, (row[:n], *row[n:]), strict=True)) for row in values]


def _refuse_mixed(group: Iterable[dict[str, Any]], names: Iterable[str]) -> None:
    rows = list(group)
    for name in names:
        counts: dict[Any, int] = defaultdict(int)
        for row in rows:
            counts[row[name]] += 1
        if len(counts) > 1:
            told = ", ".join(f"{value} ({n})" for value, n in sorted(counts.items(), key=lambda item: -item[1]))
            what = {"stage": "stages", "currency": "currencies", "private": "funds, private or not"}[name]
            first = max(counts, key=counts.__getitem__)
            fix = f"say {name}={first!r}, or group by it: corpus.amounts.group_by({name!r})"
            raise InputError("sum()", f"these amounts are of several {what}: {told}", fix)


def _total(group: Sequence[dict[str, Any]], rates: Rates | None) -> list[tuple[str, Any]]:
    first = group[0]
    if rates:
        converted = [rates.to_dollars(row["amount"], row["currency"], row["year"]) for row in group]
        group = [row for row, value in zip(group, converted, strict=True) if value is not None]
        total = sum(value for value in converted if value is not None) if group else None
    else:
        total = sum(row["amount"] for row in group)
    unit = rates.unit if rates else first["currency"]
    values = (first["stage"], unit, first["private"], total, len(group), len({row["activity"] for row in group}))
    return list(zip(_HEADS, values, strict=True))


def _notes(
    query: Rows[Any],
    columns: Sequence[Column[Any]],
    rows: Sequence[dict[str, Any]],
    rates: Rates | None,
) -> list[str]:
    notes = query._notes()
    # an amount in several groups is told of once
    every = {row["row"]: row for row in rows}.values()
    once = [row for row in every if row["counts_in_totals"]]
    if query._spec.name == "activities":
        without = len(query) - len({row["activity"] for row in once})
        notes += [f"{without:,} activities have no such amount"] if without else []
    if left := len(every) - len(once):
        notes.append(f"{left:,} amounts left out because they don't count in totals")
    if bent := sum(row["qualifier"] is not None for row in once):
        notes.append(f"{bent:,} are stated as about, at least or at most")
    if ranges := sum(row["amount_max"] is not None for row in once):
        notes.append(f"{ranges:,} are ranges, of which the lower end is taken")
    if many := [column.singular for column in columns if column.many]:
        notes.append(f"summed once under each {' and '.join(many)}, so the groups don't add up")
    if rates:
        lost = sum(rates.to_dollars(row["amount"], row["currency"], row["year"]) is None for row in once)
        notes.append(
            f"converted to {rates.unit} with rates of {rates.source}; {lost:,} without a year or rate left out"
        )
    else:
        notes.append("nominal, as stated")
    return notes
