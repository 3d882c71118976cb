"""spaCy component ``khkr_selector``: how probable each proposed name is, and the best set without overlaps.

The other components propose; here all that speaks for and against a name is weighed by a logistic regression:
who proposed it, what the tagger thinks of its tokens, what overlaps with it, and how the same words were read
elsewhere in the text. The result is a calibrated probability, which is the name's score; ``khkr train`` fits
the weights, ``model/selector.json`` holds them.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kh_kr_corpus.annotate.candidates import DATE_KEY, Candidate, pool, settle, store, text_of
from kh_kr_corpus.annotate.clock import Clock
from kh_kr_corpus.annotate.date_values import to_edtf
from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.annotate.people import is_title
from kh_kr_corpus.annotate.spans import Occupied, SpanIndex
from kh_kr_corpus.annotate.tagger import is_tagged, probability
from kh_kr_corpus.annotate.words import is_common

__all__ = ["Selector", "create_selector", "features_of", "load_weights"]

WEIGHTS = Path(__file__).parent / "model" / "selector.json"
THRESHOLD = 0.45
"""A name at least as probable as this is suggested; a little below one half, since a reviewer strikes out sooner
than adds."""
Key = tuple[int, int, str]
Features = dict[str, float]


@cache
def load_weights(path: Path = WEIGHTS) -> Mapping[str, float]:
    """Weight of each feature."""
    weights: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return weights


_BEFORE = re.compile(r"\b(?:the|The|of|and|in|at|by|with|to|for|from|The|a|an|our|its)(?= $)|[“\"(](?=$)")
_AFTER = re.compile(r"[ ]?([A-Za-z&]+|[’']s|[,(])[ ]?(the )?")
_COUNTRY = re.compile(r"(?:the )?(?:Republic of |Kingdom of |South |North )?(?:Korea|Cambodia)$|Korea$|Cambodia$")


class Selector:
    """Gives every proposed name its probability; the most probable ones that don't overlap hold."""

    def __init__(self, weights: Mapping[str, float] | None = None) -> None:
        self._weights = weights

    @property
    def weights(self) -> Mapping[str, float]:
        """The weights in use; the shipped ones are read on first use."""
        return load_weights() if self._weights is None else self._weights

    def match(self, doc: Doc) -> list[Candidate]:
        """One candidate for each bounds and label, with its probability, without changing ``doc``."""
        weights, clock = self.weights, Clock(text_of(doc), doc.user_data.get(DATE_KEY))
        found = []
        for (start, end, label), (proposals, features) in features_of(doc).items():
            z = sum(weights.get(name, 0.0) * value for name, value in features.items())
            score = 1 / (1 + math.exp(-z))
            if score >= THRESHOLD:
                best = max(proposals, key=lambda c: (c.value is not None, c.score))
                reason = ", ".join(dict.fromkeys(c.reason for c in sorted(proposals, key=lambda c: -c.score)))
                value = best.value
                if label == "DATE" and value is None:
                    value = to_edtf(clock, start, end)  # the tagger's own bounds
                found.append(Candidate(start, end, label, round(score, 4), reason, best.entity, value))
        return found

    def __call__(self, doc: Doc) -> Doc:
        if not is_tagged(doc):
            settle(doc)  # without the tagger's probabilities the best-founded and longest proposals hold
            return doc
        chosen, taken = [], Occupied()
        for candidate in sorted(self.match(doc), key=lambda c: (-c.score, c.start - c.end, c)):
            if taken.fits(candidate.start, candidate.end):
                taken.add(candidate.start, candidate.end)
                chosen.append(candidate)
        store(doc, sorted(chosen))
        settle(doc)
        return doc


def features_of(doc: Doc) -> dict[Key, tuple[list[Candidate], Features]]:
    """What speaks for and against each proposed name."""
    text = text_of(doc)
    proposals: dict[Key, list[Candidate]] = defaultdict(list)
    for candidate in pool(doc):
        proposals[candidate.start, candidate.end, candidate.label].append(candidate)
    views = {key: _view(doc, key) for key in proposals if key[2]}
    elsewhere = _elsewhere(text, views)
    index = SpanIndex({key[:2] for key in proposals})
    by_span: dict[tuple[int, int], list[Key]] = defaultdict(list)
    for key in proposals:
        by_span[key[:2]].append(key)
    out = {}
    for key, group in proposals.items():
        if not key[2]:
            continue  # a veto
        features = _own(text, key, group, views[key])
        features.update(_beside(key, index, by_span, proposals, views))
        features.update(elsewhere[key])
        out[key] = (group, features)
    return out


def _view(doc: Doc, key: Key) -> float:
    """The tagger's log odds for a name, between -6 and 6."""
    span = doc.char_span(key[0], key[1])
    if span is None:
        return -3.0
    titled = key[2] == "PERSON" and span.start > 0 and is_title(doc[span.start - 1].text)
    p = probability(doc, span.start, span.end, key[2], titled=titled)
    return max(-6.0, min(6.0, math.log((p + 1e-4) / (1 - p + 1e-4))))


