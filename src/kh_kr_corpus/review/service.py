"""What the page can ask for, as plain values: the queue, an article, a search, a decision, a new text."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from kh_kr_corpus import store, vocab
from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.errors import InputError, KhkrError, UnknownNameError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article, Mention, Model
from kh_kr_corpus.models.base import Edtf, Plain, Term
from kh_kr_corpus.review.changes import Item
from kh_kr_corpus.review.compare import Adjudicate, Referee
from kh_kr_corpus.review.decisions import Decision
from kh_kr_corpus.review.desk import Desk
from kh_kr_corpus.review.entities import NewEntity, write_entity
from kh_kr_corpus.review.queue import row_of, warnings_of
from kh_kr_corpus.review.records import Dispute
from kh_kr_corpus.review.renewal import changes_between, renewed
from kh_kr_corpus.review.wording import retitled

__all__ = ["NewEntity", "NewText", "Service"]

_LISTS = (
    "labels", "kinds", "sectors", "statuses", "modalities", "instruments", "assertions", "roles", "currencies",
    "qualifiers", "genres", "languages", "entity_types", "review_states",
)  # fmt: skip

Annotate = Callable[..., Article]


class NewText(Model):
    """A text that a curator brings."""

    title: Annotated[Plain, StringConstraints(max_length=300)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=2_000_000)]
    date: Edtf | None = None
    genre: Annotated[str, Term("genres")] | None = None
    language: Annotated[str, Term("languages")] = "en"


class Service:
    """The desk and the knowledge base, for the web layer."""

    def __init__(
        self, desk: Desk, kb: KnowledgeBase, *, name: str | None = None, layer: str | None = None,
        annotate: Annotate | None = None, read_only: str = "", referee: Referee | None = None,
    ) -> None:  # fmt: skip
        self.desk, self.kb, self._name, self._layer = desk, kb, name, layer
        self._annotate, self._read_only, self._referee = annotate, read_only, referee
        self._rows: dict[str, tuple[object, dict[str, Any]]] = {}
        self._adding = threading.Lock()

    def session(self) -> dict[str, Any]:
        """What the page needs once: vocabularies, who reviews, what is reviewed."""
        return {
            "name": self._name, "layer": self._layer, "read_only": self._read_only,
            "corpus": self.desk.shelf.root.name, "codebook": vocab.CODEBOOK, "can_annotate": self._annotate is not None,
            "terms": {name: [_term(term) for term in vocab.load(name).values()] for name in _LISTS},
            "compare": self._referee.names if self._referee else None,
            "unreadable": self.desk.journal.unreadable,
        }  # fmt: skip

    def rows(self) -> dict[str, Any]:
        """The queue; a file that can't be read says why."""
        return {"articles": [self._row(article_id) for article_id in self.desk.shelf.ids()]}

    def _row(self, article_id: str) -> dict[str, Any]:
        try:
            sheet = self.desk.sheet(article_id)
        except KhkrError as error:
            return {"id": article_id, "title": article_id, "problem": str(error).split("\n")[0]}
        known = self._rows.get(article_id)
        if known is None or known[0] is not sheet.article:
            known = self._rows[article_id] = (sheet.article, row_of(sheet.article))
        disputes = len(self.desk.journal.open_disputes(self.desk.shelf.key(article_id)))
        return {
            **known[1], "conflicts": disputes, "differences": self._referee.left(article_id) if self._referee else None
        }  # fmt: skip

    def article(self, article_id: str) -> dict[str, Any]:
        """One article with everything that the page shows of it. Offsets are code points."""
        sheet = self.desk.sheet(article_id)
        article = sheet.article
        text = article.text
        return {
            **self.state(article_id),
            "article": article.model_dump(mode="json", exclude={"fingerprints", "mentions", "initiatives"}),
            "mentions": [item.model_dump(mode="json") for item in article.mentions],
            "initiatives": [item.model_dump(mode="json") for item in article.initiatives],
            "sentences": [list(bounds) for bounds in sentences(text)] if text else [],
            "entities": self._entities((*article.mentions, *article.initiatives)),
            "warnings": warnings_of(article),
        }

    def state(self, article_id: str) -> dict[str, Any]:
        """What may change without this page: decisions of other windows, the file, conflicts."""
        sheet, key = self.desk.sheet(article_id), self.desk.shelf.key(article_id)
        done, undone = self.desk.journal.steps(key)
        return {
            "version": sheet.version, "seq": self.desk.seq(article_id), "problem": sheet.problem,
            "written": not self.desk.journal.pending(key),
            "undo": [entry.by for entry in done[-1:]], "redo": [entry.by for entry in undone[-1:]],
            "disputes": [_dispute(one) for one in self.desk.journal.open_disputes(key)],
        }  # fmt: skip

    def decide(self, article_id: str, decisions: Iterable[Decision], name: str) -> dict[str, Any]:
        """Take decisions; what changed comes back as it now stands."""
        self._require_writable()
        outcome = self.desk.decide(article_id, decisions, f"human:{name}")
        article = self.desk.sheet(article_id).article
        touched = {(c.what, c.id): c.after for result in outcome.results for c in result.changes}
        return {
            **self.state(article_id), "before": outcome.seq, "row": self._row(article_id),
            "results": [{"key": r.key, "result": r.result, "message": r.message} for r in outcome.results],
            "items": [
                {"what": what, "id": i, "item": item.model_dump(mode="json") if item else None}
                for (what, i), item in touched.items()
            ],
            "entities": self._entities(item for item in touched.values() if item),
            "warnings": warnings_of(article),
        }  # fmt: skip

    def settle(self, article_id: str, dispute: int, keep: Literal["mine", "theirs"], name: str) -> dict[str, Any]:
        """End a dispute; the article as it stands then."""
        self._require_writable()
        self.desk.settle(article_id, dispute, keep, f"human:{name}")
        return self.article(article_id)

    def compared(self, article_id: str) -> dict[str, Any]:
        """Two readings of an article side by side; raises :class:`UnknownNameError` where there are none."""
        if self._referee is None:
            raise UnknownNameError("comparison", "here")
        told = self._referee.compared(article_id)
        items = [(place["first"], place["second"]) for place in told["differences"]]
        ids = {item["entity"] for pair in items for item in pair if item and item.get("entity")}
        return {**told, "entities": {entity_id: self._entity(entity_id) for entity_id in sorted(ids)}}

    def rule(self, article_id: str, ruling: Adjudicate) -> dict[str, Any]:
        """Settle a difference between two readings; the article as it stands then."""
        self._require_writable()
        if self._referee is None:
            raise UnknownNameError("comparison", "here")
        self._referee.rule(article_id, ruling)
        return {**self.article(article_id), "row": self._row(article_id)}

    def search(self, query: str, label: str) -> dict[str, Any]:
        """Entities by any name in any script, best first; ``label`` keeps the types that it covers."""
        labels = vocab.load("labels")
        types = labels[label].entity_types if label in labels else None
        found = self.kb.search(query.strip(), types or None, limit=12) if query.strip() else ()
        seen = {match.entity: {**self._entity(match.entity), "match": match.name, "score": match.score,
                               "reasons": match.reasons, "needs": match.needs} for match in found}  # fmt: skip
        if query.strip() in self.kb and query.strip() not in seen:
            seen[query.strip()] = self._entity(query.strip())
        return {"query": query, "found": list(seen.values())}

    def add_text(self, new: NewText) -> dict[str, Any]:
        """Annotate a text and put it into the corpus as the reader's own (``rights.text: local``)."""
        self._require_writable()
        if self._annotate is None:
            raise InputError("text", "no annotator is at hand here")
        with self._adding:
            article = self._annotate(
                new.text, title=new.title, date=new.date, genre=new.genre, language=new.language, id=_slug(new)
            )
            store.write(article, self.desk.shelf.root)
        list(self.desk.shelf.ids())
        return {"id": article.id}

    def renew(self, article_id: str) -> dict[str, Any]:
        """Annotate an article anew: what was decided stays, what was only suggested is replaced."""
        self._require_writable()
        article = self.desk.sheet(article_id).article
        if self._annotate is None or article.text is None:
            raise InputError("article", "there is no annotator, or no text", "it stays as it is")
        fresh = self._annotate(article.text, title=article.title, date=article.date, genre=article.genre, id=article_id)
        fresh = fresh.model_copy(update={"initiatives": retitled(article, fresh.initiatives)})
        by = next((f"model:{item.suggestion.by}" for item in fresh.mentions if item.suggestion), "model:khkr")
        article = self.desk.sheet(article_id).article  # somebody may have decided meanwhile
        self.desk.change(article_id, changes_between(article, renewed(article, fresh)), by)
        return self.article(article_id)

    def add_entity(self, new: NewEntity) -> dict[str, Any]:
        """Put a new entity into the knowledge base and its file."""
        self._require_writable()
        with self._adding:
            entity = write_entity(new, self.kb, self.desk.shelf.root)
            self.kb = KnowledgeBase([*self.kb.values(), entity])
        return self._entity(entity.id)

    def _require_writable(self) -> None:
        if self._read_only:
            raise InputError("corpus", self._read_only, "nothing was saved")

    def _entities(self, items: Iterable[Item]) -> Mapping[str, Any]:
        ids: set[str] = set()
        for item in items:
            if isinstance(item, Mention):
                ids |= {item.entity} if item.entity else set()
            else:
                ids |= {part.entity for part in item.actors} | set(item.place)
                ids |= {item.speaker.entity} if item.speaker and item.speaker.entity else set()
        return {entity_id: self._entity(entity_id) for entity_id in sorted(ids)}

    def _entity(self, entity_id: str) -> dict[str, Any]:
        if entity_id not in self.kb:
            return {"id": entity_id, "name": f"{entity_id} (not in the knowledge base)", "others": []}
        entity = self.kb[entity_id]
        others = [name for script in ("Hang", "Khmr", "Hani") for name in entity.names_in(script)[:1]]
        return {"id": entity.id, "name": entity.name, "others": others, "type": entity.type, "note": entity.note}


def _term(term: vocab.Term) -> dict[str, Any]:
    types = {"types": list(term.entity_types)} if term.entity_types else {}
    return {"id": term.id, "label": term.label["en"], "definition": term.definition, **types}


def _dispute(one: Dispute) -> dict[str, Any]:
    plain = one.model_dump(mode="json", include={"seq", "by", "at", "why", "change", "present"})
    return {**plain, "what": one.change.what, "id": one.change.id}


def _slug(new: NewText) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", new.title.casefold()).strip("-")
    name = words or "text-" + fingerprint(new.text)[:8]
    year = new.date[:4] if new.date and new.date[:4].isdigit() else ""
    return (name if not year or name.startswith(year) else f"{year}-{name}")[:80].strip("-")
