"""What docs/ci.md, the hooks and the action promise is what the command line has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, khkr  # noqa: F401 - a fixture

from kh_kr_corpus import _yaml
from kh_kr_corpus.lint import RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ci.md").read_text("utf-8")


def options(khkr: Run, command: str) -> set[str]:  # noqa: F811
    return set(re.findall(r"--[a-z][a-z-]+", khkr(command, "--help").out))


@pytest.mark.parametrize("command", ["validate", "merge", "diff", "migrate", "fmt"])
def test_every_option_on_the_page_exists(khkr: Run, command: str) -> None:  # noqa: F811
    named = {o for line in re.findall(rf"khkr {command}[^`\n]*", PAGE) for o in re.findall(r"--[a-z][a-z-]+", line)}
    assert named <= options(khkr, command)


def test_the_table_of_options_is_of_validate(khkr: Run) -> None:  # noqa: F811
    table = PAGE.partition("| option |")[2].partition("\n\n")[0]
    assert len(named := set(re.findall(r"--[a-z][a-z-]+", table))) >= 9
    assert named <= options(khkr, "validate")


def test_codes_on_the_page_are_rules() -> None:
    assert set(re.findall(r"KC\d{3}", PAGE)) <= set(RULES)


def test_the_action_calls_what_exists(khkr: Run) -> None:  # noqa: F811
    action = (ROOT / "action.yml").read_text("utf-8")
    data: Any = _yaml.loads(action).data
    script = data["runs"]["steps"][-1]["run"]
    assert set(re.findall(r"--[a-z][a-z-]+", script)) <= options(khkr, "validate")
    for step in data["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), "an input in a script is a way in"
    used = set(re.findall(r"inputs\.([a-z-]+)", action))
    assert used == set(data["inputs"])


def test_the_hooks_call_what_exists(khkr: Run) -> None:  # noqa: F811
    hooks: Any = _yaml.loads((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")).data
    for hook in hooks:
        _, command, *rest = hook["entry"].split()
        assert set(rest) <= options(khkr, command)
        assert hook["id"] in PAGE


def test_actions_of_others_are_pinned_by_commit() -> None:
    """A tag can be moved to other code; a commit can't."""
    files = [ROOT / "action.yml", *sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
    used = [one for path in files for one in re.findall(r"^\s*(?:- )?uses: (.+)$", path.read_text("utf-8"), re.M)]
    assert len(used) >= 9
    assert [one for one in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []
