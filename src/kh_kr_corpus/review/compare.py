"""Two blind readings of one text side by side, and what a referee makes of their differences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from kh_kr_corpus import store
from kh_kr_corpus.errors import ConflictError, InputError, UnknownNameError
from kh_kr_corpus.evaluate import agree
from kh_kr_corpus.models import Adjudication, Article, Layer, Model, Review
from kh_kr_corpus.models.base import Plain
from kh_kr_corpus.review.changes import Change, Item, next_id
from kh_kr_corpus.review.desk import Desk, now
from kh_kr_corpus.review.differences import (
    Difference,
    counterparts,
    differences,
    rulings_on,
    said_at,
    spans_of,
    standing,
)
from kh_kr_corpus.review.rulings import Ruling, after_rulings
from kh_kr_corpus.review.wording import require_own_words

__all__ = ["Adjudicate", "Referee", "ruled"]

Kept = Literal["first", "second", "neither"]


class Adjudicate(Model):
    """A referee's word on one difference: which reading the accepted annotation follows, and why."""

    name: Annotated[str, StringConstraints(pattern=r"^[^\s:](?:[^\r\n\t:]{0,78}[^\s:])?$", max_length=80)]
    what: Literal["mention", "initiative"]
    first: str | None
    second: str | None
    """Ids of the items in the two layers."""
    kept: Kept
    why: Annotated[Plain, StringConstraints(max_length=1000)]


def ruled(
    article: Article, readings: tuple[Layer, Layer], difference: Difference, kept: Kept, by: str, at: str
) -> tuple[Change, ...]:
    """The changes to the accepted annotations that follow from a ruling: what was kept stands there, accepted by the
    referee, and what stood there in its place and was not kept is rejected."""
    chosen = {"first": difference.first, "second": difference.second, "neither": None}[kept]
    if kept != "neither" and chosen is None:
        kept_nothing = f"{kept} has nothing here"
        raise InputError("kept", kept_nothing, "say neither, or the other one")
    touched = _touched(article, readings, difference)
    review = Review(state="accepted", by=by, at=at)
    home = next((i for i in touched if chosen and spans_of(i) == spans_of(chosen)), touched[0] if touched else None)
    changes = []
    if chosen:
        home_id = home.id if home else next_id(article, difference.what)
        own = {"id": home_id, "suggestion": home.suggestion if home else None, "review": review}
        changes.append(Change(what=difference.what, id=home_id, before=home, after=chosen.model_copy(update=own)))
    gone = Review(state="rejected", by=by, at=at)
    for item in touched:
        if not (chosen and item is home):
            after = item.model_copy(update={"review": gone})
            changes.append(Change(what=difference.what, id=item.id, before=item, after=after))
    return tuple(changes)


def _touched(article: Article, readings: tuple[Layer, Layer], difference: Difference) -> list[Item]:
    """The accepted annotations that a difference is about: mentions that overlap it; initiatives that are the
    counterparts of either side, for several may rest on the same words."""
    if difference.what == "mention":
        start, end = difference.bounds
        return [m for m in standing(article.mentions) if m.start < end and start < m.end]
    accepted, found = standing(article.initiatives), list[Item]()
    for layer, side in zip(readings, (difference.first, difference.second), strict=True):
        pairs = counterparts(accepted, standing(layer.initiatives))
        found += [one for one, other in pairs if other == side and one not in found]
    return found


