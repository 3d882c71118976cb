"""A folder that may not be written is refused before any work is done for it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kh_kr_corpus import annotate
from kh_kr_corpus.cli.annotate import run
from kh_kr_corpus.errors import EnvironmentFailure


@pytest.fixture
def corpus(toy_root: Path) -> Iterator[Path]:
    """A corpus that everybody can reach, with one folder that nobody but root may write into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        root = Path(shutil.copytree(toy_root, Path(name) / "toy"))
        for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
            folder.chmod(0o777)
        (root / "articles" / "2022").chmod(0o555)
        yield root


def test_annotate_asks_before_it_starts(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*_: object, **__: object) -> None:
        raise AssertionError("the model is loaded before the folder is known to be writable")

    monkeypatch.setattr(annotate, "Annotator", work)
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)  # whom file modes stop
    try:
        with pytest.raises(EnvironmentFailure, match=r"2022: cannot be written: Permission denied"):
            run([corpus / "none.txt"], corpus)
    finally:
        os.seteuid(was)
    (corpus / "articles" / "2022").chmod(0o777)
    with pytest.raises(AssertionError, match="the model is loaded"):  # the control gets as far as the work
        run([corpus / "none.txt"], corpus)
