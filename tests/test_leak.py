"""No eight words in a row of somebody else's text are in what the project gives away or says.

The founding texts are looked for in ``../shared/seeds`` beside the project folder, and in the folder that
``KHKR_TEXTS`` names; the toy's invented external text is always there.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.anchor.alterations import BENIGN, OTHERS, World
from tests.anchor.tracked import Tracked
from tests.elsewhere import NO_TEXTS
from tests.leaks import leaking, leaks_below, runs

import kh_kr_corpus as khkr
from kh_kr_corpus import store
from kh_kr_corpus.cli import main
from kh_kr_corpus.errors import KhkrError
from kh_kr_corpus.lint import inspect
from kh_kr_corpus.models import Article
from kh_kr_corpus.models.rights import refuse_unpublishable

PROJECT = Path(__file__).resolve().parents[1]
COPIES = Path(__file__).parent / "toy_copies"
FOLDERS = [Path(name) for name in [os.environ.get("KHKR_TEXTS", ""), str(PROJECT.parent / "shared" / "seeds")] if name]
FOUNDING = next((folder for folder in FOLDERS if folder.is_dir()), None)
CLINIC = "2021-clinic-opens"

with_texts = pytest.mark.skipif(FOUNDING is None, reason=NO_TEXTS)


def forbidden_of(folder: Path | None) -> set[str]:
    """The runs of the folder's texts, but for those of their titles, which are metadata and stand in the corpus."""
    paths = sorted(folder.glob("*.txt")) if folder else []
    titles = {run for article in khkr.load().articles.where(rights="external") for run in runs(article.title)}
    return {run for path in paths for run in runs(path.read_text("utf-8"))} - titles


TOY, THEIRS = forbidden_of(COPIES), forbidden_of(FOUNDING)


# --- the scanner ---


