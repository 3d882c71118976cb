"""Where the annotations under review stand: in the articles themselves, or in one annotator's layer of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from kh_kr_corpus import _yaml, store, vocab
from kh_kr_corpus.errors import InvalidFileError, UnknownNameError, near
from kh_kr_corpus.models import Article, Layer
from kh_kr_corpus.store import files

__all__ = ["Articles", "Readings", "Shelf"]

_Read = tuple[str | None, Article]
"""The revision of the file, None where there is none yet, and the article as it stands there."""


class Shelf(Protocol):
    """What the desk asks of the place where annotations stand."""

    root: Path

    def ids(self) -> Iterator[str]:
        """The articles that are there."""

    def key(self, article_id: str) -> str:
        """The name under which the journal keeps them."""

    def revision(self, article_id: str) -> str | None:
        """The state of the file now."""

    def read(self, article_id: str) -> _Read:
        """The annotations as the file has them; raises :class:`InvalidFileError` for a file that is invalid."""

    def write(self, article: Article, revision: str | None) -> None:
        """Replace the file that was read at ``revision``; raises like :func:`kh_kr_corpus.store.write`."""


class Articles:
    """The articles below ``place``; ``texts`` has those that are somebody else's, by id, from a reader's copies."""

    def __init__(self, place: Path, texts: Mapping[str, str] | None = None) -> None:
        files.require(place)
        self.root = store.find_root(place)
        self._place, self._texts = place, dict(texts or {})
        self._paths: dict[str, Path] = {}

    def ids(self) -> Iterator[str]:
        paths = [self._place] if self._place.is_file() else files.scan(self._place)
        base = self.root.resolve()
        # an id is the name of its file, and only what lies in a folder of articles is one
        parts = ((path, path.resolve().relative_to(base).parts) for path in paths)
        self._paths = {path.stem: path for path, names in parts if names[0] in ("articles", "synthetic")}
        yield from self._paths

    def key(self, article_id: str) -> str:
        return article_id

    def _path(self, article_id: str) -> Path:
        if article_id not in self._paths:
            raise UnknownNameError("article", article_id, near(article_id, self._paths))
        return self._paths[article_id]

    def revision(self, article_id: str) -> str | None:
        return files.revision_of(files.read_bytes(self._path(article_id), _yaml.MAX_BYTES))

    def read(self, article_id: str) -> _Read:
        loaded = store.read_file(self._path(article_id), self.root)
        if not isinstance(loaded.model, Article):
            raise InvalidFileError(str(loaded.path), loaded.findings)
        article = loaded.model
        if article.text is None and article_id in self._texts:
            article = article.model_copy(update={"text": self._texts[article_id]})
        return loaded.revision, article

    def write(self, article: Article, revision: str | None) -> None:
        if article.rights.text == "external":
            article = article.model_copy(update={"text": None})
        store.write(article, self.root, revision=revision, keep=False)


class Readings:
    """One annotator's own readings of the articles on another shelf; what others decided is never shown.

    A reading starts without annotations, so that it is blind to every other one.
    """

    def __init__(self, articles: Articles, annotator: str, by: str) -> None:
        self.root, self._articles, self.annotator, self._by = articles.root, articles, annotator, by

    def ids(self) -> Iterator[str]:
        yield from self._articles.ids()

    def key(self, article_id: str) -> str:
        return f"{self.annotator}/{article_id}"

    def _path(self, article_id: str) -> Path:
        self._articles._path(article_id)
        return self.root / "layers" / self.annotator / f"{article_id}.yaml"

    def revision(self, article_id: str) -> str | None:
        path = self._path(article_id)
        return files.revision_of(files.read_bytes(path, _yaml.MAX_BYTES)) if path.exists() else None

    def read(self, article_id: str) -> _Read:
        _, article = self._articles.read(article_id)
        layer, revision = self._layer(article_id)
        mentions, initiatives = (layer.mentions, layer.initiatives) if layer else ((), ())
        update = {"mentions": mentions, "initiatives": initiatives, "note": None, "codebook": vocab.CODEBOOK}
        return revision, article.model_copy(update=update)

    def _layer(self, article_id: str) -> tuple[Layer | None, str | None]:
        path = self._path(article_id)
        if not path.exists():
            return None, None
        loaded = store.read_file(path, self.root)
        if not isinstance(loaded.model, Layer):
            raise InvalidFileError(str(loaded.path), loaded.findings)
        return loaded.model, loaded.revision

    def write(self, article: Article, revision: str | None) -> None:
        layer, _ = self._layer(article.id)
        today = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
        if layer is None:
            layer = Layer(
                article=article.id, annotator=self.annotator, by=self._by, at=today, blind=True, codebook=vocab.CODEBOOK
            )
        update = {"at": today, "mentions": article.mentions, "initiatives": article.initiatives}
        store.write(layer.model_copy(update=update), self.root, revision=revision, keep=False)
