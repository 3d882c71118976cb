"""What the README and the Makefile show is what happens."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from tests.cli.conftest import Outcome, khkr

__all__ = ["khkr"]

PROJECT = Path(__file__).resolve().parents[2]
README = (PROJECT / "README.md").read_text("utf-8")


def _block(language: str) -> str:
    """The first fenced block of that language."""
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found, f"the README shows no {language} block"
    return found.group(1)


def test_the_notebook_example_runs() -> None:
    """Ten lines, each of which works; the values that the comments promise are there."""
    code = _block("python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 12
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own README
    assert len(names["courses"]) > 0  # type: ignore[arg-type]
    mine = names["mine"]
    assert [m.text for m in mine.mentions][:2] == ["KOICA", "Siem Reap"]  # type: ignore[attr-defined]


def test_the_ci_example_runs(khkr: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every khkr command of the CI example passes on our own data."""
    monkeypatch.chdir(PROJECT)
    steps = re.findall(r"- run: (khkr .*)", _block("yaml"))
    assert len(steps) >= 4
    for step in steps:
        outcome: Outcome = khkr(*shlex.split(step)[1:])  # type: ignore[operator]
        assert outcome.code == 0, step


def test_the_demo_does_the_main_job(khkr: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The commands of `make demo` annotate, write, validate, query and make a page, and say where it is."""
    monkeypatch.chdir(PROJECT)
    dry = subprocess.run(  # noqa: S603
        ["make", "-n", "-o", ".venv/.ready", "demo", f"OUT={tmp_path / 'demo'}"],  # noqa: S607
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    commands = [line for line in dry.stdout.splitlines() if "/khkr " in line]
    assert [shlex.split(c)[1] for c in commands] == ["init", "annotate", "validate", "query", "query", "show"]
    told = ""
    for command in commands:
        outcome: Outcome = khkr(*shlex.split(command)[1:])  # type: ignore[operator]
        assert outcome.code == 0, command
        told += outcome.out
    assert (tmp_path / "demo" / "article.html").exists()
    assert str(tmp_path / "demo" / "article.html") in told
    assert list((tmp_path / "demo" / "corpus" / "articles").rglob("skills-centre.yaml"))


@pytest.mark.parametrize("command", re.findall(r"^\| `khkr (\w+)", README, re.MULTILINE))
def test_every_command_of_the_table_exists(khkr: object, command: str) -> None:
    """The README's table of commands is the program's."""
    assert khkr(command, "--help").code == 0  # type: ignore[operator]


def test_the_figures_are_what_the_command_gives(khkr: object) -> None:
    """The README's columns on the test split are `khkr evaluate`'s, to a hundredth and rounding."""
    outcome: Outcome = khkr("evaluate", "--split", "test", "--format", "json")  # type: ignore[operator]
    measured = {(row["measure"], row["label"]): row for row in outcome.rows}
    for name, key in {"micro": ("span", "micro"), "bounds only": ("bounds", "all"), "ORG": ("span", "ORG")}.items():
        line = next(line for line in README.splitlines() if line.startswith("|") and f"{name} |" in line)
        ours, plain = (float(cell) for cell in line.split("|")[2:4])
        assert ours == pytest.approx(measured[key]["f1"], abs=0.015)
        assert plain == pytest.approx(measured[key]["en_core_web_sm"], abs=0.015)
