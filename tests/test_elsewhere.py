"""A test that is skipped, and known to run nowhere else, fails the build; the control is a run outside CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.elsewhere import ELSEWHERE

ROOT = Path(__file__).parents[1]
TESTS = {
    "listed": f"import pytest\n@pytest.mark.skip(reason={next(iter(ELSEWHERE))!r})\ndef test(): pass\n",
    "mark": "import pytest\n@pytest.mark.skip(reason='no such library')\ndef test(): pass\n",
    "call": "import pytest\ndef test(): pytest.skip('no such library')\n",
    "import": "import pytest\npytest.importorskip('no_such_library')\ndef test(): pass\n",
    "fixture": "import pytest\n@pytest.fixture\ndef made(): pytest.skip('no disk')\ndef test(made): pass\n",
}
REST = "def test_that_runs(): pass\n"


def run(folder: Path, kind: str, ci: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_rest.py").write_text(REST, encoding="utf-8")
    (folder / "test_one.py").write_text(TESTS[kind], encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.elsewhere", "-p", "no:cacheprovider", *options, str(folder)]
    environment = {**os.environ, "CI": ci}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.parametrize("kind", [kind for kind in TESTS if kind != "listed"])
def test_a_skip_that_nobody_makes_up_for_fails(tmp_path: Path, kind: str) -> None:
    told = run(tmp_path, kind, "true")
    assert told.returncode == 1, told.stdout
    assert "test_one.py" in told.stdout and "runs nowhere else" in told.stdout
    assert run(tmp_path, kind, "").returncode == 0


def test_with_workers_too(tmp_path: Path) -> None:
    assert run(tmp_path, "mark", "true", "-n", "2").returncode == 1


def test_a_skip_that_runs_elsewhere_does_not(tmp_path: Path) -> None:
    told = run(tmp_path, "listed", "true")
    assert told.returncode == 0, told.stdout
    assert "1 skipped" in told.stdout
