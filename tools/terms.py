"""The reference of the vocabularies: every term with its labels, definition and outside codes."""

from __future__ import annotations

from kh_kr_corpus import vocab
from tools.markdown import table

__all__ = ["page"]

_FIRST = (
    "kinds sectors statuses assertions roles modalities instruments stages labels entity_types review_states origins "
    "rights genres"
).split()
_HEAD = """# Vocabularies

Closed lists: a field that takes a term takes nothing else. A term's id is for ever. Definitions are those of
[codebook {codebook}](../codebook.md). Labels are in English, Korean and Khmer. `khkr schema --terms kinds` prints one
list, `khkr.vocab.load("kinds")` gives it in Python.

What a term corresponds to in other people's lists (the OECD's DAC and CRS codes of aid purposes, lists of the
International Aid Transparency Initiative, IATI) stands in the [crosswalks](../crosswalks.md). No code is ever filled in
by default.

"""


def page() -> str:
    """All lists, those of initiatives first."""
    names = [*_FIRST, *(name for name in vocab.names() if name not in _FIRST)]
    lists = [vocab.load(name) for name in names]
    index = table(
        ("vocabulary", "terms", "what it lists"),
        [(f"[{one.title}](#{_anchor(one.title)}) (`{one.name}`)", str(len(one)), one.description) for one in lists],
    )
    return _HEAD.format(codebook=vocab.CODEBOOK) + index + "\n\n" + "\n\n".join(map(_section, lists)) + "\n"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _section(listed: vocab.Vocabulary) -> str:
    rows = [
        (f"`{term.id}`", term.label["en"], term.label["ko"], term.label["km"], term.definition)
        for term in listed.values()
    ]
    parts = [f"## {listed.title}", f"`{listed.name}`. {listed.description}"]
    parts.append(table(("id", "English", "Korean", "Khmer", "definition"), rows))
    return "\n\n".join(parts)
