"""How well activities are matched to the entries of other databases, on pairs that were judged one by one.

    python -m bench.reconcile            # precision and recall on the pairs, and on every record of the corpus
    python -m bench.reconcile --fit      # the weights of reconcile/scoring.py, from the development pairs

The pairs stand in tests/reconcile/pairs: dev, on which weights and threshold were chosen, and test, on which nothing
was. Intervals are of 2,000 bootstrap samples of activities, because the pairs of one activity are not independent.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from tests.reconcile.pairs import Pair, read_pairs

from kh_kr_corpus import load
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.reconcile import ACCEPT, entries_of, of_activity, reconcile, reconcile_entries
from kh_kr_corpus.reconcile.features import FEATURES, Judge
from kh_kr_corpus.reconcile.matching import Index
from kh_kr_corpus.reconcile.scoring import score

say = sys.stdout.write
SAMPLES = 2_000
EASY, PENALTY = 0.3, 0.0002
"""For fitting: how much an easy false pair counts beside 1 for a hard one, and how much weights are held down."""
LARGE = ("2003-koica-volunteers", "1994-koica-invited-trainees")
"""Activities that hold many records: one row of them may be near to a smaller one of the same field."""


def judge_of(corpus: Corpus, pairs: Sequence[Pair]) -> Judge:
    """Words and places are weighed among all activities and records of the corpus and these pairs."""
    activities = [of_activity(activity) for activity in corpus.activities]
    return Judge(corpus.kb, [*activities, *entries_of(corpus), *(pair.entry for pair in pairs if pair.sort != "koica")])


def values(judge: Judge, pair: Pair) -> list[float]:
    return [one.value for one in judge.compare(pair.activity, pair.entry)]


def fit(rows: Sequence[tuple[Sequence[float], bool, float]]) -> list[float]:
    """Weights and bias of a logistic model with an L2 penalty, no weight below 0, by gradient descent; each row has
    its features, whether it is a true pair, and how much it counts."""
    features, same, counts = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    counts /= counts.sum()
    weights, bias = np.ones(len(FEATURES)), -1.0
    for _ in range(20_000):
        miss = counts * (1 / (1 + np.exp(-np.clip(features @ weights + bias, -50, 50))) - same)
        weights = np.maximum(0, weights - 0.5 * (PENALTY * weights + miss @ features))
        bias -= 0.5 * miss.sum()
    return [*map(float, weights), float(bias)]


def others(corpus: Corpus, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The entries of true pairs with every other activity that shares a word or an amount: the pairs above were chosen
    because they are hard, and a matcher meets these far more often."""
    index = Index(of_activity(activity) for activity in corpus.activities)
    for pair in pairs:
        if pair.same:
            for activity in index.near(pair.entry):
                if activity.id != pair.activity.id and activity.id not in LARGE:
                    yield Pair(activity, pair.entry, False, "other")


