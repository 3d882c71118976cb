"""``khkr stats --page``: a page that people write, with tables and charts that a program keeps up to date."""

from __future__ import annotations

from pathlib import Path

from kh_kr_corpus.charts.page import BEGIN, END

from .conftest import Run


def test_the_page_is_written_once_and_then_up_to_date(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    page = tmp_path / "coverage.md"
    page.write_text(f"# Ours\n\n{BEGIN}{END}\n", encoding="utf-8")
    arguments = ("stats", "--corpus", toy_root, "--page", page)
    stale = khkr(*arguments, "--check")
    assert stale.code == 1 and "khkr stats --page" in stale.err
    assert khkr(*arguments).code == 0
    assert page.read_text("utf-8").startswith("# Ours")
    charts = {path.stem for path in (tmp_path / "coverage").glob("*.svg")}
    assert charts == {"actors", "amounts", "health", "kinds", "sources"}
    assert khkr(*arguments, "--check").code == 0
    assert khkr(*arguments).code == 0, "it can be drawn again"


def test_a_page_without_a_place_for_tables(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    page = tmp_path / "coverage.md"
    page.write_text("# Ours\n", encoding="utf-8")
    outcome = khkr("stats", "--corpus", toy_root, "--page", page)
    assert outcome.code == 2 and BEGIN in outcome.err
    assert page.read_text("utf-8") == "# Ours\n"


def test_what_can_not_be_meant_changes_nothing(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    assert khkr("stats", "--corpus", toy_root, "--check").code == 2
    plain, binary = tmp_path / "noending", tmp_path / "page.md"
    plain.write_text(f"{BEGIN}{END}", encoding="utf-8")
    binary.write_bytes(b"\xff" + f"{BEGIN}{END}".encode())
    for page in (plain, binary):
        before = page.read_bytes()
        outcome = khkr("stats", "--corpus", toy_root, "--page", page)
        assert outcome.code == 2 and str(page) in outcome.err
        assert page.read_bytes() == before
