"""From a file into a corpus: as suggestions that somebody has to decide on, or as the reading of one annotator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats.contract import Imported, Loss, NotCarried
from kh_kr_corpus.models import Article, Initiative, Layer, Mention, Review, Rights, Suggestion
from kh_kr_corpus.store import Contents
from kh_kr_corpus.vocab import CODEBOOK

__all__ = ["IMPORTING", "Annotator", "Taken", "to_layers", "to_suggestions"]

Item = TypeVar("Item", Mention, Initiative)

IMPORTING = (
    Loss("other-text", "articles whose text is not the corpus's", "offsets into another text mean nothing", "in"),
    Loss(
        "unknown-reference", "links to what the corpus does not have", "add the entity, source or activity first", "in"
    ),
    Loss("taken", "spans where the corpus has another annotation", "nothing that stands is changed by an import", "in"),
    Loss("unknown-article", "readings of texts that the corpus does not have", "import it as suggestions first", "in"),
)
"""What any import may leave out, whatever the format."""

UNSURE = 0.5
"""The score of an annotation whose file gives none: nothing is known, so it is looked at first."""


@dataclass(frozen=True, slots=True)
class Annotator:
    """Whose reading a layer is: its name, ``human:NAME`` or ``model:NAME@VERSION``, and the day."""

    name: str
    by: str
    at: str
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be written for one article: the article or a layer, how many of its annotations are new, and how
    many the corpus had already."""

    record: Article | Layer
    new: int
    known: int = 0


def to_suggestions(
    found: Iterable[Imported | NotCarried], contents: Contents, *, form: str, tool: str | None = None
) -> Iterator[Taken | NotCarried]:
    """Everything that a file has as suggestions: for an article that ``contents`` has, what is not in it yet; else the
    article, as ``local``.

    Each suggestion says the program (``tool``, such as ``brat@1.3``; default: this import), the file and the item in
    it. A score of the file is kept; where it gives none it is 0.5. Raises :class:`InputError` for a ``tool`` that is
    no name and version.
    """
    if tool is not None and not re.fullmatch(r"[a-z][a-z0-9_]*@\S+", tool):
        raise InputError("tool", f"{tool!r} is no program with a version", "write NAME@VERSION, in lower case")
    for one in found:
        if isinstance(one, NotCarried):
            yield one
            continue
        by = tool or f"import_{form.replace('-', '_')}@{version('kh-kr-corpus')}"
        stamped, known = _stamped(one, by, form), _known(one, contents)
        yield from _new(stamped, contents) if known is None else _more(stamped, known, contents)


def to_layers(
    found: Iterable[Imported | NotCarried], contents: Contents, annotator: Annotator, *, form: str
) -> Iterator[Taken | NotCarried]:
    """Everything that a file has as the reading of one annotator, who stands for each of its annotations."""
    review = Review(state="accepted", by=annotator.by, at=annotator.at)
    for one in found:
        if isinstance(one, NotCarried):
            yield one
            continue
        known = _known(one, contents)
        if known is None:
            yield NotCarried("unknown-article", one.where, one.article.id, "the corpus has no article of this id")
        elif (problem := _other_text(one.article, known)) is not None:
            yield NotCarried("other-text", one.where, one.article.id, problem)
        else:
            linked, reports = _linked(one, contents)
            yield from reports
            layer = Layer(
                article=known.id, annotator=annotator.name, by=annotator.by, at=annotator.at, blind=annotator.blind,
                codebook=CODEBOOK, note=f"Imported from {form}, {_file(one.where)}.",
                mentions=tuple(item.model_copy(update={"review": review}) for item in linked.mentions),
                initiatives=tuple(item.model_copy(update={"review": review}) for item in linked.initiatives),
            )  # fmt: skip
            yield Taken(layer, len(layer.mentions) + len(layer.initiatives))


def _file(where: str) -> str:
    """The name of a file, without its folder and line: where it lay is nobody's business."""
    return Path(re.sub(r":\d+\Z", "", where)).name


def _known(one: Imported, contents: Contents) -> Article | None:
    return contents.articles.get(one.article.id) or contents.synthetic.get(one.article.id)


def _stamped(one: Imported, by: str, form: str) -> Imported:
    """The same, with every annotation an undecided suggestion that says where it is from."""
    file = _file(one.where)

    def stamp(item: Item, name: str) -> Item:
        told = item.suggestion
        reason = f"import:{form} {file} {name}".strip() + (f"; there {told.by} {told.reason}" if told else "")
        made = Suggestion(by=by, score=told.score if told else UNSURE, reason=reason)
        return item.model_copy(update={"suggestion": made, "review": Review(note=item.review.note)})

    mentions = tuple(stamp(mention, one.items.get(mention.id, mention.id)) for mention in one.article.mentions)
    initiatives = tuple(stamp(initiative, initiative.id) for initiative in one.article.initiatives)
    article = one.article.model_copy(update={"mentions": mentions, "initiatives": initiatives})
    return Imported(article, one.where, one.items)