def figures(judged: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    """Precision and recall of (said, same)."""
    right = sum(said and same for said, same in judged)
    said, same = sum(said for said, _ in judged), sum(same for _, same in judged)
    return {"precision": right / said if said else 1.0, "recall": right / same if same else 0.0}


def interval(groups: dict[str, list[tuple[bool, bool]]]) -> dict[str, tuple[float, float]]:
    """The middle 95 in 100 of each figure over samples of the groups."""
    drawn, names = random.Random(1), sorted(groups)  # noqa: S311 - a bootstrap, no secret
    sampled: dict[str, list[float]] = defaultdict(list)
    for _ in range(SAMPLES):
        chosen = [one for name in drawn.choices(names, k=len(names)) for one in groups[name]]
        for name, value in figures(chosen).items():
            sampled[name].append(value)
    return {name: (sorted(v)[SAMPLES // 40], sorted(v)[-SAMPLES // 40]) for name, v in sampled.items()}


def told(name: str, pairs: Sequence[Pair], says: Callable[[Pair], bool]) -> None:
    groups: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for pair in pairs:
        groups[pair.activity.id].append((says(pair), pair.same))
    found, bounds = figures([one for group in groups.values() for one in group]), interval(groups)
    text = ", ".join(f"{k} {v:.2f} ({bounds[k][0]:.2f} to {bounds[k][1]:.2f})" for k, v in found.items())
    say(f"  {name}: {text}; {sum(p.same for p in pairs)} true and {sum(not p.same for p in pairs)} false pairs\n")


def measure(corpus: Corpus, split: str) -> None:
    pairs = read_pairs(corpus, split)
    judge = judge_of(corpus, pairs)
    chance = {id(pair): score(judge.compare(pair.activity, pair.entry)) for pair in pairs}
    say(f"{split}, a match from a chance of {ACCEPT}\n")
    told("all", pairs, lambda pair: chance[id(pair)] >= ACCEPT)
    for sort in ("koica", "public", "synthetic"):
        told(sort, [pair for pair in pairs if pair.sort == sort], lambda pair: chance[id(pair)] >= ACCEPT)
    told("control: names half alike", pairs, lambda pair: judge.name(pair.activity, pair.entry).value >= 0.5)
    bins: dict[int, list[bool]] = defaultdict(list)
    for pair in pairs:
        bins[min(4, int(chance[id(pair)] * 5))].append(pair.same)
    line = ", ".join(f"{n / 5:.1f}-{(n + 1) / 5:.1f}: {sum(b)}/{len(b)}" for n, b in sorted(bins.items()))
    say(f"  same of all pairs, by chance: {line}\n")


def without_the_right_one(corpus: Corpus, split: str) -> None:
    """The entries of true pairs against all activities but theirs: every match is wrong."""
    pairs = [pair for pair in read_pairs(corpus, split) if pair.same]
    activities = [of_activity(activity) for activity in corpus.activities]
    outcomes = Counter[str]()
    for pair in pairs:
        rest = [one for one in activities if one.id != pair.activity.id]
        decision = reconcile_entries(rest, [pair.entry], corpus.kb).decisions[0]
        outcomes[decision.outcome] += 1
        if decision.activity:
            say(f"  wrong: {pair.entry.title} is not {decision.activity} ({decision.candidates[0].score:.2f})\n")
    say(f"{split}, true pairs without their activity: {outcomes['match']} wrong matches, {outcomes['open']} open, ")
    say(f"{outcomes['none']} none\n")


def every_record(corpus: Corpus) -> None:
    """All records against all activities, as ``khkr reconcile`` does it, beside the activity that each is coded to."""
    gold = {record.id: record.activity for record in corpus.records}
    counts = Counter[tuple[str, str]]()
    for decision in reconcile(corpus).decisions:
        activity = gold[decision.entry.id]
        large = activity in LARGE
        sort = "no activity" if activity is None else "two large programmes" if large else "activities of their own"
        done = (
            decision.outcome if decision.outcome != "match" else "right" if decision.activity == activity else "wrong"
        )
        counts[sort, done] += 1
    say("every record of the corpus against every activity\n")
    for sort in dict.fromkeys(sort for sort, _ in counts):
        parts = [f"{counts[sort, done]} {done}" for done in ("right", "wrong", "open", "none")]
        say(f"  {sort}: {', '.join(parts)}\n")


def main(arguments: Sequence[str]) -> None:
    corpus = load()
    if arguments == ["--fit"]:
        pairs = read_pairs(corpus, "dev")
        judge = judge_of(corpus, pairs)
        rows = [(values(judge, pair), pair.same, 1.0) for pair in pairs]
        *weights, bias = fit([*rows, *((values(judge, pair), False, EASY) for pair in others(corpus, pairs))])
        say(
            " ".join(f"{name} {weight:.2f}" for name, weight in zip(FEATURES, weights, strict=True))
            + f" bias {bias:.2f}\n"
        )
        return
    for split in arguments or ("dev", "test"):
        measure(corpus, split)
        without_the_right_one(corpus, split)
    every_record(corpus)


if __name__ == "__main__":
    main(sys.argv[1:])