def _source(reason: str) -> str:
    return reason if reason.startswith("rule:") else reason.partition(":")[0]


def _own(text: str, key: Key, group: Iterable[Candidate], view: float) -> Features:
    start, end, label = key
    surface = text[start:end]
    features: Features = {"always": 1.0, f"is {label}": 1.0, f"model {label}": view / 2, "model": view / 2}
    for candidate in group:
        source = _source(candidate.reason)
        features[source] = max(features.get(source, 0.0), 1.0)
        features[f"{source} {label}"] = 1.0
        if source != "model":
            features[f"{source} score"] = max(features.get(f"{source} score", 0.0), candidate.score - 0.8)
    if all(c.reason == "model" for c in group):
        features[f"model alone {label}"] = 1.0
    if " " not in surface:
        features["one word"] = 1.0
        if is_common(surface):
            features[f"one common word {label}"] = 1.0
    if label == "PERSON" and is_title(surface.split()[0]):
        features["begins with a title"] = 1.0
    if surface.isupper():
        features[f"capitals {label}"] = 1.0
    features.update({f"{sign} {label}": 1.0 for sign in _shape(text, start, end)})
    return features


def _shape(text: str, start: int, end: int) -> Iterator[str]:
    """How long a name is, what it is made of, and what stands beside it: signs that it begins or ends elsewhere."""
    surface = text[start:end]
    words = surface.split()
    yield f"words {min(5, len(words))}"
    yield from (f"holds {word}" for word in ("of", "and", "for", "the", "&") if word in words)
    if "," in surface:
        yield "holds ,"
    before = _BEFORE.search(text, max(0, start - 24), start)
    after = _AFTER.match(text, end)
    yield f"behind {before[0].lower()}" if before else "behind nothing"
    if after:
        yield f"in front of {'Capital' if after[1][0].isupper() else after[1]}"
        if after[1] == "of":
            yield f"in front of {after[0].strip()}" if after[2] == "the " else "in front of of a name"
    if " of " in surface:
        tail = surface.rpartition(" of ")[2]
        yield "ends with a country" if _COUNTRY.match(tail) else f"ends with {len(tail.split())} words"


def _beside(
    key: Key,
    index: SpanIndex,
    by_span: Mapping[tuple[int, int], list[Key]],
    proposals: Mapping[Key, list[Candidate]],
    views: Mapping[Key, float],
) -> Features:
    """The strongest rivals: another label on the same bounds, a longer, a shorter, a crossing name."""
    features: Features = {}

    def note(name: str, rival: Key) -> None:
        features[f"{name} view"] = max(features.get(f"{name} view", -6.0), views[rival])
        for candidate in proposals[rival]:
            features[f"{name} {_source(candidate.reason)}"] = 1.0

    for span in index.touching(key[0], key[1]):
        for rival in by_span[span]:
            if rival == key:
                continue
            if not rival[2]:
                features["vetoed"] = features[f"vetoed {key[2]}"] = 1.0
                continue
            if span == key[:2]:
                note("relabelled", rival)
            elif span[0] <= key[0] and key[1] <= span[1]:
                note("inside", rival)
            elif key[0] <= span[0] and span[1] <= key[1]:
                note("around", rival)
            else:
                note("crossing", rival)
    return {name: value / 6 if name.endswith("view") else value for name, value in features.items()}


def _elsewhere(text: str, views: Mapping[Key, float]) -> dict[Key, Features]:
    """How sure the tagger is of the same words with this label, and with another, at other places of the text."""
    readings: dict[str, list[tuple[Key, float]]] = defaultdict(list)
    for key, view in views.items():
        readings[text[key[0] : key[1]]].append((key, view))
    out: dict[Key, Features] = {}
    bearers = _bearers(text, views)
    for key in views:
        others = [(k, v) for k, v in readings[text[key[0] : key[1]]] if k[:2] != key[:2]]
        same = [v for k, v in others if k[2] == key[2]]
        different = [v for k, v in others if k[2] != key[2]]
        features: Features = {}
        if same:
            features |= {"elsewhere": 1.0, "elsewhere view": max(same) / 6}
        if different:
            features |= {"elsewhere otherwise": 1.0, "elsewhere otherwise view": max(different) / 6}
        if key[2] == "PERSON" and (borne := bearers.get(text[key[0] : key[1]])):
            features |= {"part of a person": 1.0, "part of a person view": borne / 6}
        out[key] = features
    return out


def _bearers(text: str, views: Mapping[Key, float]) -> dict[str, float]:
    """The first and last words of persons' full names, with how sure the tagger is of the whole."""
    found: dict[str, float] = {}
    for (start, end, label), view in views.items():
        words = text[start:end].split()
        if label == "PERSON" and len(words) > 1 and view > 0:
            for word in (words[0], words[-1]):
                found[word] = max(view, found.get(word, 0.0))
    return found


@factory("khkr_selector", {})
def create_selector(nlp: Language, name: str) -> Selector:  # noqa: ARG001
    """Factory of ``khkr_selector``."""
    return Selector()
