"""The workflows pin what they run, ask for no more than they need, and call what exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.test_extras import MODULES

from kh_kr_corpus import _yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request: pytest.FixtureRequest) -> Any:
    """A workflow as data."""
    return _yaml.loads(request.param.read_text("utf-8")).data


def steps(workflow: Any) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_there_are_two() -> None:
    assert [path.stem for path in WORKFLOWS] == ["ci", "release"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_commit_and_named(path: Path) -> None:
    used = [line.strip() for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.search(line)] == []
    assert not PINNED.search("- uses: actions/checkout@v7 # v7.0.0"), "a tag can be moved"


def test_one_action_has_one_commit() -> None:
    used = re.findall(r"uses: (\S+)@(\S+)", "".join(path.read_text("utf-8") for path in WORKFLOWS))
    assert len(dict(used)) == len(set(used))


def test_rights_are_given_job_by_job(workflow: Any) -> None:
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] in ({"contents": "read"}, {"id-token": "write"})
        assert job["timeout-minutes"] <= 90


def test_nothing_from_outside_stands_in_a_script(workflow: Any) -> None:
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), "an expression in a script is a way in"
        if "checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_only_tested_files_are_published() -> None:
    jobs: Any = _yaml.loads((ROOT / ".github/workflows/release.yml").read_text("utf-8")).data["jobs"]
    assert set(jobs["publish"]["needs"]) == set(jobs) - {"publish"}
    assert [step["uses"].partition("@")[0] for step in jobs["publish"]["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]
    holders = [name for name, job in jobs.items() if "id-token" in job["permissions"]]
    assert holders == ["publish"] and jobs["publish"]["environment"]
    builds = [step for step in steps({"jobs": jobs}) if "dist.py build" in step.get("run", "")]
    assert len(builds) == 1


def test_the_pythons_are_those_of_the_package() -> None:
    declared = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    jobs: Any = _yaml.loads((ROOT / ".github/workflows/release.yml").read_text("utf-8")).data["jobs"]
    assert jobs["try"]["strategy"]["matrix"]["python"] == declared


def test_the_distributions_are_tried_with_every_extra() -> None:
    script = (ROOT / ".ci/dist.py").read_text("utf-8")
    tried = re.findall(r'^    "(\w+)": \($', script.partition("EXTRAS = {")[2].partition("\n}\n")[0], re.MULTILINE)
    assert sorted(tried) == sorted(MODULES)
