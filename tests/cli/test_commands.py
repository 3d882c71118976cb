"""The commands on good input: what they print, write and return."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.cli.conftest import Run

import kh_kr_corpus as khkr_library


def test_annotate_writes_a_valid_corpus_file(khkr: Run, tmp_path: Path) -> None:
    """init, annotate, validate: the whole way from a text to a checked YAML file."""
    corpus = tmp_path / "corpus"
    note = tmp_path / "New School.txt"
    note.write_text("South Korea will build a school in Kampong Cham for $2 million.\r\n", encoding="utf-8")
    assert khkr("init", corpus).code == 0
    assert khkr("annotate", note, "--date", "2026-05-05", "--output", corpus).code == 0
    assert khkr("validate", corpus).code == 0
    article = khkr_library.load(corpus).articles["new-school"]
    assert article.rights.text == "local"
    assert {m.review.state for m in article.mentions} == {"suggested"}
    assert {"South Korea", "Kampong Cham", "$2 million"} <= {m.text for m in article.mentions}


def test_annotate_json_is_the_article(khkr: Run, tmp_path: Path) -> None:
    """--format json prints one article a line, with scores, reasons and the annotator's version."""
    note = tmp_path / "note.txt"
    note.write_text("Hun Manet visited Seoul.", encoding="utf-8")
    outcome = khkr("annotate", note, "--format", "json")
    first = outcome.rows["mentions"][0]
    assert (first["text"], first["label"]) == ("Hun Manet", "PERSON")
    assert first["suggestion"]["by"].startswith("khkr@")


def test_min_score_leaves_out_what_is_less_sure(khkr: Run, tmp_path: Path) -> None:
    """--min-score 1 keeps only suggestions of score 1."""
    note = tmp_path / "note.txt"
    note.write_text("Hun Manet visited Seoul.", encoding="utf-8")
    outcome = khkr("annotate", note, "--format", "json", "--min-score", "1")
    assert all(m["suggestion"]["score"] == 1 for m in outcome.rows["mentions"])


def test_init_refuses_a_full_folder(khkr: Run, tmp_path: Path) -> None:
    """A folder with something in it is left alone."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert khkr("init", tmp_path).code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_query_rows_counts_and_sql(khkr: Run, toy_root: Path) -> None:
    """The same question as rows, counts and SQL."""
    rows = khkr("query", "activities", "--corpus", toy_root, "--format", "json").rows
    counts = khkr("query", "activities", "--count-by", "kind", "--corpus", toy_root, "--format", "json").rows
    sql = khkr("query", "select count(*) as n from activities", "--corpus", toy_root, "--format", "json").rows
    assert len(rows) == sum(row["count"] for row in counts) == sql[0]["n"] > 0


def test_a_query_without_rows_says_what_it_left_out(khkr: Run, tmp_path: Path) -> None:
    """A corpus of suggestions only: none is shown unless it is asked for, and the note tells how."""
    corpus, note = tmp_path / "corpus", tmp_path / "note.txt"
    note.write_text("Hun Manet visited Seoul.", encoding="utf-8")
    assert khkr("init", corpus).code == khkr("annotate", note, "--output", corpus).code == 0
    asked = ("query", "mentions", "--corpus", corpus)
    assert 'accepted and corrected only (review="any" for all)' in khkr(*asked).out
    assert "review=" in khkr(*asked, "--format", "json").err
    assert "review=" not in khkr(*asked, "review=any").out


def test_query_names_near_values(khkr: Run) -> None:
    """A misspelt table, field, value or column: exit 2, with the right one."""
    assert "activities" in khkr("query", "activites").err
    assert "kind" in khkr("query", "activities", "knd=training").err
    outcome = khkr("query", "activities", "kind=trainin")
    assert outcome.code == 2 and "training" in outcome.err
    assert "title" in khkr("query", "activities", "--columns", "titel").err


def test_query_range_and_any_of(khkr: Run) -> None:
    """2015..2026 is a range and a,b any of the two."""
    rows = khkr("query", "activities", "year=2015..2019", "--format", "json").rows
    assert rows and all(2015 <= row["year"] <= 2019 for row in rows)
    either = khkr("query", "activities", "kind=training,resilience", "--format", "json").rows
    assert {row["kind"] for row in either} == {"training", "resilience"}


@pytest.mark.parametrize("name", ["KOICA", "훈센", "2022-bridge-grid-and-roads-loans", "2022-friendship-bridge-loan"])
def test_show(khkr: Run, name: str) -> None:
    """Articles, activities and entities by id or any name."""
    outcome = khkr("show", name)
    assert outcome.code == 0 and len(outcome.out) > 100


def test_show_an_ambiguous_name(khkr: Run) -> None:
    """The two countries' ministries of justice are told apart by id, never guessed."""
    outcome = khkr("show", "Ministry of Justice")
    assert outcome.code == 2
    assert outcome.err.count("organisation/ministry-of-justice-") == 2


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def test_show_html(khkr: Run, toy_root: Path, tmp_path: Path) -> None:
    """The page is a whole document with marks and no script."""
    page = tmp_path / "page.html"
    article = next(a for a in khkr_library.load(toy_root).articles if a.text and a.mentions)
    assert khkr("show", article.id, "--corpus", toy_root, "--html", page).code == 0
    parser = _Elements()
    parser.feed(page.read_text("utf-8"))
    assert "mark" in parser.tags and "script" not in parser.tags


