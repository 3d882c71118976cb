"""Two blind readings of one text side by side, and what a referee makes of their differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import StringConstraints

from kh_kr_corpus import store
from kh_kr_corpus.errors import InputError, InvalidFileError, UnknownNameError
from kh_kr_corpus.evaluate import agree, matched
from kh_kr_corpus.models import Adjudication, Article, Initiative, Layer, Mention, Model, Review
from kh_kr_corpus.models.base import Plain
from kh_kr_corpus.review.changes import Change, Item, What, next_id
from kh_kr_corpus.review.desk import Desk, now
from kh_kr_corpus.review.wording import require_own_words

__all__ = ["Adjudicate", "Difference", "Referee", "differences", "ruled"]

Kept = Literal["first", "second", "neither"]
_OWN = {"id", "suggestion", "review"}


class Adjudicate(Model):
    """A referee's word on one difference: which reading the accepted annotation follows, and why."""

    name: Annotated[str, StringConstraints(pattern=r"^[^\s:](?:[^\r\n\t:]{0,78}[^\s:])?$", max_length=80)]
    what: Literal["mention", "initiative"]
    first: str | None
    second: str | None
    """Ids of the items in the two layers."""
    kept: Kept
    why: Annotated[Plain, StringConstraints(max_length=1000)]


class Difference(NamedTuple):
    """One place at which two readings differ; None where one has nothing."""

    what: What
    first: Item | None
    second: Item | None

    @property
    def bounds(self) -> tuple[int, int]:
        """From the first code point that either covers to the last."""
        spans = [span for item in (self.first, self.second) if item for span in _spans(item)]
        return min(a for a, _ in spans), max(b for _, b in spans)


def differences(first: Layer, second: Layer) -> Iterator[Difference]:
    """Every place at which the readings differ: mentions in the order of the text, then initiatives."""
    places = [*_mentions(_standing(first.mentions), _standing(second.mentions))]
    yield from sorted(places, key=lambda place: place.bounds)
    ones, others = _standing(first.initiatives), _standing(second.initiatives)
    pairs = matched(ones, others)
    yield from (Difference("initiative", a, b) for a, b in pairs if _content(a) != _content(b))
    yield from (Difference("initiative", a, None) for a in ones if all(a is not one for one, _ in pairs))
    yield from (Difference("initiative", None, b) for b in others if all(b is not one for _, one in pairs))


def _mentions(first: Sequence[Mention], second: Sequence[Mention]) -> Iterator[Difference]:
    same = {_key(m) for m in first} & {_key(m) for m in second}
    left = [m for m in second if _key(m) not in same]
    for one in (m for m in first if _key(m) not in same):
        exact = [m for m in left if (m.start, m.end) == (one.start, one.end)]
        near = exact or [m for m in left if m.start < one.end and one.start < m.end]
        other = near[0] if near else None
        if other:
            left.remove(other)
        yield Difference("mention", one, other)
    yield from (Difference("mention", None, other) for other in left)


def ruled(article: Article, difference: Difference, kept: Kept, by: str, at: str) -> tuple[Change, ...]:
    """The changes to the accepted annotations that follow from a ruling: what was kept stands there, accepted by the
    referee, and what overlaps it there and was not kept is rejected."""
    chosen = {"first": difference.first, "second": difference.second, "neither": None}[kept]
    if kept != "neither" and chosen is None:
        kept_nothing = f"{kept} has nothing here"
        raise InputError("kept", kept_nothing, "say neither, or the other one")
    standing: Sequence[Item] = article.mentions if difference.what == "mention" else article.initiatives
    start, end = difference.bounds
    touched = [i for i in standing if i.review.state != "rejected" and any(a < end and start < b for a, b in _spans(i))]
    if difference.what == "initiative":
        touched = [i for i in touched if any(_match(i, one) for one in (difference.first, difference.second) if one)]
    review = Review(state="accepted", by=by, at=at)
    home = next((i for i in touched if chosen and _spans(i) == _spans(chosen)), touched[0] if touched else None)
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


