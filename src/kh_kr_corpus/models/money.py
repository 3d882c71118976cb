"""Amounts of money, as texts and sources state them; nothing is converted here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kh_kr_corpus.models.base import Edtf, Model, SourceId, Term

__all__ = ["Money", "StagedAmount"]


class Money(Model):
    """An amount in one currency, as stated.

    >>> Money(amount=11_700_000, currency="USD").amount
    11700000.0
    """

    amount: Annotated[float, Field(gt=0)]
    """In units of the currency (11700000 for $11.7 million); whole up to 2**53."""
    currency: Annotated[str, Term("currencies")]
    """ISO 4217."""
    qualifier: Annotated[str, Term("qualifiers")] | None = None
    """``about``, ``at-least`` or ``at-most`` when the text says so."""
    amount_max: Annotated[float, Field(gt=0)] | None = None
    """The upper end of a range."""


class StagedAmount(Money):
    """An amount of an activity at one stage of funding, with who says so."""

    stage: Annotated[str, Term("stages")]
    date: Edtf | None = None
    """When it was proposed, pledged, committed or disbursed."""
    sources: tuple[SourceId, ...] = ()
