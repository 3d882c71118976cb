"""Speed of questions: ``python -m bench.query``. It takes about two minutes and 3 GB.

Each question goes through the query API, through SQL written by hand on the same DuckDB tables, and through pandas
written by hand on a DataFrame that is there already. The mentions are those of the shipped corpus many times over, in
random order with random dates; the last rows tell how the cost grows from 10³ to 10⁶ of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench._rows import Row, costs, main, say

from kh_kr_corpus import load
from kh_kr_corpus.corpus import Corpus

SIZES = (10**3, 10**4, 10**5, 10**6)
ENTITY = "organisation/korea-international-cooperation-agency"
REVIEWED = ("accepted", "corrected")


def widened(size: int) -> Corpus:
    """The shipped corpus with ``size`` mentions: what DuckDB holds is replaced, the records are not."""
    corpus = load()
    database = corpus._database
    connection = database._ready(["mentions"])
    times = size // len(database.records("mentions")) + 1
    day = "date '1991-01-01' + cast(hash(id, n, 1) % 12800 as int)"
    connection.execute(
        "create table base.wide as select * exclude (_row) replace ("  # noqa: S608 - our own words
        f"id || '-' || n as id, {day} as date_from, {day} as date_to, cast(year({day}) as bigint) as year) "
        f"from base.mentions, range({times}) as copies(n) order by hash(id, n) limit {size}"
    )
    connection.execute("drop view mentions")
    connection.execute("drop table base.mentions")
    connection.execute("create table base.mentions as select (row_number() over ()) - 1 as _row, * from base.wide")
    connection.execute("drop table base.wide")
    shown = ", ".join(f'"{name}"' for name in corpus.mentions.columns)
    connection.execute(f"create view mentions as select {shown} from base.mentions")  # noqa: S608
    return corpus


class Asked:
    """The same questions, asked in three ways."""

    def __init__(self, size: int) -> None:
        self.corpus = widened(size)
        self.cursor = self.corpus._database._ready(["mentions"]).cursor()
        self.frame = self.cursor.sql("select * from mentions").df()
        counts = (len(self.filtered()), self.by_hand("count(*)").fetchall()[0][0], len(self.by_pandas()))
        if len(set(counts)) > 1:
            raise SystemExit(f"they ask different things: {counts}")

    def filtered(self) -> Any:
        return self.corpus.mentions.where(label="ORG", entity="KOICA", year=(2015, 2026))

    def by_hand(self, what: str) -> Any:
        where = f"label = 'ORG' and entity = '{ENTITY}' and year between 2015 and 2026 and review in {REVIEWED}"
        return self.cursor.sql(f"select {what} from mentions where {where}")  # noqa: S608 - our own words

    def by_pandas(self) -> Any:
        frame = self.frame
        wanted = (frame.label == "ORG") & (frame.entity == ENTITY) & frame.year.between(2015, 2026)
        return frame[wanted & frame.review.isin(REVIEWED)]

    def grouped_by_pandas(self) -> Any:
        frame = self.frame[self.frame.review.isin(REVIEWED)]
        return frame.groupby(["label", "year"], dropna=False).size().sort_values(ascending=False)

    def grouped_by_hand(self) -> Any:
        query = f"select label, year, count(*) from mentions where review in {REVIEWED} group by all order by 3 desc"  # noqa: S608
        return self.cursor.sql(query).fetchall()

    def seconds(self, rounds: int) -> dict[str, float]:
        """Of each question in each way; the rows come as a DataFrame, as pandas has them."""
        return costs(
            {
                "count": lambda: len(self.filtered()),
                "count, DuckDB": lambda: self.by_hand("count(*)").fetchall(),
                "count, pandas": lambda: len(self.by_pandas()),
                "rows": lambda: self.filtered().to_pandas(),
                "rows, DuckDB": lambda: self.by_hand("*").df(),
                "rows, pandas": self.by_pandas,
                "groups": lambda: self.corpus.mentions.count_by("label", "year"),
                "groups, DuckDB": self.grouped_by_hand,
                "groups, pandas": self.grouped_by_pandas,
            },
            rounds,
        )


TOLD = {"count": "a filter, counted", "rows": "a filter, its rows as a DataFrame", "groups": "counts by label and year"}


def rows() -> Iterator[Row]:
    taken = {size: Asked(size).seconds(15) for size in SIZES}
    for size, seconds in taken.items():
        say(f"{size:>9,} mentions, ms: " + ", ".join(f"{name} {s * 1e3:.2f}" for name, s in seconds.items()))
    least, most = SIZES[0], SIZES[-1]
    for question, told in TOLD.items():
        for peer, target in (("DuckDB", 1.5), ("pandas", 1.5)):
            mine, theirs = (taken[most][name] * 1e3 for name in (question, f"{question}, {peer}"))
            yield Row(f"{told}, 10⁶ mentions", mine, f"{peer} by hand", theirs, "ms", target)
    for question, told in TOLD.items():
        mine, theirs = (taken[size][question] * 1e3 for size in (most, least))
        yield Row(f"growth: {told}, 10⁶ mentions", mine, "itself with 10³", theirs, "ms", 1000)


if __name__ == "__main__":
    main(rows)
