from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kh_kr_corpus.annotate import _model
from kh_kr_corpus.errors import EnvironmentFailure


def test_a_changed_weight_file_is_refused_with_the_fix(tmp_path: Path) -> None:
    for name in _model.WEIGHTS:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"not the weights")
    with pytest.raises(EnvironmentFailure, match="pip install"):
        _model.check_weights(tmp_path)


def test_a_missing_weight_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure, match="missing"):
        _model.check_weights(tmp_path)


def test_add_pipe_needs_no_import_of_ours() -> None:
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('khkr_rules');"
        "print([e.text for e in nlp('It cost 4 million won.').ents])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert run.stdout.strip() == "['4 million won']"