def planted(words: str) -> dict[str, Callable[[Path], None]]:
    """Ways in which a text may get into a file."""

    def zipped(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("deep/a.txt", words)

    cell = [f"{line}\n" for line in words.split(" ", 4)]
    return {
        "a.md": lambda path: void(path.write_text(f"> {words.upper()}", encoding="utf-8")),
        "a.yaml": lambda path: void(path.write_text("note: >-\n  " + words.replace(" ", "\n  "), encoding="utf-8")),
        "a.json": lambda path: void(path.write_text(json.dumps(words.replace(" ", "\n", 1)), encoding="utf-8")),
        "a.ipynb": lambda path: void(path.write_text(json.dumps({"outputs": [{"text": cell}]}), encoding="utf-8")),
        "a.html": lambda path: void(path.write_text(words.replace(" ", "</b> <i>"), encoding="utf-8")),
        "a.bin": lambda path: void(path.write_bytes(b"\xff\x00" + words.encode() + b"\xfe")),
        "a.log": lambda path: void(path.write_text(repr(words.replace(" ", "\u200b ")), encoding="utf-8")),
        "a.whl": zipped,
    }


def void(_: object) -> None:
    """Nothing."""


@pytest.mark.parametrize("name", planted(""))
def test_the_canary_dies(name: str, tmp_path: Path) -> None:
    """Eight words are found wherever they hide, seven are not."""
    words = sorted(TOY)[0].split()
    planted(" ".join(words))[name](tmp_path / name)
    assert leaks_below(tmp_path, TOY)
    planted(" ".join(words[:7]))[name](tmp_path / name)
    assert leaks_below(tmp_path, TOY) == []


# --- what is given away ---


def tracked() -> list[Path]:
    """The files of the repository; of an unpacked archive, those that came with it."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)  # noqa: S607
    if done.returncode == 0 and done.stdout:
        return [path for name in done.stdout.decode().split("\0") if name and (path := PROJECT / name).is_file()]
    parts = ("src", "data", "docs", "tests", "third_party")
    return [path for part in parts for path in sorted((PROJECT / part).rglob("*")) if path.is_file()]


@with_texts
def test_no_tracked_file_leaks() -> None:
    """Code, data, docs, notebooks with their outputs, tests."""
    assert len(THEIRS) > 500
    found = [name for path in tracked() for name in leaking(str(path), path.read_bytes(), THEIRS)]
    assert found == []


@with_texts
def test_neither_wheel_nor_sdist_leaks(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    made = sorted(tmp_path.iterdir())
    assert [path.suffix for path in made] == [".whl", ".gz"] or len(made) == 2
    assert leaks_below(tmp_path, THEIRS) == []


# --- what is said ---


def said(capfd: pytest.CaptureFixture[str], *arguments: object) -> str:
    """All that a command prints."""
    with pytest.raises(SystemExit):
        main([str(argument) for argument in arguments])
    captured = capfd.readouterr()
    return captured.out + captured.err


def altered(folder: Path, text: str) -> None:
    """A folder with copies that went wrong in every way."""
    folder.mkdir()
    for n, (name, change) in enumerate({**BENIGN, **OTHERS}.items()):
        world = World(["The weather was fine.\nNobody came to the harbour on that day."], Random(name))  # noqa: S311
        (folder / f"{n}.txt").write_text(change(Tracked.of(text), world).text, encoding="utf-8")
    (folder / "latin.txt").write_bytes(text.encode("latin-1", errors="replace") + b"\xe9")
    (folder / "torn.txt").write_bytes(text.encode("utf-16")[:-1])
    (folder / "page.html").write_text(text, encoding="utf-8")


def broken(root: Path, name: str, text: str) -> None:
    """A corpus whose external article has the text, and spans that don't fit it."""
    path = next(root.rglob(f"{name}.yaml"))
    source = path.read_text("utf-8").replace("start: 22, end: 32", "start: 23, end: 33")
    source = re.sub(r"^note: .*\n(?:  .*\n)*", "", source, flags=re.MULTILINE)
    first = text.split("\n")[0].split(". ")[0]
    source = source.replace('abstract: "', f'note: {json.dumps(first)}\nabstract: "', 1)
    path.write_text(f"{source}text: {json.dumps(text, ensure_ascii=False)}\n", encoding="utf-8")


CORPORA = [
    pytest.param("toy", CLINIC, id="toy"),
    pytest.param("data", "2023-10-ambassador-civil-service", id="founding", marks=with_texts),
]


@pytest.mark.parametrize(("which", "name"), CORPORA)
def test_no_message_leaks(which: str, name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """attach, validate and show, with every failure that they know."""
    source = PROJECT / "data" if which == "data" else Path(__file__).parent / "toy"
    copies, forbidden = (FOUNDING, THEIRS) if which == "data" and FOUNDING else (COPIES, TOY)
    root = Path(shutil.copytree(source, tmp_path / "corpus"))
    article = khkr.load(root).attach(copies).articles[name]
    text = article.text
    assert text is not None
    altered(tmp_path / "copies", text)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "edited.txt").write_text(text.replace(article.mentions[0].text, "Nowhere", 1), "utf-8")
    told = said(capfd, "attach", "--texts", tmp_path / "copies", "--corpus", root)
    told += said(capfd, "attach", "--texts", tmp_path / "one", "--corpus", root)
    told += said(capfd, "attach", "--texts", tmp_path / "one", "--corpus", root, "--format", "json")
    told += said(capfd, "show", name, "--corpus", root) + said(capfd, "show", "no-such", "--corpus", root)
    told += said(capfd, "kwic", "the", "--corpus", root)
    assert name in told and "partly" in told and "without a sure place" in told
    broken(root, name, text)
    for form in ("text", "json", "sarif", "github", "junit")[: 5 if which == "toy" else 1]:
        told += said(capfd, "validate", root, "--texts", copies, "--format", form, "--level", "info")
    told += said(capfd, "attach", "--texts", copies, "--corpus", root) + said(capfd, "fmt", root, "--check")
    assert "KC501" in told and "KC510" in told
    assert list(leaking("what was said", told.encode(), forbidden)) == []


@pytest.mark.parametrize(("which", "name"), CORPORA)
def test_no_error_or_display_leaks(which: str, name: str, tmp_path: Path) -> None:
    source = PROJECT / "data" if which == "data" else Path(__file__).parent / "toy"
    copies, forbidden = (FOUNDING, THEIRS) if which == "data" and FOUNDING else (COPIES, TOY)
    attached = khkr.load(source).attach(copies)
    article = attached.articles[name]
    moved = article.mentions[0].model_copy(update={"start": 1, "end": 1 + len(article.mentions[0].text)})
    bad = article.model_copy(update={"mentions": (moved,)})
    refused: list[Callable[[], object]] = [
        lambda: store.write(article, tmp_path),
        lambda: store.write(bad.model_copy(update={"text": None}), tmp_path),
        lambda: refuse_unpublishable([article]),
        lambda: attached.articles["no-such-article"],
        lambda: attached.attach(tmp_path / "nowhere"),
    ]
    told = [repr(one) for one in (attached, attached.report, attached.orphans, attached.articles, article)]
    for call in refused:
        try:
            call()
        except KhkrError as error:
            told += [str(error), "".join(traceback.format_exception(error)), repr(pickle.dumps(error))]
    assert len(told) >= 5 + 3 * 4
    assert list(leaking("errors", "\n".join(told).encode(), forbidden)) == []


@pytest.mark.parametrize(("which", "name"), CORPORA)
def test_nothing_that_is_kept_leaks(which: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled form in the user's cache, and whatever attaching might write beside the corpus."""
    source = PROJECT / "data" if which == "data" else Path(__file__).parent / "toy"
    copies, forbidden = (FOUNDING, THEIRS) if which == "data" and FOUNDING else (COPIES, TOY)
    monkeypatch.setenv("KHKR_CACHE", str(tmp_path / "cache"))
    root = Path(shutil.copytree(source, tmp_path / "corpus"))
    article: Article = khkr.load(root).attach(copies).articles[name]
    assert article.text and khkr.load(root).articles[name].text is None
    assert leaks_below(tmp_path, forbidden) == []


def test_the_linter_finds_eight_words_with_a_copy_at_hand(toy_copy: Path) -> None:
    """KC510: in any field, but the titles of articles and sources."""
    path = next(toy_copy.rglob("2022-nurses-for-the-boats.yaml"))
    text = path.read_text("utf-8")
    words = "a boat\u00a0with twelve beds in phnom penh on"
    line = next(line for line in text.split("\n") if line.startswith("origin:"))
    path.write_text(text.replace(line, f"{line}\nabstract: Then came {words} that day.", 1), encoding="utf-8")
    assert [f.code for f in inspect(toy_copy, select=["KC510"]).findings] == []
    [found] = inspect(toy_copy, select=["KC510"], texts=COPIES).findings
    assert (found.code, found.location.field) == ("KC510", "abstract") and CLINIC in found.message
    path.write_text(text.replace(line, f"{line}\nabstract: Then came a boat with twelve beds in spring.", 1), "utf-8")
    assert [f.code for f in inspect(toy_copy, select=["KC510"], texts=COPIES).findings] == []
