"""KC8xx: who decided is on record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kh_kr_corpus._yaml import Path
from kh_kr_corpus.lint.rule import Problem, articles, read_rule, rule
from kh_kr_corpus.models.edtf import bounds
from kh_kr_corpus.store import Contents

read_rule(
    "KC801",
    """A review state lacks who decided or when.
    A decision that nobody made can't be trusted or asked about; a suggestion has been decided by nobody.

    Repair: write `state`, `by` and `at` together, or only `state: suggested`.
    Before: {article: {mentions: [{id: m1, start: 0, end: 5, text: KOICA, label: ORG, review: {state: accepted}}]}}
    After: {article: {initiatives: []}}
    """,
)


@rule("KC802")
def decided_without_codebook(contents: Contents) -> Iterator[Problem]:
    """Annotations were decided without naming the codebook's version.
    A definition may change with the version; only with it can the decision be read.

    Repair: add `codebook` with the version in docs/codebook.md.
    Before: {article: {codebook: }}
    After: {article: {codebook: "1.3"}}
    """
    for loaded, article in articles(contents, whole=True):
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
    `suggested` is a machine's word; its name, version, score and reason belong to it.

    Repair: add `suggestion`, or decide the annotation.
    Before: {article: {mentions: [{id: m1, start: 0, end: 5, text: KOICA, label: ORG}]}}
    After: {article: {initiatives: []}}
    """
    for loaded, article in articles(contents):
        for part in ("mentions", "initiatives"):
            for n, item in enumerate(getattr(article, part)):
                if not item.review.decided and item.suggestion is None:
                    yield loaded, (part, n), "suggested, but without `suggestion`", "add it, or decide the annotation"


_MODELS = re.compile(
    r"(?i)^human:.*\b(?:claude|gpt|gemini|llama|mistral|qwen|copilot|chatgpt|openai|anthropic|llm|ai|bot|model|spacy|khkr)\b"
)


def _reviews(data: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every `by` in a file."""
    if isinstance(data, dict):
        for key, item in data.items():
            if key == "by" and isinstance(item, str) and item.startswith(("human:", "model:")):
                yield (*path, key), item
            else:
                yield from _reviews(item, (*path, key))
    elif isinstance(data, list):
        for n, item in enumerate(data):
            yield from _reviews(item, (*path, n))


@rule("KC804")
def model_called_human(contents: Contents) -> Iterator[Problem]:
    """A decision of a model is signed as a human's.
    What a language model annotated or checked says `model`, always: nothing is called human-reviewed that no human
    reviewed (codebook section 5).

    Repair: write `model:NAME@VERSION`.
    Before: {by: "human:Claude"}
    After: {by: "model:claude@4"}
    """
    for loaded in contents.files:
        for path, by in _reviews(loaded.tree.data if loaded.tree else None):
            if _MODELS.match(by):
                yield loaded, path, f"{by!r} is a program's name", "write `model:NAME@VERSION`"


@rule("KC805")
def model_without_version(contents: Contents) -> Iterator[Problem]:
    """A model's decision does not say which version decided.
    Two versions of a model decide differently; without the version the decision can't be repeated or recalled.

    Repair: write `model:NAME@VERSION`.
    Before: {by: "model:claude"}
    After: {by: "model:claude@4"}
    """
    for loaded in contents.files:
        for path, by in _reviews(loaded.tree.data if loaded.tree else None):
            if by.startswith("model:") and "@" not in by:
                yield loaded, path, f"{by!r} has no version", f'write "{by}@VERSION"'


@rule("KC806")
def decided_before_read(contents: Contents) -> Iterator[Problem]:
    """An annotation was decided before the text was written.
    One of the two dates is wrong, or the decision was copied from another file.

    Repair: correct the date of the review or of the text.
    Before: {at: "2019-01-01"}
    After: {at: "2026-11-21"}
    """
    for loaded, article in articles(contents):
        written = bounds(article.date)[0] if article.date else None
        for part in ("mentions", "initiatives"):
            for n, item in enumerate(getattr(article, part)):
                if written and item.review.at and item.review.at[:10] < written.isoformat():
                    message = f"decided on {item.review.at}, before the text of {article.date}"
                    yield loaded, (part, n, "review", "at"), message, "correct one of the two dates"
