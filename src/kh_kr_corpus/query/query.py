"""The immutable query: every method gives a new one, and nothing is computed until somebody looks."""

from __future__ import annotations

import random
from typing import Any, Literal, TypeVar

from kh_kr_corpus.errors import InputError
from kh_kr_corpus.query.completing import completing
from kh_kr_corpus.query.filters import Condition, condition, field_of
from kh_kr_corpus.query.groups import Groups
from kh_kr_corpus.query.rates import Rates
from kh_kr_corpus.query.related import related, split_path, target_of
from kh_kr_corpus.query.rows import Rows
from kh_kr_corpus.query.sums import summed
from kh_kr_corpus.tables import Table

__all__ = ["Query"]

M = TypeVar("M")


class Query(Rows[M]):
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

    Queries of one table add up, and one can stand in another:

    >>> trained = corpus.activities.where(kind="training") & corpus.activities.where(sector="public-administration")
    >>> pledged = corpus.activities.where(id=corpus.amounts.where(stage="pledged"))
    >>> together = corpus.mentions.where(entity="KOICA", sentence__label="MONEY")
    """

    @completing
    def where(self, **filters: Any) -> Query[M]:
        """The rows that also fulfil every filter.

        - ``kind="training"``: equal; ``kind=["training", "resilience"]``: any of these; ``activity=None``: none;
        - ``year=(2015, 2026)``, ``amount=(None, 1e6)``: a range with both ends included;
        - ``date="2023-10"``: the record's date lies inside that month, whatever its own precision;
        - ``actor="KOICA"``, ``entity="Hun Sen"``: by id or any name in any script; a name that several entities
          bear means any of them;
        - ``theme=``, ``sector=``, ``actor=``: the list has it;
        - ``title="bridge"``, ``text=``: contains it, in either case;
        - ``review="any"``: whatever has become of it;
        - ``sentence__label="MONEY"``, ``article__entity="KOICA"``: the sentence, the article has it: the field of
          the table that a column refers to, and of a table that refers to this one (``amounts__stage="pledged"``);
        - ``actor=corpus.entities.where(country="KR")``, ``id=corpus.mentions.where(...)``: among those.

        Records without a date never fulfil a filter on dates; :attr:`undated` counts them, :attr:`note` says so.
        :attr:`fields` lists what can be asked. Raises :class:`UnknownNameError` for a field or value that does not
        exist, :class:`InputError` for a value of the wrong sort.
        """
        made: list[Condition] = []
        freed: set[str] = set()
        inner: dict[str, dict[str, Any]] = {}
        for name, value in filters.items():
            head, rest = split_path(name)
            if rest:
                inner.setdefault(head, {})[rest] = value
                continue
            column = field_of(self._spec, name)
            freed.add(column.name)
            if isinstance(value, Rows):
                made.append(related(self._spec, name, self._same_corpus(value)._statement))
            elif not (column.name in self._spec.defaults and value == "any"):
                made.append(condition(self._spec, name, value, self._database))
        # what is said of one sentence, or one article, is said of the same one
        made += [self._inside(head, rest) for head, rest in inner.items()]
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

    def group_by(self, *fields: str) -> Groups[Query[M]]:
        """The rows under each value of these fields: ``.count()``, ``.sum()``, or iterate for one query a group.

        >>> import kh_kr_corpus as khkr
        >>> amounts = khkr.load().amounts.where(private=False)
        >>> amounts.group_by("stage", "currency").sum().columns[:2]
        ('stage', 'currency')
        """
        if not fields:
            raise InputError("group_by()", "no field given", "group_by('kind')")
        columns = [field_of(self._spec, field) for field in fields]
        if self._spec.caution and any(column.match in ("edtf", "year") or column.type == "day" for column in columns):
            fix = "activities have dates, and docs/records.md says why records don't add up"
            raise InputError(f"{self._spec.name} by year", self._spec.caution, fix)
        return Groups(self, columns)

    def count_by(self, *fields: str) -> Table:
        """How many records there are for each value, or combination of values, of these fields, most first.

        A list column counts a record under each of its values. Initiatives that an author only recommends are
        left out unless ``where(assertion=...)`` was said; the table's note tells what was left out.
        """
        if not fields:
            raise InputError("count_by()", "no field given", "count_by('kind')")
        return self.group_by(*fields).count()

    def sum(
        self,
        *,
        stage: str | None = None,
        currency: str | None = None,
        private: bool | None = None,
        rates: Rates | None = None,
    ) -> Table:
        """The money of these activities, as stated: one row with stage, currency, funds and sum.

        Only activities (and their ``amounts``) are summed, because ten texts on one loan are one loan; only
        amounts that count in totals; never across stages, currencies, or private and public money: where several
        occur, name one. Of a range the lower end is taken. The note says what was left out. ``rates`` converts to
        constant US dollars, and the note names their source and year.

        Raises :class:`InputError` for anything but activities and amounts, and for what must not be added up.

        >>> import kh_kr_corpus as khkr
        >>> roads = khkr.load().activities.where(sector="transport")
        >>> roads.sum(stage="committed", currency="USD")["stage"]
        ['committed']
        """
        return summed(self, stage=stage, currency=currency, private=private, rates=rates)

    def __and__(self, other: Query[M]) -> Query[M]:
        """The rows in both."""
        return self._combined(other, "and")

    def __or__(self, other: Query[M]) -> Query[M]:
        """The rows in either, each once."""
        return self._combined(other, "or")

    def __sub__(self, other: Query[M]) -> Query[M]:
        """The rows that are not in the other."""
        return self._combined(other, "not")

    def _combined(self, other: Query[M], how: Literal["and", "or", "not"]) -> Query[M]:
        if not isinstance(other, Rows):
            return NotImplemented
        if self._same_corpus(other)._spec is not self._spec:
            message = f"{self._spec.name} and {other._spec.name} are different things"
            raise InputError(
                "a set of rows", message, "combine queries of one table; where(id=...) goes from one to another"
            )
        return self._with(self._statement.combined(other._statement, how))

    def _same_corpus(self, other: Rows[Any]) -> Rows[Any]:
        if other._database is not self._database:
            raise InputError("query", "the other query is one of another corpus", "load once, and ask the same corpus")
        return other

    def _inside(self, head: str, filters: dict[str, Any]) -> Condition:
        """The condition of filters on another table, named by a column of this table or by its own name."""
        tables = self._database.tables
        if head in tables and any(target_of(column) == self._spec.name for column in tables[head].shown):
            name, field = head, self._spec.key
        else:
            column = field_of(self._spec, head)
            name, field = target_of(column), column.name
            if not name:
                raise InputError(f"where({head}__...)", f"{head} refers to no table", "compare it with a value")
        if not field:
            raise InputError(f"where({head}__...)", f"{self._spec.name} have no ids", "filter by their own fields")
        rows = Query(tables[name], self._database).where(**filters)
        return related(self._spec, field, rows._statement)


def _check_count(method: str, n: object) -> None:
    if not isinstance(n, int) or isinstance(n, bool) or n < 0:
        raise InputError(f"{method}({n!r})", "this is no number of rows", "give a whole number, 0 or more")
