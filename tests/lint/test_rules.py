"""The register of rules, and the linter as a whole: what it reads, what it returns, what it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.errors import EnvironmentFailure, InputError, InvalidFileError
from kh_kr_corpus.lint import RULES, Rule, validate
from kh_kr_corpus.lint.rule import Problem, read_rule, rule
from kh_kr_corpus.store import Contents, problems, writer

BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"


# -- the register --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", RULES.values(), ids=RULES)
def test_a_rule_says_what_and_why(one: Rule) -> None:
    assert re.fullmatch(r"KC\d{3}", one.code)
    assert RULES[one.code] is one
    assert one.severity in ("error", "warning", "info")
    assert 10 <= len(one.title) <= 80
    assert not one.title.endswith(".")
    assert "\n" not in one.title
    assert len(" ".join(one.why.split())) >= 40
    assert one.why.rstrip().endswith((".", "`", ")"))


def test_titles_differ() -> None:
    assert len({one.title for one in RULES.values()}) == len(RULES)


def test_a_code_is_given_once() -> None:
    def check(contents: Contents) -> Iterator[Problem]:
        """A title that will not be used."""
        yield from ()

    with pytest.raises(ValueError, match="KC001 is taken"):
        rule("KC001")(check)
    with pytest.raises(ValueError, match="KC102 is taken"):
        read_rule("KC102", "A title.\nA reason.")
    assert RULES["KC001"].check is None
    assert RULES["KC102"].check is not check


def test_whatever_reading_reports_is_a_registered_rule() -> None:
    sources = Path(problems.__file__).parent
    codes = {code for file in sources.glob("*.py") for code in re.findall(r'"(KC\d{3})"', file.read_text("utf-8"))}
    assert codes <= set(RULES)
    codes -= {"KC161", "KC171"}  # which are checks as well
    of_waivers = {"KC921", "KC922"}
    assert {code for code, one in RULES.items() if one.check is None} - of_waivers == codes


def test_a_record_that_changes_when_written_is_our_fault(toy_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KC902: no file can bring it about, a dumper that loses something can."""
    article = store.read_corpus(toy_copy).articles["2022-nurses-for-the-boats"]
    path = toy_copy / BRIEF
    before = path.read_bytes()
    real = store.dumps
    monkeypatch.setattr(writer, "dumps", lambda *args: real(*args).replace("title: Nurses", "title: Nurse"))
    with pytest.raises(InvalidFileError) as caught:
        store.write(article, toy_copy, revision=store.read_file(path, toy_copy).revision)
    assert [finding.code for finding in caught.value.findings] == ["KC902"]
    assert caught.value.findings[0].severity == RULES["KC902"].severity
    assert caught.value.findings[0].fix
    assert path.read_bytes() == before


# -- the linter ----------------------------------------------------------------------------------------------


def broken(toy_copy: Path) -> dict[str, Path]:
    """A toy corpus with one fault in each of three files."""
    files = {"article": toy_copy / BRIEF, "activity": toy_copy / "activities/nurse-course.yaml"}
    files["sources"] = toy_copy / "sources.yaml"
    edits = {"article": ("genre: brief", "genre: breif"), "activity": ("place/cambodia", "place/atlantis")}
    edits["sources"] = ("type: database", "type: data")
    for name, (old, new) in edits.items():
        text = files[name].read_text(encoding="utf-8")
        assert old in text
        files[name].write_text(text.replace(old, new, 1), encoding="utf-8")
    return files


def test_all_findings_of_all_files_in_order(toy_copy: Path) -> None:
    files = broken(toy_copy)
    found = validate(toy_copy)
    assert {finding.location.path for finding in found} == {str(path) for path in files.values()}
    assert found == sorted(found, key=lambda finding: (finding.location, finding.code))
    assert len(set(found)) == len(found) == 3
    assert validate(toy_copy) == found
    assert validate(str(toy_copy)) == found


def test_only_what_was_asked_for_is_returned_but_all_is_read(toy_copy: Path) -> None:
    files = broken(toy_copy)
    for name, path in files.items():
        found = validate(path)
        assert [finding.location.path for finding in found] == [str(path)], name
    assert {f.location.path for f in validate(toy_copy / "articles")} == {str(files["article"])}
    assert validate(toy_copy / "entities") == []


def test_a_corpus_behind_a_link(toy_copy: Path, tmp_path: Path) -> None:
    broken(toy_copy)
    (tmp_path / "link").symlink_to(toy_copy)
    assert len(validate(tmp_path / "link")) == 3
    assert len(validate(tmp_path / "link" / BRIEF)) == 1


def test_what_was_not_read_is_not_called_clean(toy_copy: Path) -> None:
    stray = toy_copy / "articles" / "2022" / "stray.txt"
    stray.write_text("a text", encoding="utf-8")
    for path in (stray, toy_copy / "schema.yaml"):
        with pytest.raises(InputError, match="nothing was checked"):
            validate(path)


def test_no_corpus_no_file_no_records(toy_copy: Path, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure, match="no such file"):
        validate(toy_copy / "gone")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no corpus here"):
        validate(tmp_path / "empty")
    (tmp_path / "empty" / "schema.yaml").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="holds no files"):
        validate(tmp_path / "empty")


def test_somebody_elses_text_is_reported_and_never_repeated(toy_copy: Path, copies: Path) -> None:
    path = toy_copy / "articles/2021/2021-clinic-opens.yaml"
    secret = (copies / "2021-clinic-opens.txt").read_text(encoding="utf-8").strip("\n")
    data = store.read_file(path, toy_copy).tree
    assert data is not None
    mentions = [m | {"start": m["start"] + 1, "end": m["end"] + 1} for m in data.data["mentions"]]
    for change in (
        {"text": secret},
        {"text": secret, "mentions": mentions},
        {"text": secret + " And more."},
        {"text": secret[:90]},
    ):
        path.write_text(_yaml.dumps(data.data | change), encoding="utf-8")
        found = validate(path)
        assert "KC501" in {finding.code for finding in found}
        told = "\n".join(str(finding) for finding in found)
        # what the annotations quote may be told; a run of five words of the text may not
        words = secret.split()
        runs = [" ".join(words[n : n + 5]) for n in range(len(words) - 4)]
        assert not [run for run in runs if run in told]
        assert not [m for m in mentions if repr(secret[m["start"] : m["end"]]) in told]


def test_every_fault_of_a_draft_that_needs_no_spans_is_told(toy_copy: Path) -> None:
    path = toy_copy / BRIEF
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("start: 57, end: 70", "start: 58, end: 71"),
        ("sources: [toy-gazette-2021", "sources: [toy-gazette-1921"),
        ("entity: place/cambodia", "entity: place/atlantis"),
        ("{text: included, licence: CC-BY-4.0}", "{text: included}"),
        ("activity: nurse-course", "activity: nurses-course"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    assert {finding.code for finding in validate(toy_copy)} == {"KC201", "KC104", "KC102", "KC502", "KC103"}
