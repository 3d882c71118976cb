"""Fit the selector: a logistic regression over what the components proposed on texts that the tagger had not seen."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kh_kr_corpus.annotate.selector import Features, features_of
from kh_kr_corpus.models import Article

__all__ = ["fit_selector", "name_rows"]

Row = tuple[Features, bool]
_INVERSE_STRENGTH = 1.0
"""scikit-learn's C: the smaller, the closer the weights stay to zero."""


def name_rows(doc: Doc, article: Article) -> list[Row]:
    """Features of each proposed name of ``doc``, and whether ``article`` has it with these bounds and label."""
    gold = {(m.start, m.end, m.label) for m in article.mentions if m.review.state in ("accepted", "corrected")}
    return [(features, key in gold) for key, (_, features) in features_of(doc).items()]


def fit_selector(rows: Iterable[Row]) -> dict[str, float]:
    """Weight of each feature; those that hardly count are left out."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    features, right = zip(*rows, strict=True)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(list(features))
    fitted = LogisticRegression(C=_INVERSE_STRENGTH, fit_intercept=False, max_iter=5000).fit(table, right)
    weights = zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True)
    return {str(name): round(float(weight), 3) for name, weight in weights if abs(weight) >= 0.005}
