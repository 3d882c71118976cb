"""The pairs that a person or model read and judged, as entries to compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kh_kr_corpus import _yaml
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.reconcile import Entry, Sum, entries_of, of_activity
from kh_kr_corpus.reconcile.entry import sectors_of_purpose

__all__ = ["Pair", "read_pairs"]

HERE = Path(__file__).parent / "pairs"


class Pair(NamedTuple):
    """An activity, an entry, whether they are the same thing, and where the entry is from."""

    activity: Entry
    entry: Entry
    same: bool
    sort: str
    """``koica``: a record of the corpus; ``public``: what its giver or the press calls it; ``synthetic``: as a database
    might print it, written for this set."""


def read_pairs(corpus: Corpus, split: str) -> list[Pair]:
    """The pairs of ``dev`` or ``test``; no activity, record or title is in both."""
    records = {entry.id: entry for entry in entries_of(corpus)}
    raw = _yaml.loads((HERE / f"{split}.yaml").read_text(encoding="utf-8"), split).data["pairs"]
    return [
        Pair(
            of_activity(corpus.activities[one["activity"]]),
            records[one["record"]] if "record" in one else _entry(one),
            one["same"],
            one["sort"],
        )
        for one in raw
    ]


def _entry(one: dict[str, Any]) -> Entry:
    years = one.get("years")
    money = [Sum(float(one[key]), key.upper()) for key in ("usd", "krw") if key in one]
    return Entry(
        id=one["title"],
        titles=(one["title"],),
        years=(years[0], years[1]) if years else None,
        sums=tuple(money),
        actors=tuple(one.get("actors", ())),
        sectors=sectors_of_purpose(one["crs"]) if "crs" in one else frozenset(),
        modalities=frozenset({one["modality"]} if "modality" in one else ()),
        places=tuple(one.get("places", ())),
    )
