"""Which label a name of an entity gets: the one place where places are told apart into GPE and LOC."""

from __future__ import annotations

import re

from kh_kr_corpus.models import Entity

__all__ = ["TYPES", "entity_label"]

_LABELS = {"person": "PERSON", "organisation": "ORG", "facility": "FAC", "group": "NORP", "event": "EVENT"}
_LABELS |= {"agreement": "AGREEMENT", "programme": "PROGRAM"}
TYPES = {label: (kind,) for kind, label in _LABELS.items()} | {
    "GPE": ("place",),
    "LOC": ("place",),
    "NORP": ("place", "group"),
    "FAC": ("facility", "place", "organisation"),
    "PROGRAM": ("programme", "organisation"),
    "ORG": ("organisation", "facility"),
    "AGREEMENT": ("agreement", "programme"),
}
"""Label -> types of entity that it may link to, most likely first."""
_NATURE = re.compile(
    r"\b(river|lake|sea|ocean|gulf|bay|straits?|delta|basin|mountains?|mount|hills?|valley|peninsula|islands?|isle|"
    r"archipelago|plateau|range|coast|waterfall|beach|sub-?region|region|mekong|tonle|tonlé|bassac|asia|africa|"
    r"europe|pacific|indo-pacific|middle east|latin america|indochina|stung|cardamoms|highlands|plains?)\b",
    re.IGNORECASE,
)


def entity_label(entity: Entity, name: str = "") -> str:
    """The label of ``name`` where it means ``entity``: "Jeju Island" is a LOC even if its entity is a province.

    A place is a LOC when the name in hand or its preferred name says river, island, region and so on; any other
    place is a GPE. A place without a country is a LOC only by its name.
    """
    if entity.type != "place":
        return _LABELS.get(entity.type, "")
    if name.isascii() and name != entity.name and _NATURE.search(name):
        return "LOC"
    return "LOC" if _NATURE.search(entity.name) else "GPE"