def test_stats(khkr: Run) -> None:
    """Every table is counted."""
    rows = khkr("stats", "--format", "json").rows
    assert {"articles", "mentions", "initiatives", "activities", "entities"} <= {row["table"] for row in rows}


def test_fmt_check_and_mend(khkr: Run, toy_copy: Path) -> None:
    """--check finds the change and exits with 1; fmt mends it; a comment is refused, not dropped."""
    path = sorted(toy_copy.glob("activities/*.yaml"))[0]
    canonical = path.read_bytes()
    path.write_bytes(canonical.replace(b"schema_version: 1", b"schema_version:   1"))
    assert khkr("fmt", "--check", toy_copy).code == 1
    assert khkr("fmt", toy_copy).code == 0
    assert path.read_bytes() == canonical
    path.write_bytes(canonical + b"# ask the ministry\n")
    assert khkr("fmt", toy_copy).code == 2
    assert path.read_bytes() == canonical + b"# ask the ministry\n"


def test_schema_drift(khkr: Run, tmp_path: Path) -> None:
    """--check notices a schema that is not what the models say; --output mends it."""
    (tmp_path / "schema.yaml").write_text("type: object\n", encoding="utf-8")
    assert khkr("schema", "--check", "--output", tmp_path).code == 1
    assert khkr("schema", "--output", tmp_path).code == 0
    assert khkr("schema", "--check", "--output", tmp_path).code == 0


def test_vocabulary(khkr: Run) -> None:
    """--terms prints a closed list in three languages."""
    assert "반부패" in khkr("schema", "--terms", "kinds").out
    assert khkr("schema", "--terms", "kindz").code == 2


def test_evaluate(khkr: Run) -> None:
    """Scores stand beside the plain model's, on texts that are at hand."""
    rows = khkr("evaluate", "--format", "json").rows
    micro = next(row for row in rows if row["label"] == "micro")
    assert micro["f1"] > micro["en_core_web_sm"] > 0
    assert khkr("evaluate", "--prefix", "nothing").code == 2


def test_explain_a_rule(khkr: Run) -> None:
    """--explain says what a rule means; a misspelt code names near ones."""
    assert "quote" in khkr("validate", "--explain", "KC201").out
    assert "KC901" in khkr("validate", "--explain", "all").out
    assert "did you mean 'KC2" in khkr("validate", "--explain", "KC200").err


def test_a_crosswalk_is_printed_and_its_page_checked(khkr: Run, tmp_path: Path) -> None:
    rows = khkr("schema", "--crosswalk", "statuses-iati-activity-status", "--format", "json").rows
    assert {row["term"]: row["match"] for row in rows}["proposed"] == "none"
    assert len(khkr("schema", "--crosswalk", "all", "--format", "json").rows) > 10
    missed = khkr("schema", "--crosswalk", "kinds-plover")
    assert (missed.code, "kinds-plover-event-type" in missed.err) == (2, True)
    page = tmp_path / "crosswalks.md"
    assert khkr("schema", "--crosswalk-page", page).code == 0
    assert khkr("schema", "--crosswalk-page", page, "--check").code == 0
    page.write_text("else", encoding="utf-8")
    assert khkr("schema", "--crosswalk-page", page, "--check").code == 1
