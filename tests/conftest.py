"""The toy corpus: five invented texts in three scripts, ten entities, three activities, every feature at least once.

``tests/toy`` is a corpus root in canonical form; ``tests/toy_copies`` has the text of its external article, as a
reader would have it. Both are read-only; a test that writes asks for ``toy_copy``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.elsewhere import pytest_sessionfinish as pytest_sessionfinish

from kh_kr_corpus.corpus import Corpus, load

# Time limits for one example say more about the machine than about the code.
settings.register_profile("khkr", deadline=None)
settings.load_profile("khkr")

HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is kept between sessions, also where one process has many: what a change tried by ``make mutants`` wrote
    is nothing to the next. Within one, the shipped corpus is read from its files once a process."""
    cache = tempfile.TemporaryDirectory(prefix="khkr-tests-")
    config.add_cleanup(cache.cleanup)
    os.environ["KHKR_CACHE"] = cache.name


def _state(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="session")
def toy_root() -> Iterator[Path]:
    """The toy corpus's folder; the run fails if a test wrote into it."""
    root = HERE / "toy"
    before = _state(root)
    yield root
    assert _state(root) == before, "a test wrote into tests/toy; use toy_copy"


@pytest.fixture(scope="session")
def toy(toy_root: Path) -> Corpus:
    """The toy corpus, loaded."""
    return load(toy_root)


@pytest.fixture
def toy_copy(toy_root: Path, tmp_path: Path) -> Path:
    """A copy of the toy corpus's folder to write into."""
    return Path(shutil.copytree(toy_root, tmp_path / "toy"))


@pytest.fixture(scope="session")
def copies() -> Path:
    """A folder with an exact copy of the toy corpus's external text."""
    return HERE / "toy_copies"
