"""What a format is, and what is said of everything that a file of it can't hold: nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kh_kr_corpus.models import Activity, Article, Entity, Mention, Rights, Source, Splits

__all__ = [
    "METADATA",
    "NO_TEXT",
    "OVERLAP",
    "REJECTED",
    "Format",
    "Imported",
    "Loss",
    "NotCarried",
    "Selection",
    "forget",
]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format can't hold, said before anybody loses it.

    ``code`` is for ever and means the same in every format. A loss with ``fields`` is one of every article: those
    fields never come back. One without is reported where it happens.
    """

    code: str
    what: str
    """Read by users: what is not carried."""
    why: str
    way: Literal["out", "in", "both"] = "out"
    """``out`` is lost when a file is written, ``in`` when one is read."""
    fields: tuple[str, ...] = ()
    """Fields of an article, or ``mentions.FIELD`` of its mentions."""


@dataclass(frozen=True, slots=True)
class NotCarried:
    """One thing that a file could not take, or that could not be taken from it.

    >>> print(NotCarried("unknown-label", "a.ann:3", "T3", "the codebook has no label 'Protein'"))
    a.ann:3: unknown-label T3: the codebook has no label 'Protein'
    """

    code: str
    """Of a :class:`Loss` that the format declares."""
    where: str
    """On the way out the article's id, on the way in the file, with ``:line`` where there is one."""
    item: str
    """What it is there: ``m3``, ``T7``, ``token 12``, or empty for the whole."""
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.code}{f' {self.item}' if self.item else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Imported:
    """An article as a file has it: nothing is decided by that, and nothing is in a corpus yet."""

    article: Article
    where: str
    """The file, with ``:line`` where there is one."""
    items: Mapping[str, str] = field(default_factory=dict)
    """Under the id of each mention, what it is called in the file."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be written: articles, and what they refer to."""

    articles: tuple[Article, ...] = ()
    activities: tuple[Activity, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    splits: Splits = field(default_factory=Splits)
    right: str | None = None
    """By what right local texts are published, as the user states it."""


Write = Callable[[Selection, Path], Iterator[NotCarried]]
Read = Callable[[Path, Mapping[str, str]], Iterator[Imported | NotCarried]]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. Each stands in a module of its own that has ``FORMAT``, ``write`` and, both ways, ``read``.

    ``write(selection, path)`` makes the file or folder ``path``, which must not exist; ``read(path, labels)`` yields
    the articles of one. Both yield what is not carried, and work as they are iterated: exhaust them. Call ``write``
    through :func:`kh_kr_corpus.formats.export`, which asks for the rights and sees to the declared losses.
    """

    name: str
    suffix: str
    """Of a file; empty for a folder."""
    what: str
    """What a file of it holds, in a few words."""
    consumer: str
    """The programs that read it."""
    losses: tuple[Loss, ...]
    write: Write
    read: Read | None = None
    of: Literal["articles", "activities", "sources"] = "articles"
    """The table that the filters of ``khkr export`` are about."""
    needs_text: bool = True
    """Whether an article whose text is not at hand can't be written."""

    @property
    def two_way(self) -> bool:
        """Whether files of it can be read, too."""
        return self.read is not None

    def loss(self, code: str) -> Loss:
        """The declared loss with this code; raises :class:`KeyError` where there is none."""
        return {loss.code: loss for loss in self.losses}[code]


NO_TEXT = Loss("no-text", "articles whose text is not at hand", "annotations are written onto a text; attach yours")
REJECTED = Loss(
    "rejected", "what a reviewer rejected", "whoever reads the file would take it for an annotation that holds"
)
OVERLAP = Loss("overlap", "spans that overlap a longer one", "mentions don't overlap (codebook 2)", "both")

METADATA = tuple("title language origin genre date author source sources abstract rights codebook note waivers".split())
"""The fields of an article that tell of it, beside its text, fingerprints, mentions and initiatives."""

_BLANK: dict[str, Any] = {"language": "en", "origin": "genuine", "rights": Rights(text="local")}


def forget(article: Article, losses: Iterable[Loss]) -> Article:
    """``article`` without the fields of the ``losses``, and with its rejected annotations gone if that is one of them:
    what a file of a format with these losses holds of it."""
    told = tuple(losses)
    fields = {name for loss in told for name in loss.fields}
    mentions, initiatives = article.mentions, article.initiatives
    if REJECTED in told:
        mentions = tuple(m for m in mentions if m.review.state != "rejected")
        initiatives = tuple(i for i in initiatives if i.review.state != "rejected")
    of_mentions = {name.partition(".")[2] for name in fields if name.startswith("mentions.")}
    if of_mentions:
        mentions = tuple(_blank(mention, of_mentions, f"m{n}") for n, mention in enumerate(mentions, 1))
    own = {name: _blank_value(name, article) for name in fields if "." not in name}
    return article.model_copy(update={"mentions": mentions, "initiatives": initiatives, **own})


def _blank_value(name: str, article: Article) -> Any:
    if name == "title":
        return article.id
    return _BLANK.get(name, Article.model_fields[name].default)


def _blank(mention: Mention, fields: Iterable[str], new_id: str) -> Mention:
    return mention.model_copy(
        update={name: new_id if name == "id" else Mention.model_fields[name].default for name in fields}
    )
