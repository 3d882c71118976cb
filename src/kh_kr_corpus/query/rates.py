"""Exchange rates and price levels that somebody stands for: without them, nothing is converted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from kh_kr_corpus.errors import InputError

__all__ = ["Rates"]


@dataclass(frozen=True)
class Rates:
    """What turns amounts as stated into dollars of one year, with who says so.

    ``per_dollar`` has units of a currency for one US dollar, by currency and year; ``deflator`` the US price level
    by year, on any scale. The library ships no rates: which are right depends on the question.

    >>> rates = Rates("an example", 2020, {("KRW", 2015): 1130.0}, {2015: 93.0, 2020: 100.0})
    >>> round(rates.to_dollars(1_130_000, "KRW", 2015), 2)
    1075.27
    >>> rates.to_dollars(1_130_000, "KRW", 2016) is None
    True
    """

    source: str
    """Who publishes them, and when they were read."""
    base_year: int
    """The year in whose dollars the result is."""
    per_dollar: Mapping[tuple[str, int], float]
    deflator: Mapping[int, float]

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise InputError("Rates", "no source is named", "say who publishes them, and when they were read")
        if self.base_year not in self.deflator:
            raise InputError("Rates", f"the deflator lacks its base year {self.base_year}", "add that year")
        for value in (*self.per_dollar.values(), *self.deflator.values()):
            if not (isfinite(value) and value > 0):
                raise InputError("Rates", f"{value!r} is no rate", "rates are positive numbers")

    def to_dollars(self, amount: float, currency: str, year: int | None) -> float | None:
        """``amount`` in US dollars of the base year; None where the year or its rate is not known."""
        rate = 1.0 if currency == "USD" else self.per_dollar.get((currency, year or 0))
        level = self.deflator.get(year or 0)
        return None if rate is None or level is None else amount / rate * self.deflator[self.base_year] / level

    @property
    def unit(self) -> str:
        """What the result is in."""
        return f"constant {self.base_year} US dollars"
