"""Without an extra everything else works, and what needs it says in one line how to install it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Run, khkr  # noqa: F401 - a fixture

from kh_kr_corpus.charts.page import BEGIN, END
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.errors import KhkrError

EXTRAS: dict[str, list[str]] = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))[
    "project"
]["optional-dependencies"]
# What each extra installs is imported under these names.
MODULES = {
    "batch": ("dask", "distributed", "fsspec", "datasketch"),
    "charts": ("altair", "networkx", "vl_convert"),
    "formats": ("cassis",),
    "polars": ("polars",),
    "review": ("starlette", "uvicorn"),
    "train": ("sklearn",),
}
COMMANDS = {
    "batch": ("batch", "page.md", "--out", "made"),
    "formats": ("export", "xmi", "--corpus", "corpus", "--out", "made", "--rights-stated", "mine"),
    "charts": ("stats", "--page", "page.md"),
    "review": ("review", "corpus", "--no-browser"),
    "train": ("train", "--output", "."),
}
CALLS: dict[str, list[Callable[[Corpus], object]]] = {
    "charts": [lambda c: c.timeline(), lambda c: c.network(), lambda c: c.heatmap(c.activities)],
    "polars": [lambda c: c.activities.to_polars(), lambda c: c.stats().to_polars()],
}


@pytest.fixture
def without(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """An extra whose modules can't be imported."""
    extra = str(request.param)
    for name in [name for name in sys.modules if name.split(".")[0] in MODULES[extra]]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.startswith("kh_kr_corpus.charts.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in MODULES[extra]:
        monkeypatch.setitem(sys.modules, name, None)
    return extra


def test_every_extra_is_tested_here() -> None:
    assert set(MODULES) == set(EXTRAS) - {"all"}
    assert set(COMMANDS) | set(CALLS) == set(MODULES)
    [everything] = EXTRAS["all"]
    assert re.findall(r"\w+", everything.partition("[")[2]) == sorted(MODULES)


@pytest.mark.parametrize("without", COMMANDS, indirect=True)
def test_a_command_says_what_to_install(
    khkr: Run,  # noqa: F811
    without: str,
    tmp_path: Path,
    toy_copy: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(f"{BEGIN}{END}", encoding="utf-8")
    toy_copy.rename(tmp_path / "corpus")
    outcome = khkr(*COMMANDS[without])
    assert outcome.code == 3
    assert f"pip install 'kh-kr-corpus[{without}]'" in outcome.err
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("without", CALLS, indirect=True)
def test_a_call_says_what_to_install(without: str, toy: Corpus) -> None:
    for call in CALLS[without]:
        with pytest.raises(KhkrError, match=rf"pip install 'kh-kr-corpus\[{without}\]'"):
            call(toy)


@pytest.mark.parametrize("without", MODULES, indirect=True)
def test_the_rest_works(khkr: Run, without: str, toy_root: Path) -> None:  # noqa: F811
    assert khkr("stats", "--corpus", toy_root).code == 0
    assert khkr("validate", toy_root).code == 0
