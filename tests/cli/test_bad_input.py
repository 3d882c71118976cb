"""Bad input gets one clear message, the right exit code, no traceback, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

NOTE = "KOICA opened a training centre in Siem Reap on 4 May 2026."


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A text file that can be annotated."""
    path = tmp_path / "a-note.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_missing_file(khkr: Run, tmp_path: Path) -> None:
    """A file that is not there: environment, exit 3, the file named."""
    outcome = khkr("annotate", tmp_path / "nowhere.txt")
    assert outcome.code == 3
    assert "nowhere.txt: cannot be read: No such file" in outcome.err


def test_directory(khkr: Run, tmp_path: Path) -> None:
    """A folder instead of a file: usage, exit 2, with the fix."""
    outcome = khkr("annotate", tmp_path)
    assert outcome.code == 2
    assert "directory" in outcome.err and "name the files in it" in outcome.err


def test_invalid_utf8(khkr: Run, tmp_path: Path) -> None:
    """Bytes that are no UTF-8: exit 2, with the line and the byte."""
    path = tmp_path / "latin.txt"
    path.write_bytes("First line.\nCaf\u00e9".encode("latin-1"))
    outcome = khkr("annotate", path)
    assert outcome.code == 2
    assert "latin.txt:2" in outcome.err and "0xe9" in outcome.err and "UTF-8" in outcome.err


@pytest.mark.parametrize("text", ["", "  \n\n\t"])
def test_empty_text(khkr: Run, tmp_path: Path, text: str) -> None:
    """Nothing to annotate: exit 2, the file named."""
    path = tmp_path / "empty.txt"
    path.write_text(text, encoding="utf-8")
    outcome = khkr("annotate", path)
    assert outcome.code == 2
    assert "empty.txt" in outcome.err and "empty" in outcome.err


def test_ten_megabytes(khkr: Run, tmp_path: Path) -> None:
    """A text over the limit is refused before any work, with both sizes."""
    path = tmp_path / "huge.txt"
    path.write_bytes(b"Phnom Penh. " * 900_000)
    outcome = khkr("annotate", path)
    assert outcome.code == 2
    assert "huge.txt" in outcome.err and "10,800,000" in outcome.err and "limit" in outcome.err


def test_one_bad_file_does_not_stop_the_others(khkr: Run, tmp_path: Path, note: Path) -> None:
    """The good file is annotated, the bad one is told, and the worst code is returned."""
    outcome = khkr("annotate", tmp_path / "nowhere.txt", note)
    assert outcome.code == 3
    assert outcome.err.count("khkr:") == 1
    assert "a-note: " in outcome.out


def test_existing_annotation_is_never_overwritten(khkr: Run, toy_copy: Path, note: Path) -> None:
    """Annotating the same file twice into a corpus is a conflict, exit 4; the first file stays as it was."""
    assert khkr("annotate", note, "--date", "2026-05-05", "--output", toy_copy).code == 0
    written = toy_copy / "articles" / "2026" / "a-note.yaml"
    before = written.read_bytes()
    outcome = khkr("annotate", note, "--date", "2026-05-05", "--output", toy_copy)
    assert outcome.code == 4
    assert "exists already" in outcome.err
    assert written.read_bytes() == before


def test_output_that_is_no_corpus(khkr: Run, tmp_path: Path, note: Path) -> None:
    """A folder without schema.yaml is no corpus; the message says how to make one."""
    outcome = khkr("annotate", note, "--output", tmp_path)
    assert outcome.code == 2
    assert "schema.yaml" in outcome.err


@pytest.mark.parametrize(
    ("old", "new", "code", "line_of"),
    [
        ("\nlanguage:", "\nlangage:", "KC003", "langage:"),
        ("start: 0,", 'start: "0",', "KC003", 'start: "0"'),
        ("label: GPE", "label: PLACE", "KC301", "label: PLACE"),
        ("schema_version: 1", "schema_version: 2", "KC002", "schema_version: 2"),
        ("\ntitle:", "\n title:", "KC001", None),
    ],
)
def test_broken_yaml_file(khkr: Run, toy_copy: Path, old: str, new: str, code: str, line_of: str | None) -> None:
    """A wrong field, offset type, term, header or indent: exit 1, with file, line, column and field."""
    path = next(p for p in sorted(toy_copy.glob("articles/*/*.yaml")) if old in p.read_text("utf-8"))
    text = path.read_text("utf-8").replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    outcome = khkr("validate", "--format", "json", path)
    assert outcome.code == 1
    found = [row for row in outcome.rows if row["code"] == code]
    assert found and found[0]["path"].endswith(path.name)
    if line_of:
        assert line_of in text.splitlines()[found[0]["line"] - 1]


def test_unknown_entity_and_wrong_offset(khkr: Run, toy_copy: Path) -> None:
    """All findings of a run are told at once."""
    path = next(
        p for p in sorted(toy_copy.glob("articles/*/*.yaml")) if "entity: place/cambodia" in p.read_text("utf-8")
    )
    text = path.read_text("utf-8").replace("entity: place/cambodia", "entity: place/cambodja", 1)
    path.write_text(text, encoding="utf-8")
    outcome = khkr("validate", toy_copy)
    assert outcome.code == 1
    assert "KC102" in outcome.out and "place/cambodia" in outcome.out


def test_duplicate_id(khkr: Run, toy_copy: Path) -> None:
    """Two files with one id: the second is told, with the place of the first."""
    path = sorted(toy_copy.glob("activities/*.yaml"))[0]
    path.with_name("copy-of-it.yaml").write_bytes(path.read_bytes())
    outcome = khkr("validate", toy_copy)
    assert outcome.code == 1
    assert "KC101" in outcome.out and "is taken by" in outcome.out


def test_validate_nowhere(khkr: Run, tmp_path: Path) -> None:
    """A path that does not exist is an environment error, a folder that is no corpus a usage error."""
    assert khkr("validate", tmp_path / "nowhere").code == 3
    assert khkr("validate", tmp_path).code == 2


def test_wrong_usage(khkr: Run) -> None:
    """Unknown commands and options: exit 2."""
    assert khkr("anotate").code == 2
    assert khkr("validate", "--fromat", "json", ".").code == 2


def test_a_bug_of_ours(khkr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything unforeseen: exit 70, asks for a report, no traceback."""
    monkeypatch.setattr("kh_kr_corpus.corpus.load", lambda *_: 1 / 0)
    outcome = khkr("stats")
    assert outcome.code == 70
    assert "bug of ours: ZeroDivisionError" in outcome.err
