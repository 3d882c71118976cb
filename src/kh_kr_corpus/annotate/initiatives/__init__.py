"""spaCy component ``khkr_initiatives``: which cooperative activities a text reports, with evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus.annotate.candidates import settled, text_of
from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.annotate.initiatives import actors, fields, parties, periods
from kh_kr_corpus.annotate.initiatives.detect import Draft, detect
from kh_kr_corpus.annotate.initiatives.heads import Heads, load_heads
from kh_kr_corpus.annotate.initiatives.titles import title_of
from kh_kr_corpus.annotate.initiatives.unfolding import source_of
from kh_kr_corpus.annotate.initiatives.units import Genre, Unit, genre_of, units_of
from kh_kr_corpus.annotate.shipped import UsesKb
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Initiative
from kh_kr_corpus.store.anchors import evidence_print

__all__ = ["GENRE_KEY", "KEY", "TITLE_KEY", "Initiatives", "create_initiatives", "to_initiatives"]

KEY = "khkr_initiatives"
"""``doc.user_data`` key of the result: a list of plain mappings, as :class:`Initiative` has its fields."""
TITLE_KEY = "khkr_title"
GENRE_KEY = "khkr_genre"


class Initiatives(UsesKb):
    """Reads sentence by sentence who does what with whom; see ``detect`` for what counts.

    ``heads`` is what was learnt; by default what ships with the package, read on first use.
    """

    def __init__(self, kb: KnowledgeBase | None = None, *, path: str | None = None, heads: Heads | None = None) -> None:
        super().__init__(kb, path=path)
        self._heads = heads

    @property
    def heads(self) -> Heads:
        """The heads in use."""
        return load_heads() if self._heads is None else self._heads

    def match(self, doc: Doc) -> list[dict[str, Any]]:
        """The initiatives, without changing ``doc``."""
        text, title = text_of(doc), doc.user_data.get(TITLE_KEY) or ""
        genre = genre_of(text, title, doc.user_data.get(GENRE_KEY))
        units = units_of(text, settled(doc), self.kb, genre)
        date = doc.user_data.get("khkr_date")
        return [_to_raw(text, draft, genre, units, date) for draft in detect(units, genre, self.heads)]

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[KEY] = self.match(doc)
        return doc


def _to_raw(text: str, draft: Draft, genre: Genre, units: list[Unit], date: str | None) -> dict[str, Any]:
    names = fields.unit_names(draft.units, spoken=False)
    source = source_of(draft, units)
    status, assertion = fields.status_and_assertion(draft, source, genre, date)
    entity, office = actors.speaker_of(text, source, genre, assertion, units)
    return {
        "title": title_of(draft.units, draft.kind),
        "kind": draft.kind,
        "themes": fields.themes_of(draft),
        "sectors": fields.sectors_of(draft),
        "modalities": fields.modalities_of(draft),
        "status": status,
        "as_of": date,
        "instrument": fields.instrument_of(draft, status),
        "assertion": assertion,
        "speaker": {"entity": entity or None, "office": office or None} if entity or office else None,
        "actors": [{"entity": e, "role": r} for e, r in parties.actors_of(text, draft, units)],
        "amount": fields.amount_of(names),
        "period": periods.period_of(text, names, draft, status, date),
        "place": fields.places_of(text, names),
        "evidence": [
            {"start": unit.start, "end": unit.end, "sha256": evidence_print(text, unit.start, unit.end)}
            for unit in draft.units
        ],
        "score": round(draft.score, 3),
    }


def to_initiatives(doc: Doc, by: str) -> tuple[Initiative, ...]:
    """The initiatives of an annotated document as models, suggested by ``by``."""
    return tuple(_to_initiatives(doc.user_data.get(KEY, ()), by))


def _to_initiatives(rows: Iterable[dict[str, Any]], by: str) -> Iterable[Initiative]:
    for number, row in enumerate(rows, 1):
        raw = {key: value for key, value in row.items() if key != "score"}
        raw["suggestion"] = {"by": by, "score": row["score"], "reason": "model"}
        yield Initiative.model_validate_json(json.dumps({"id": f"i{number}", **raw}))


@factory("khkr_initiatives", {"path": None})
def create_initiatives(nlp: Language, name: str, path: str | None) -> Initiatives:  # noqa: ARG001
    """Factory of ``khkr_initiatives``: links are read with the corpus at ``path`` (None: the shipped one)."""
    return Initiatives(path=path)