class Referee:
    """Compares two layers of the corpus on a desk and rules on their differences."""

    def __init__(self, desk: Desk, first: str, second: str) -> None:
        self.names, self._desk = (first, second), desk
        self._readings: dict[str, Layer] = {}
        self._overall: tuple[int, list[dict[str, Any]]] | None = None
        self._since: dict[str, int] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the layers anew."""
        journal = self._desk.journal
        self._since = {article: journal.written(article) for article in journal.entries}
        self._readings, self._overall = dict(store.read_layers(self._desk.shelf.root)), None
        for name in self.names:
            if not any(layer.annotator == name for layer in self._readings.values()):
                raise UnknownNameError("layer", name, tuple({one.annotator for one in self._readings.values()}))

    def pair(self, article_id: str) -> tuple[Layer, Layer] | None:
        """Both readings of an article, the second with the rulings on it; None where one is missing."""
        first, second = (self._readings.get(f"{name}/{article_id}") for name in self.names)
        if not (first and second):
            return None
        entries = self._desk.journal.since(self._desk.shelf.key(article_id), self._since.get(article_id, 0))
        rulings = [one.ruling for one in entries if one.ruling and one.ruling.layer == second.annotator]
        return first, second.model_copy(update={"adjudicated": after_rulings(second.adjudicated, rulings)})

    def _reread(self, article_id: str) -> tuple[Layer, Layer] | None:
        """The pair as its files have it now: somebody may have gone on with a reading."""
        desk, root = self._desk, self._desk.shelf.root
        since = desk.journal.written(desk.shelf.key(article_id))
        for name in self.names:
            key, path = f"{name}/{article_id}", root / "layers" / name / f"{article_id}.yaml"
            fresh = store.read_file(path, root).model if path.exists() else None
            if isinstance(fresh, Layer):
                old, self._readings[key] = self._readings[key], fresh
                self._since[desk.shelf.key(article_id)] = since
                if (fresh.mentions, fresh.initiatives) != (old.mentions, old.initiatives):
                    self._overall = None
        return self.pair(article_id)

    def left(self, article_id: str) -> tuple[int, int] | None:
        """How many differences of an article wait for a ruling, and of how many; None where a reading is missing."""
        both = self.pair(article_id)
        rulings = [ruling for _, ruling in _ruled(*both)] if both else []
        return (rulings.count(None), len(rulings)) if both else None

    def compared(self, article_id: str) -> dict[str, Any]:
        """Differences and agreement of an article, and the agreement over all."""
        both = self.pair(article_id)
        if both is None:
            raise UnknownNameError("pair of readings of", article_id)
        both = self._reread(article_id) or both
        article = self._desk.sheet(article_id).article
        told = [
            {
                "what": place.what, "bounds": place.bounds,
                "first": place.first and place.first.model_dump(mode="json"),
                "second": place.second and place.second.model_dump(mode="json"),
                "ruling": ruling and {"kept": ruling.kept, "why": ruling.why},
            }
            for place, ruling in _ruled(*both)
        ]  # fmt: skip
        texts, overall = self._agreement()
        return {
            "layers": self.names, "differences": told,
            "agreement": agree([(article, *both)]).to_dicts(), "overall": overall, "texts": texts,
        }  # fmt: skip

    def _agreement(self) -> tuple[int, list[dict[str, Any]]]:
        """Over all texts that both have read; rulings change nothing in it."""
        if self._overall is None:
            every = [(self._desk.sheet(i).article, *pair) for i in self._desk.shelf.ids() if (pair := self.pair(i))]
            self._overall = len(every), agree(every).to_dicts()
        return self._overall

    def rule(self, article_id: str, ruling: Adjudicate) -> None:
        """Put a ruling into the accepted annotations, and beside the second layer, with its reason.

        Raises :class:`ConflictError` when what it was made on has changed meanwhile.
        """
        both = self.pair(article_id)
        wanted = (ruling.what, ruling.first, ruling.second)
        places = list(_ruled(*both)) if both else []
        found = [one for one in places if (one[0].what, *one[0].ids) == wanted]
        if both is None or not found:
            raise UnknownNameError("difference", f"{ruling.first}, {ruling.second}")
        (place, before), by = found[0], f"human:{ruling.name}"
        article = self._desk.sheet(article_id).article
        require_own_words(article, ruling.why)
        says, (start, end) = said_at(place, [one for one, _ in places]), place.bounds
        after = Adjudication(what=place.what, start=start, end=end, layers=says, kept=ruling.kept, why=ruling.why)
        told = Ruling(layer=self.names[1], compared=self.names[0], before=before, after=after)
        result = self._desk.change(article_id, ruled(article, both, place, ruling.kept, by, now()), by, told)
        if result.result != "saved":
            raise ConflictError(article_id, "it was changed while you looked at it; both versions are kept")


def _ruled(first: Layer, second: Layer) -> Iterator[tuple[Difference, Adjudication | None]]:
    """The differences, each with the ruling on it."""
    places = list(differences(first, second))
    yield from zip(places, rulings_on(places, second.adjudicated), strict=True)
