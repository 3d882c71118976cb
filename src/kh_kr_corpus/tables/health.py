"""How healthy the record of an activity is: who says so, how complete it is, and whether the sources agree.

After the "health of record" of AidData's TUFF methodology 1.3 (source triangulation and data completeness), computed
and never entered by hand. Two deviations: copies of one report count once, because a repost is no second witness; and
contradictions, which TUFF does not count, stand beside the score instead of lowering it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from kh_kr_corpus.models import Activity, Source
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.tables.column import first_part

__all__ = ["Health", "health_of"]

_MEDIA = ("wire", "newspaper", "broadcaster", "magazine")
_MONEY = ("grant-project", "concessional-loan", "in-kind", "relief", "investment")


class Health(NamedTuple):
    """Points for an activity's sources and for its fields."""

    sources: int
    """How many independent reports it rests on."""
    triangulation: int
    """0 to 15: media from the second on, 1 each up to 4; an official source 3, a second publisher's 3 more;
    a body's own pages or a database 2; an academic source 2; a blog 1."""
    completeness: int
    """0 to 8: 7, less 1 for each of these that is missing: the year, the modality, a sector, the place, who pays or
    does it, who benefits or takes part on the other side, and an amount where money is the matter; 1 more where it is
    known how it ended."""

    @property
    def points(self) -> int:
        """Both together, 0 to 23."""
        return self.triangulation + self.completeness


def health_of(activity: Activity, sources: Mapping[str, Source]) -> Health:
    """The health of one activity's record; unknown sources count for nothing."""
    cited = [sources[name] for name in activity.sources if name in sources]
    originals = {sources.get(one.repost_of or "", one).id: sources.get(one.repost_of or "", one) for one in cited}
    return Health(len(originals), _triangulation(list(originals.values())), _completeness(activity))


def _triangulation(stories: list[Source]) -> int:
    types = Counter(story.type for story in stories)
    officials = {story.publisher for story in stories if story.type == "official"}
    media = sum(types[name] for name in _MEDIA)
    points = min(4, max(0, media - 1)) + 3 * min(2, len(officials))
    points += 2 * bool(types["organisation"] + types["database"]) + 2 * bool(types["academic"])
    return points + bool(types["blog"])


def _completeness(activity: Activity) -> int:
    roles = {part.role for part in activity.participants}
    start = first_part(activity.period)
    first, last = bounds(start) if start else (None, None)
    missing = [
        first is None or last is None or first.year != last.year,
        not set(activity.modalities) - {"unstated"},
        not set(activity.sectors) - {"other", "unspecified"},
        not activity.place,
        roles.isdisjoint({"funder", "implementer", "convener", "partner"}),
        not roles & {"beneficiary", "partner"},
        not activity.amounts and not set(activity.modalities).isdisjoint(_MONEY),
    ]
    return 7 - sum(missing) + (activity.status in ("completed", "cancelled"))
