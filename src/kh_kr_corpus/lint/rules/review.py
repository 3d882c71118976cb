"""KC8xx: who decided is on record."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus.lint.rule import Problem, articles, read_rule, rule
from kh_kr_corpus.store import Contents

read_rule(
    "KC801",
    """A review state lacks who decided or when.
    A decision that nobody made can't be trusted or asked about; a suggestion has been decided by nobody.""",
)


@rule("KC802")
def decided_without_codebook(contents: Contents) -> Iterator[Problem]:
    """Annotations were decided without naming the codebook's version.
    A definition may change with the version; only with it can the decision be read."""
    for loaded, article in articles(contents):
        reviews = [m.review for m in article.mentions] + [i.review for i in article.initiatives]
        decided = any(review.decided for review in reviews)
        if decided and not article.codebook:
            yield (
                loaded,
                ("id",),
                "decided annotations, but no codebook version",
                "add `codebook:` and the version in docs/codebook.md",
            )


@rule("KC803")
def suggested_by_nobody(contents: Contents) -> Iterator[Problem]:
    """A suggestion does not say which program made it.
    `suggested` is a machine's word; its name, version, score and reason belong to it."""
    for loaded, article in articles(contents):
        for part in ("mentions", "initiatives"):
            for n, item in enumerate(getattr(article, part)):
                if not item.review.decided and item.suggestion is None:
                    yield loaded, (part, n), "suggested, but without `suggestion`", "add it, or decide the annotation"
