"""Records of aid from somebody else's database: theirs as published, with our coding beside them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kh_kr_corpus.models.base import ActivityId, ArticleId, Edtf, Model, Plain, Sha256, SourceId, Term
from kh_kr_corpus.models.initiative import Kind, Modality, Sector
from kh_kr_corpus.models.review import Review

__all__ = ["MoneyColumn", "Paid", "Record", "RecordColumns", "RecordId", "RecordSet"]

RecordId = Annotated[str, StringConstraints(pattern=r"^record/[a-z0-9]+(-[a-z0-9]+)*/[0-9]{4,}$", max_length=120)]
"""``record/<set>/<number of the row>``, for ever: a row is never renumbered."""
Count = Annotated[int, Field(ge=1)]


class MoneyColumn(Model):
    """A column of a file that holds money."""

    column: Plain
    currency: Annotated[str, Term("currencies")]


class RecordColumns(Model):
    """Which column of the file holds what; a field that the file lacks is left out."""

    number: Plain
    """The publisher's own number of the row."""
    year: Plain
    title: Plain
    cooperation: Plain | None = None
    """The form of cooperation in the publisher's words."""
    period: Plain | None = None
    """First and last day with ``~`` between them."""
    purpose: Plain | None = None
    """The purpose in the publisher's words; the crosswalk from :attr:`RecordSet.purposes` gives its code."""
    recipient: Plain | None = None
    """The body that receives, hosts or teaches, in the publisher's words."""
    recoded: Plain | None = None
    """A purpose code that somebody other than the publisher gave the row."""
    money: tuple[MoneyColumn, ...] = ()


class RecordSet(Model):
    """``records/<id>.yaml``: what stands in the file ``<id>.csv`` beside it, whose it is and how it was coded.

    The CSV file is kept byte for byte as it was received. Our coding stands in ``<id>.coding.csv``, one row a record.
    """

    id: ArticleId
    title: Plain
    description: Plain
    source: SourceId
    terms: Plain
    """On what terms the publisher's file may be used: the corpus's own licence does not cover it."""
    sample: Plain | None = None
    """Where the file is a sample: how it was drawn, and what may not be concluded from it. Sums and yearly series over
    such a set are refused. None for a complete file."""
    rows: Count
    sha256: Sha256
    """Of the CSV file."""
    columns: RecordColumns
    purposes: Plain | None = None
    """The code list of the publisher's purpose names, e.g. ``koica-purpose``."""
    coded: Plain
    """What was derived how."""
    codebook: Plain
    """The version of the codebook that was followed."""
    note: Plain | None = None
    review: Review = Review()


class Paid(Model):
    """An amount of a record, nominal, as the publisher states it."""

    amount: Annotated[float, Field(ge=0)]
    currency: Annotated[str, Term("currencies")]


class Record(Model):
    """One row of somebody else's database, with our coding."""

    id: RecordId
    set: ArticleId
    number: Plain
    """The publisher's own number."""
    year: int
    title: Plain | None = None
    """As published, misprints too; None where the row has none."""
    cooperation: Plain | None = None
    period: Edtf | None = None
    amounts: tuple[Paid, ...] = ()
    purpose: Plain | None = None
    crs: str | None = None
    """The DAC purpose code of ``purpose`` in the edition of its day; None where the name is no purpose."""
    recoded: str | None = None
    """The purpose code that somebody else gave the row."""
    recipient: Plain | None = None
    kind: Kind | None = None
    """Ours; None where the row does not decide it, and ``note`` says why."""
    themes: tuple[Kind, ...] = ()
    sectors: tuple[Sector, ...] = ()
    modality: Modality
    activity: ActivityId | None = None
    """The activity that the row is a payment for."""
    read_from: Annotated[str, StringConstraints(pattern="^(title|purpose|nothing)$")]
    """What of the row kind, themes and sectors were read from."""
    note: Plain | None = None
    source: SourceId
    review: Review = Review()

    @model_validator(mode="after")
    def _kind_is_a_theme(self) -> Self:
        if self.kind is not None and self.kind not in self.themes:
            raise PydanticCustomError("kind_not_theme", "kind {kind} is missing among the themes", {"kind": self.kind})
        if (self.kind is None or not self.sectors) and not self.note:
            raise PydanticCustomError("undecided", "no kind or no sector, and no note that says why", {})
        return self
