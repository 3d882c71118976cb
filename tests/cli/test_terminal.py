"""Whatever the output is: a narrow terminal, a closed pipe, a full disk, an old encoding, a hostile text."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text
from tests.cli.conftest import Run

from kh_kr_corpus.cli.output import flow, harmless, show_table

KHKR = [sys.executable, "-m", "kh_kr_corpus"]


class Screen(io.StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal of 60 columns without colours."""
    for name, value in (("COLUMNS", "60"), ("LINES", "20"), ("TERM", "xterm"), ("NO_COLOR", "1")):
        monkeypatch.setenv(name, value)
    return Screen()


ROW = ("2014-05-19", "cultural-exchange", "A title that is much too long to stand on one line of a narrow terminal")


def test_a_table_folds_between_words_and_keeps_ids_whole(screen: Screen) -> None:
    """What has no spaces in it, an id or a date, stands in one piece as far as there is room."""
    with redirect_stdout(screen):
        show_table(("date", "kind", "title"), [ROW])
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
    assert max(map(cell_len, lines)) <= 60 and len(lines) > 2
    assert lines[1].startswith("2014-05-19  cultural-exchange  A title")
    assert re.findall(r"\w+", " ".join(line[31:] for line in lines[1:])) == re.findall(r"\w+", ROW[2])


def test_a_table_in_a_pipe_has_one_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("date", "kind", "title"), [(*ROW[:2], "long " * 100)])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_running_text_folds_between_words(screen: Screen) -> None:
    """A path is left in one piece, to be copied."""
    with redirect_stdout(screen):
        flow(Text(ROW[2]))
        flow(Text("wrote /" + "folder/" * 20))
    folded, path = screen.getvalue().split("wrote ")
    assert folded.split() == ROW[2].split() and max(map(len, folded.splitlines())) <= 60
    assert path == "/" + "folder/" * 20 + "\n"


def test_what_a_terminal_would_obey_is_shown_as_a_mark(khkr: Run, toy_copy: Path) -> None:
    """A title with an escape sequence or a change of direction neither colours nor reorders the screen."""
    assert harmless("a\x1b[31m\u202e한국\n\u200bភ") == "a\ufffd[31m\ufffd한국\n\u200bភ"
    path = next((toy_copy / "articles").rglob("*.yaml"))
    text = re.sub(r"^title: .*$", r'title: "\\e[31mred\\u202e"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    for command in (("show", path.stem), ("query", "articles")):
        outcome = khkr(*command, "--corpus", toy_copy)
        assert outcome.code == 0 and "red" in outcome.out
        assert "\x1b" not in outcome.out and "\u202e" not in outcome.out
    assert "\x1b" not in khkr("query", "\x1b[31m").err


def test_json_is_json_whatever_the_numbers_and_names(khkr: Run) -> None:
    """No NaN or Infinity, and no column lost to another of its name."""
    outcome = khkr("query", "select 1.0 / 0 as x, 'b' as x, 'nan'::double as y", "--format", "json")
    assert json.loads(outcome.out, parse_constant=pytest.fail) == [{"x": None, "x_2": "b", "y": None}]


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently there")
@pytest.mark.parametrize("command", [["stats"], ["schema"], ["query", "mentions", "--format", "json"]])
def test_a_reader_who_has_seen_enough(command: list[str]) -> None:
    """`khkr ... | head` is clean: exit 1 would mean findings."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*KHKR, *command], stdout=write, stderr=subprocess.PIPE)  # noqa: S603
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_to_a_full_disk() -> None:
    """Environment, exit 3, and said once."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*KHKR, "stats"], stdout=full, stderr=subprocess.PIPE, text=True)  # noqa: S603
    assert (done.returncode, done.stderr) == (3, "khkr: output: No space left on device\n")


def test_an_encoding_that_lacks_a_character() -> None:
    """Escapes in text, and JSON that says the same in ASCII."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}

    def shown(*options: str) -> str:
        command = [*KHKR, "show", "person/hun-sen", *options]
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout.decode("ascii")  # noqa: S603

    assert "\\ud6c8\\uc13c" in shown()
    assert "훈센" in [name["text"] for name in json.loads(shown("--format", "json"))["names"]]
