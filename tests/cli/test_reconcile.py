"""``khkr reconcile``: lists, summary, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run


def test_own_records_by_default(khkr: Run) -> None:
    outcome = khkr("reconcile", "--format", "json")
    assert outcome.code == 0
    assert {row["outcome"] for row in outcome.rows} == {"match"}
    assert "584 entries" in outcome.err and "activities without an entry" in outcome.err
    first = outcome.rows[0]
    assert first["score"] >= 0.7 and first["reasons"].startswith("+ ")


@pytest.mark.parametrize("show", ["matches", "open", "entries", "activities", "all"])
def test_every_list(khkr: Run, toy_root: Path, show: str) -> None:
    outcome = khkr("reconcile", "--show", show, "--corpus", toy_root)
    assert outcome.code == 0
    assert "2 entries:" in outcome.out


def test_a_crs_extract(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    path = tmp_path / "crs.csv"
    path.write_text(
        "Year,DonorCode,RecipientCode,ProjectTitle,AgencyName,PurposeCode\n"
        "2021,742,728,Floating clinic in Phnom Penh,KOICA,12230\n2021,742,728,Weather radar,KOICA,15143\n",
        encoding="utf-8",
    )
    rows = khkr("reconcile", path, "--show", "all", "--corpus", toy_root, "--format", "json").rows
    assert [row["outcome"] for row in rows][1] == "none"
    assert rows[0]["activity"] == "2021-floating-clinic-phnom-penh"


def test_bad_input_is_told(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    assert khkr("reconcile", tmp_path / "no.xml", "--corpus", toy_root).code == 3
    assert khkr("reconcile", tmp_path / "no.pdf", "--corpus", toy_root).code == 2
    assert khkr("reconcile", "--at", "7", "--corpus", toy_root).code == 2
