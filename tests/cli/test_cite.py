"""``khkr cite`` and ``khkr release``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("style", "begins"),
    [("apa", "Toy Project"), ("bibtex", "@misc{toy_corpus_2027_2_0_dev,"), ("cff", "# Derived"), ("datacite", "{")],
)
def test_a_citation_is_printed(khkr: Run, toy_root: Path, style: str, begins: str) -> None:
    outcome = khkr("cite", "--corpus", toy_root, "--format", style)
    assert outcome.code == 0
    assert outcome.out.startswith(begins)


def test_files_are_written_once_and_checked(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    asked = ("cite", "--corpus", toy_root, "--output", tmp_path)
    assert khkr(*asked, "--check").code == 1
    assert khkr(*asked).out.count("wrote") == 3
    assert khkr(*asked).out == ""
    assert khkr(*asked, "--check").code == 0
    (tmp_path / "CITATION.cff").write_text("cff-version: 1.2.0\n")
    outcome = khkr(*asked, "--check")
    assert outcome.code == 1 and "CITATION.cff is not what the corpus says of itself" in outcome.err
    assert (tmp_path / "CITATION.cff").read_text() == "cff-version: 1.2.0\n"


def test_a_check_without_a_folder_is_no_check(khkr: Run, tmp_path: Path) -> None:
    assert khkr("cite", "--check").code == 2
    assert khkr("cite", "--output", tmp_path / "none").code == 3


def test_a_version_is_sealed_and_laid_out(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    for path in (toy_copy / "articles").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("text: local", "text: included"), encoding="utf-8")
    outcome = khkr("release", toy_copy, "--date", "2027-02-01", "--dataset", tmp_path / "made")
    assert outcome.code == 0 and "version 2027.2.0 now" in outcome.out
    assert '"version": "2027.2.0"' in (tmp_path / "made" / "datacite.json").read_text()
    again = khkr("release", toy_copy, "--date", "2027-02-02")
    assert again.code == 2 and "was released on 2027-02-01" in again.err
    shutil.rmtree(tmp_path / "made")
    assert khkr("validate", toy_copy, "--select", "KC17").code == 0


def test_nothing_to_do_is_said(khkr: Run, toy_root: Path) -> None:
    outcome = khkr("release", toy_root)
    assert outcome.code == 2 and "--date" in outcome.err
    assert khkr("release", toy_root, "--date", "tomorrow").code == 2
