"""What the model is told: the codebook itself, the terms it may use, and the text as data.

The instruction quotes sections 3 and 4 of the codebook that the project publishes, not a summary: a summary would be a
second codebook, and would drift from the first.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from string import Template
from typing import Any

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import EnvironmentFailure
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article, Mention

__all__ = ["codebook", "messages", "open_links"]

_TERMS = (
    "kinds",
    "sectors",
    "modalities",
    "statuses",
    "instruments",
    "assertions",
    "roles",
    "currencies",
)
_CANDIDATES = 6


@cache
def codebook() -> tuple[str, str]:
    """Version and text of the codebook: the copy inside an installed package, or ``docs`` of a checkout."""
    here = Path(__file__).resolve()
    for place in (here.with_name("codebook.md"), here.parents[4] / "docs" / "codebook.md"):
        if place.is_file():
            text = place.read_text(encoding="utf-8")
            version = re.match(r"# Codebook (\S+?):", text)
            return (version.group(1) if version else "?"), text
    raise EnvironmentFailure("codebook.md", "is missing from this installation")


def open_links(article: Article, kb: KnowledgeBase) -> dict[str, tuple[Mention, tuple[str, ...]]]:
    """The suggested mentions without a link, each with the entities that it may be: those whose names come near, and
    of the text's other names those of a fitting type. Nothing that is linked or decided is open."""
    linked = dict.fromkeys(m.entity for m in article.mentions if m.entity in kb and m.review.state != "rejected")
    labels = vocab.load("labels")
    found = {}
    for mention in article.mentions:
        types = labels[mention.label].entity_types
        if mention.entity or mention.review.decided or not types:
            continue
        near = [match.entity for match in kb.search(mention.text, types, limit=_CANDIDATES)]
        near += [entity for entity in linked if entity and entity.partition("/")[0] in types]
        if near:
            found[mention.id] = (mention, tuple(dict.fromkeys(near)))
    return found


def messages(article: Article, kb: KnowledgeBase) -> list[dict[str, str]]:
    """The conversation: the instruction, and the text with its names as one JSON value."""
    version, text = codebook()
    template = Template(resources.files(__package__).joinpath("instruction.md").read_text(encoding="utf-8"))
    sections = "## 3. Links" + text.partition("## 3. Links")[2].partition("## 5.")[0]
    terms = "\n".join(f"- {name}: {', '.join(vocab.load(name))}" for name in _TERMS)
    system = template.substitute(version=version, codebook=sections.strip(), terms=terms)
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": json.dumps(_article(article, kb), ensure_ascii=False)},
    ]


def _article(article: Article, kb: KnowledgeBase) -> dict[str, Any]:
    open_ones = open_links(article, kb)
    mentions = [m for m in article.mentions if m.review.state != "rejected" and (m.entity or m.id in open_ones)]
    ids = dict.fromkeys([m.entity for m in mentions if m.entity] + [e for _, near in open_ones.values() for e in near])
    return {
        "title": article.title,
        "date": article.date,
        "genre": article.genre,
        "text": article.text,
        "mentions": [
            {"id": m.id, "text": m.text, "label": m.label}
            | ({"entity": m.entity} if m.entity else {"candidates": list(open_ones[m.id][1])})
            for m in mentions
        ],
        "entities": [_entity(kb, entity) for entity in ids if entity in kb],
    }


def _entity(kb: KnowledgeBase, entity_id: str) -> dict[str, str]:
    entity = kb[entity_id]
    offices = "; ".join(f"{office.title} {office.since}".strip() for office in entity.offices)
    told = {"id": entity.id, "name": entity.name, "country": entity.country or "", "offices": offices}
    return {key: value for key, value in told.items() if value}
