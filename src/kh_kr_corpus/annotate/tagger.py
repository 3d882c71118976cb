"""spaCy component ``khkr_tagger``: the statistical part, a label for each token and the best path through them.

Each token gets the probabilities of the BILOU tags of the eleven labels from a convolutional network over
the words' form, prefix, suffix and shape; a Viterbi search picks the most probable sequence that is well formed.
``khkr train`` makes the weights.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model
from spacy.tokens import Doc, Span
from thinc.api import Dropout, Model, Softmax, chain, with_array
from thinc.types import Floats2d

from kh_kr_corpus.annotate.factory import factory
from kh_kr_corpus.errors import EnvironmentFailure

__all__ = [
    "LABELS",
    "TAGS",
    "Tagger",
    "build_model",
    "create_tagger",
    "is_tagged",
    "load_nlp",
    "load_tagger",
    "probability",
    "to_tags",
]

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "AGREEMENT", "PROGRAM", "MONEY", "DATE")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BILU"))
WEIGHTS = Path(__file__).parent / "model" / "tagger.bin"
_WIDTH = 96
_BATCH = 8
Floats = NDArray[np.float32]


def build_model() -> Model[list[Doc], list[Floats2d]]:
    """The network, with the shape of ``en_core_web_sm``'s NER below, so that its weights can be the start."""
    embed = MultiHashEmbed(
        width=_WIDTH,
        attrs=["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        rows=[5000, 1000, 2500, 2500],
        include_static_vectors=False,
    )
    below = build_Tok2Vec_model(embed, MaxoutWindowEncoder(width=_WIDTH, window_size=1, maxout_pieces=3, depth=4))
    above: Model[Floats2d, Floats2d] = chain(Dropout(0.2), Softmax(len(TAGS), _WIDTH))
    model: Model[list[Doc], list[Floats2d]] = chain(below, with_array(above))
    for node in model.walk():
        if hasattr(node.ops, "use_blis"):
            node.ops.use_blis = False  # NumPy's BLAS multiplies faster than BLIS here, with the same result
    return model


def to_tags(doc: Doc, names: Iterable[tuple[int, int, str]]) -> list[str]:
    """BILOU tags of ``names`` (start, end in code points, label); one that cuts a token in two is left out."""
    tags = ["O"] * len(doc)
    for start, end, label in names:
        span = doc.char_span(start, end)
        if span is None or any(tag != "O" for tag in tags[span.start : span.end]):
            continue
        inner = [f"I-{label}"] * (len(span) - 2)
        whole = [f"U-{label}"] if len(span) == 1 else [f"B-{label}", *inner, f"L-{label}"]
        tags[span.start : span.end] = whole
    return tags


class Tagger:
    """Proposes names with their probabilities; see :func:`build_model`."""

    def __init__(self, model: Model[list[Doc], list[Floats2d]] | None = None) -> None:
        self.model = build_model() if model is None else model

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """The documents of ``stream`` with names in ``doc.ents`` and the tags' probabilities in ``doc.tensor``."""
        for docs in _batches(stream, batch_size):
            filled = [doc for doc in docs if len(doc)]
            for doc, tensor in zip(filled, self.model.predict(filled) if filled else [], strict=True):
                doc.tensor = np.asarray(tensor)
                doc.set_ents(list(_spans(doc, np.asarray(tensor, dtype=np.float32))))
            yield from docs

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """The weights, as ``nlp.to_bytes`` wants them."""
        return self.model.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tagger:  # noqa: ARG002
        """The weights set from :meth:`to_bytes`."""
        self.model.from_bytes(data)
        return self


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    documents = iter(stream)
    while batch := list(itertools.islice(documents, size)):
        yield batch


def _spans(doc: Doc, probabilities: Floats) -> Iterator[Span]:
    """The names on the best path."""
    path: NDArray[np.intp] = probabilities.argmax(axis=1)
    if not _well_formed(path):
        path = _viterbi(np.log(np.maximum(probabilities, 1e-9)))
    begin = 0
    for i in np.flatnonzero(path):
        part, _, label = TAGS[path[i]].partition("-")
        if part in "BU":
            begin = int(i)
        if part in "LU":
            inner = [k for k in range(begin, int(i) + 1) if not doc[k].is_space]  # line breaks are tokens too
            if inner:
                yield Span(doc, inner[0], inner[-1] + 1, label)


def is_tagged(doc: Doc) -> bool:
    """Whether ``doc.tensor`` holds the tagger's probabilities."""
    return bool(doc.tensor.shape == (len(doc), len(TAGS)))


def probability(doc: Doc, start: int, end: int, label: str, *, titled: bool = False) -> float:
    """How probable the tagger finds a name of ``label`` from token ``start`` up to ``end``: that of its least sure
    tag. ``titled``: a title stands in front, and where the tagger took it in, that counts for the name all the same.
    """
    first = _COLUMN[label]
    if end - start == 1:
        return float(doc.tensor[start, first + 3] + (doc.tensor[start, first + 2] if titled else 0.0))
    inner = doc.tensor[start + 1 : end - 1, first + 1]
    begins = doc.tensor[start, first] + (doc.tensor[start, first + 1] if titled else 0.0)
    edges = min(begins, doc.tensor[end - 1, first + 2])
    return float(min(edges, inner.min())) if len(inner) else float(edges)


_COLUMN = {label: TAGS.index(f"B-{label}") for label in LABELS}


def _follows() -> NDArray[np.bool_]:
    """Which tag may stand behind which (rows: the one in front)."""

    def fits(front: str, behind: str) -> bool:
        if front[0] in "OLU":
            return behind[0] in "OBU"
        return behind[0] in "IL" and behind[2:] == front[2:]

    return np.array([[fits(front, behind) for behind in TAGS] for front in TAGS])


_FOLLOWS = _follows()
_OPENS, _CLOSES = np.array([tag[0] in "OBU" for tag in TAGS]), np.array([tag[0] in "OLU" for tag in TAGS])
_BARRED = np.float32(-1e4)


def _well_formed(path: NDArray[np.intp]) -> bool:
    return bool(_OPENS[path[0]] and _CLOSES[path[-1]] and _FOLLOWS[path[:-1], path[1:]].all())


def _viterbi(scores: Floats) -> NDArray[np.intp]:
    """The best well-formed path; each stretch between two sure ``O`` is searched by itself, for speed."""
    step = np.where(_FOLLOWS, np.float32(0), _BARRED)
    path: NDArray[np.intp] = scores.argmax(axis=1)
    cuts = [0, *(np.flatnonzero(scores[:, 0] > np.log(0.999)) + 1), len(scores)]
    for start, end in itertools.pairwise(cuts):
        if end > start and not _well_formed(path[start:end]):
            path[start:end] = _best_path(scores[start:end], step)
    return path


def _best_path(scores: Floats, step: Floats) -> list[int]:
    total = scores[0] + np.where(_OPENS, np.float32(0), _BARRED)
    pointers = []
    for row in scores[1:]:
        options = total[:, None] + step
        pointers.append(options.argmax(axis=0))
        total = options.max(axis=0) + row
    path = [int((total + np.where(_CLOSES, np.float32(0), _BARRED)).argmax())]
    for pointer in reversed(pointers):
        path.append(int(pointer[path[-1]]))
    return path[::-1]


def load_tagger(path: Path = WEIGHTS) -> Tagger:
    """The tagger with the weights at ``path``, by default those that ship with the package.

    Raises :class:`EnvironmentFailure` where they are missing or of another shape.
    """
    try:
        return Tagger().from_bytes(path.read_bytes())
    except (OSError, ValueError, KeyError) as problem:
        raise EnvironmentFailure(str(path), f"no weights of this tagger ({problem}); reinstall kh-kr-corpus") from None


def load_nlp() -> Language:
    """The pipeline that ships with the package: English tokens and the tagger."""
    nlp = spacy.blank("en")
    nlp.add_pipe("khkr_tagger")
    return nlp


@factory("khkr_tagger", {"weights": None})
def create_tagger(nlp: Language, name: str, weights: str | None) -> Tagger:  # noqa: ARG001
    """Factory of ``khkr_tagger``; ``weights`` is a file of ``khkr train``, None for the shipped ones."""
    return load_tagger(WEIGHTS if weights is None else Path(weights))
