"""What looks like a record and is not read is told, and only what stands among the records is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from kh_kr_corpus import store
from kh_kr_corpus.errors import InvalidFileError
from kh_kr_corpus.findings import Finding


def found(root: Path, *places: str) -> list[Finding]:
    for place in places:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text("record: article\n", encoding="utf-8")
    return store.read_corpus(root).findings


@pytest.mark.parametrize(
    "place",
    ["articles/2022/a.yml", "articles/2022/a.YAML", "activities/a.json", "layers/x/a.Yml", "entities/person.yml"],
)
def test_another_ending_among_the_records_is_an_error(toy_copy: Path, place: str) -> None:
    (finding,) = found(toy_copy, place)
    assert (finding.code, finding.severity, finding.location.path) == ("KC002", "error", str(toy_copy / place))
    assert finding.fix == f"rename it to {Path(place).stem}.yaml"
    with pytest.raises(InvalidFileError):
        store.read_corpus(toy_copy, strict=True)


@pytest.mark.parametrize(
    ("place", "named", "fix"),
    [
        ("article/2022/a.yaml", "article", "did you mean articles?"),
        ("Activities/a.yml", "Activities", "did you mean activities?"),
        ("drafts/old/a.yaml", "drafts", "a corpus holds sources.yaml"),
        ("sources.yml", "sources.yml", "did you mean sources.yaml?"),
        ("environment.yml", "environment.yml", "a corpus holds"),
    ],
)
def test_a_folder_or_file_beside_the_records_is_a_warning(toy_copy: Path, place: str, named: str, fix: str) -> None:
    (finding,) = found(toy_copy, place, place.replace("a.y", "b.y"))
    assert (finding.code, finding.severity, finding.location.path) == ("KC002", "warning", str(toy_copy / named))
    assert finding.fix.startswith(fix)
    assert store.read_corpus(toy_copy, strict=True).articles  # and loads as before


def test_other_files_are_nobodys_business(toy_copy: Path) -> None:
    places = ("README.md", "records/a.csv", "articles/2022/note.txt", "article/a.txt", ".git/x.yaml")
    assert found(toy_copy, *places) == []
