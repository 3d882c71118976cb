"""A language model as a second suggester, behind the annotator."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from kh_kr_corpus.annotate.llm.accept import accept_initiatives, accept_links
from kh_kr_corpus.annotate.llm.endpoint import Endpoint
from kh_kr_corpus.annotate.llm.prompt import codebook, messages, open_links
from kh_kr_corpus.annotate.llm.reply import content_of, object_in
from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.kb import KnowledgeBase
from kh_kr_corpus.models import Article

__all__ = ["Answer", "LanguageModel"]

_LONGEST = 60_000
"""Code points of a text that is sent."""


class Answer(NamedTuple):
    """What came of asking a language model about one article."""

    article: Article
    """With what was taken; the article that was asked about when nothing was."""
    links: int = 0
    initiatives: int = 0
    refused: tuple[str, ...] = ()
    """Why each other suggestion was not taken; no word of the text or of the answer is in it."""
    problem: str = ""
    """Why there was no answer, empty where there was one."""


@dataclass(frozen=True)
class LanguageModel:
    """A model behind any endpoint that speaks OpenAI's chat completions.

    The article's text is sent to ``base_url`` and nowhere else. ``key_from`` names an environment variable that holds
    the key, for an endpoint that wants one; the key itself is never stored. Raises :class:`InputError` for an address
    that is none, a key that is not there, or one that would travel in the clear.

    >>> model = LanguageModel("http://localhost:8080/v1", "some model")
    >>> model.by
    'llm@some-model'
    """

    base_url: str
    model: str
    key_from: str | None = None
    timeout: float = 120.0
    """Seconds for one request."""
    retries: int = 2
    """Attempts more, where the trouble may pass."""
    score: float = 0.5
    """What its suggestions get: a model's own word on how sure it is has not been measured against anything."""
    pause: Callable[[float], object] = time.sleep
    """How to wait between attempts, in seconds."""

    def __post_init__(self) -> None:
        if not self.model.strip():
            raise InputError("model", "has no name", "name the model as the endpoint does")
        self._endpoint()  # what is wrong with it shows now, and not in the middle of the work

    @property
    def by(self) -> str:
        """Who suggests, as suggestions record it."""
        return "llm@" + re.sub(r"\s+", "-", self.model.strip())

    def suggest(self, article: Article, kb: KnowledgeBase) -> Article:
        """``article`` with the model's suggestions; as it was when there are none. :meth:`ask` tells why."""
        return self.ask(article, kb).article

    def ask(self, article: Article, kb: KnowledgeBase) -> Answer:
        """Ask the model about an annotated article; whatever it answers, or doesn't, nothing is raised for it.

        What somebody decided is never touched, nor is a link that stands. Each suggestion is taken only if its
        evidence stands word for word in the text, its codes are in the vocabularies, its entities in ``kb``, its
        amount and years in the text. Raises :class:`InputError` for an article whose text is not at hand.
        """
        if article.text is None:
            raise InputError(article.id, "its text is not at hand", "attach your copy first: corpus.attach(FOLDER)")
        if len(article.text) > _LONGEST:
            return Answer(article, problem=f"{len(article.text):,} code points are too many; up to {_LONGEST:,}")
        body = {"model": self.model, "messages": messages(article, kb), "temperature": 0, "stream": False}
        try:
            content = content_of(self._endpoint().post("/chat/completions", body))
        except EnvironmentFailure as error:
            return Answer(article, problem=str(error))
        reply = None if content is None else object_in(content)
        if reply is None:
            return Answer(article, problem=f"{self.model}: its answer holds no suggestions in JSON")
        return self._taken(reply, article, kb)

    def _taken(self, reply: dict[str, list[object]], article: Article, kb: KnowledgeBase) -> Answer:
        by = f"{self.by}#codebook-{codebook()[0]}"
        links, no_links = accept_links(reply.get("links", []), open_links(article, kb), by, self.score)
        found, no_initiatives = accept_initiatives(reply.get("initiatives", []), article, kb, by, self.score)
        update = {
            "mentions": tuple(links.get(mention.id, mention) for mention in article.mentions),
            "initiatives": (*article.initiatives, *found),
        }
        changed = article.model_copy(update=update) if links or found else article
        return Answer(changed, len(links), len(found), (*no_links, *no_initiatives))

    def _endpoint(self) -> Endpoint:
        key = None
        if self.key_from is not None:
            key = os.environ.get(self.key_from, "").strip()
            if not key or not key.isascii() or not key.isprintable():
                raise InputError(
                    self.key_from, "no key in this environment variable", f"set it: export {self.key_from}="
                )
        return Endpoint(self.base_url, key, self.timeout, self.retries, self.pause)
