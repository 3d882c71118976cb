"""Options mean what they say: nothing is left out, overwritten or taken for something else in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from kh_kr_corpus import tables
from kh_kr_corpus.cli.query import TABLES
from kh_kr_corpus.corpus import Corpus


def test_every_table_can_be_asked(khkr: Run, toy_root: Path) -> None:
    assert set(TABLES) == set(tables.TABLES)
    for name in TABLES:
        assert khkr("query", name, "--corpus", toy_root).code == 0


def test_json_has_every_row_and_text_says_what_it_hides(khkr: Run, toy_root: Path, toy: Corpus) -> None:
    """A program that reads fifty rows could not know that there are more."""
    shipped = khkr("query", "entities", "--format", "json").rows
    assert len(shipped) > 50 and len(khkr("query", "select * from entities", "--format", "json").rows) == len(shipped)
    assert "the first 50 shown" in khkr("query", "entities").out
    assert f"{len(shipped):,} rows, the first 50 shown" in khkr("query", "select * from entities").out
    limited = ("--limit", 2, "--corpus", toy_root)
    assert len(khkr("query", "mentions", "--format", "json", *limited).rows) == 2
    assert "the first 2 shown" in khkr("query", "mentions", "--count-by", "label", *limited).out


def test_rows_without_a_date_are_told_in_json_too(khkr: Run) -> None:
    """On standard error, where they don't break the JSON."""
    outcome = khkr("query", "activities", "year=2015..2026", "--format", "json")
    assert outcome.rows and "no date" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("select 1", "kind=training"), "no filters"),
        (("select 1", "--sort", "x"), "say it in SQL"),
        (("activities", "--count-by", "kind", "--columns", "id"), "--count-by shows its own columns"),
        (("activities", "kind=training", "kind=resilience"), "filtered twice"),
        (("activities", "year=2026..2015"), "ends before it begins"),
        (("mentions", "start=" + "9" * 5000), "give a number"),
        (("zzz",), "there are articles, sentences, mentions"),
    ],
)
def test_what_can_not_be_meant_is_refused(khkr: Run, arguments: tuple[str, ...], told: str) -> None:
    outcome = khkr("query", *arguments)
    assert outcome.code == 2 and told in outcome.err


def test_spaces_in_lists_and_digits_in_names_do_not_matter(khkr: Run, toy_root: Path) -> None:
    counts = khkr("query", "mentions", "--count-by", "label, origin", "--corpus", toy_root, "--format", "json")
    assert set(counts.rows[0]) == {"label", "origin", "count"}
    columns = khkr("query", "mentions", "--columns", "id, label", "--corpus", toy_root, "--format", "json")
    assert set(columns.rows[0]) == {"id", "label"}
    assert khkr("query", "articles", "title=0077", "--format", "json").rows == []  # and not every 7
    assert khkr("query", "from activities select count(*) as n", "--format", "json").rows[0]["n"] > 0


