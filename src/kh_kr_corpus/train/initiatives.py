"""Fit the heads that find and describe initiatives: logistic regressions over the words and signals of sentences.

What one head tells another (the kinds of two sentences that may belong together, the surest sentences of a text) is
taken from heads that had not seen the text, so that it is as doubtful in training as it will be in use.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from kh_kr_corpus import vocab
from kh_kr_corpus.annotate.initiatives import fields, parties, periods
from kh_kr_corpus.annotate.initiatives.detect import (
    Draft,
    Reading,
    combined,
    document_features,
    draft_features,
    link_features,
    surest_kind,
)
from kh_kr_corpus.annotate.initiatives.heads import Heads
from kh_kr_corpus.annotate.initiatives.unfolding import source_of
from kh_kr_corpus.annotate.initiatives.vectors import WIDTH, Vector
from kh_kr_corpus.annotate.initiatives.wording import Features
from kh_kr_corpus.train.readings import ReadText, evidence_of, sentences_of
from kh_kr_corpus.train.sentences import NO_KIND, Sentence

__all__ = ["fit_heads"]

FOLDS = 5
_BRIEF, _EXERCISE, _BANK, _TITLE = 1.0, 2.0, 1.0, 0.5
"""Weight of an example by where it is from: exercises read more like news than briefs do."""
_STRENGTH = {"evidence": 0.1, "kind": 0.3, "sector": 0.3, "status": 0.3, "assertion": 0.3, "link": 0.3,
             "document": 1.0, "role": 0.3, "period": 0.3, "draft": 10.0}  # fmt: skip
"""scikit-learn's C of each head: the smaller, the closer its weights stay to zero."""
_LEAST = 0.02
_PLAUSIBLE = 0.2
"""Least strength of sentences by which scores are calibrated."""
_LINK_REACH = 4
_ABSENT = ("@", "s:", "p:", "R:text on", "R:others")
"""What a sentence without a text around it cannot show."""
Titles = Sequence[tuple[Reading, str, tuple[str, ...]]]
Bank = Sequence[tuple[Sentence, list[Reading]]]


class _Table:
    """Examples of one head."""

    def __init__(self) -> None:
        self.features: list[Features] = []
        self.vectors: list[Vector] = []
        self.outcomes: list[Any] = []
        self.weights: list[float] = []

    def add(self, features: Features, vector: Vector | None, outcome: Any, weight: float) -> None:
        self.features.append(features)
        self.vectors.append(np.zeros(WIDTH, dtype=np.float32) if vector is None else vector)
        self.outcomes.append(outcome)
        self.weights.append(weight)


def fit_heads(reads: Sequence[ReadText], bank: Bank, titles: Titles) -> Heads:
    """All heads, from texts, labelled sentences, and titles of activities with their kind and sectors."""
    strong: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        seen = [read for read in reads if _fold(read) != fold]
        heads = _joined(_fitted(_sentence_heads(seen, bank, titles)))
        for read in reads:
            if _fold(read) == fold:
                _score(read, heads)
                strong += _strong(read, heads)
    fitted = _fitted(_sentence_heads(reads, bank, titles))
    whole = _joined(fitted)
    tables = {"link": _links(reads, whole), "document": _documents(reads), "role": _roles(reads, whole)}
    tables |= {"period": _periods(reads, whole), "draft": _drafts(strong)}
    return _joined(fitted | _fitted(tables))


def _fold(read: ReadText) -> int:
    return int(hashlib.sha256(read.article.id.encode()).hexdigest(), 16) // 11 % FOLDS


def _score(read: ReadText, heads: Heads) -> None:
    for reading in read.readings:
        reading.scores = heads.scores(reading.features, reading.vector)
        reading.evidence = heads.chance("evidence", reading.scores)


def _weight(read: ReadText) -> float:
    return _EXERCISE if read.article.origin == "synthetic" else _BRIEF


def _sentence_heads(reads: Iterable[ReadText], bank: Bank, titles: Titles) -> dict[str, _Table]:
    tables = {head: _Table() for head in ("evidence", "kind", "sector", "status", "assertion")}
    for read in reads:
        for reading in read.readings:
            tables["evidence"].add(reading.features, reading.vector, reading.number in read.gold, _weight(read))
        for initiative, sentences in sentences_of(read):
            features, vector = combined(sentences)
            tables["kind"].add(features, vector, initiative.kind, _weight(read))
            tables["sector"].add(features, vector, frozenset(initiative.sectors), _weight(read))
            hinted = features | _hints(read, sentences)
            tables["status"].add(hinted, vector, initiative.status, _weight(read))
            tables["assertion"].add(hinted, vector, initiative.assertion, _weight(read))
    for sentence, readings in bank:
        features, vector = combined(readings)
        bare = {name: value for name, value in features.items() if not name.startswith(_ABSENT)}
        tables["evidence"].add(bare | {"bank": 1.0}, vector, sentence.kind != NO_KIND, 0.5 * _BANK)
        if sentence.kind != NO_KIND:
            bare["@always"] = 1.0
            tables["kind"].add(bare, vector, sentence.kind, _BANK)
            tables["sector"].add(bare, vector, frozenset(sentence.sectors), _BANK)
            tables["status"].add(bare, vector, sentence.status, _BANK)
            tables["assertion"].add(bare, vector, sentence.assertion, _BANK)
    for reading, kind, sectors in titles:
        bare = {name: v for name, v in reading.features.items() if not name.startswith(_ABSENT)} | {"@always": 1.0}
        tables["kind"].add(bare, reading.vector, kind, _TITLE)
        tables["sector"].add(bare, reading.vector, frozenset(sectors), _TITLE)
    return tables


