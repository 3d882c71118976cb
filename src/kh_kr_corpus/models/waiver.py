"""A rule of the linter that somebody set aside for one record, and why."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from kh_kr_corpus.models.base import Model, Plain

__all__ = ["Waiver"]


class Waiver(Model):
    """One rule that does not hold here, with the reason; kept in the file, so that it is reviewed like the data.

    >>> Waiver(rule="KC702", at="m3", why="the team, not the club").at
    'm3'
    """

    rule: Annotated[str, StringConstraints(pattern=r"^KC[0-9]{3}$")]
    """The code of the rule."""
    at: Plain | None = None
    """The mention or initiative (``m3``), or the field (``amounts``); None for the whole record."""
    why: Annotated[Plain, StringConstraints(min_length=8)]
    """The reason, for the next reader."""