def test_annotations_go_into_the_corpus_that_was_named(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    """A misspelt folder inside a corpus is no way to say the whole of it."""
    note = tmp_path / "note.txt"
    note.write_text("Hun Manet visited Seoul.", encoding="utf-8")
    assert khkr("annotate", note, "--output", toy_copy / "typo").code == 3


def test_an_id_is_taken_whatever_its_year(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    """Two files of one id would make the corpus invalid: conflict, exit 4, the other file named."""
    note = tmp_path / "note.txt"
    note.write_text("Hun Manet visited Seoul.", encoding="utf-8")
    assert khkr("annotate", note, "--output", toy_copy, "--date", "2024").code == 0
    outcome = khkr("annotate", note, "--output", toy_copy, "--date", "2025")
    assert outcome.code == 4 and "2024/note.yaml" in outcome.err.replace("\n", "")
    assert khkr("validate", toy_copy).code == 0


def test_links_go_to_the_entities_of_that_corpus(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    """An entity that only this corpus has is found, and one that it lacks is not linked to."""
    path = toy_copy / "entities/place.yaml"
    entry = (
        "  - id: place/zaragandu\n    names:\n      - {text: Zaragandu, lang: en, kind: preferred}\n    country: KH\n"
    )
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry, encoding="utf-8")
    khkr("fmt", path)
    note = tmp_path / "note.txt"
    note.write_text("KOICA opened a school in Zaragandu and an office in Pursat on 4 May 2026.", encoding="utf-8")
    assert khkr("annotate", note, "--output", toy_copy).code == 0
    written = (toy_copy / "articles/undated/note.yaml").read_text(encoding="utf-8")
    assert "place/zaragandu" in written and "place/pursat" not in written
    path.write_text("nonsense", encoding="utf-8")
    outcome = khkr("annotate", note, "--output", toy_copy, "--title", "Again")
    assert outcome.code == 1 and "place.yaml:1:1" in outcome.err


def test_a_page_never_replaces_another_sort_of_file(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    name = next((toy_copy / "articles").rglob("*.yaml")).stem
    mine = tmp_path / "notes.md"
    mine.write_text("precious", encoding="utf-8")
    assert khkr("show", name, "--corpus", toy_copy, "--html", mine).code == 2
    assert mine.read_text(encoding="utf-8") == "precious"
    page = tmp_path / "page.html"
    for _ in range(2):  # our own page is written anew
        assert khkr("show", name, "--corpus", toy_copy, "--html", page).code == 0


def test_json_stays_json_beside_other_options(khkr: Run, toy_root: Path, copies: Path) -> None:
    shown = khkr("show", "2021-clinic-opens", "--corpus", toy_root, "--texts", copies, "--format", "json")
    assert shown.rows["id"] == "2021-clinic-opens" and shown.rows["text"]
    explained = khkr("validate", "--explain", "KC201", "--format", "json").rows
    assert explained[0]["code"] == "KC201" and explained[0]["why"]


def test_one_bad_path_does_not_hide_the_findings_of_the_others(khkr: Run, toy_copy: Path) -> None:
    path = toy_copy / "sources.yaml"
    path.write_text("nonsense", encoding="utf-8")
    outcome = khkr("validate", toy_copy / "nowhere", path, "--format", "json")
    assert outcome.code == 3 and "nowhere" in outcome.err
    assert outcome.rows[0]["path"].endswith("sources.yaml")


def test_fmt_says_when_nothing_was_meant(khkr: Run, toy_copy: Path) -> None:
    """A misspelt path is not a clean one."""
    assert khkr("fmt", "--check", toy_copy / "artcles").code == 3
    outcome = khkr("fmt", "--check", toy_copy / "schema.yaml")
    assert outcome.code == 2 and "no file of the corpus" in outcome.err


def test_a_comment_does_not_keep_fmt_from_the_other_files(khkr: Run, toy_copy: Path) -> None:
    first, second = sorted((toy_copy / "activities").glob("*.yaml"))[:2]
    commented = first.read_text(encoding="utf-8") + "# mine\n"
    first.write_text(commented, encoding="utf-8")
    canonical = second.read_text(encoding="utf-8")
    second.write_text(canonical.replace("\n", "\n\n", 1), encoding="utf-8")
    outcome = khkr("fmt", toy_copy)
    assert outcome.code == 2 and "comment" in outcome.err and "1 file rewritten" in outcome.out
    assert first.read_text(encoding="utf-8") == commented
    assert second.read_text(encoding="utf-8") == canonical


def test_version(khkr: Run) -> None:
    """--version says it and stops."""
    outcome = khkr("--version")
    assert outcome.code == 0 and outcome.out.startswith("khkr 0.")


def test_a_file_name_in_another_script_gets_an_id_of_its_own(khkr: Run, toy_copy: Path, tmp_path: Path) -> None:
    """Two texts with Hangul and Khmer names don't collide, and each keeps its id."""
    for name in ("한국.txt", "កម្ពុជា.txt"):
        note = tmp_path / name
        note.write_text("Hun Manet visited Seoul.", encoding="utf-8")
        assert khkr("annotate", note, "--date", "2026-05-05", "--output", toy_copy).code == 0
    assert len(list(toy_copy.glob("articles/2026/text-*.yaml"))) == 2


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    khkr: Run, toy_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3 without loading the model."""
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    note = tmp_path / "note.txt"
    note.write_text("Hun Manet visited Seoul.", encoding="utf-8")
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    monkeypatch.setattr("kh_kr_corpus.annotate.Annotator.annotate", lambda *_, **__: pytest.fail("worked in vain"))
    outcome = khkr("annotate", note, "--output", toy_copy)
    assert outcome.code == 3 and "Read-only file system" in outcome.err


@pytest.mark.parametrize("question", ["name=훈센", "name=hun sen", "alias=훈센", "alias=HUN SEN"])
def test_an_entity_by_any_of_its_names(khkr: Run, question: str) -> None:
    """In any script and whatever the case."""
    rows = khkr("query", "entities", question, "--format", "json").rows
    assert "person/hun-sen" in {row["id"] for row in rows}


def test_init_can_be_started_again(khkr: Run, tmp_path: Path) -> None:
    """A copy that was cut off before the schema was written is no corpus yet and can be finished."""
    folder = tmp_path / "corpus"
    assert khkr("init", folder).code == 0
    assert khkr("init", folder).code == 2
    (folder / "schema.yaml").unlink()
    assert khkr("init", folder).code == 0
    assert khkr("validate", folder).code == 0