_EMPTY = Heads({}, np.zeros((0, 0), dtype=np.float32), np.zeros((0, 0), dtype=np.float32), {})


def _hints(read: ReadText, sentences: list[Reading]) -> Features:
    draft = Draft(sentences, _EMPTY)
    return fields.hints_of(draft, source_of(draft, read.units), read.genre, read.article.date)


def _links(reads: Iterable[ReadText], heads: Heads) -> _Table:
    table = _Table()
    for read, evidence in evidence_of(reads):
        for front, behind in itertools.pairwise(evidence):
            if behind.number - front.number <= _LINK_REACH:
                same = bool(set(read.gold[front.number]) & set(read.gold[behind.number]))
                table.add(link_features(front, behind, heads), None, same, 1.0)
    return table


def _documents(reads: Iterable[ReadText]) -> _Table:
    table = _Table()
    for read in reads:
        table.add(document_features(read.readings, read.affair), None, bool(read.initiatives), _weight(read))
    return table


def _roles(reads: Iterable[ReadText], heads: Heads) -> _Table:
    table = _Table()
    for read in reads:
        for initiative, sentences in sentences_of(read):
            draft = Draft(sentences, heads)
            draft.kind = initiative.kind
            roles = {part.entity: part.role for part in initiative.actors}
            for entity, features in parties.parties_of(read.text, draft, read.units).items():
                table.add(features, None, roles.get(entity, parties.NONE), _weight(read))
    return table


def _periods(reads: Iterable[ReadText], heads: Heads) -> _Table:
    """Each date in the evidence of an initiative: whether what it stands for is the initiative's period."""
    table = _Table()
    for read in reads:
        for initiative, sentences in sentences_of(read):
            draft = Draft(sentences, heads)
            draft.kind = initiative.kind
            names = fields.unit_names(draft.units, spoken=False)
            for dated in periods.dated_of(read.text, names, draft, initiative.status, read.article.date):
                table.add(dated.features, None, dated.period == initiative.period, _weight(read))
    return table


def _strong(read: ReadText, heads: Heads) -> Iterator[tuple[float, bool]]:
    """The strength of each sentence that could stand for an initiative, and whether one of its kind rests on it."""
    for reading in read.readings:
        strength = reading.evidence * surest_kind(heads, reading.scores)
        if strength >= _PLAUSIBLE and _weight(read) == _EXERCISE:
            kinds = {read.initiatives[n].kind for n in read.gold.get(reading.number, ())}
            yield strength, heads.best("kind", reading.scores) in kinds


def _drafts(strong: Iterable[tuple[float, bool]]) -> _Table:
    table = _Table()
    for strength, right in strong:
        table.add(draft_features(strength), None, right, 1.0)
    return table


Columns = list[tuple[str, dict[str, float], Vector]]
"""The outcomes of one head, each with its weights by feature and by axis of meaning."""


def _fitted(tables: Mapping[str, _Table]) -> dict[str, Columns]:
    return {head: list(_fit(head, table)) for head, table in tables.items()}


def _joined(fitted: Mapping[str, Columns]) -> Heads:
    """All weights side by side."""
    names = sorted({name for columns in fitted.values() for _, weights, _ in columns for name in weights})
    rows = {name: row for row, name in enumerate(names)}
    outcomes = {head: tuple(outcome for outcome, _, _ in columns) for head, columns in fitted.items()}
    width = sum(map(len, outcomes.values()))
    weights, meaning = np.zeros((len(names), width), dtype=np.float32), np.zeros((WIDTH, width), dtype=np.float32)
    column = 0
    for columns in fitted.values():
        for _, by_name, dense in columns:
            for name, weight in by_name.items():
                weights[rows[name], column] = weight
            meaning[:, column] = dense
            column += 1
    return Heads(rows, weights, meaning, outcomes)


def _fit(head: str, table: _Table) -> Iterator[tuple[str, dict[str, float], Vector]]:
    """Each outcome of a head with its weights by feature and by axis of meaning."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction import DictVectorizer

    vectorizer = DictVectorizer(dtype=np.float32)
    x = hstack([vectorizer.fit_transform(table.features), csr_matrix(np.array(table.vectors))]).tocsr()
    names = list(vectorizer.get_feature_names_out())
    for outcome, coefficients in _regress(head, x, table):
        kept = {n: float(w) for n, w in zip(names, coefficients, strict=False) if abs(w) >= _LEAST}
        yield outcome, kept, coefficients[len(names) :]


def _regress(head: str, x: Any, table: _Table) -> Iterator[tuple[str, Any]]:
    from sklearn.linear_model import LogisticRegression

    def fit(y: list[Any]) -> Any:
        solver = "liblinear" if len(set(y)) == 2 else "lbfgs"
        model = LogisticRegression(C=_STRENGTH[head], fit_intercept=False, max_iter=1000, tol=1e-3, solver=solver)
        return model.fit(x, y, sample_weight=table.weights)

    if head == "sector":
        for sector in vocab.load("sectors"):
            yield sector, fit([sector in sectors for sectors in table.outcomes]).coef_[0]
    elif all(isinstance(outcome, bool) for outcome in table.outcomes):
        yield head, fit(table.outcomes).coef_[0]
    else:
        model = fit(table.outcomes)
        yield from zip(map(str, model.classes_), model.coef_, strict=True)
