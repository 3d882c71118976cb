"""A new entry of the knowledge base, from a name in a text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from kh_kr_corpus import store
from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Entity, Model, Name
from kh_kr_corpus.models.base import Plain, Term

__all__ = ["NewEntity", "write_entity"]

_Text = Annotated[Plain, StringConstraints(max_length=200)]


class NewEntity(Model):
    """What a curator says of a new entity: its type, its English name, and names in other languages."""

    type: Annotated[str, Term("entity_types")]
    name: _Text
    coined: bool = False
    """Whether the English name is the curator's own, because no source has one."""
    korean: _Text | None = None
    khmer: _Text | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    note: Annotated[Plain, StringConstraints(max_length=2000)] | None = None


def write_entity(new: NewEntity, kb: KnowledgeBase, root: Path) -> Entity:
    """Put a new entity into the corpus at ``root`` under an id made from its name.

    Raises :class:`InputError` when an entity of that type bears the name already, and what
    :func:`kh_kr_corpus.store.add_entity` raises.
    """
    if taken := kb.find(new.name, (new.type,)):
        raise InputError("name", f"{taken[0].id} bears it already", "link to that one, or make the name more exact")
    names = [Name(text=new.name, lang="en", kind="preferred", coined=True if new.coined else None)]
    names += [
        Name(text=text, lang=lang, kind="translation") for text, lang in ((new.korean, "ko"), (new.khmer, "km")) if text
    ]
    slug = re.sub(r"[^a-z0-9]+", "-", new.name.casefold()).strip("-")[:90].strip("-") or fingerprint(new.name)[:8]
    entity_id, n = f"{new.type}/{slug}", 1
    while entity_id in kb:
        n += 1
        entity_id = f"{new.type}/{slug}-{n}"
    try:
        entity = Entity(id=entity_id, names=tuple(names), country=new.country, note=new.note)
    except ValidationError as error:
        raise InputError("entity", error.errors(include_url=False)[0]["msg"]) from None
    store.add_entity(entity, root)
    return entity
