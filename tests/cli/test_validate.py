"""``khkr validate`` as a maintainer uses it: choosing rules, waivers, baselines, changed files, fixes, pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from kh_kr_corpus import store

BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"
ACTIVITY = "activities/2021-floating-clinic-phnom-penh.yaml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def faulty(toy_copy: Path) -> Path:
    """An error (KC102), a warning (KC402) and a hint (KC633) in one file."""
    path = toy_copy / BRIEF
    edit(path, "entity: place/cambodia, review", "entity: place/atlantis, review")
    edit(path, 'as_of: "2022-02"', 'as_of: "2023"')
    edit(
        path,
        "{entity: organisation/ministry-of-health-korea, role: implementer}",
        "{entity: organisation/koica, role: implementer}",
    )
    return toy_copy


def codes(khkr: Run, *arguments: object) -> list[str]:
    return sorted({row["code"] for row in khkr("validate", *arguments, "--format", "json").rows})


def test_select_ignore_and_level(khkr: Run, faulty: Path) -> None:
    assert codes(khkr, faulty) == ["KC102", "KC402"]
    assert "KC633" in codes(khkr, faulty, "--level", "info")
    assert codes(khkr, faulty, "--level", "error") == ["KC102"]
    assert codes(khkr, faulty, "--select", "KC4") == ["KC402"]
    assert codes(khkr, faulty, "--select", "references", "--select", "KC402") == ["KC102", "KC402"]
    assert codes(khkr, faulty, "--ignore", "references") == ["KC402"]
    assert khkr("validate", faulty, "--select", "rights").code == 0
    assert khkr("validate", faulty, "--select", "KC777").code == 2


def test_a_waiver_is_obeyed_counted_and_told_when_stale(khkr: Run, faulty: Path) -> None:
    path = faulty / BRIEF
    waiver = "waivers:\n  - rule: KC402\n    at: i1\n    why: the text was updated a year later\ntext: |-"
    edit(path, "text: |-", waiver)
    outcome = khkr("validate", faulty, "--ignore", "KC102")
    assert outcome.code == 0 and "1 waived" in outcome.out
    assert khkr("fmt", "--check", path).code == 0
    edit(path, "at: i1", "at: i2")
    assert codes(khkr, faulty, "--ignore", "KC102") == ["KC402", "KC921"]
    edit(path, "rule: KC402", "rule: KC502")
    assert codes(khkr, faulty, "--ignore", "KC102") == ["KC402", "KC922"]


def test_a_baseline_knows_the_old_and_tells_the_new(khkr: Run, faulty: Path, tmp_path: Path) -> None:
    known = tmp_path / "baseline.json"
    assert khkr("validate", faulty, "--write-baseline", known).code == 0
    assert khkr("validate", faulty, "--baseline", known).code == 0
    edit(faulty / BRIEF, "sources: [toy", "author: A\nsources: [toy")  # lines move
    assert khkr("validate", faulty, "--baseline", known).code == 0
    edit(faulty / ACTIVITY, "place/phnom-penh", "place/nowhere")
    outcome = khkr("validate", faulty, "--baseline", known, "--format", "json")
    assert outcome.code == 1 and [row["path"] for row in outcome.rows] == [str(faulty / ACTIVITY)]
    edit(faulty / BRIEF, "place/atlantis", "place/cambodia")
    assert "gone" in khkr("validate", faulty, "--baseline", known).err
    known.write_text("[]", encoding="utf-8")
    assert khkr("validate", faulty, "--baseline", known).code == 2


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607


def test_only_changed_files_answer(khkr: Run, faulty: Path) -> None:
    assert khkr("validate", faulty, "--changed-only").code == 2  # no repository
    git(faulty, "init", "-q", "-b", "main")
    git(faulty, "add", "-A")
    git(faulty, "commit", "-qm", "old")
    assert khkr("validate", faulty, "--changed-only").code == 0
    assert khkr("validate", faulty).code == 1
    git(faulty, "switch", "-qc", "work")
    edit(faulty / ACTIVITY, "place/phnom-penh", "place/nowhere")
    found = khkr("validate", faulty, "--changed-only", "--format", "json").rows
    assert [Path(row["path"]).name for row in found] == [Path(ACTIVITY).name]
    git(faulty, "commit", "-qam", "new")
    assert khkr("validate", faulty, "--changed-only").code == 0
    assert khkr("validate", faulty, "--changed-only", "--since", "main").code == 1
    new = faulty / "activities" / "another.yaml"
    new.write_text("record: activity\n", encoding="utf-8")
    assert [Path(r["path"]).name for r in khkr("validate", faulty, "--changed-only", "--format", "json").rows] == [
        "another.yaml"
    ]
    assert khkr("validate", faulty, "--changed-only", "--since", "no-such-branch").code == 2
    assert khkr("validate", faulty, "--changed-only", "--since", "--output=x").code == 2


def test_fix_mends_form_and_never_a_decision(khkr: Run, toy_copy: Path) -> None:
    path = toy_copy / BRIEF
    before = store.read_file(path, toy_copy).model
    edit(path, "    themes: [training]", "    themes: [training, training]")
    edit(path, "    title: Forty nurses are to be taught", '    title:   "Forty nurses are to be taught"')
    edit(path, "codebook:", 'abstract: " Se\u0301oul "\ncodebook:')
    assert khkr("validate", toy_copy).code == 1
    untouched = {p: p.read_bytes() for p in toy_copy.rglob("*.yaml") if p != path}
    outcome = khkr("validate", toy_copy, "--fix")
    assert outcome.code == 0, outcome.out
    assert {p: p.read_bytes() for p in untouched} == untouched
    after = store.read_file(path, toy_copy).model
    assert before is not None and after == before.model_copy(update={"abstract": "Séoul"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('text: "February 2022"', 'text: "February 2023"'),
        ("entity: place/cambodia, review", "entity: place/atlantis, review"),
        ("start: 57, end: 70", "start: 58, end: 71"),
        ("status: pledged", "status: plegded"),
    ],
)
def test_fix_leaves_alone_what_needs_a_decision(khkr: Run, toy_copy: Path, old: str, new: str) -> None:
    path = toy_copy / BRIEF
    edit(path, old, new)
    before = path.read_bytes()
    assert khkr("validate", toy_copy, "--fix").code == 1
    assert path.read_bytes() == before


def test_one_fault_does_not_hide_another(khkr: Run, faulty: Path) -> None:
    """A misspelt field in one mention: the file's other rules still speak, at the right line."""
    path = faulty / BRIEF
    edit(path, "- {id: m1, start", "- {id: m1, strat")
    rows = khkr("validate", path, "--format", "json").rows
    told = {row["code"]: row for row in rows}
    assert {"KC003", "KC102", "KC402"} <= set(told)
    line = path.read_text("utf-8").split("\n")[told["KC102"]["line"] - 1]
    assert "place/atlantis" in line and told["KC102"]["field"] == "mentions[2].entity"


def test_the_rules_pages_are_checked_for_drift(khkr: Run, tmp_path: Path) -> None:
    assert khkr("validate", "--pages", tmp_path, "--check").code == 1
    assert khkr("validate", "--pages", tmp_path).code == 0
    assert khkr("validate", "--pages", tmp_path, "--check").code == 0
    (tmp_path / "KC001.md").write_text("something else", encoding="utf-8")
    assert khkr("validate", "--pages", tmp_path, "--check").code == 1
    assert khkr("validate", "--pages", tmp_path).code == 0
    (tmp_path / "KC000.md").write_text("a rule of nobody", encoding="utf-8")
    assert khkr("validate", "--pages", tmp_path, "--check").code == 1
