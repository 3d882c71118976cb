"""Who proposed an annotation, and who decided what about it (codebook §5)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kh_kr_corpus.models.base import Model, Plain, Term

__all__ = ["BY", "DAY", "Review", "ReviewState", "Suggestion"]

BY = Annotated[str, StringConstraints(pattern=r"^(human|model):\S(.*\S)?$")]
DAY = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$")]

ReviewState = Annotated[Literal["suggested", "accepted", "corrected", "rejected"], Term("review_states")]


class Suggestion(Model):
    """A machine's proposal, kept for ever beside what a person made of it."""

    by: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*@\S+$")]
    """Program and version, e.g. ``khkr@0.1.0``."""
    score: Annotated[float, Field(ge=0, le=1)]
    """How sure the machine was, from 0 to 1."""
    reason: Plain
    """Why: ``gazetteer``, ``model``, or ``rule:`` and the rule's name."""


class Review(Model):
    """The state of an annotation and, once decided, who decided and when.

    >>> Review(state="accepted", by="human:Chan Dara", at="2026-11-21").decided
    True
    """

    state: ReviewState = "suggested"
    by: BY | None = None
    """``human:NAME`` or ``model:NAME@VERSION``; nothing is called human that no human decided."""
    at: DAY | None = None
    """Day, or second in UTC, of the decision."""
    note: Plain | None = None

    @property
    def decided(self) -> bool:
        """Whether somebody accepted, corrected or rejected it."""
        return self.state != "suggested"

    @model_validator(mode="after")
    def _who_and_when(self) -> Self:
        try:
            datetime.fromisoformat(self.at or "2000-01-01")
        except ValueError:
            raise PydanticCustomError("review_date", "{at} is no day or time", {"at": repr(self.at)}) from None
        if (self.by is not None, self.at is not None) != (self.decided, self.decided):
            raise PydanticCustomError("review", "a decided state needs `by` and `at`, and a suggestion has neither", {})
        return self
