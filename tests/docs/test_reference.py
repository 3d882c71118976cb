"""The generated reference is that of the code, and names everything that is public."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tools import docstrings, reference, schema
from typer.main import get_command

import kh_kr_corpus
from kh_kr_corpus import vocab
from kh_kr_corpus.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


def page(name: str) -> str:
    """A page of the reference."""
    return (ROOT / f"docs/reference/{name}.md").read_text("utf-8")


def test_the_generated_pages_are_up_to_date() -> None:
    assert sorted(reference.stale()) == [], "say: make derived"


def test_a_page_that_was_changed_is_told_and_written_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    monkeypatch.setattr(reference, "PAGES", {"docs/a.md": lambda: "right\n"})
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("wrong\n", encoding="utf-8")
    assert reference.main(["--check"]) == 1
    assert "docs/a.md is not up to date" in capsys.readouterr().out
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0


def test_every_public_name_is_on_the_python_page() -> None:
    shown = set(re.findall(r"^::: kh_kr_corpus\.(\S+)$", page("api"), re.MULTILINE))
    assert {name.partition(".")[0] for name in shown} == set(kh_kr_corpus.__all__) - {"__version__"}
    assert {name.partition(".")[2] for name in shown if name.startswith("vocab.")} == set(vocab.__all__) - {"CODEBOOK"}


@pytest.mark.parametrize("command", sorted(str(one.name) for one in app.registered_commands))
def test_every_option_of_a_command_is_on_its_page(command: str) -> None:
    section = re.split(r"^## ", page("cli").partition(f"## khkr {command}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    built: Any = get_command(app)
    names = {name for one in built.commands[command].params for name in (*one.opts, *one.secondary_opts)}
    shown = {name for cell in re.findall(r"^\| `(--[^`]+)`", section, re.MULTILINE) for name in cell.split("/")}
    assert shown == {name for name in names if name.startswith("--")}


def test_every_term_is_on_the_vocabulary_page() -> None:
    text = page("vocabulary")
    for name in vocab.names():
        for term in vocab.load(name).values():
            assert f"| `{term.id}` | {term.label['en']} | {term.label['ko']} |" in text


def test_fields_link_to_their_terms() -> None:
    kind = re.search(r"^\| `kind` \| (.*?) \|", schema.page().partition("## Activity")[2], re.MULTILINE)
    assert kind is not None
    assert kind[1] == "a term of [initiative kinds](vocabulary.md#initiative-kinds)"


def test_docstrings_become_markdown() -> None:
    made = docstrings.fenced("Raises :class:`InputError`.\n\n>>> a = 1\n>>> a\n1\n\nThen ``None``:\n\n>>> b\n")
    assert made.count("```pycon") == 2
    assert "Raises `InputError`." in made
    assert "Then `None`:" in made
    assert ">>> a\n1\n```" in made