def _new(one: Imported, contents: Contents) -> Iterator[Taken | NotCarried]:
    """An article that the corpus does not have yet: the user's own, whatever the file says of its rights."""
    if not one.article.attached:
        yield NotCarried(
            "unknown-article", one.where, one.article.id, "the corpus has no such article, the file no text"
        )
        return
    linked, reports = _linked(one, contents)
    yield from reports
    update: dict[str, object] = {"rights": Rights(text="local", holder=linked.rights.holder), "codebook": None}
    cited = {name for name in (*linked.sources, linked.source) if name} - set(contents.sources)
    for name in sorted(cited):
        yield NotCarried("unknown-reference", one.where, linked.id, f"source {name!r}")
    update["sources"] = tuple(name for name in linked.sources if name not in cited)
    update["source"] = None if linked.source in cited else linked.source
    article = linked.model_copy(update=update)
    yield Taken(article, len(article.mentions) + len(article.initiatives))


def _more(one: Imported, known: Article, contents: Contents) -> Iterator[Taken | NotCarried]:
    """What an article of the corpus does not have yet; what stands in it stays as it is."""
    if (problem := _other_text(one.article, known)) is not None:
        yield NotCarried("other-text", one.where, known.id, problem)
        return
    linked, reports = _linked(one, contents)
    yield from reports
    mentions, same = list(known.mentions), 0
    number = max((int(mention.id[1:]) for mention in mentions), default=0)
    for mention in linked.mentions:
        item = one.items.get(mention.id, mention.id)
        other = next((m for m in known.mentions if m.start < mention.end and mention.start < m.end), None)
        if other is None:
            number += 1
            mentions.append(mention.model_copy(update={"id": f"m{number}"}))
        elif _key(other) == _key(mention) and other.review.state != "rejected":
            same += 1
        else:
            yield NotCarried("taken", one.where, item, f"{_told(mention)}; the corpus has {_told(other)}")
    initiatives = list(known.initiatives)
    count = max((int(initiative.id[1:]) for initiative in initiatives), default=0)
    places = {_place(initiative) for initiative in initiatives}
    for initiative in linked.initiatives:
        if _place(initiative) in places:
            same += 1
            continue
        count += 1
        initiatives.append(initiative.model_copy(update={"id": f"i{count}"}))
    new = len(mentions) + len(initiatives) - len(known.mentions) - len(known.initiatives)
    mentions.sort(key=lambda mention: mention.start)
    yield Taken(known.model_copy(update={"mentions": tuple(mentions), "initiatives": tuple(initiatives)}), new, same)


def _key(mention: Mention) -> tuple[int, int, str, str | None]:
    return mention.start, mention.end, mention.label, mention.entity


def _place(initiative: Initiative) -> tuple[str, tuple[tuple[int, int], ...]]:
    return initiative.kind, tuple((one.start, one.end) for one in initiative.evidence)


def _told(mention: Mention) -> str:
    link = f" {mention.entity}" if mention.entity else ""
    return f"{mention.label}{link} [{mention.start}, {mention.end}) {mention.review.state}"


def _other_text(article: Article, known: Article) -> str | None:
    """Why the offsets of an imported article don't hold in that of the corpus, None where they do."""
    if article.text is not None:
        own = known.fingerprints.text if known.fingerprints else known.text and fingerprint(known.text)
        return None if own == fingerprint(article.text) else "the file has another text than the corpus"
    length = len(known.text) if known.text is not None else known.fingerprints.length if known.fingerprints else 0
    for mention in article.mentions:
        covered = known.covered(mention)
        if mention.end > length or (covered is not None and covered != mention.text):
            return f"{mention.id} does not stand where the file says"
    return None


def _linked(one: Imported, contents: Contents) -> tuple[Article, list[NotCarried]]:
    """The article with links only to what the corpus has: a link is left out, an initiative with one whole."""
    reports = []
    mentions = []
    for mention in one.article.mentions:
        if mention.entity is not None and mention.entity not in contents.entities:
            item = one.items.get(mention.id, mention.id)
            reports.append(NotCarried("unknown-reference", one.where, item, f"entity {mention.entity!r}"))
            mention = mention.model_copy(update={"entity": None})
        mentions.append(mention)
    initiatives = []
    for initiative in one.article.initiatives:
        speaker = [initiative.speaker.entity] if initiative.speaker and initiative.speaker.entity else []
        named = {actor.entity for actor in initiative.actors} | {*initiative.place, *speaker}
        if missing := sorted(named - set(contents.entities)):
            message = f"the initiative names {', '.join(missing)}"
            reports.append(NotCarried("unknown-reference", one.where, initiative.id, message))
            continue
        if initiative.activity is not None and initiative.activity not in contents.activities:
            message = f"activity {initiative.activity!r}"
            reports.append(NotCarried("unknown-reference", one.where, initiative.id, message))
            initiative = initiative.model_copy(update={"activity": None})
        initiatives.append(initiative)
    article = one.article.model_copy(update={"mentions": tuple(mentions), "initiatives": tuple(initiatives)})
    return article, reports
