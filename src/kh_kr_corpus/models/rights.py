"""May these texts be published? The one home of that question: everything that writes texts for others asks it."""

from __future__ import annotations

from collections.abc import Iterable

from kh_kr_corpus.errors import RightsRefused
from kh_kr_corpus.models.article import Article

__all__ = ["refuse_unpublishable"]


def refuse_unpublishable(articles: Iterable[Article], stated: str | None = None) -> None:
    """Return when nobody's right stands against publishing the articles as they are, with the texts they hold.

    ``included`` texts are ours. An ``external`` article without its text is only our annotation. A ``local`` text may
    be published when the user says by what right (``stated``: a licence, a permission, their own work). The text of
    an ``external`` article never may, whatever is stated. Raises :class:`RightsRefused` with the ids of all that stand
    in the way.

    >>> from kh_kr_corpus.models import Article, Rights
    >>> mine = Article(id="my-notes", title="Notes", origin="genuine", rights=Rights(text="local"), text="We met.")
    >>> refuse_unpublishable([mine], stated="CC-BY-4.0, my own work")
    >>> refuse_unpublishable([mine])
    Traceback (most recent call last):
        ...
    kh_kr_corpus.errors.RightsRefused: not published: 1 text is local (my-notes); state a right or leave them out
    """
    texts = [article for article in articles if article.attached]
    free = bool(stated and stated.strip())
    local = tuple(article.id for article in texts if article.rights.text == "local" and not free)
    external = tuple(article.id for article in texts if article.rights.text == "external")
    if local or external:
        raise RightsRefused(local, external)