class Referee:
    """Compares two layers of the corpus on a desk and rules on their differences."""

    def __init__(self, desk: Desk, first: str, second: str) -> None:
        self.names, self._desk = (first, second), desk
        self._readings: dict[str, Layer] = {}
        self._overall: tuple[int, list[dict[str, Any]]] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the layers anew."""
        self._readings, self._overall = dict(store.read_layers(self._desk.shelf.root)), None
        for name in self.names:
            if not any(layer.annotator == name for layer in self._readings.values()):
                raise UnknownNameError("layer", name, tuple({one.annotator for one in self._readings.values()}))

    def pair(self, article_id: str) -> tuple[Layer, Layer] | None:
        """Both readings of an article, None where one is missing."""
        first, second = (self._readings.get(f"{name}/{article_id}") for name in self.names)
        return (first, second) if first and second else None

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
        """Put a ruling into the accepted annotations, and beside the second layer, with its reason."""
        both = self.pair(article_id)
        wanted = (ruling.what, ruling.first, ruling.second)
        places = differences(*both) if both else iter(())
        place = next((p for p in places if (p.what, p.first and p.first.id, p.second and p.second.id) == wanted), None)
        if both is None or place is None:
            raise UnknownNameError("difference", f"{ruling.first}, {ruling.second}")
        by = f"human:{ruling.name}"
        article = self._desk.sheet(article_id).article
        require_own_words(article, ruling.why)
        self._desk.change(article_id, ruled(article, place, ruling.kept, by, now()), by)
        self._record(both[1], place, ruling)

    def _record(self, layer: Layer, place: Difference, ruling: Adjudicate) -> None:
        path = store.path_of(layer, self._desk.shelf.root)
        loaded = store.read_file(path, self._desk.shelf.root)
        if not isinstance(loaded.model, Layer):
            raise InvalidFileError(str(path), loaded.findings)
        start, end = place.bounds
        says = tuple(_says(item) for item in (place.first, place.second))
        one = Adjudication(what=place.what, start=start, end=end, layers=says, kept=ruling.kept, why=ruling.why)
        before = [o for o in loaded.model.adjudicated if (o.what, o.start, o.end) != (place.what, start, end)]
        update = {"adjudicated": (*before, one), "compared": self.names[0]}
        fresh = loaded.model.model_copy(update=update)
        store.write(fresh, self._desk.shelf.root, revision=loaded.revision, keep=False)
        self._readings[f"{layer.annotator}/{layer.article}"] = fresh
        if (fresh.mentions, fresh.initiatives) != (layer.mentions, layer.initiatives):
            self._overall = None  # somebody changed the reading meanwhile


def _ruled(first: Layer, second: Layer) -> Iterator[tuple[Difference, Adjudication | None]]:
    """The differences, each with the ruling on it."""
    done = {(one.what, one.start, one.end): one for one in second.adjudicated}
    yield from ((place, done.get((place.what, *place.bounds))) for place in differences(first, second))


def _says(item: Item | None) -> str:
    if item is None:
        return "nothing"
    return f"{item.label} {item.entity or 'not linked'}" if isinstance(item, Mention) else f"{item.kind} {item.status}"


def _standing(items: Sequence[Any]) -> list[Any]:
    return [item for item in items if item.review.state != "rejected"]


def _spans(item: Item) -> list[tuple[int, int]]:
    return [(item.start, item.end)] if isinstance(item, Mention) else [(e.start, e.end) for e in item.evidence]


def _match(one: Item, other: Item) -> bool:
    return isinstance(one, Initiative) and isinstance(other, Initiative) and bool(matched([one], [other]))


def _content(item: Item) -> dict[str, Any]:
    return item.model_dump(exclude=_OWN)


def _key(mention: Mention) -> str:
    return mention.model_dump_json(exclude=_OWN)
