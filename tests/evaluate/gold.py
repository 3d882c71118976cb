"""Small gold articles for the measures: four names in each, one initiative where asked for."""

from __future__ import annotations

from kh_kr_corpus.models import Article, Evidence, Initiative, Mention, Review, Rights, Suggestion

TEXT = "Dara met Minsu in Seoul. They left for Kampot."
ACCEPTED = Review(state="accepted", by="human:Test", at="2024-01-01")


def mention(
    words: str, label: str = "PERSON", entity: str | None = None, score: float | None = None, text: str = TEXT
) -> Mention:
    """The first occurrence of ``words``: gold, or with a ``score`` a suggestion."""
    start = text.index(words)
    return Mention(
        id=f"m{start + 1}", start=start, end=start + len(words), text=words, label=label, entity=entity,
        suggestion=None if score is None else Suggestion(by="toy@1", score=score, reason="model"),
        review=ACCEPTED if score is None else Review(),
    )  # fmt: skip


def initiative(kind: str, start: int, end: int, score: float | None = None, status: str = "completed") -> Initiative:
    return Initiative(
        id="i1", title="Visit", kind=kind, themes=(kind,), sectors=("culture",), status=status,
        assertion="author-reports", evidence=(Evidence(start=start, end=end),),
        suggestion=None if score is None else Suggestion(by="toy@1", score=score, reason="model"),
        review=ACCEPTED if score is None else Review(),
    )  # fmt: skip


def article(
    *mentions: Mention, id: str = "a", initiatives: tuple[Initiative, ...] = (), genre: str = "wire",  # noqa: A002
    rights: str = "included", text: str = TEXT,
) -> Article:  # fmt: skip
    return Article(
        id=id, title="T", origin="synthetic", genre=genre, rights=Rights(text=rights), text=text,
        mentions=mentions, initiatives=initiatives,
    )  # fmt: skip
