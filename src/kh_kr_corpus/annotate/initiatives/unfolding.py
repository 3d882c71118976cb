"""List items unfold the sentence that leads in to them: "sentences that unfold an attributed statement keep its
assertion and speaker" (codebook §4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kh_kr_corpus.annotate.initiatives import cues
from kh_kr_corpus.annotate.initiatives.detect import Draft
from kh_kr_corpus.annotate.initiatives.units import Passage, Unit

__all__ = ["source_of"]

_RUN_IN = re.compile(r"[A-Z][\w’'&/, -]{2,70}:\s")


def source_of(draft: Draft, units: Sequence[Unit]) -> Passage:
    """The draft whose words tell whose word it is: the attributed lead-in for an item without a source of its own,
    else the draft's own."""
    own = Passage(draft.units)
    if cues.says("attributed", draft.text):
        return own
    marked = {unit.paragraph for unit in units if unit.item or _RUN_IN.match(unit.text)}
    # one paragraph with a colon is no list
    items = {n for n in marked if n - 1 in marked or n + 1 in marked}
    at = draft.units[0].paragraph
    if at not in items:
        return own
    lead = max((unit.paragraph for unit in units if unit.paragraph < at and not _between(unit, items)), default=None)
    said = [u for u in units if u.paragraph == lead and not u.heading and cues.says("attributed", u.text)]
    return Passage(said[-1:]) if said else own


def _between(unit: Unit, items: set[int]) -> bool:
    """Whether the unit is an item itself or a heading, which no list is led in by."""
    return unit.paragraph in items or unit.heading
