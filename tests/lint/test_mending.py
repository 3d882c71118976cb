"""What --fix leaves alone, and what git says has changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.lint.sample import lay
from tests.lint.test_exceptions import PAIR

from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.lint import inspect
from kh_kr_corpus.lint.changed import changed_files, old_text
from kh_kr_corpus.lint.fix import fix

BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"
BLANK = ("title: Nurses for the clinic boats", 'title: "Nurses for the clinic boats "')


def edit(path: Path, *edits: tuple[str, str]) -> bytes:
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path.read_bytes()


def test_white_space_is_mended_where_nothing_else_is_wrong(toy_copy: Path) -> None:
    sound = (toy_copy / BRIEF).read_bytes()
    edit(toy_copy / BRIEF, BLANK)
    [(path, done)] = fix(toy_copy)
    assert path == toy_copy / BRIEF and done == ["title in composed form, without white space at its ends"]
    assert path.read_bytes() == sound


@pytest.mark.parametrize(
    "other",
    [
        ("genre: brief", "genre: brief # said so"),  # a comment would be lost
        ("genre: brief", "genre: breif"),  # what is meant a person has to say
        ("start: 57, end: 70", "start: 58, end: 71"),  # nor is a span moved
        ("record: article", "record: activity"),
    ],
)
def test_beside_what_a_person_has_to_decide_nothing_is_mended(toy_copy: Path, other: tuple[str, str]) -> None:
    before = edit(toy_copy / BRIEF, BLANK, other)
    assert list(fix(toy_copy)) == []
    assert (toy_copy / BRIEF).read_bytes() == before


def test_a_file_without_fields_is_left_as_it_is(toy_copy: Path) -> None:
    (toy_copy / BRIEF).write_text("- a\n", encoding="utf-8")
    assert list(fix(toy_copy / BRIEF)) == []


def test_a_fault_between_two_files_is_told_at_the_file_that_was_asked_for(toy_copy: Path) -> None:
    lay({"activities": PAIR}, toy_copy)
    [pledge] = inspect(toy_copy, select=["KC605"]).findings
    assert inspect(Path(pledge.location.path), select=["KC605"]).findings == (pledge,)
    assert inspect(toy_copy / "activities/a-loan.yaml", select=["KC605"]).findings == ()


# -- git -----------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(toy_copy: Path) -> Path:
    """The toy corpus as it was committed."""
    who = ("-c", "user.name=Toy", "-c", "user.email=toy@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "All")):
        subprocess.run(["git", *command], cwd=toy_copy, check=True)  # noqa: S603, S607
    return toy_copy


def test_the_text_of_a_commit(repository: Path) -> None:
    before = edit(repository / BRIEF)
    edit(repository / BRIEF, BLANK)
    assert old_text(repository / BRIEF, "HEAD") == before.decode()
    assert old_text(repository / "articles/2025/new.yaml", "HEAD") is None
    (repository / BRIEF).unlink()
    (repository / BRIEF).parent.rmdir()
    assert old_text(repository / BRIEF, "HEAD") == before.decode(), "its folder is gone as well"
    with pytest.raises(InputError, match="git says: "):
        old_text(repository / BRIEF, "no-such-commit")


def test_what_differs_from_a_commit(repository: Path) -> None:
    assert changed_files(repository) == []
    edit(repository / BRIEF, BLANK)
    (repository / "activities/nurse-course.yaml").unlink()
    (repository / "articles/2022/새.yaml").write_text("a: 1\n", encoding="utf-8")
    new = [repository / BRIEF, repository / "articles/2022/새.yaml"]
    assert changed_files(repository / BRIEF) == new
    assert set(changed_files(repository, removed=True)) == {*new, repository / "activities/nurse-course.yaml"}


def test_without_git_it_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(EnvironmentFailure, match="git can't be run"):
        changed_files(repository)
